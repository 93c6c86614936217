"""What programs are answered: women by handle, counts by the rule of small cells, never a name
before a release."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from roster.schemas.calls import CriteriaSchema
from roster.schemas.codes import CodedSchema, choice
from roster.services.request_states import STATES


def _word(**options: Any) -> fields.String:
    return fields.String(required=True, **options)


def _whole(**options: Any) -> fields.Integer:
    return fields.Integer(required=True, **options)


def _many(schema: type[CodedSchema]) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), required=True)


def _moment(**options: Any) -> fields.DateTime:
    """An instant in UTC (RFC 3339)."""
    return fields.DateTime(required=True, **options)


class KeyReplySchema(CodedSchema):
    """For whom this key asks, and what it may."""

    roles = fields.List(fields.String(), required=True)
    language = _word()
    time_zone = _word()
    scopes = fields.List(fields.String(), required=True)
    ends_at = _moment()


class RequestLineSchema(CodedSchema):
    """A request in the list."""

    code = _word()
    title = _word()
    state = choice(*STATES, required=True)
    version = _whole()
    created_at = _moment()
    submitted_at = _moment(allow_none=True)
    runs = _whole()


class RequestListSchema(CodedSchema):
    """Own requests, the newest first."""

    requests = _many(RequestLineSchema)


class RequestReplySchema(CodedSchema):
    """One request. Its ETag is its version."""

    code = _word()
    title = _word()
    state = choice(*STATES, required=True)
    version = _whole()
    created_at = _moment()
    submitted_at = _moment(allow_none=True)
    answer_by = fields.Date(required=True, allow_none=True)
    process = _word(allow_none=True)
    close_reason = _word(allow_none=True)
    waits_for_network = fields.Boolean(required=True)
    """A network has to accept it first, since nobody has checked who asks."""
    criteria = fields.Nested(CriteriaSchema, required=True)


class RunLineSchema(CodedSchema):
    """One search: its number, and when it was made."""

    number = _whole()
    at = _moment()


class RunListSchema(CodedSchema):
    """The searches of a request, the oldest first."""

    runs = _many(RunLineSchema)


class SubmissionReplySchema(CodedSchema):
    """What became of it: searched, or waiting for a network's word."""

    code = _word()
    state = choice(*STATES, required=True)
    version = _whole()
    run = _whole(allow_none=True)


class CardLineSchema(CodedSchema):
    """One line of a card, in the language of the account."""

    label = _word()
    value = _word()
    sign = choice("yes", "no", "unk", "part", "flag", "due", "off", required=True)
    note = _word()
    is_hard = fields.Boolean(required=True)
    days_left = _whole(allow_none=True)
    """In steps of five."""


class CardSchema(CodedSchema):
    """A woman who fits. ``is_gone``: no longer available, and nothing more is said of her."""

    handle = _word()
    post = _word()
    rank = _whole()
    is_gone = fields.Boolean(required=True)
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)
    lines = _many(CardLineSchema)


class NearMissSchema(CodedSchema):
    """A woman one step away: the one criterion, and what would cure it."""

    handle = _word()
    post = _word()
    is_gone = fields.Boolean(required=True)
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)
    missing = fields.Nested(CardLineSchema, required=True, allow_none=True)
    cure = _word()


class FunnelLineSchema(CodedSchema):
    """How many fell at a group of criteria; null is fewer than five."""

    group = _word()
    fell = _whole(allow_none=True)
    left = _whole(allow_none=True)


class AnswerReplySchema(CodedSchema):
    """One answer, seen through the rules of today. Counts are multiples of 5; null is fewer."""

    request = _word()
    number = _whole()
    at = _moment()
    weights_version = _word()
    holds_until = _moment(allow_none=True)
    has_ended = fields.Boolean(required=True)
    considered = _whole(allow_none=True)
    not_visible = _whole(allow_none=True)
    fitting = _whole()
    page = _whole()
    pages = _whole()
    listed = _many(CardSchema)
    near_page = _whole()
    near_pages = _whole()
    near_misses = _many(NearMissSchema)
    funnel = _many(FunnelLineSchema)


class ApproachReplySchema(CodedSchema):
    """How an approach stands: a no of hers and one of her network read the same."""

    handle = _word()
    post = _word()
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
    asked_at = _moment()
    answer_by = _moment()


class ApproachListSchema(CodedSchema):
    """The approaches of a request, in the order they were made."""

    approaches = _many(ApproachReplySchema)


