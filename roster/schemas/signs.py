"""Signs that no text may hold, whichever door it comes in by: a form, a file, a program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_TURNING = "\u202a-\u202e\u2066-\u2069"
NEVER_IN_TEXT = re.compile(f"[{_CONTROLS}{_TURNING}]")
"""Control characters, and those that turn the direction of the text around them."""
NEVER_IN_LINE = re.compile(f"[\n\r{_CONTROLS}{_TURNING}]")
"""These and line breaks: for a name, which may come to stand in a header or in a list."""


class Text(fields.String):
    """Text in NFC, of one line unless ``lines``; ``forbidden_characters`` where it holds a sign
    that it may not."""

    default_error_messages = {"forbidden_characters": "forbidden_characters"}

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._never = NEVER_IN_TEXT if lines else NEVER_IN_LINE

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **options))
        if self._never.search(text):
            raise self.make_error("forbidden_characters")
        return unicodedata.normalize("NFC", text)
