"""A proposed team as text for a terminal: its share, the team, then what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from matching import Answer, Candidate, Evidence
from matching.teams import Difference, Proposal, Reserve, Team
from roster.services.card_evidence import put_on_card
from roster.wording import N_, Wording
from roster.wording.evidence import word_card
from roster.wording.team import word_proof, word_rule, word_share

Handles = Mapping[int, str]


def explain_proposal_as_text(
    wording: Wording, found: Answer, proposal: Proposal, handles: Handles, *, title: str = ""
) -> str:
    """The whole proposal in words, women by handle."""
    lines = [
        title or wording.gettext(N_("Request %(code)s"), code=found.request.code),
        *word_share(wording, proposal.share),
        "",
        word_proof(wording, proposal.proof),
        *_word_binding(wording, proposal),
        *_word_first(wording, proposal, handles),
        *_word_alternatives(wording, proposal, handles),
        *_word_reserves(wording, proposal, found.now, handles),
        *_word_fallen(wording, proposal, handles),
        *_word_left_out(wording, proposal),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _word_binding(wording: Wording, proposal: Proposal) -> Iterator[str]:
    if not proposal.binding:
        return
    rules = wording.list_and(word_rule(wording, one) for one in proposal.binding)
    if proposal.team is None:
        yield wording.gettext(N_("In the way: %(rules)s."), rules=rules)
    else:
        yield wording.gettext(N_("More posts could be filled without: %(rules)s."), rules=rules)


def _word_first(wording: Wording, proposal: Proposal, handles: Handles) -> Iterator[str]:
    if proposal.team is not None:
        yield from _word_team(wording, proposal.team, handles)
    elif proposal.nearest is not None:
        yield wording.gettext(N_("Without these rules:"))
        yield from _word_team(wording, proposal.nearest, handles)


def _word_team(wording: Wording, team: Team, handles: Handles) -> Iterator[str]:
    for one in team.members:
        points = wording.points(one.candidate.points, one.candidate.out_of)
        network = wording.term("network", one.counts_under) if one.counts_under else ""
        under = wording.gettext(N_(", counted under %(network)s"), network=network)
        yield f"  {one.post}: {handles[one.mediator_id]}  {points}{under if network else ''}"
    for post in team.unfilled:
        yield wording.gettext(N_("  %(post)s: nobody of the roster"), post=post)
    yield f"  {_word_measures(wording, team)}"
    yield ""


def _word_measures(wording: Wording, team: Team) -> str:
    has = team.measures
    return wording.gettext(
        N_(
            "points %(fit)s, wishes covered %(coverage)s of %(wishes)s, "
            "networks and nationalities %(balance)s, doubts %(doubts)s"
        ),
        fit=wording.number(has.fit),
        coverage=has.coverage,
        wishes=has.wishes,
        balance=has.balance,
        doubts=has.doubts,
    )


BEST_IN = {
    "fit": N_("most points"),
    "coverage": N_("most wishes covered"),
    "balance": N_("most networks and nationalities"),
    "certainty": N_("fewest doubts"),
}


def _word_alternatives(wording: Wording, proposal: Proposal, handles: Handles) -> Iterator[str]:
    for number, one in enumerate(proposal.alternatives, 1):
        best = wording.list_and(wording.gettext(BEST_IN[name]) for name in one.best_in)
        said = wording.gettext(N_("Another team (%(number)s)"), number=number)
        yield f"{said}: {best}" if best else said
        yield from _word_team(wording, one.team, handles)


def _word_reserves(
    wording: Wording, proposal: Proposal, now: datetime, handles: Handles
) -> Iterator[str]:
    if proposal.reserves:
        yield wording.gettext(N_("Ready to take a post at once:"))
    for one in proposal.reserves:
        head = f"  {one.post}: {handles[one.candidate.mediator_id]}  {one.points:+.2f}"
        parts = [*_word_differences(wording, one, now), *_word_doubts(wording, one, now)]
        yield f"{head}  ({'; '.join(parts)})" if parts else head
    if proposal.reserves:
        yield ""


def _word_differences(wording: Wording, one: Reserve, now: datetime) -> Iterator[str]:
    for gap in one.differences:
        label = _word_label(wording, _find(one.candidate, gap), now)
        yield f"{label} {gap.points:+.2f}"


def _find(candidate: Candidate, gap: Difference) -> Evidence:
    return next(
        one
        for one in candidate.evidence
        if not one.is_hard and (one.criterion, one.wish) == (gap.criterion, gap.wish)
    )


def _word_doubts(wording: Wording, one: Reserve, now: datetime) -> Iterator[str]:
    for flag in one.doubts:
        yield f"! {_word_label(wording, flag, now)}"


def _word_label(wording: Wording, evidence: Evidence, now: datetime) -> str:
    return word_card(wording, [put_on_card(evidence)], now=now)[0].label


def _word_fallen(wording: Wording, proposal: Proposal, handles: Handles) -> Iterator[str]:
    if proposal.fallen:
        yield wording.gettext(N_("More points, and kept out by a cap [X1]:"))
    for one in proposal.fallen:
        yield f"  {one.post}: {handles[one.mediator_id]}"


def _word_left_out(wording: Wording, proposal: Proposal) -> Iterator[str]:
    if proposal.left_out:
        yield wording.gettext(
            N_("Weighed: %(weighed)s women. Not weighed: %(left_out)s, lower on the lists."),
            weighed=proposal.weighed,
            left_out=proposal.left_out,
        )
