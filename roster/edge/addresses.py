"""Whole addresses of links, for pages and programs alike."""

from __future__ import annotations

from flask import current_app

from roster.services.links import PATHS
from roster.settings import Settings


def write_address(purpose: str, token: str) -> str:
    """The whole address of a link, on the configured host: the Host header is never trusted."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}{PATHS[purpose]}{token}"
