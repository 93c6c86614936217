"""Who stands ready for each post with the rest as it is, and what she lacks against the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from matching.answers import Candidate
from matching.run import CENT
from matching.teams.answers import Difference, Member, Reserve, Team
from matching.teams.pool import Seat, Woman
from matching.teams.search import Task, make_team
from matching.teams.swap import Swap


def list_reserves(task: Task, team: Team, each: int) -> tuple[Reserve, ...]:
    """Return up to ``each`` reserves per post, best first, by post.

    Each could take the post at once: with her and the rest of the team all rules are kept. One
    woman may stand ready for several posts.
    """
    return tuple(
        _compare(first.candidate, seat.candidate)
        for first in team.members
        for _, seat in islice(_list_able(make_swap(task, team, first)), each)
    )


def replace_member(task: Task, rest: Mapping[str, int], post: str, gone: int) -> Team | None:
    """Return the team with the best woman but the one gone on a post; None if there is none."""
    found = next(_list_able(Swap(task, rest, post, gone)), None)
    if found is None:
        return None
    places = {**rest, post: found[0].id}
    return make_team(task.narrow(places, out=(gone,)), places)


def make_swap(task: Task, team: Team, gone: Member) -> Swap:
    """Return the question: who could stand where this member stands?"""
    rest = {post: number for post, number in team.places.items() if post != gone.post}
    return Swap(task, rest, gone.post, gone.mediator_id)


def _list_able(swap: Swap) -> Iterator[tuple[Woman, Seat]]:
    return (pair for pair in swap.list_ready() if swap.can_take(pair[0]))


def _compare(first: Candidate, other: Candidate) -> Reserve:
    flags = {(one.criterion, one.wish, one.code) for one in first.flags}
    return Reserve(
        post=other.post,
        candidate=other,
        points=(round(other.points * CENT) - round(first.points * CENT)) / CENT,
        differences=list_differences(first, other),
        doubts=tuple(
            one for one in other.flags if (one.criterion, one.wish, one.code) not in flags
        ),
    )


def list_differences(first: Candidate, other: Candidate) -> tuple[Difference, ...]:
    """Return what the other has more (above 0) or less than the first, criterion by criterion.

    They sum to the difference of the points; criteria in which both have the same are left out.
    """
    hers = {(one.criterion, one.wish): one.points for one in other.evidence if not one.is_hard}
    found = []
    for one in first.evidence:
        if one.is_hard:
            continue
        gap = round(hers.get((one.criterion, one.wish), 0.0) * CENT) - round(one.points * CENT)
        if gap:
            found.append(Difference(one.criterion, one.wish, gap / CENT))
    return tuple(found)
