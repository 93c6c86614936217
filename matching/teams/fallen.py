"""X1: who stands above the one on a post, and is kept from it by a cap alone."""

from __future__ import annotations

from matching.evidence import Evidence, Value, Verdict
from matching.run import CENT
from matching.teams.answers import Fallen, Team
from matching.teams.reserves import make_swap
from matching.teams.rules import RuleName
from matching.teams.search import Task

TEAM_CAP = "team_cap"


def list_fallen(task: Task, team: Team) -> tuple[Fallen, ...]:
    """Return each woman who has more points than the one on a post that she fits, and whom caps
    alone keep from it while the rest of the team stays. By post, best first; a woman once.

    ``facts``: why (the rule), asked (the cap), network where the cap is that of one network. Her
    nationality is not among them: an envoy may read these.
    """
    found: dict[int, Fallen] = {}
    for member in team.members:
        least = round(member.candidate.points * CENT)
        swap = make_swap(task, team, member)
        above = [woman for woman, seat in swap.list_ready() if seat.points > least]
        for woman in above:
            caps = () if woman.id in found else swap.find_caps(woman)
            if caps:
                found[woman.id] = Fallen(woman.id, member.post, _explain(caps[0]))
    return tuple(found.values())


def _explain(rule: RuleName) -> Evidence:
    facts: dict[str, Value] = {"why": rule.code, "asked": rule.count}
    if rule.code == "network_cap":
        facts["network"] = rule.about[0]
    return Evidence(TEAM_CAP, Verdict.FAIL, "X1", facts=facts)
