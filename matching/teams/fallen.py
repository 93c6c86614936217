"""X1: who stands above the one on a post, and is kept from it by a cap alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from matching.evidence import Evidence, Value, Verdict
from matching.teams.answers import Fallen, Member, Team
from matching.teams.binding import find_binding
from matching.teams.frame import Frame
from matching.teams.pool import Woman
from matching.teams.rules import RuleName
from matching.teams.search import Task
from matching.teams.solver import Row

CAPS = frozenset({"network_cap", "per_network", "per_nationality"})
TEAM_CAP = "team_cap"


def list_fallen(task: Task, team: Team) -> tuple[Fallen, ...]:
    """Return each woman who has more points than the one on a post that she fits, and whom caps
    alone keep from it while the rest of the team stays. By post, best first; a woman once.

    ``facts``: why (the rule), asked (the cap), network where the cap is that of one network. Her
    nationality is not among them: an envoy may read these.
    """
    asked: dict[Hashable, tuple[RuleName, ...]] = {}
    found: dict[int, Fallen] = {}
    for member in team.members:
        for woman in _list_above(task, team, member):
            if woman.id in found:
                continue
            key = member.post, _sign(woman, task, team)
            if key not in asked:
                asked[key] = _find_caps(task, team, member.post, woman)
            if asked[key]:
                evidence = _explain(asked[key][0])
                found[woman.id] = Fallen(woman.id, member.post, evidence)
    return tuple(found.values())


def _list_above(task: Task, team: Team, member: Member) -> Iterator[Woman]:
    above = []
    for woman in task.pool.women:
        seat = woman.seat(member.post)
        if seat and woman.id not in team.ids and seat.candidate.points > member.candidate.points:
            above.append((-seat.points, woman.turn, woman))
    return (woman for *_, woman in sorted(above, key=lambda one: one[:2]))


def _sign(woman: Woman, task: Task, team: Team) -> Hashable:
    """Return all that the rules see of her: who shares it shares the answer."""
    rules = task.rules
    return (
        woman.networks,
        woman.nationalities,
        woman.speaks,
        woman.mediator.birth_band,
        woman.is_senior,
        woman.seeks_mentoring,
        woman.mediator.look_alikes & team.ids,
        frozenset(one for one in team.ids if woman.id in task.pool.woman(one).mediator.look_alikes),
        woman.id in rules.excluded,
        woman.id in rules.not_with,
    )


def _find_caps(task: Task, team: Team, post: str, woman: Woman) -> tuple[RuleName, ...]:
    places = team.places | {post: woman.id}
    swapped = task.narrow(places, out=(team.places[post],))
    everybody = Frame(swapped.pool).sum_seats(lambda one, code: True)
    return find_binding(swapped, [Row(everybody, least=len(places))], CAPS) or ()


def _explain(rule: RuleName) -> Evidence:
    facts: dict[str, Value] = {"why": rule.code, "asked": rule.count}
    if rule.code == "network_cap":
        facts["network"] = rule.about[0]
    return Evidence(TEAM_CAP, Verdict.FAIL, "X1", facts=facts)
