"""A proposed team as JSON: its share first, then who, why, who stands ready, what stands in the way.

For the operator at the command line: each woman by handle and number.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from marshmallow import fields

from matching import Answer, public_code
from matching.teams import Alternative, Proposal, Reserve, RuleName, Share, Team
from roster.schemas.codes import CodedSchema, choice

Handles = Mapping[int, str]


class ShareSumSchema(CodedSchema):
    """One way of counting posts that are given to nobody of the roster."""

    unfilled = choice("men", "empty", required=True)
    reached = fields.Float(required=True)
    """Share in percent with a woman of the roster on every post: the highest there can be."""
    needed = fields.Integer(allow_none=True, required=True)
    """Women of the roster needed for the target; null: no number is enough, or no target."""
    allowed = fields.Integer(allow_none=True, required=True)
    """The most that the upper bound lets in; null: none."""


class ShareSchema(CodedSchema):
    """The arithmetic of the women's share (W + w) / (M + W + P), before any result."""

    women = fields.Integer(required=True)
    men = fields.Integer(required=True)
    posts = fields.Integer(required=True)
    least = fields.Integer(allow_none=True, required=True)
    most = fields.Integer(allow_none=True, required=True)
    is_impossible = fields.Boolean(required=True)
    sums = fields.List(fields.Nested(ShareSumSchema), required=True)


class ProofSchema(CodedSchema):
    """How sure it is that no team is better: more posts filled, then more points."""

    status = choice("proven", "time_limit", "infeasible", required=True)
    posts = fields.Integer(allow_none=True, required=True)
    points = fields.Float(allow_none=True, required=True)
    gap = fields.Float(allow_none=True, required=True)


class TeamMemberSchema(CodedSchema):
    """A woman on a post; ``counts_under`` is the network she is counted under."""

    post = fields.String(required=True)
    handle = fields.String(required=True)
    mediator = fields.Integer(required=True)
    points = fields.Float(required=True)
    out_of = fields.Float(required=True)
    counts_under = fields.String(allow_none=True, required=True)


class ProposedTeamSchema(CodedSchema):
    """A team and its four measures; of doubts fewer is better, of the others more."""

    members = fields.List(fields.Nested(TeamMemberSchema), required=True)
    unfilled = fields.List(fields.String(), required=True)
    fit = fields.Float(required=True)
    coverage = fields.Integer(required=True)
    wishes = fields.Integer(required=True)
    balance = fields.Integer(required=True)
    doubts = fields.Integer(required=True)
    best_in = fields.List(choice("fit", "coverage", "balance", "certainty"))
    """Alternatives only: the measures in which no team listed here is better."""


class RuleNameSchema(CodedSchema):
    """A rule of the team, by its name in the request."""

    code = fields.String(required=True)
    about = fields.List(fields.String(), required=True)
    count = fields.Integer(allow_none=True, required=True)
    mediator = fields.Integer(allow_none=True, required=True)


class DifferenceSchema(CodedSchema):
    """Points of a reserve minus those of the first, for one criterion."""

    criterion = fields.String(required=True)
    wish = fields.Integer(required=True)
    points = fields.Float(required=True)


class ReserveSchema(CodedSchema):
    """Who could take a post at once; the differences sum to ``points``."""

    post = fields.String(required=True)
    handle = fields.String(required=True)
    mediator = fields.Integer(required=True)
    points = fields.Float(required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)
    doubts = fields.List(fields.String(), required=True)
    """Codes of flags that the first has not."""


