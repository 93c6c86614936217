"""How sure a choice is: what is flagged, unknown or about to end is a doubt."""

from __future__ import annotations

from datetime import timedelta

from matching.answers import Answer, Candidate
from matching.facts import Mediator, TeamRules

SOON = timedelta(days=14)
"""Something that ends within this time of the answer may have to be asked again."""


def count_doubts(candidate: Candidate, mediator: Mediator, found: Answer, rules: TeamRules) -> int:
    """Return the number of doubts about a woman on a post.

    One for each flag, one if a gate that she passes may stop being passed within 14 days, and one
    for each thing that a rule of the team asks and nobody knows: her nationalities where they are
    capped, her age where young women are asked for, her network where networks are.
    """
    ends = candidate.holds_until
    unknown = (
        rules.per_nationality is not None and mediator.nationalities is None,
        rules.young > 0 and mediator.birth_band is None,
        rules.least_networks > 0 and not mediator.networks,
    )
    ends_soon = ends is not None and ends <= found.now + SOON
    return len(candidate.flags) + ends_soon + sum(unknown)
