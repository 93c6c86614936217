"""The mildest changes of a request that admit one woman."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import numpy as np

from matching.answers import Workings
from matching.changes import LEFT_OUT, WISHES, Change, Settings, apply_changes
from matching.criteria import Asking
from matching.facts import Mediator, Post
from matching.gates.availability import WORKING
from matching.levers import LEVERS, list_lowerings, lower, name_change
from matching.outcomes import PASSES
from matching.run import Step, make_plan

MODALITIES = ("remote", "hybrid", "in_person")
FITTED = frozenset({"window", "notice", "days_per_month"})
"""Terms moved just as far as hers, not in steps."""


def find_change(workings: Workings, woman: Mediator, asking: Asking, step: Step) -> Change | None:
    """Return the mildest change under which she passes a criterion; None where none does."""
    for change in _list_changes(woman, asking, step):
        lowered, changed = lower(step, asking, change)
        if lowered is None or _passes(workings, woman, changed, lowered):
            return change
    return None


def _passes(workings: Workings, woman: Mediator, asking: Asking, step: Step) -> bool:
    rows = np.array([workings.columns.row(woman.id)])
    return bool(PASSES[step.judge(workings.columns, rows, asking).outcomes][0])


def _list_changes(woman: Mediator, asking: Asking, step: Step) -> Iterator[Change]:
    """Yield what could be asked instead, the mildest first, leaving it out last."""
    name = step.criterion.name
    to = _fit_to_her(woman, asking, name)
    if to:
        yield name_change(step, asking, to)
    if name == "region":
        for year in _list_years_before(woman, step.wish.since_year):
            yield name_change(step, asking, (("since_year", year),))
    if name == "modality":
        for modality in MODALITIES:
            yield name_change(step, asking, (("modality", modality),))
    if name not in FITTED:
        yield from list_lowerings(step, asking)
    if name in LEVERS and (name in LEFT_OUT or name in WISHES):
        yield name_change(step, asking)


def _list_years_before(woman: Mediator, since_year: int | None) -> list[int]:
    """Return the last years of her work on any place before the year asked, latest first."""
    years = {one.last_year for one in woman.places if one.last_year and since_year}
    return sorted((year for year in years if year < (since_year or 0)), reverse=True)


def _fit_to_her(woman: Mediator, asking: Asking, criterion: str) -> Settings:
    """Return the request's own terms moved just as far as hers; () where hers are not known."""
    said = woman.availability
    if said is None:
        return ()
    if criterion == "notice" and said.notice_days is not None:
        return (("notice_days", said.notice_days),)
    if criterion == "days_per_month" and said.days_per_month:
        return (("days_per_month", said.days_per_month),)
    return _fit_window(woman, asking) if criterion == "window" else ()


def _fit_window(woman: Mediator, asking: Asking) -> Settings:
    said, request = woman.availability, asking.request
    if said is None or said.status not in WORKING:
        return ()
    start = max(request.start, said.window_from or request.start)
    end = min(request.end, said.window_to or request.end)
    if said.longest_stay_days is not None and request.modality != "remote":
        end = min(end, start + timedelta(days=said.longest_stay_days - 1))
    return (("start", start), ("end", end)) if start <= end else ()


def find_smallest(
    workings: Workings, woman: Mediator, post: Post, mildest: Iterable[Change | None]
) -> tuple[Change, ...] | None:
    """Return changes that admit her together, none of which can be spared; None if none do.

    ``mildest`` holds, per criterion that she does not pass, what ``find_change`` found.
    """
    changes: tuple[Change, ...] = ()
    for one in mildest:
        if one is None:
            return None
        changes = (*changes, one)
    changes = tuple(dict.fromkeys(changes))
    if not _admits(workings, woman, post, changes):
        return None
    for change in changes:
        others = tuple(one for one in changes if one != change)
        if _admits(workings, woman, post, others):
            changes = others
    return changes


def _admits(workings: Workings, woman: Mediator, post: Post, changes: tuple[Change, ...]) -> bool:
    plan = workings.plan
    request = apply_changes(plan.asking.request, changes)
    changed = make_plan(workings.columns, request, plan.asking.now)
    places = [one.code for one in request.posts]
    number = places.index(post.code)
    asking = changed.for_post(request.posts[number])
    steps = (*changed.of_request, *changed.of_posts[number])
    return all(_passes(workings, woman, asking, step) for _, step in steps)