class FallenSchema(CodedSchema):
    """A woman above the one on a post, whom a cap alone keeps from it."""

    post = fields.String(required=True)
    handle = fields.String(required=True)
    mediator = fields.Integer(required=True)
    code = fields.String(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class TeamProposalSchema(CodedSchema):
    """The team proposed for a request at one instant.

    Without a team, ``binding`` is a smallest set of rules that stand in the way and ``nearest`` the
    best team without them; beside a team with unfilled posts, the rules that keep them so.
    """

    request = fields.String(required=True)
    at = fields.String(required=True)
    share = fields.Nested(ShareSchema, required=True)
    proof = fields.Nested(ProofSchema, required=True)
    team = fields.Nested(ProposedTeamSchema, allow_none=True, required=True)
    binding = fields.List(fields.Nested(RuleNameSchema), required=True)
    nearest = fields.Nested(ProposedTeamSchema, allow_none=True, required=True)
    alternatives = fields.List(fields.Nested(ProposedTeamSchema), required=True)
    reserves = fields.List(fields.Nested(ReserveSchema), required=True)
    fallen = fields.List(fields.Nested(FallenSchema), required=True)
    weighed = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    """Women listed and not weighed, since more than 300 are listed."""


def dump_proposal(found: Answer, proposal: Proposal, handles: Handles) -> dict[str, Any]:
    """The proposal as plain JSON values."""
    proof, team, nearest = proposal.proof, proposal.team, proposal.nearest
    return {
        "request": found.request.code,
        "at": found.now.isoformat(),
        "share": _dump_share(proposal.share),
        "proof": {
            "status": proof.status,
            "posts": proof.posts,
            "points": proof.points,
            "gap": proof.gap,
        },
        "team": _dump_team(team, handles) if team else None,
        "binding": [_dump_rule(one) for one in proposal.binding],
        "nearest": _dump_team(nearest, handles) if nearest else None,
        "alternatives": [_dump_alternative(one, handles) for one in proposal.alternatives],
        "reserves": [_dump_reserve(one, handles) for one in proposal.reserves],
        "fallen": [
            {
                **_dump_woman(one.post, one.mediator_id, handles),
                "code": one.evidence.code,
                "facts": dict(one.evidence.facts),
            }
            for one in proposal.fallen
        ],
        "weighed": proposal.weighed,
        "left_out": proposal.left_out,
    }


def _dump_share(share: Share) -> dict[str, Any]:
    return {
        "women": share.women,
        "men": share.men,
        "posts": share.posts,
        "least": share.least,
        "most": share.most,
        "is_impossible": share.is_impossible,
        "sums": [
            {
                "unfilled": one.unfilled,
                "reached": _percent(one.reached),
                "needed": one.needed,
                "allowed": one.allowed,
            }
            for one in share.sums
        ],
    }


def _percent(share: Fraction) -> float:
    return round(float(share * 100), 2)


def _dump_woman(post: str, mediator_id: int, handles: Handles) -> dict[str, Any]:
    return {"post": post, "handle": handles[mediator_id], "mediator": mediator_id}


def _dump_team(team: Team, handles: Handles) -> dict[str, Any]:
    measures = team.measures
    return {
        "members": [
            {
                **_dump_woman(one.post, one.mediator_id, handles),
                "points": one.candidate.points,
                "out_of": one.candidate.out_of,
                "counts_under": one.counts_under,
            }
            for one in team.members
        ],
        "unfilled": list(team.unfilled),
        "fit": measures.fit,
        "coverage": measures.coverage,
        "wishes": measures.wishes,
        "balance": measures.balance,
        "doubts": measures.doubts,
    }


def _dump_alternative(one: Alternative, handles: Handles) -> dict[str, Any]:
    return {**_dump_team(one.team, handles), "best_in": list(one.best_in)}


def _dump_rule(rule: RuleName) -> dict[str, Any]:
    return {
        "code": rule.code,
        "about": list(rule.about),
        "count": rule.count,
        "mediator": rule.mediator_id,
    }


def _dump_reserve(one: Reserve, handles: Handles) -> dict[str, Any]:
    return {
        **_dump_woman(one.post, one.candidate.mediator_id, handles),
        "points": one.points,
        "differences": [
            {"criterion": each.criterion, "wish": each.wish, "points": each.points}
            for each in one.differences
        ],
        "doubts": [public_code(flag) for flag in one.doubts],
    }
