"""From the criteria of a request to the rules of its team as the engine reads them."""

from __future__ import annotations

from matching.facts import MenteeSlot, TeamLanguage, TeamRules
from roster.facts.requests import Criteria, make_language_wish


def make_team_rules(criteria: Criteria) -> TeamRules:
    """The rules of the whole team; ``criteria`` must have passed the request schema."""
    team, present = criteria.get("team") or {}, criteria.get("present_team") or {}
    return TeamRules(
        languages=tuple(
            TeamLanguage(make_language_wish(one), one.get("women", 1))
            for one in team.get("languages", ())
        ),
        network_caps=tuple((one["network"], one["most"]) for one in team.get("network_caps", ())),
        per_network=team.get("per_network"),
        per_nationality=team.get("per_nationality"),
        young=team.get("young", 0),
        young_bands=frozenset(team.get("young_bands", ("under_30",))),
        least_networks=team.get("least_networks", 0),
        mentees=tuple(MenteeSlot(one["post"], one["beside"]) for one in team.get("mentees", ())),
        locked=tuple((one["post"], one["mediator"]) for one in team.get("locked", ())),
        excluded=frozenset(team.get("excluded", ())),
        not_with=frozenset(team.get("not_with", ())),
        present_women=present.get("women", 0),
        present_men=present.get("men", 0),
        least_share=criteria.get("target_share"),
        most_share=_first(team.get("most_share"), criteria.get("most_share")),
        unfilled=team.get("unfilled", "men"),
    )


def _first(own: int | None, other: int | None) -> int | None:
    return other if own is None else own
