"""The version of a row that a form names, so that nobody overwrites what she has not seen."""

from __future__ import annotations

from flask import request

from roster.errors import Refused


def read_version() -> int:
    """The version that the form holds; a form without one has lost its place."""
    text = request.form.get("version", "")
    if not is_number(text):
        raise Refused("version_missing")
    return int(text)


def is_number(text: str) -> bool:
    """Whether a text is a number as an id or version is written."""
    return text.isascii() and text.isdecimal() and len(text) <= 9
