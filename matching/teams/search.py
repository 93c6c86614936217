"""The best team: as many posts filled as the rules allow, then most points, then longest waiting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from matching.facts import TeamRules
from matching.run import CENT
from matching.teams.answers import Measures, Member, Proof, Team
from matching.teams.frame import Frame, Terms
from matching.teams.pool import Pool, Seat, Woman
from matching.teams.rules import Rule, RuleName, join_rows, list_rules
from matching.teams.solver import Row, Solution, maximise

UNTOLD = 1000
"""One thing found in a team weighs more than any order among a woman's networks."""


@dataclass
class Budget:
    """Seconds left, as the solver itself counts them."""

    seconds: float

    def maximise(
        self, gains: Mapping[int, int], rows: Sequence[Row], unknowns: Sequence[int]
    ) -> Solution:
        """Return the best choice that can be found in the time left."""
        found = maximise(gains, rows, unknowns, self.seconds)
        self.seconds -= found.seconds
        return found


@dataclass(frozen=True)
class Task:
    """A pool, the rules of its team, those of them that are dropped, and the time left."""

    pool: Pool
    rules: TeamRules
    budget: Budget
    dropped: frozenset[RuleName] = frozenset()

    def list_rules(self, frame: Frame) -> list[Rule]:
        """Return the rules that count."""
        return [one for one in list_rules(frame, self.rules) if one.name not in self.dropped]

    def list_rows(self, frame: Frame) -> list[Row]:
        """Return all rows that a team must keep."""
        return [*frame.rows, *join_rows(self.list_rules(frame))]

    def narrow(self, places: Mapping[str, int], out: Collection[int] = ()) -> Task:
        """Return the task with these women on their posts and nobody else.

        Who is ``out`` is settled nowhere. KeyError if one of the women is not weighed.
        """
        by_id = self.pool.by_id
        women = [
            replace(by_id[number], seats=_keep_seat(by_id[number], post))
            for post, number in places.items()
        ]
        pool = replace(self.pool, women=tuple(sorted(women, key=lambda one: one.turn)))
        locked = tuple(one for one in self.rules.locked if one[1] not in out)
        return replace(self, pool=pool, rules=replace(self.rules, locked=locked))


def _keep_seat(woman: Woman, post: str) -> tuple[Seat, ...]:
    return tuple(one for one in woman.seats if one.post == post)


def gain_fit(frame: Frame) -> Terms:
    """Return the gain of each seat: a filled post is worth more than all points together."""
    filled = worth_of_a_post(frame)
    return {place: filled + seat.points for place, (_, seat) in enumerate(frame.seats)}


def worth_of_a_post(frame: Frame) -> int:
    """Return more than the points of any team."""
    points: dict[str, int] = {}
    for _, seat in frame.seats:
        points[seat.post] = max(points.get(seat.post, 0), seat.points)
    return sum(points.values()) + 1


def find_best(task: Task, frame: Frame, rows: Sequence[Row]) -> Solution:
    """Return the best team; among equal ones that with the lowest sum of turns.

    A turn is a woman's place in the order of who is due: longest not proposed first, then by lot.
    """
    gains = gain_fit(frame)
    best = task.budget.maximise(gains, rows, range(frame.size))
    if best.status != "proven":
        return best
    turns = {place: -woman.turn for place, (woman, _) in enumerate(frame.seats)}
    equal = [*rows, Row(gains, least=best.value)]
    fairest = task.budget.maximise(turns, equal, best.within)
    if fairest.chosen is None:
        return best
    return replace(best, chosen=fairest.chosen)


def read_picks(frame: Frame, chosen: Collection[int]) -> dict[str, int]:
    """Return the woman's id by post."""
    picked = [frame.seats[place] for place in chosen if place < len(frame.seats)]
    return {seat.post: woman.id for woman, seat in picked}


def prove(frame: Frame, found: Solution) -> Proof:
    """Return how sure the solution is."""
    if found.status == "infeasible":
        return Proof("infeasible")
    posts, points = divmod(found.bound, worth_of_a_post(frame))
    gap = (found.bound - found.value) / found.bound if found.bound else 0.0
    return Proof(found.status, posts, points / CENT, gap)


def make_team(task: Task, places: Mapping[str, int]) -> Team:
    """Return the team of these women, each counted where it tells most and as her rules allow."""
    own = task.narrow(places)
    frame = Frame(own.pool)
    told = frame.sum_found(frame.networks, frame.nationalities) | frame.sum_covered
    gains = dict.fromkeys(told, UNTOLD)
    for woman in own.pool.women:
        gains |= {frame.under(woman, code): -at for at, code in enumerate(woman.networks)}
    everybody = Row(frame.sum_seats(lambda woman, post: True), least=len(places))
    rows = [*task.list_rows(frame), everybody]
    chosen = maximise(gains, rows, range(frame.size), FOR_ONE_TEAM).chosen
    if chosen is None:
        raise ValueError("these women are no team that keeps the rules")
    return _describe(task, frame, places, chosen)


FOR_ONE_TEAM = 60.0
"""Seconds for counting one team: a dozen women, far below a second; never an answer's limit."""


def _describe(task: Task, frame: Frame, places: Mapping[str, int], chosen: Collection[int]) -> Team:
    posts = task.pool.posts
    seated: dict[str, tuple[Woman, Seat]] = {seat.post: (w, seat) for w, seat in frame.seats}
    covered = tuple(sorted({number for woman, _ in seated.values() for number in woman.covers}))
    found = frame.sum_found(frame.networks, frame.nationalities)
    return Team(
        members=tuple(
            Member(post, seated[post][1].candidate, _find_network(frame, seated[post][0], chosen))
            for post in posts
            if post in seated
        ),
        unfilled=tuple(post for post in posts if post not in seated),
        measures=Measures(
            fit=sum(seat.points for _, seat in seated.values()) / CENT,
            coverage=len(covered),
            wishes=len(task.pool.wishes),
            balance=sum(place in chosen for place in found),
            doubts=sum(seat.doubts for _, seat in seated.values()),
        ),
        covered=covered,
    )


def _find_network(frame: Frame, woman: Woman, chosen: Collection[int]) -> str | None:
    return next((code for code in woman.networks if frame.under(woman, code) in chosen), None)
