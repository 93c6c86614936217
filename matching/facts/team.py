"""What is asked of the women of a team together, beside what each post asks of each."""

from __future__ import annotations

from dataclasses import dataclass

from matching.facts.asked import LanguageWish

UNFILLED = ("men", "empty", "refused")
"""What a post becomes that is given to nobody of the roster."""


@dataclass(frozen=True)
class TeamLanguage:
    """A language that the team must have, whoever of it has it."""

    wish: LanguageWish
    women: int = 1
    """By how many of the women proposed, at least."""


@dataclass(frozen=True)
class MenteeSlot:
    """A post for a woman who seeks mentoring, filled only beside a senior one."""

    post: str
    beside: str
    """Post of the senior woman (seniority senior or eminent)."""


@dataclass(frozen=True)
class TeamRules:
    """Rules of the whole team. An empty tuple, None or 0 asks nothing.

    Only women proposed from the roster are counted, except by the women's share, which counts the
    whole team. A *cap* is the most that may be proposed.
    """

    languages: tuple[TeamLanguage, ...] = ()
    network_caps: tuple[tuple[str, int], ...] = ()
    """Network and its cap; takes the place of ``per_network`` for this network."""
    per_network: int | None = None
    """Cap of every network. A woman in several counts under one, chosen in her favour; a nested
    network counts as itself; who is in none counts under none."""
    per_nationality: int | None = None
    """Cap of every nationality. A woman counts under each one that she holds today; one whose
    nationalities are not known may hold any, and counts under all."""
    young: int = 0
    """Least number of young women; an unknown age does not count."""
    young_bands: frozenset[str] = frozenset({"under_30"})
    least_networks: int = 0
    """Least number of different networks, each woman counting under one."""
    mentees: tuple[MenteeSlot, ...] = ()
    locked: tuple[tuple[str, int], ...] = ()
    """Post and woman that are settled."""
    excluded: frozenset[int] = frozenset()
    """Women not to be proposed."""
    not_with: frozenset[int] = frozenset()
    """Women on the lists of linked requests, which must not meet this one."""
    present_women: int = 0
    present_men: int = 0
    least_share: int | None = None
    """Women's share aimed at, in percent of the whole team."""
    most_share: int | None = None
    """Upper bound on the women's share, in percent."""
    unfilled: str = "men"
    """``men``: a post given to nobody of the roster is counted as filled by a man; ``empty``: it
    stays empty and is not counted; ``refused``: every post goes to a woman of the roster."""

    def cap_of(self, network: str) -> int | None:
        """Return the cap of a network; None if it has none."""
        return dict(self.network_caps).get(network, self.per_network)
