"""Answers as programs read them: women by handle, counts by the rule of small cells, never a name."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word


class CardLineSchema(CodedSchema):
    """One line of a card, in the language of the account."""

    label = word()
    value = word()
    sign = choice("yes", "no", "unk", "part", "flag", "due", "off", required=True)
    note = word()
    is_hard = truth()
    days_left = whole(allow_none=True)
    """In steps of five."""


class CardSchema(CodedSchema):
    """A woman who fits. ``is_gone``: no longer available, and nothing more is said of her."""

    handle = word()
    post = word()
    rank = whole()
    is_gone = truth()
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)
    lines = many(CardLineSchema)


class NearMissSchema(CodedSchema):
    """A woman one step away: the one criterion, and what would cure it."""

    handle = word()
    post = word()
    is_gone = truth()
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)
    missing = fields.Nested(CardLineSchema, required=True, allow_none=True)
    cure = word()


class FunnelLineSchema(CodedSchema):
    """How many fell at a group of criteria; null is fewer than five."""

    group = word()
    fell = whole(allow_none=True)
    left = whole(allow_none=True)


class AnswerReplySchema(CodedSchema):
    """One answer, seen through the rules of today. Counts are multiples of 5; null is fewer."""

    request = word()
    number = whole()
    at = moment()
    weights_version = word()
    holds_until = moment(allow_none=True)
    has_ended = truth()
    considered = whole(allow_none=True)
    not_visible = whole(allow_none=True)
    fitting = whole()
    page = whole()
    pages = whole()
    listed = many(CardSchema)
    near_page = whole()
    near_pages = whole()
    near_misses = many(NearMissSchema)
    funnel = many(FunnelLineSchema)


class WithoutCountSchema(CodedSchema):
    """How many would fit if this one code were not asked."""

    facet = word()
    code = word()
    fits = whole(allow_none=True)


class PostCountSchema(CodedSchema):
    """One post, in the order of the request."""

    fits = whole(allow_none=True)
    without = many(WithoutCountSchema)


class CountReplySchema(CodedSchema):
    """Who would fit today, by themes, languages, tracks, roles and days only; null is fewer than 5."""

    posts = many(PostCountSchema)


class RelaxedChangeSchema(CodedSchema):
    """One criterion asked less; ``post`` is null where it is asked of all posts."""

    criterion = word()
    post = word(allow_none=True)
    words = word()


class RelaxedSetSchema(CodedSchema):
    """A smallest set of changes, and how many more would then fit; null is fewer than five."""

    changes = many(RelaxedChangeSchema)
    freed = whole(allow_none=True)


class RelaxedPostSchema(CodedSchema):
    """One post. ``is_enough``: enough fit as it is; ``left_off`` are sets that are not told."""

    post = word()
    is_enough = truth()
    sets = many(RelaxedSetSchema)
    left_off = whole()


class RelaxationsReplySchema(CodedSchema):
    """What the newest search could ask less, post by post, by the roster of today."""

    posts = many(RelaxedPostSchema)


class CardDifferenceSchema(CodedSchema):
    """One wish: the line of each card, and the points of the first less those of the second."""

    label = word()
    first = fields.Nested(CardLineSchema, required=True)
    second = fields.Nested(CardLineSchema, required=True)
    points = fields.Float(required=True)


class MissingLineSchema(CodedSchema):
    """The one criterion that a near miss does not meet."""

    handle = word()
    line = fields.Nested(CardLineSchema, required=True)


class CardComparisonSchema(CodedSchema):
    """Two women of one post: who stands first, and by what. ``tie``: she who waited longer, else a
    lot."""

    first = word()
    second = word()
    ahead = word()
    decided_by = choice("state", "points", "tie", required=True)
    gap = fields.Float(required=True)
    differences = many(CardDifferenceSchema)
    missing = many(MissingLineSchema)


class ReasonLineSchema(CodedSchema):
    """One criterion that she does not meet; ``code`` is empty where none is told."""

    code = word()
    reason = word()
    line = fields.Nested(CardLineSchema, required=True)


class PostReasonsSchema(CodedSchema):
    """One post: no reasons where she fits; what would admit her on her side, on the request's, or
    on both together, "" where nothing would."""

    post = word()
    reasons = many(ReasonLineSchema)
    her_steps = word()
    request_steps = word()
    joint_steps = word()


class WhyNotReplySchema(CodedSchema):
    """Why a woman is not listed today. ``not_proposed``: no more is said, whatever the ground."""

    handle = word()
    state = choice("listed", "near_miss", "excluded", "not_proposed", required=True)
    posts = many(PostReasonsSchema)
