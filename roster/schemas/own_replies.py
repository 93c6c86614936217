"""What a woman is asked, as a program of hers reads it."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word, words
from roster.services.approach_states import STATES


class OwnLineSchema(CodedSchema):
    """One of her approaches in the list."""

    code = word()
    state = choice(*STATES, required=True)
    who = word()
    asked_at = moment()
    answer_by = moment()
    version = whole()


class OwnListSchema(CodedSchema):
    """All that she was ever asked, the newest first."""

    approaches = many(OwnLineSchema)


class SideSchema(CodedSchema):
    """A side of the process, as the request names it."""

    code = word()
    country = word(allow_none=True)
    stance = word()


class MessageReplySchema(CodedSchema):
    """A question of hers, or the answer to it."""

    is_hers = truth()
    at = moment()
    text = word()


class OwnApproachSchema(OwnLineSchema):
    """All that she is told, and what she may still do. Its ETag is its version."""

    purpose = word()
    place = word()
    effort = word()
    risk = word()
    risk_note = word()
    pay = word()
    pay_note = word()
    languages = words()
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    sides = many(SideSchema)
    has_declared = truth()
    """Without a declaration of her ties no yes is taken."""
    may_answer = truth()
    may_withdraw = truth()
    allows = words()
    """What she let be shown beside her name."""
    messages = many(MessageReplySchema)
