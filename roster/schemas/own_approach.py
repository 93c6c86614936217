"""What she says of an approach: her answer, the fields that may be shown, a question."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

ALLOWED = (
    "original_name",
    "title",
    "email",
    "phone",
    "safe_contact",
    "biography",
    "nationality",
    "residence",
    "birth_band",
)
"""What she may tick beside her name."""
TIES = ("none", "some")
LONGEST_QUESTION = 1000


class OwnAnswerForm(Schema):
    """Her answer. With a yes she says whether a tie to a side is new; no reason is asked ever."""

    version = fields.Int(required=True)
    answer = fields.Str(required=True, validate=validate.OneOf(("yes", "later", "no")))
    allows = fields.List(fields.Str(validate=validate.OneOf(ALLOWED)), load_default=list)
    ties = fields.Str(load_default="", validate=validate.OneOf(("", *TIES)))

    @validates_schema
    def _ask_for_ties(self, data: dict[str, object], **_options: object) -> None:
        if data["answer"] == "yes" and not data["ties"]:
            raise ValidationError("ties_unanswered", "ties")


class QuestionForm(Schema):
    """A question or an answer to it."""

    version = fields.Int(required=True)
    text = fields.Str(
        required=True,
        validate=validate.Length(max=LONGEST_QUESTION),
        metadata={"lines": True},
    )


class ApproachLinkForm(Schema):
    """An answer from the link of a message."""

    answer = fields.Str(required=True, validate=validate.OneOf(("later", "no", "question")))
    text = fields.Str(
        load_default="",
        validate=validate.Length(max=LONGEST_QUESTION),
        metadata={"lines": True},
    )
