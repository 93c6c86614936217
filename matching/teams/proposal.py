"""A team for a request: the arithmetic of its share, the best team, and what lies beside it."""

from __future__ import annotations

from dataclasses import replace

from matching.answers import Answer
from matching.facts import TeamRules
from matching.teams.alternatives import list_alternatives
from matching.teams.answers import Proof, Proposal, Team
from matching.teams.binding import find_binding, find_stopping
from matching.teams.fallen import list_fallen
from matching.teams.frame import Frame
from matching.teams.pool import MOST_WOMEN, gather
from matching.teams.reserves import list_reserves, replace_member
from matching.teams.search import Budget, Task, find_best, make_team, prove, read_picks
from matching.teams.share import count_share

SECONDS = 10.0
"""Time for all solving of one proposal, as the solver itself counts it."""
RESERVES = 3


class UnfitTeamError(ValueError):
    """These women are no team for this answer and these rules."""


def propose_team(
    found: Answer,
    rules: TeamRules,
    *,
    seconds: float = SECONDS,
    reserves: int = RESERVES,
    most_women: int = MOST_WOMEN,
) -> Proposal:
    """Propose the best team for an answer's posts out of the women it lists.

    Best is: most posts filled, then the highest sum of points, then the women longest not proposed
    (the lowest sum of their turns). The same answer and rules give the same proposal, in whatever
    order women were registered. The engine reads no clock; the one thing that may stop it early is
    the solver's, after ``seconds``: then ``proof`` says ``time_limit`` with bound and gap.

    Raises StaleAnswerError if the roster has changed since the answer was given. Ask for the answer
    with a ``limit`` of at least ``most_women``.
    """
    pool = gather(found, rules, most_women)
    task = Task(pool, rules, Budget(seconds))
    team, proof = _find_team(task)
    share = count_share(rules, len(pool.posts))
    proposal = Proposal(share, proof, team, weighed=len(pool.women), left_out=pool.left_out)
    if team is None:
        return _say_why_none(task, proposal)
    return replace(
        proposal,
        binding=find_stopping(task) if team.unfilled else (),
        alternatives=list_alternatives(task, team),
        reserves=list_reserves(task, team, reserves),
        fallen=list_fallen(task, team),
    )


def _find_team(task: Task) -> tuple[Team | None, Proof]:
    frame = Frame(task.pool)
    best = find_best(task, frame, task.list_rows(frame))
    proof = prove(frame, best)
    if best.chosen is None:
        return None, proof
    return make_team(task, read_picks(frame, best.chosen)), proof


def _say_why_none(task: Task, proposal: Proposal) -> Proposal:
    binding = find_binding(task) if proposal.proof.status == "infeasible" else None
    if not binding:
        return proposal
    nearest, _ = _find_team(replace(task, dropped=frozenset(binding)))
    return replace(proposal, binding=binding, nearest=nearest)


def replace_drop_out(
    found: Answer,
    rules: TeamRules,
    team: dict[str, int],
    post: str,
    *,
    seconds: float = SECONDS,
    most_women: int = MOST_WOMEN,
) -> Team | None:
    """Return the team with the best replacement on one post and the rest fixed; None without one.

    ``team`` is the woman's id by post, as it stands; the drop-out's own id is no longer proposed.
    KeyError if nobody held the post, UnfitTeamError if one of the others is no longer listed for
    hers: then the team is to be proposed anew.
    """
    gone = team[post]
    rest = {code: number for code, number in team.items() if code != post}
    settled = replace(rules, locked=tuple(rest.items()))
    pool = gather(found, settled, most_women)
    fits = {(seat.post, woman.id) for woman in pool.women for seat in woman.seats}
    if not fits.issuperset(rest.items()):
        raise UnfitTeamError("one of the others is no longer listed for her post")
    return replace_member(Task(pool, rules, Budget(seconds)), rest, post, gone)
