"""What programs are answered of their key, of requests and of searches."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.calls import CriteriaSchema
from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word, words
from roster.services.request_states import STATES


class KeyReplySchema(CodedSchema):
    """For whom this key asks, and what it may."""

    roles = words()
    language = word()
    time_zone = word()
    scopes = words()
    ends_at = moment()


class RequestLineSchema(CodedSchema):
    """A request in the list."""

    code = word()
    title = word()
    state = choice(*STATES, required=True)
    version = whole()
    created_at = moment()
    submitted_at = moment(allow_none=True)
    runs = whole()


class RequestListSchema(CodedSchema):
    """Own requests, the newest first."""

    requests = many(RequestLineSchema)


class RequestReplySchema(CodedSchema):
    """One request. Its ETag is its version."""

    code = word()
    title = word()
    state = choice(*STATES, required=True)
    version = whole()
    created_at = moment()
    submitted_at = moment(allow_none=True)
    answer_by = fields.Date(required=True, allow_none=True)
    process = word(allow_none=True)
    close_reason = word(allow_none=True)
    waits_for_network = truth()
    """A network has to accept it first, since nobody has checked who asks."""
    criteria = fields.Nested(CriteriaSchema, required=True)


class RunLineSchema(CodedSchema):
    """One search: its number, and when it was made."""

    number = whole()
    at = moment()


class RunListSchema(CodedSchema):
    """The searches of a request, the oldest first."""

    runs = many(RunLineSchema)


class SubmissionReplySchema(CodedSchema):
    """What became of it: searched, or waiting for a network's word."""

    code = word()
    state = choice(*STATES, required=True)
    version = whole()
    run = whole(allow_none=True)
