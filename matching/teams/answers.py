"""A proposed team as the caller gets it: values only."""

from __future__ import annotations

from dataclasses import dataclass

from matching.answers import Candidate
from matching.evidence import Evidence
from matching.teams.rules import RuleName
from matching.teams.share import Share


@dataclass(frozen=True)
class Member:
    """A woman on a post. ``counts_under`` is the network she is counted under; None: in none."""

    post: str
    candidate: Candidate
    counts_under: str | None

    @property
    def mediator_id(self) -> int:
        return self.candidate.mediator_id


@dataclass(frozen=True)
class Measures:
    """A team by four measures; of the first three more is better, of doubts fewer.

    ``fit`` is the sum of points, ``coverage`` the wishes of the request that somebody of the team
    meets (of ``wishes``), ``balance`` the different networks and nationalities, ``doubts`` what is
    flagged, unknown or about to end.
    """

    fit: float
    coverage: int
    wishes: int
    balance: int
    doubts: int


@dataclass(frozen=True)
class Team:
    """Members in the order of the posts; ``unfilled`` posts are given to nobody of the roster."""

    members: tuple[Member, ...]
    unfilled: tuple[str, ...]
    measures: Measures
    covered: tuple[int, ...]
    """Numbers of the wishes met, as ``list_wishes`` orders them."""

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(one.mediator_id for one in self.members)

    @property
    def places(self) -> dict[str, int]:
        """Return the woman's id by post."""
        return {one.post: one.mediator_id for one in self.members}


@dataclass(frozen=True)
class Proof:
    """How sure it is that no team is better: more posts filled, then more points.

    ``proven``: none is. ``time_limit``: the solver was stopped; no team fills more than ``posts``
    posts, nor has with that many more than ``points`` points; ``gap`` is what may be missing, as a
    share of that bound. ``infeasible``: no team keeps all rules.
    """

    status: str
    posts: int | None = None
    points: float | None = None
    gap: float | None = None


@dataclass(frozen=True)
class Alternative:
    """Another team that no team with as many women beats in all measures. ``best_in`` names those
    measures in which no team listed here is better."""

    team: Team
    best_in: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Points of a reserve minus those of the first, for one criterion and wish."""

    criterion: str
    wish: int
    points: float


@dataclass(frozen=True)
class Reserve:
    """Who could take a post with the rest of the team as it is. ``differences`` sum to ``points``,
    her points minus those of the first; ``doubts`` are flags of hers that the first has not."""

    post: str
    candidate: Candidate
    points: float
    differences: tuple[Difference, ...]
    doubts: tuple[Evidence, ...]


@dataclass(frozen=True)
class Fallen:
    """A woman who stands above the one on a post and whom a cap keeps from it: X1."""

    mediator_id: int
    post: str
    evidence: Evidence


@dataclass(frozen=True)
class Proposal:
    """The answer to a request for a team. Read ``share`` first.

    Without a team, ``binding`` is a smallest set of rules that stand in the way, and ``nearest``
    the best team without them. With a team that leaves posts unfilled, ``binding`` is a smallest
    set of rules without which all posts that anybody fits could be filled; empty if none would help.
    """

    share: Share
    proof: Proof
    team: Team | None
    binding: tuple[RuleName, ...] = ()
    nearest: Team | None = None
    alternatives: tuple[Alternative, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    fallen: tuple[Fallen, ...] = ()
    weighed: int = 0
    left_out: int = 0
