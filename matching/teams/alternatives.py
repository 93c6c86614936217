"""Other teams worth a look: none of them is beaten in all of fit, coverage, balance, certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matching.teams.answers import Alternative, Measures, Team
from matching.teams.frame import Frame, Terms
from matching.teams.search import Task, make_team, read_picks
from matching.teams.solver import Row

MOST_ALTERNATIVES = 5
MOST_TRIED = 12
"""Searches for alternatives at most."""
MEASURES = ("fit", "coverage", "balance", "certainty")


@dataclass(frozen=True)
class Aim:
    """What one wish covered, one network or nationality, one doubt fewer is worth in hundredths of
    a point, and the least of each that is demanded (of doubts the most).

    All worths are above 0 and demands go one way: so no team at all beats the best one in all
    measures.
    """

    coverage: int = 1
    balance: int = 1
    certainty: int = 1
    least_coverage: int | None = None
    least_balance: int | None = None
    most_doubts: int | None = None


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
    """Try each measure before all others, then what one step more of each costs, step by step."""
    frame = Frame(task.pool)
    everybody = frame.sum_seats(lambda woman, post: True)
    rows = [*task.list_rows(frame), Row(everybody, least=len(first.members))]
    much = 1 + sum(max(_list_points(frame, post), default=0) for post in task.pool.posts)
    aims = [Aim(), Aim(coverage=much), Aim(balance=much), Aim(certainty=much)]
    tried = 0
    while aims and tried < MOST_TRIED:
        aim, tried = aims.pop(0), tried + 1
        demanded = [*rows, *_demand(frame, aim)]
        found = task.budget.maximise(_weigh(frame, aim), demanded, range(frame.size))
        if found.status == "time_limit":
            return
        if found.chosen is not None:
            team = make_team(task, read_picks(frame, found.chosen))
            yield team
            aims += _step_up(aim, team)


def _step_up(aim: Aim, team: Team) -> list[Aim]:
    """Return the aims that demand one more of each measure than the team has."""
    has = team.measures
    if max(aim.coverage, aim.balance, aim.certainty) > 1:
        return []
    return [
        replace(aim, least_coverage=has.coverage + 1),
        replace(aim, least_balance=has.balance + 1),
        replace(aim, most_doubts=has.doubts - 1),
    ]


def _demand(frame: Frame, aim: Aim) -> Iterator[Row]:
    if aim.least_coverage is not None:
        yield Row(frame.sum_covered, least=aim.least_coverage)
    if aim.least_balance is not None:
        found = frame.sum_found(frame.networks, frame.nationalities)
        yield Row(found, least=aim.least_balance)
    if aim.most_doubts is not None:
        doubts = {place: seat.doubts for place, (_, seat) in enumerate(frame.seats)}
        yield Row(doubts, most=aim.most_doubts)


def _list_points(frame: Frame, post: str) -> Iterable[int]:
    return (seat.points for _, seat in frame.seats if seat.post == post)


def _weigh(frame: Frame, aim: Aim) -> Terms:
    seats = {
        place: seat.points - aim.certainty * seat.doubts
        for place, (_, seat) in enumerate(frame.seats)
    }
    found = frame.sum_found(frame.networks, frame.nationalities)
    return (
        seats | dict.fromkeys(found, aim.balance) | dict.fromkeys(frame.sum_covered, aim.coverage)
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
