"""What was read in a letter, as JSON: proposed criteria with the words they came from."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields, validate

from matching.letters import KINDS, PresentTeam, Proposal
from roster.schemas.codes import CodedSchema, choice
from roster.schemas.signs import Text

LONGEST_LETTER = 20_000
"""Signs of a letter that a page reads: some eight pages of text."""


class LetterValue(fields.Field[Any]):
    """A number, a day in ISO 8601, a duration in ISO 8601, a word, or women and men of a team."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if isinstance(value, PresentTeam):
            return {"women": value.women, "men": value.men}
        return value.isoformat() if isinstance(value, date) else value


class ProposalSchema(CodedSchema):
    """One criterion that a letter seems to ask for; a person confirms it. ``code`` or ``value`` is set."""

    kind = choice(*KINDS, required=True)
    code = fields.String(allow_none=True, required=True)
    """A code of the vocabulary: of a country for countries, nationalities, residences and offices."""
    value = LetterValue(allow_none=True, required=True)
    """Posts, days, percent, a day, a duration such as P6M, or women and men of the present team;
    for youth an age or "young"; for an office of no named country any, government or party."""
    level = fields.String(allow_none=True, required=True)
    """Languages: a level of a scale, or the sort of word that was used (fluent), which is not mapped."""
    force = choice("must", "nice", "exclude", required=True)
    text = fields.String(required=True)
    """The words it came from: the letter's characters from ``start`` up to, not with, ``end``."""
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    confidence = fields.Float(required=True)
    """0 to 1; below 0.6 another reading is as likely. No probability."""


class LetterReadingSchema(CodedSchema):
    """All that was found in a letter, in the order of its words."""

    received = fields.Date(required=True)
    """The day from which "next Monday" was counted."""
    criteria = fields.List(fields.Nested(ProposalSchema), required=True)


class PastedLetterSchema(CodedSchema):
    """A letter as it is pasted into a page, and the day on which it was received."""

    letter = Text(
        lines=True,
        required=True,
        metadata={"lines": True},
        validate=validate.Length(1, LONGEST_LETTER, error="wrong_length"),
    )
    received = fields.Date(required=True)


def dump_reading(criteria: list[Proposal], received: date) -> dict[str, Any]:
    """Return the document that ``roster read-letter --format json`` prints."""
    dumped: dict[str, Any] = LetterReadingSchema().dump(
        {"received": received, "criteria": criteria}
    )
    return dumped
