"""An answer as JSON: handles, evidence by criterion, near misses and the funnel, never names.

For an envoy the counts follow the rule of small cells and the codes are the public ones. The
operator at the command line also gets exact counts, each woman's number and the ground itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import fields

from matching import Answer, Candidate, Evidence, State, public_code
from roster.schemas.codes import CodedSchema, choice
from roster.services.card_evidence import put_on_card
from roster.services.small_cells import band_funnel, round_count

Handles = Mapping[int, str]


class EvidenceSchema(CodedSchema):
    """One criterion applied to one woman."""

    criterion = fields.String(required=True)
    wish = fields.Integer(required=True)
    verdict = choice("fail", "unknown", "pass", "flag", required=True)
    code = fields.String(required=True)
    """Reason code as a requester may read it; empty where there is nothing to say."""
    ground = fields.String()
    """Operator only: the reason code itself."""
    is_hard = fields.Boolean(required=True)
    points = fields.Float(required=True)
    out_of = fields.Float(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)
    """By the rules of the card: months for days, sub-regions for countries."""


class CandidateSchema(CodedSchema):
    """One woman for one post."""

    handle = fields.String(required=True)
    mediator = fields.Integer()
    """Operator only."""
    post = fields.String(required=True)
    rank = fields.Integer(required=True)
    points = fields.Float(required=True)
    out_of = fields.Float(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    missing = fields.Nested(EvidenceSchema, allow_none=True)
    """Near misses: the one criterion not passed."""


class FunnelStepSchema(CodedSchema):
    """How many fell at a gate; for an envoy in groups of gates, null is fewer than five."""

    gate = fields.String(required=True)
    asked = fields.List(fields.String())
    fell = fields.Integer(allow_none=True, required=True)
    left = fields.Integer(allow_none=True, required=True)


class StandingSchema(CodedSchema):
    """Operator only: a woman's state in this run, and the codes of what she does not pass."""

    mediator = fields.Integer(required=True)
    state = choice("not_visible", "excluded", "near_miss", "listed", required=True)
    codes = fields.List(fields.String(), required=True)


class ShortlistSchema(CodedSchema):
    """The answer to one request at one instant."""

    request = fields.String(required=True)
    at = fields.String(required=True)
    weights_version = fields.String(required=True)
    holds_until = fields.String(allow_none=True, required=True)
    considered = fields.Integer(allow_none=True, required=True)
    not_visible = fields.Integer(allow_none=True, required=True)
    listed = fields.List(fields.Nested(CandidateSchema), required=True)
    near_misses = fields.List(fields.Nested(CandidateSchema), required=True)
    funnel = fields.List(fields.Nested(FunnelStepSchema), required=True)
    standings = fields.List(fields.Nested(StandingSchema))
    """Operator only, and only if asked for: everybody, by number."""


def dump_answer(
    answer: Answer, handles: Handles, *, for_operator: bool = False, with_standings: bool = False
) -> dict[str, Any]:
    """The answer as plain JSON values."""
    ends = [one.holds_until for one in answer.listed if one.holds_until]
    document: dict[str, Any] = {
        "request": answer.request.code,
        "at": _write(answer.now),
        "weights_version": answer.weights_version,
        "holds_until": _write(min(ends)) if ends else None,
        **_dump_counts(answer, for_operator),
        "listed": _dump_candidates(answer.listed, handles, for_operator),
        "near_misses": _dump_candidates(answer.near_misses, handles, for_operator),
    }
    if with_standings:
        document["standings"] = _dump_standings(answer)
    return document


def _dump_counts(answer: Answer, for_operator: bool) -> dict[str, Any]:
    steps = [
        {"gate": step.gate, "asked": list(step.asked), "fell": step.fell, "left": step.left}
        for step in answer.funnel
    ]
    if for_operator:
        return {
            "considered": answer.considered,
            "not_visible": answer.not_visible,
            "funnel": steps,
        }
    banded = band_funnel(steps, answer.considered, answer.counts[State.LISTED])
    return {
        "considered": round_count(answer.considered),
        "not_visible": round_count(answer.not_visible),
        "funnel": [{"gate": row.gate, "fell": row.fell, "left": row.left} for row in banded],
    }


def _dump_candidates(
    candidates: tuple[Candidate, ...], handles: Handles, for_operator: bool
) -> list[dict[str, Any]]:
    ranks: dict[str, int] = {}
    dumped = []
    for one in candidates:
        ranks[one.post] = ranks.get(one.post, 0) + 1
        dumped.append(
            {
                "handle": handles[one.mediator_id],
                **({"mediator": one.mediator_id} if for_operator else {}),
                "post": one.post,
                "rank": ranks[one.post],
                "points": one.points,
                "out_of": one.out_of,
                "evidence": [dump_evidence(each, for_operator) for each in one.evidence],
                "missing": dump_evidence(one.missing, for_operator) if one.missing else None,
            }
        )
    return dumped


def dump_evidence(evidence: Evidence, for_operator: bool) -> dict[str, Any]:
    """One piece of evidence by the rules of the card."""
    carded = put_on_card(evidence)
    return {
        "criterion": carded.criterion,
        "wish": carded.wish,
        "verdict": carded.verdict.name.lower(),
        "code": public_code(carded),
        **({"ground": carded.code} if for_operator else {}),
        "is_hard": carded.is_hard,
        "points": carded.points,
        "out_of": carded.out_of,
        "facts": {key: _write(value) for key, value in carded.facts.items()},
    }


def _dump_standings(answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "mediator": mediator_id,
            "state": state.name.lower(),
            "codes": [one.code for one in answer.reasons(mediator_id)],
        }
        for mediator_id, state in sorted(answer.states.items())
    ]


def _write(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
