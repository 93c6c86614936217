"""Other teams worth a look: none of them is beaten in all of fit, coverage, balance, certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matching.teams.answers import Alternative, Measures, Team
from matching.teams.frame import Frame, Terms
from matching.teams.search import Task, make_team, read_picks
from matching.teams.solver import Row

MOST_ALTERNATIVES = 5
MEASURES = ("fit", "coverage", "balance", "certainty")


@dataclass(frozen=True)
class Scale:
    """What one wish covered, one network or nationality, one doubt fewer is worth in hundredths of
    a point. All above 0, so that the best team by any scale is beaten by none in all measures."""

    coverage: int
    balance: int
    certainty: int


def list_scales(most_points: int) -> tuple[Scale, ...]:
    """Return the scales tried in turn: one measure above all others, then between them."""
    much = most_points + 1
    return (
        Scale(much, 1, 1),
        Scale(1, much, 1),
        Scale(1, 1, much),
        Scale(500, 500, 500),
        Scale(100, 100, 100),
        Scale(1500, 1500, 1500),
        Scale(1000, 1000, 1),
        Scale(1, 1000, 1000),
        Scale(1000, 1, 1000),
        Scale(1, 1, 1),
    )


def list_alternatives(task: Task, first: Team) -> tuple[Alternative, ...]:
    """Return up to five other teams with as many women, each differing from all in its measures.

    No team that keeps the rules and has as many women is at least as good in all four measures and
    better in one. Fewer than three are returned only where so few were found.
    """
    teams: list[Team] = []
    for team in _search(task, first):
        if all(
            _list_values(team.measures) != _list_values(one.measures) for one in (first, *teams)
        ):
            teams.append(team)
        if len(teams) == MOST_ALTERNATIVES:
            break
    return tuple(Alternative(one, _name_best(one, (first, *teams))) for one in teams)


def _search(task: Task, first: Team) -> Iterator[Team]:
    frame = Frame(task.pool)
    everybody = frame.sum_seats(lambda woman, post: True)
    rows = [*task.list_rows(frame), Row(everybody, least=len(first.members))]
    most = sum(max(_list_points(frame, post), default=0) for post in task.pool.posts)
    seen = set()
    for scale in list_scales(most):
        found = task.budget.maximise(_weigh(frame, scale), rows, frame.size)
        if found.status != "proven" or found.chosen is None:
            return
        places = read_picks(frame, found.chosen)
        if tuple(places.items()) not in seen:
            seen.add(tuple(places.items()))
            yield make_team(task, places)


def _list_points(frame: Frame, post: str) -> Iterable[int]:
    return (seat.points for _, seat in frame.seats if seat.post == post)


def _weigh(frame: Frame, scale: Scale) -> Terms:
    seats = {
        place: seat.points - scale.certainty * seat.doubts
        for place, (_, seat) in enumerate(frame.seats)
    }
    found = frame.sum_found(frame.networks, frame.nationalities)
    return (
        seats
        | dict.fromkeys(found, scale.balance)
        | dict.fromkeys(frame.sum_covered, scale.coverage)
    )


def _list_values(measures: Measures) -> tuple[float, ...]:
    return measures.fit, measures.coverage, measures.balance, -measures.doubts


def _name_best(team: Team, teams: Iterable[Team]) -> tuple[str, ...]:
    highest = [
        max(values) for values in zip(*(_list_values(one.measures) for one in teams), strict=True)
    ]
    own = _list_values(team.measures)
    return tuple(
        name for name, value, most in zip(MEASURES, own, highest, strict=True) if value == most
    )
