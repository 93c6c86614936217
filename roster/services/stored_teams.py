"""A proposed team as plain JSON, by handle and codes, to be kept with its run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching import Answer, TeamRules, public_code
from matching.facts import LanguageWish, ThemeWish
from matching.teams import Proposal, Reserve, RuleName, Team, list_coverage
from roster.facts import LEVELS

Stored = dict[str, Any]
TEAMS = frozenset({"first", "nearest", "other", "replaced"})
"""Kinds of what is kept that are teams; they stand before all else, the first one first."""


@dataclass(frozen=True)
class TeamWriter:
    """Writes the women of one answer by the handles of its run."""

    found: Answer
    rules: TeamRules
    handles: Mapping[int, str]

    def write(self, proposal: Proposal) -> list[Stored]:
        """The teams, then who stands ready for each post, then how the proposal came about."""
        teams: list[tuple[str, Team | None, tuple[str, ...]]] = [
            ("first", proposal.team, ()),
            ("nearest", proposal.nearest, ()),
        ]
        teams += [("other", one.team, one.best_in) for one in proposal.alternatives]
        return [
            *(self.write_team(kind, team, best) for kind, team, best in teams if team is not None),
            *(self._write_reserve(one) for one in proposal.reserves),
            self._write_about(proposal),
        ]

    def write_team(self, kind: str, team: Team, best_in: Iterable[str] = ()) -> Stored:
        """One team: members by handle, posts left open, measures, and who covers what."""
        ids = [one.mediator_id for one in team.members]
        return {
            "kind": kind,
            "best_in": list(best_in),
            "members": [
                {
                    "post": one.post,
                    "handle": self.handles[one.mediator_id],
                    "points": one.candidate.points,
                    "out_of": one.candidate.out_of,
                }
                for one in team.members
            ],
            "unfilled": list(team.unfilled),
            "fit": team.measures.fit,
            "doubts": team.measures.doubts,
            "coverage": self._write_coverage(ids),
        }

    def _write_coverage(self, ids: Sequence[int]) -> list[Stored]:
        """Each theme and language asked, and which of the members meet it, in their order.

        Insiders are left out: who is one tells of her nationality, which no card does.
        """
        needed: dict[object, int] = {one.wish: one.women for one in self.rules.languages}
        return [
            {**_write_wish(wish), "women": needed.get(wish, 1), "met": list(met)}
            for wish, met in list_coverage(self.found, self.rules, ids)
        ]

    def _write_reserve(self, one: Reserve) -> Stored:
        return {
            "kind": "reserve",
            "post": one.post,
            "handle": self.handles[one.candidate.mediator_id],
            "points": one.points,
            "differences": [
                {"criterion": each.criterion, "wish": each.wish, "points": each.points}
                for each in one.differences
            ],
            "doubts": [public_code(flag) for flag in one.doubts],
        }

    def _write_about(self, proposal: Proposal) -> Stored:
        proof = proposal.proof
        return {
            "kind": "about",
            "proof": proof.status,
            "gap": proof.gap,
            "binding": [write_rule(one) for one in proposal.binding],
            "capped": [
                {"post": one.post, "handle": self.handles[one.mediator_id]}
                for one in proposal.fallen
            ],
            "weighed": proposal.weighed,
        }


def _write_wish(wish: LanguageWish | ThemeWish) -> Stored:
    if isinstance(wish, LanguageWish):
        level = LEVELS[wish.level - 1]
        kept = {"skill": wish.skill, "level": level}
        return {"kind": "language", "any_of": list(wish.any_of), **kept}
    return {"kind": "theme", "any_of": list(wish.any_of)}


def write_rule(rule: RuleName) -> Stored:
    """A rule by its codes; of a woman settled for a post only the post."""
    return {"code": rule.code, "about": list(rule.about), "count": rule.count}


def read_rule(stored: Mapping[str, Any]) -> RuleName:
    """The rule that ``write_rule`` wrote."""
    return RuleName(stored["code"], tuple(stored["about"]), stored["count"])
