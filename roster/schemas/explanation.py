"""What explains an answer, as JSON: what would change it, and how surely its order stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import fields

from matching import (
    Answer,
    Change,
    Comparison,
    Fragility,
    HerStep,
    PostReasons,
    Relaxation,
    Shift,
    WhyNot,
)
from matching.facts import Grade
from roster.schemas.codes import CodedSchema, choice
from roster.schemas.shortlist import EvidenceSchema, dump_evidence

Handles = Mapping[int, str]


class SharedSchema(CodedSchema):
    """One criterion of a post that the second of two women meets."""

    criterion = fields.String(required=True)
    wish = fields.Integer(required=True)


class AdditionSchema(CodedSchema):
    """A post that is added to the request, and how many women fit it."""

    post = fields.String(required=True)
    fits = fields.Integer(required=True)


class ChangeSchema(CodedSchema):
    """One criterion asked less; an empty ``to`` leaves it out (of ``window``: other dates)."""

    criterion = fields.String(required=True)
    wish = fields.Integer(required=True)
    post = fields.String(allow_none=True, required=True)
    """Null: asked of all posts."""
    to = fields.Dict(keys=fields.String(), required=True)
    """New value by field: level (1 is A1), depth, grade, notice_days, days_per_month, start, end,
    since_year, seniority, accreditation_floor, modality, role_grade, track_grade, phase_grade;
    dates_are_open (any days will do); met_by (interpreter_mediator or interpreter_level)."""
    second = fields.List(fields.Nested(SharedSchema), required=True)
    """Of ``split``: what the second of two women has who hold the post together."""


class RelaxationSchema(CodedSchema):
    """A smallest set of changes, how many women fit after it, and how many more than now."""

    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    fits = fields.Integer(required=True)
    freed = fields.Integer(required=True)
    added = fields.List(fields.Nested(AdditionSchema), required=True)


class ShiftSchema(CodedSchema):
    """The smallest relative change of a weight that changes the first places, and those then."""

    by = fields.Float(required=True)
    first = fields.List(fields.String(), required=True)


class WeightSchema(CodedSchema):
    """One weight, a tenth less and a tenth more; null where the first places stay."""

    preference = fields.String(required=True)
    down = fields.Nested(ShiftSchema, allow_none=True, required=True)
    up = fields.Nested(ShiftSchema, allow_none=True, required=True)


class FragilitySchema(CodedSchema):
    """The first places of a post by handle: who would move, who would come in."""

    first = fields.List(fields.String(), required=True)
    weights = fields.List(fields.Nested(WeightSchema), required=True)
    moved = fields.List(fields.String(), required=True)
    entering = fields.List(fields.String(), required=True)


class PostExplanationSchema(CodedSchema):
    """One post: what would let more women fit, and how surely its order stands."""

    post = fields.String(required=True)
    fits = fields.Integer(required=True)
    relaxations = fields.List(fields.Nested(RelaxationSchema), required=True)
    fragility = fields.Nested(FragilitySchema, required=True)


class HerStepSchema(CodedSchema):
    """What she or her network would have to do."""

    action = choice(
        "confirm_availability",
        "change_availability",
        "confirm_evidence",
        "raise_level",
        "finish_accreditation",
        "renew_accreditation",
        "declare",
        required=True,
    )
    criteria = fields.List(fields.String(), required=True)


class ReasonSchema(CodedSchema):
    """One criterion not passed, and what would cure it; null where nothing can."""

    evidence = fields.Nested(EvidenceSchema, required=True)
    hers = fields.String(allow_none=True, required=True)
    asked = fields.Nested(ChangeSchema, allow_none=True, required=True)


class PostReasonsSchema(CodedSchema):
    """Why she is not listed for one post; null steps: there is no such set."""

    post = fields.String(required=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)
    her_steps = fields.List(fields.Nested(HerStepSchema), allow_none=True, required=True)
    request_steps = fields.List(fields.Nested(ChangeSchema), allow_none=True, required=True)


class WhyNotSchema(CodedSchema):
    """One woman, best post first. An unknown state is that of whoever may not be spoken of."""

    asked = fields.String(required=True)
    """The number or handle that was asked."""
    state = choice("unknown", "excluded", "near_miss", "listed", required=True)
    is_withheld = fields.Boolean(required=True)
    """Not proposed, and no more is said."""
    posts = fields.List(fields.Nested(PostReasonsSchema), required=True)


class DifferenceSchema(CodedSchema):
    """Points of the first less those of the second, with the evidence of both."""

    criterion = fields.String(required=True)
    wish = fields.Integer(required=True)
    points = fields.Float(required=True)
    first = fields.Nested(EvidenceSchema, required=True)
    second = fields.Nested(EvidenceSchema, required=True)


class ComparisonSchema(CodedSchema):
    """Two women for one post; the differences sum to the gap."""

    post = fields.String(required=True)
    ahead = fields.String(required=True)
    decided_by = choice("state", "points", "never_proposed", "longer_wait", "lot", required=True)
    gap = fields.Float(required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)


class ExplanationSchema(CodedSchema):
    """What explains the answer to one request at one instant."""

    request = fields.String(required=True)
    at = fields.String(required=True)
    posts = fields.List(fields.Nested(PostExplanationSchema), required=True)
    why_not = fields.List(fields.Nested(WhyNotSchema), required=True)
    comparison = fields.Nested(ComparisonSchema, allow_none=True, required=True)


def dump_post(
    fits: int, relaxations: tuple[Relaxation, ...], fragility: Fragility, handles: Handles
) -> dict[str, Any]:
    """What explains one post."""
    return {
        "post": fragility.post,
        "fits": fits,
        "relaxations": [
            {
                "changes": [_dump_change(change) for change in one.changes],
                "fits": one.fits,
                "freed": one.freed,
                "added": [{"post": each.post.code, "fits": each.fits} for each in one.added],
            }
            for one in relaxations
        ],
        "fragility": {
            "first": [handles[one] for one in fragility.first],
            "weights": [
                {
                    "preference": one.preference,
                    "down": _dump_shift(one.down, handles),
                    "up": _dump_shift(one.up, handles),
                }
                for one in fragility.weights
            ],
            "moved": sorted(handles[one] for one in fragility.moved),
            "entering": sorted(handles[one] for one in fragility.entering),
        },
    }


def dump_why_not(asked: str, said: WhyNot | None) -> dict[str, Any]:
    """Why one woman is not in the answer; None is for whoever may not be spoken of."""
    return {
        "asked": asked,
        "state": said.state.name.lower() if said else "unknown",
        "is_withheld": bool(said and said.is_withheld),
        "posts": [_dump_reasons(one) for one in said.posts] if said else [],
    }


def dump_comparison(said: Comparison, handles: Handles) -> dict[str, Any]:
    """A against B."""
    return {
        "post": said.post,
        "ahead": handles[said.ahead],
        "decided_by": said.decided_by.value,
        "gap": said.gap,
        "differences": [
            {
                "criterion": one.criterion,
                "wish": one.wish,
                "points": one.points,
                "first": dump_evidence(one.first, for_operator=False),
                "second": dump_evidence(one.second, for_operator=False),
            }
            for one in said.differences
        ],
    }


def dump_explanation(
    answer: Answer,
    posts: list[dict[str, Any]],
    reasons: list[dict[str, Any]],
    comparison: dict[str, Any] | None,
) -> dict[str, Any]:
    """The whole document as plain JSON values."""
    return {
        "request": answer.request.code,
        "at": answer.now.isoformat(),
        "posts": posts,
        "why_not": reasons,
        "comparison": comparison,
    }


def _dump_change(change: Change) -> dict[str, Any]:
    return {
        "criterion": change.criterion,
        "wish": change.wish,
        "post": change.post,
        "to": {name: _write(value) for name, value in change.to},
        "second": [{"criterion": name, "wish": wish} for name, wish in change.second],
    }


def _dump_shift(shift: Shift | None, handles: Handles) -> dict[str, Any] | None:
    if shift is None:
        return None
    return {"by": round(shift.by, 6), "first": [handles[one] for one in shift.first]}


def _dump_reasons(one: PostReasons) -> dict[str, Any]:
    hers, changes = one.her_steps, one.request_steps
    return {
        "post": one.post,
        "reasons": [
            {
                "evidence": dump_evidence(each.evidence, for_operator=False),
                "hers": each.hers,
                "asked": _dump_change(each.asked) if each.asked else None,
            }
            for each in one.reasons
        ],
        "her_steps": None if hers is None else [_dump_step(step) for step in hers],
        "request_steps": None if changes is None else [_dump_change(each) for each in changes],
    }


def _dump_step(step: HerStep) -> dict[str, Any]:
    return {"action": step.action, "criteria": [criterion for criterion, _ in step.reasons]}


def _write(value: Any) -> Any:
    if isinstance(value, Grade):
        return value.name.lower()
    return value.isoformat() if isinstance(value, date) else value
