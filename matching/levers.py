"""Which criteria may be asked less, in which steps; conflicts, consent and safety never.

A lever is a list of chains; a chain lowers one thing in steps, the mildest first. What is hers to
say (that she is available, what she declares) has no lever: no request can stand in for her word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from matching.changes import BY_LEVEL, BY_ROLE, MET_BY, Change, Settings, apply_changes
from matching.criteria import Asking, Scope
from matching.facts import Grade, LanguageWish, PlaceWish, Request, ThemeWish
from matching.gates.accreditation import LADDER
from matching.gates.evidence_of_work import MENTEE, list_track_grades
from matching.gates.languages import ORAL_SKILLS
from matching.gates.qualification import SENIORITY
from matching.gates.terms_of_work import find_fullest_month
from matching.run import Step, list_steps

NOTICE_TIERS = (3, 7, 14, 30, 60)
"""Days of notice between which mediators choose."""
FEWER_DAYS = 5
"""By how many days a month the work is lightened in one step."""
WEEK = timedelta(days=7)
SHORTEST = timedelta(days=14)
"""An assignment is not shortened to fewer days than this."""
YEARS_BACK = 5

Chains = list[list[Settings]]


def _chain(name: str, values: Sequence[Any]) -> list[Settings]:
    return [((name, value),) for value in values]


def _grades_below(grade: Grade) -> list[Grade]:
    return [lower for lower in reversed(Grade) if lower < grade]


def _lower_language(asking: Asking, wish: LanguageWish) -> Chains:
    levels = range(wish.level - 1, 0, -1)
    return [_chain("level", levels), _chain("grade", _grades_below(wish.grade))]


def _lower_theme(asking: Asking, wish: ThemeWish) -> Chains:
    depths = range(wish.depth - 1, 0, -1)
    return [_chain("depth", depths), _chain("grade", _grades_below(wish.grade))]


def _lower_region(asking: Asking, wish: PlaceWish) -> Chains:
    earlier = [] if wish.since_year is None else [wish.since_year - YEARS_BACK]
    return [_chain("grade", _grades_below(wish.grade)), _chain("since_year", earlier)]


def _lower_role(asking: Asking, wish: Any) -> Chains:
    if MENTEE in wish:
        return []
    return [_chain("role_grade", _grades_below(asking.one_post.role_grade))]


def _lower_track(asking: Asking, wish: Any) -> Chains:
    highest = max(list_track_grades(asking).values())
    return [_chain("track_grade", _grades_below(highest))]


def _lower_phase(asking: Asking, wish: Any) -> Chains:
    return [_chain("phase_grade", _grades_below(asking.one_post.phase_grade))]


def _lower_seniority(asking: Asking, wish: str) -> Chains:
    return [_chain("seniority", SENIORITY[: SENIORITY.index(wish)][::-1])]


def _lower_accreditation(asking: Asking, wish: str) -> Chains:
    return [_chain("accreditation_floor", LADDER[: LADDER.index(wish)][::-1])]


def _lengthen_notice(asking: Asking, wish: int) -> Chains:
    return [_chain("notice_days", [tier for tier in NOTICE_TIERS if tier > wish])]


def _lighten_month(asking: Asking, wish: int) -> Chains:
    return [_chain("days_per_month", range(wish - FEWER_DAYS, 0, -FEWER_DAYS))]


def _shorten(asking: Asking, wish: None) -> Chains:
    """A week less at the end, the first day stays, since trainings are judged on it; other days."""
    end = asking.request.end - WEEK
    days = end - asking.request.start + timedelta(days=1)
    shorter = _chain("end", [end] if days >= SHORTEST else [])
    return [shorter, _chain("dates_are_open", [True] if _can_be_opened(asking.request) else [])]


def _can_be_opened(request: Request) -> bool:
    """Tell whether other dates ask nothing more: days parted over two months may fall in one."""
    pace = request.days_per_month
    if request.dates_are_open or pace is None:
        return not request.dates_are_open
    opened = replace(request, dates_are_open=True)
    return find_fullest_month(opened, pace)[1] <= find_fullest_month(request, pace)[1]


def _keep(asking: Asking, wish: Any) -> Chains:
    return []


LEVERS: dict[str, Callable[[Asking, Any], Chains]] = {
    "window": _shorten,
    "notice": _lengthen_notice,
    "days_per_month": _lighten_month,
    "modality": _keep,
    "place": _keep,
    "accreditation": _lower_accreditation,
    "role": _lower_role,
    "track": _lower_track,
    "phase": _lower_phase,
    "region": _lower_region,
    "theme": _lower_theme,
    "language": _lower_language,
    "seniority": _lower_seniority,
    "training": _keep,
    "origin": _keep,
    "community": _keep,
}
ALWAYS_ASKED = frozenset({"window"})
"""May be lowered, but not left out: every request has dates."""


def name_change(step: Step, asking: Asking, to: Settings = ()) -> Change:
    """Return the change that lowers this step, or leaves it out."""
    post = asking.one_post.code if step.criterion.scope == Scope.POST else None
    return Change(step.criterion.name, step.number, post, to)


def list_options(step: Step, asking: Asking) -> list[Change]:
    """Return the mildest ways to ask it less; none for what may not be relaxed.

    They are the first step of each chain, then an interpreter, then leaving it out.
    """
    name = step.criterion.name
    if name not in LEVERS:
        return []
    first = [chain[0] for chain in LEVERS[name](asking, step.wish) if chain]
    options = [name_change(step, asking, to) for to in (*first, *_list_stand_ins(step, asking))]
    return options if name in ALWAYS_ASKED else [*options, name_change(step, asking)]


def _list_stand_ins(step: Step, asking: Asking) -> list[Settings]:
    """Return who may interpret: speech only, and never for a post that seeks an interpreter."""
    if step.criterion.name != "language" or step.wish.skill not in ORAL_SKILLS:
        return []
    sought = asking.one_post.roles
    return [] if BY_ROLE in sought else [((MET_BY, how),) for how in (BY_ROLE, BY_LEVEL)]


def list_lowerings(step: Step, asking: Asking) -> Iterator[Change]:
    """Yield every way to lower a criterion, fewest steps first, without leaving it out."""
    lever = LEVERS.get(step.criterion.name)
    chains = lever(asking, step.wish) if lever else []
    counts = product(*(range(len(chain) + 1) for chain in chains))
    for taken in sorted(counts, key=lambda one: (sum(one), [-steps for steps in one])):
        to = [chain[steps - 1] for chain, steps in zip(chains, taken, strict=True) if steps]
        if to:
            yield name_change(step, asking, tuple(pair for settings in to for pair in settings))


def lower(step: Step, asking: Asking, change: Change) -> tuple[Step | None, Asking]:
    """Return the step as it is asked after a change, None if no longer, and what is then asked."""
    request = apply_changes(asking.request, [change])
    post = asking.post
    if post is not None:
        post = next(one for one in request.posts if one.code == post.code)
    changed = replace(asking, request=request, post=post)
    steps = list_steps(changed, [step.criterion.scope])
    same = [
        one
        for one in steps
        if (one.criterion.name, one.number) == (step.criterion.name, step.number)
    ]
    return (same[0] if same else None), changed
