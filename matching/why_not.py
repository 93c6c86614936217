"""Why a woman is not in the answer, and the smallest change that would admit her."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching import outcomes as o
from matching.admission import find_change, find_smallest
from matching.answers import LOOK_ALIKE, Answer, State, Workings
from matching.changes import Change
from matching.criteria import Asking
from matching.evidence import NOT_PROPOSED, Evidence, Verdict, public_code
from matching.explanation import explain_gates
from matching.facts import Mediator
from matching.outcomes import CATALOGUE
from matching.run import Step

SPAN = 5
"""Years of the spans in which a card tells an experience; an envoy's change tells no more."""


class Viewer(StrEnum):
    """For whom the reasons are: an envoy reads the public codes, her own network the reasons."""

    ENVOY = "envoy"
    NETWORK = "network"


@dataclass(frozen=True)
class HerStep:
    """What she or her network would have to do, as a code.

    confirm_availability, change_availability, confirm_evidence, raise_level, finish_accreditation,
    renew_accreditation or declare. ``reasons`` are the criteria and wishes that it cures; how far
    she is stands in the facts of their evidence.
    """

    action: str
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reason:
    """One criterion that she does not pass, and what would cure it; None where nothing can."""

    evidence: Evidence
    hers: str | None = None
    """Action of ``HerStep``."""
    asked: Change | None = None
    """The mildest change of the request under which she passes this criterion."""


@dataclass(frozen=True)
class PostReasons:
    """Why she is not listed for one post, in order of decision; no reasons where she is."""

    post: str
    reasons: tuple[Reason, ...]
    request_steps: tuple[Change, ...] | None
    """The smallest set of changes of the request that admits her; None if there is none."""

    @property
    def her_steps(self) -> tuple[HerStep, ...] | None:
        """The smallest set of steps on her side that admits her; None if there is none."""
        if any(one.hers is None for one in self.reasons):
            return None
        return _join_steps(self.reasons)

    @property
    def smallest(self) -> tuple[HerStep | Change, ...] | None:
        """What would admit her, on her side where that is possible, else on the request's."""
        if any(one.hers is None and one.asked is None for one in self.reasons):
            return None
        hers = _join_steps(one for one in self.reasons if one.hers)
        return (*hers, *(one.asked for one in self.reasons if one.asked and not one.hers))


@dataclass(frozen=True)
class WhyNot:
    """Her state, and per post, best post first, why. ``is_withheld``: *not proposed*, no more."""

    state: State
    posts: tuple[PostReasons, ...] = ()
    is_withheld: bool = False


def why_not(answer: Answer, mediator_id: int, viewer: Viewer = Viewer.ENVOY) -> WhyNot | None:
    """Return why she is not listed; None for whoever is unknown or not visible in this run.

    For an envoy: a reason that is nobody's to read (``NOT_PROPOSED``) withholds everything, the
    rules on conflicts of interest are one reason without facts, and no change tells a day or year
    of hers. StaleAnswerError once the roster has changed.
    """
    workings = answer.workings
    try:
        state = answer.state(mediator_id)
    except KeyError:
        return None
    if state == State.NOT_VISIBLE:
        return None
    woman = workings.columns.mediator(mediator_id)
    try:
        posts = [
            _explain_post(workings, woman, number) for number in range(len(answer.request.posts))
        ]
    finally:
        workings.columns.forget_found()
    if answer.is_look_alike(mediator_id):
        posts = [_add_look_alike(one) for one in posts]
    if viewer == Viewer.ENVOY:
        if state == State.EXCLUDED and _is_protected(posts):
            return WhyNot(state, is_withheld=True)
        posts = [_veil(one) for one in posts if not _is_protected([one])]
    return WhyNot(state, tuple(sorted(posts, key=_count_distance)))


