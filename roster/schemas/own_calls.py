"""What a woman's own program sends about what she is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.own_approach import ALLOWED, LONGEST_QUESTION, TIES
from roster.schemas.signs import Text


class SentAnswerSchema(CodedSchema):
    """Her answer; no reason is asked. A yes says whether a tie to a side is new (``ties``), and
    names in ``allows`` what may be shown beside her name."""

    answer = choice("yes", "later", "no", required=True)
    allows = fields.List(
        choice(*ALLOWED),
        load_default=list,
        validate=validate.Length(max=len(ALLOWED), error="wrong_length"),
    )
    ties = choice(*TIES)

    @validates_schema
    def ask_for_ties(self, data: Mapping[str, Any], **_options: Any) -> None:
        """No yes without a word on them."""
        if data.get("answer") == "yes" and "ties" not in data:
            raise ValidationError("ties_unanswered", "ties")


class SentQuestionSchema(CodedSchema):
    """A question to whoever asks her, who reads it without her name."""

    text = Text(
        lines=True,
        required=True,
        validate=validate.Length(1, LONGEST_QUESTION, error="wrong_length"),
    )