class ChangeSchema(CodedSchema):
    """What no longer holds of a woman: gone, or a reason's public code."""

    handle = _word()
    post = _word()
    code = _word()


class AskedReplySchema(CodedSchema):
    """Who is asked now, and who is not, since she is gone or a rule stands against it."""

    asked = fields.List(fields.String(), required=True)
    left_out = _many(ChangeSchema)


class ReleasedFieldSchema(CodedSchema):
    """One thing that she ticked: texts, or codes of countries."""

    name = _word()
    values = fields.List(fields.String(), required=True)


class ReleaseReplySchema(CodedSchema):
    """Who a handle is, for as long as the release lasts."""

    handle = _word()
    post = _word()
    released_at = _moment()
    ends_at = _moment()
    fields_ = fields.List(
        fields.Nested(ReleasedFieldSchema), required=True, data_key="fields", attribute="fields"
    )


class ReleaseListSchema(CodedSchema):
    """The releases of a request that are live now. Each look is noted for her."""

    releases = _many(ReleaseReplySchema)


class DocumentReplySchema(CodedSchema):
    """An issued document; ``state``: live, ended or revoked. Its ETag is its version."""

    code = _word()
    language = _word()
    classification = _word()
    issued_at = _moment()
    ends_at = _moment()
    state = choice("live", "ended", "revoked", required=True)
    readers = _whole()
    views = _whole()
    version = _whole()


class DocumentListSchema(CodedSchema):
    """The documents of a request, the newest first."""

    documents = _many(DocumentReplySchema)


class TermSchema(CodedSchema):
    """A code, and its name in the language of the account."""

    code = _word()
    name = _word()


class TermListSchema(CodedSchema):
    """The codes of one kind that are offered."""

    kind = _word()
    terms = _many(TermSchema)


class KindListSchema(CodedSchema):
    """The kinds of terms."""

    kinds = fields.List(fields.String(), required=True)


class WithoutCountSchema(CodedSchema):
    """How many would fit if this one code were not asked."""

    facet = _word()
    code = _word()
    fits = _whole(allow_none=True)


class PostCountSchema(CodedSchema):
    """One post, in the order of the request."""

    fits = _whole(allow_none=True)
    without = _many(WithoutCountSchema)


class CountReplySchema(CodedSchema):
    """Who would fit today, by themes, languages, tracks, roles and days only; null is fewer than 5."""

    posts = _many(PostCountSchema)


class TeamMemberReplySchema(CodedSchema):
    """A woman on a post of a team."""

    post = _word()
    handle = _word()
    is_gone = fields.Boolean(required=True)
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)


class CoverageLineSchema(CodedSchema):
    """A theme or language asked, and which of the members meet it, in their order."""

    kind = _word()
    any_of = fields.List(fields.String(), required=True)
    women = _whole()
    met = fields.List(fields.Boolean(), required=True)


class TeamReplySchema(CodedSchema):
    """One team; the first is proven to be the best."""

    kind = choice("first", "nearest", "other", "replaced", required=True)
    best_in = fields.List(fields.String(), required=True)
    members = _many(TeamMemberReplySchema)
    unfilled = fields.List(fields.String(), required=True)
    points = fields.Float(required=True)
    doubts = _whole()
    coverage = _many(CoverageLineSchema)


class ProposalReplySchema(CodedSchema):
    """Teams proposed at one time; ``chosen`` is the place of the one taken, from 0."""

    number = _whole()
    made_at = _moment()
    version = _whole()
    chosen = _whole(allow_none=True)
    teams = _many(TeamReplySchema)


class ProposalLineSchema(CodedSchema):
    """A proposal in the list."""

    number = _whole()
    made_at = _moment()


class ProposalListSchema(CodedSchema):
    """The proposals of a request, the oldest first."""

    proposals = _many(ProposalLineSchema)


class ProblemErrorSchema(CodedSchema):
    """What is wrong with one value of the document that was sent."""

    pointer = _word()
    code = _word()
    detail = _word()


class ProblemSchema(CodedSchema):
    """A refusal (RFC 9457)."""

    type = _word()
    title = _word()
    status = _whole()
    code = _word()
    detail = fields.String()
    request = _word()
    errors = fields.List(fields.Nested(ProblemErrorSchema))
    changes = fields.List(fields.Nested(ChangeSchema))
    accept = fields.String()
    """What to send as ``accepted`` once the changes were read."""
