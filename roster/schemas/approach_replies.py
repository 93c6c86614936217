"""Approaches as their requester's program reads them; a name only under a release that is live."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word, words


class ApproachReplySchema(CodedSchema):
    """How an approach stands: a no of hers and one of her network read the same."""

    handle = word()
    post = word()
    state = choice(
        "asked",
        "question",
        "ready",
        "released",
        "selected",
        "not_selected",
        "called_off",
        "not_accepted",
        "no_answer",
        "ended",
        "gone",
        required=True,
    )
    asked_at = moment()
    answer_by = moment()
    version = whole()


class StepReplySchema(ApproachReplySchema):
    """An approach after a step. ``is_kept_back``: nothing was done, since a rule on conflicts of
    interest keeps her back."""

    is_kept_back = truth()


class ApproachListSchema(CodedSchema):
    """The approaches of a request, in the order they were made."""

    approaches = many(ApproachReplySchema)


class ChangeSchema(CodedSchema):
    """What no longer holds of a woman: gone, or a reason's public code."""

    handle = word()
    post = word()
    code = word()


class ChangesReplySchema(CodedSchema):
    """What no longer holds of some women of the newest answer, and how it is accepted."""

    run = whole()
    changes = many(ChangeSchema)
    accept = word()
    """What to send as ``accepted`` once they were read; "" where nothing changed."""


class AskedReplySchema(CodedSchema):
    """Who is asked now, and who is not, since she is gone or a rule stands against it."""

    asked = words()
    left_out = many(ChangeSchema)


class ReleasedFieldSchema(CodedSchema):
    """One thing that she ticked: texts, codes of countries, or the code of a band of age."""

    name = word()
    values = words()


class ReleaseReplySchema(CodedSchema):
    """Who a handle is, for as long as the release lasts."""

    handle = word()
    post = word()
    released_at = moment()
    ends_at = moment()
    fields_ = fields.List(
        fields.Nested(ReleasedFieldSchema), required=True, data_key="fields", attribute="fields"
    )


class ReleaseListSchema(CodedSchema):
    """The releases of a request that are live now. Each look is noted for her."""

    releases = many(ReleaseReplySchema)
