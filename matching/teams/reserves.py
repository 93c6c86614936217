"""Who stands ready for each post with the rest as it is, and what she lacks against the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matching.answers import Candidate
from matching.run import CENT
from matching.teams.answers import Difference, Member, Reserve, Team
from matching.teams.frame import Frame
from matching.teams.search import Task, find_best, make_team, read_picks
from matching.teams.solver import Row


def list_reserves(task: Task, team: Team, each: int) -> tuple[Reserve, ...]:
    """Return up to ``each`` reserves per post, best first, by post.

    Each could take the post at once: with her and the rest of the team all rules are kept. One
    woman may stand ready for several posts.
    """
    return tuple(
        _compare(first.candidate, found)
        for first in team.members
        for found in _find_next(task, _leave(team, first), first.post, [first.mediator_id], each)
    )


def _leave(team: Team, gone: Member) -> dict[str, int]:
    return {post: number for post, number in team.places.items() if post != gone.post}


def replace_member(task: Task, rest: Mapping[str, int], post: str, gone: int) -> Team | None:
    """Return the team with the best woman but the one gone on a post; None if there is none."""
    found = next(_find_next(task, rest, post, [gone], 1), None)
    if found is None:
        return None
    places = {**rest, post: found.mediator_id}
    return make_team(task.narrow(places, out=(gone,)), places)


def _find_next(
    task: Task, rest: Mapping[str, int], post: str, gone: Iterable[int], most: int
) -> Iterator[Candidate]:
    out = list(gone)
    for _ in range(most):
        narrowed = task.narrow(rest, post, out)
        frame = Frame(narrowed.pool)
        everybody = frame.sum_seats(lambda woman, code: True)
        rows = [*narrowed.list_rows(frame), Row(everybody, least=len(rest) + 1)]
        found = find_best(narrowed, frame, rows)
        if found.status != "proven" or found.chosen is None:
            return
        number = read_picks(frame, found.chosen)[post]
        out.append(number)
        seat = narrowed.pool.woman(number).seat(post)
        if seat is not None:
            yield seat.candidate


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
