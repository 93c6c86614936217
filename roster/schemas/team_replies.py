"""Teams as programs read them: women by handle."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word, words


class TeamMemberReplySchema(CodedSchema):
    """A woman on a post of a team."""

    post = word()
    handle = word()
    is_gone = truth()
    points = fields.Float(required=True, allow_none=True)
    out_of = fields.Float(required=True, allow_none=True)


class CoverageLineSchema(CodedSchema):
    """A theme or language asked, and which of the members meet it, in their order."""

    kind = word()
    any_of = words()
    women = whole()
    met = fields.List(fields.Boolean(), required=True)


class TeamReplySchema(CodedSchema):
    """One team; the first is proven to be the best."""

    kind = choice("first", "nearest", "other", "replaced", required=True)
    best_in = words()
    members = many(TeamMemberReplySchema)
    unfilled = words()
    points = fields.Float(required=True)
    doubts = whole()
    coverage = many(CoverageLineSchema)


class ProposalReplySchema(CodedSchema):
    """Teams proposed at one time; ``chosen`` is the place of the one taken, from 0."""

    number = whole()
    made_at = moment()
    version = whole()
    chosen = whole(allow_none=True)
    teams = many(TeamReplySchema)


class ProposalLineSchema(CodedSchema):
    """A proposal in the list."""

    number = whole()
    made_at = moment()


class ProposalListSchema(CodedSchema):
    """The proposals of a request, the oldest first."""

    proposals = many(ProposalLineSchema)


class ChosenTeamSchema(CodedSchema):
    """The place of the team that is taken, from 0. Its ETag is the version of the proposal."""

    number = whole()
    chosen = whole()
    version = whole()