def _count_distance(one: PostReasons) -> tuple[bool, int]:
    """Order posts by how near she comes, as ``Answer.reasons`` does."""
    is_near = len(one.reasons) == 1 and one.reasons[0].evidence.is_curable
    return bool(one.reasons) and not is_near, len(one.reasons)


def _is_protected(posts: Iterable[PostReasons]) -> bool:
    return any(one.evidence.code in NOT_PROPOSED for post in posts for one in post.reasons)


def _add_look_alike(one: PostReasons) -> PostReasons:
    what = CATALOGUE[o.X2]
    facts = {"why": "fresher_elsewhere"}
    reason = Reason(Evidence(LOOK_ALIKE, what.verdict, what.code, facts=facts))
    return replace(one, reasons=(*one.reasons, reason), request_steps=None)


def _explain_post(workings: Workings, woman: Mediator, number: int) -> PostReasons:
    plan = workings.plan
    post = plan.asking.request.posts[number]
    asking = plan.for_post(post)
    reasons = tuple(
        Reason(evidence, name_her_step(evidence), find_change(workings, woman, asking, step))
        for _, step in (*plan.of_request, *plan.of_posts[number])
        for evidence in _list_failures(workings, woman, asking, step)
    )
    return PostReasons(
        post.code, reasons, find_smallest(workings, woman, post, [one.asked for one in reasons])
    )


def _list_failures(
    workings: Workings, woman: Mediator, asking: Asking, step: Step
) -> Iterator[Evidence]:
    rows = np.array([workings.columns.row(woman.id)])
    for evidence in explain_gates(workings.columns, rows, [woman], asking, [step])[0]:
        if evidence.verdict < Verdict.PASS:
            yield evidence


BY_CODE = {
    "A1": "confirm_availability",
    "A2": "change_availability",
    "A3": "change_availability",
    "A4": "change_availability",
    "A5": "change_availability",
    "L2": "raise_level",
    "V1": "finish_accreditation",
    "V2": "renew_accreditation",
    "N0": "declare",
}


def name_her_step(evidence: Evidence) -> str | None:
    """Return what she or her network would do to cure a failed gate; None where nothing can."""
    return BY_CODE.get(evidence.code, "confirm_evidence") if evidence.is_curable else None


def _join_steps(reasons: Iterable[Reason]) -> tuple[HerStep, ...]:
    """Join what one statement of availability cures; everything else is a step of its own."""
    steps: list[HerStep] = []
    for one in reasons:
        cured = (one.evidence.criterion, one.evidence.wish)
        if one.hers == "change_availability" and steps and steps[-1].action == one.hers:
            steps[-1] = HerStep(one.hers, (*steps[-1].reasons, cured))
        else:
            steps.append(HerStep(one.hers or "", (cured,)))
    return tuple(steps)


def _veil(one: PostReasons) -> PostReasons:
    """Leave to an envoy the public codes, and no day or year of hers."""
    seen: list[Reason] = []
    for reason in one.reasons:
        veiled = _veil_reason(reason)
        if veiled.evidence.code != "conflict_rule" or veiled not in seen:
            seen.append(veiled)
    steps = one.request_steps
    veiled_steps = None if steps is None else tuple(_veil_change(change) for change in steps)
    return PostReasons(one.post, tuple(seen), veiled_steps)


def _veil_reason(reason: Reason) -> Reason:
    if public_code(reason.evidence) == "conflict_rule":
        return Reason(Evidence("conflict", Verdict.FAIL, "conflict_rule"))
    return replace(reason, asked=_veil_change(reason.asked) if reason.asked else None)


def _veil_change(change: Change) -> Change:
    """Say *other dates* instead of hers; a year as the first of its span."""
    if change.criterion == "window":
        return replace(change, to=())
    to = [
        (name, (value - 1) // SPAN * SPAN + 1)
        if name == "since_year" and isinstance(value, int)
        else (name, value)
        for name, value in change.to
    ]
    return replace(change, to=tuple(to))
