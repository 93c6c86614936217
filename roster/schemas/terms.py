"""Form fields in which several names stand in one line, a comma between two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from roster.schemas.codes import Code, code_word

BETWEEN = re.compile(r"[,;،؛\n]+")
"""What stands between two names: Latin and Arabic comma and semicolon, or a new line."""


class CodesInText(fields.Field[list[str]]):
    """``Kenya, الصومال; TZA`` becomes ``["KEN", "SOM", "TZA"]``.

    Each word that is not known is refused by itself: ``unknown_word:Kenyya``.
    """

    def __init__(self, *kinds: str, **options: Any) -> None:
        super().__init__(**options)
        self._code = Code(*kinds)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> list[str]:
        words = [word.strip() for word in BETWEEN.split(str(value)) if word.strip()]
        codes, errors = [], []
        for word in words:
            try:
                codes.append(self._code.deserialize(word))
            except ValidationError as error:
                is_ambiguous = "ambiguous" in "".join(map(str, error.messages))
                errors.append(f"{'ambiguous' if is_ambiguous else 'unknown'}_word:{word[:80]}")
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(codes))


class NamesInText(fields.Field[list[str]]):
    """``JNIM, movement.x`` becomes ``["JNIM", "movement.x"]``: codes that the caller makes up."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._word = code_word()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> list[str]:
        words = [word.strip() for word in BETWEEN.split(str(value)) if word.strip()]
        return list(dict.fromkeys(self._word.deserialize(word) for word in words))
