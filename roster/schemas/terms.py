"""Form fields in which several names stand in one line, a comma between two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from roster.schemas.codes import Code

BETWEEN = re.compile(r"[,;،؛\n]+")
"""What stands between two names: Latin and Arabic comma and semicolon, or a new line."""


class CodesInText(fields.Field[list[str]]):
    """``Kenya, الصومال; TZA`` becomes ``["KEN", "SOM", "TZA"]``; an unknown word is refused."""

    def __init__(self, *kinds: str, **options: Any) -> None:
        super().__init__(**options)
        self._code = Code(*kinds)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> list[str]:
        words = [word.strip() for word in BETWEEN.split(str(value)) if word.strip()]
        return list(dict.fromkeys(self._code.deserialize(word) for word in words))
