"""Somebody else saved first: both versions in words, on every page of an administrator."""

from __future__ import annotations

from flask import Response, request

from roster.errors import StaleVersion
from roster.web.administrators import blueprint
from roster.web.errors import show_error
from roster.web.pages import current_wording
from roster.wording.versions import word_version


@blueprint.errorhandler(StaleVersion)
def show_both_versions(stale: StaleVersion) -> Response:
    """What was sent beside what is saved now; nothing was stored."""
    wording, kind = current_wording(), (request.view_args or {}).get("scheme", "")
    return show_error(
        409,
        yours=word_version(wording, stale.wanted, kind),
        theirs=word_version(wording, stale.current, kind),
    )
