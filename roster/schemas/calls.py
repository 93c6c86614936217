"""What programs send: the same schemas as the forms, with women by handle and post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import fields, validate

from roster.documents import MOST_WOMEN
from roster.schemas.approach import HOURS, LONGEST_LINE, LONGEST_TEXT, MOST_AT_ONCE, PAYS, RISKS
from roster.schemas.codes import CodedSchema, choice, code_word, codes, text
from roster.schemas.letter import LONGEST_LETTER
from roster.schemas.request import RequestSchema
from roster.schemas.signs import Text
from roster.services.documents import CLASSIFICATIONS, MOST_RESERVES
from roster.wording import LANGUAGES

NOT_SENT = ("code", "requester", "team")
"""Criteria that only the command line takes: who asks is known by the key."""


class CriteriaSchema(RequestSchema):
    """Who is sought, for what, when and where, and who must stay out."""

    class Meta(CodedSchema.Meta):
        """Without what only the command line takes."""

        exclude = NOT_SENT


class SentRequestSchema(CodedSchema):
    """A request as it is made or changed; what is left out of the last two stays as it is."""

    criteria = fields.Nested(CriteriaSchema, required=True)
    process = code_word(allow_none=True)
    """The process that it is of; null for none."""
    answer_by = fields.Date(allow_none=True)
    """The last day, on the account's clock, on which an answer is of use; null for none."""


class PlaceSchema(CodedSchema):
    """A woman on a post, as the answer names her."""

    handle = fields.String(required=True, validate=validate.Length(1, 12, error="wrong_length"))
    post = code_word(required=True)


def _places(most: int, least: int = 0, **options: Any) -> fields.List[Any]:
    length = validate.Length(least, most, error="wrong_length")
    return fields.List(fields.Nested(PlaceSchema), validate=length, **options)


def _line(longest: int, **options: Any) -> fields.String:
    return Text(validate=validate.Length(1, longest, error="wrong_length"), **options)


class SentApproachSchema(CodedSchema):
    """Whom to ask, and what each of them is told; ``accepted`` names changes that were read."""

    women = _places(MOST_AT_ONCE, 1, required=True)
    who = _line(LONGEST_LINE, required=True)
    purpose = text(LONGEST_TEXT, lines=True, required=True)
    place = _line(LONGEST_LINE, required=True)
    effort = _line(LONGEST_LINE, required=True)
    risk = choice(*RISKS, required=True)
    risk_note = text(LONGEST_TEXT, lines=True)
    pay = choice(*PAYS, required=True)
    pay_note = text(LONGEST_LINE)
    languages = codes("language", validate=validate.Length(max=8, error="wrong_length"))
    hours = fields.Integer(
        strict=True, load_default=72, validate=validate.OneOf(HOURS, error="not_a_choice")
    )
    accepted = text(64, load_default="")


class SentDocumentSchema(CodedSchema):
    """Who stands in a document, and how it is made; ``accepted`` names changes that were read."""

    chosen = _places(MOST_WOMEN, 1, required=True)
    reserves = _places(MOST_RESERVES, load_default=list)
    language = choice(*LANGUAGES, required=True)
    classification = choice(*CLASSIFICATIONS, required=True)
    is_ranked = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    accepted = text(64, load_default="")


class SentLetterSchema(CodedSchema):
    """A letter, and the day on which it was received. Nothing of it is stored."""

    letter = Text(
        lines=True, required=True, validate=validate.Length(1, LONGEST_LETTER, error="wrong_length")
    )
    received = fields.Date(required=True)


def read_criteria(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Criteria as a request keeps them, ready to be written by the schema."""
    return {**kept, **{name: date.fromisoformat(kept[name]) for name in ("start", "end")}}
