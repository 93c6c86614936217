"""Who may be in the team: the women listed, the posts they fit, and what the rules ask of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Candidate
from matching.codecs import NO_INSTANT
from matching.columns import Columns
from matching.facts import Mediator, Request, TeamRules
from matching.run import CENT, draw_lots
from matching.tables import Ints
from matching.teams.certainty import count_doubts
from matching.teams.coverage import judge_coverage, list_wishes

MOST_WOMEN = 300
"""Women weighed at most; of more, those who stand highest on the lists of the posts."""
SENIOR = frozenset({"senior", "eminent"})
MENTEE = "mentee"


@dataclass(frozen=True)
class Seat:
    """A post that a woman fits. ``points`` in hundredths; ``doubts`` counts what is uncertain."""

    post: str
    points: int
    doubts: int
    candidate: Candidate


@dataclass(frozen=True)
class Woman:
    """What the rules of a team ask of one woman."""

    mediator: Mediator
    seats: tuple[Seat, ...]
    turn: int
    """Place in the order of who is due: longest not proposed first, then by lot; no two equal."""
    covers: frozenset[int]
    """Numbers of the pool's wishes that she meets."""
    speaks: frozenset[int]
    """Numbers of the languages of the rules that she meets."""

    @property
    def id(self) -> int:
        return self.mediator.id

    @cached_property
    def networks(self) -> tuple[str, ...]:
        """Her networks, each once, in the order of their codes."""
        return tuple(sorted(set(self.mediator.networks)))

    @cached_property
    def nationalities(self) -> frozenset[str] | None:
        """The nationalities that she holds today; None is unknown."""
        held = self.mediator.nationalities
        return None if held is None else frozenset(one.country for one in held if one.is_current)

    @property
    def is_senior(self) -> bool:
        return self.mediator.seniority is not None and self.mediator.seniority.code in SENIOR

    @property
    def seeks_mentoring(self) -> bool:
        return any(one.code == MENTEE for one in self.mediator.roles_sought)

    def seat(self, post: str) -> Seat | None:
        """Return her seat at a post; None if she does not fit it."""
        return next((one for one in self.seats if one.post == post), None)


@dataclass(frozen=True)
class Pool:
    """The women weighed, in the order of their turns, so that the order of input plays no part."""

    posts: tuple[str, ...]
    women: tuple[Woman, ...]
    wishes: tuple[Hashable, ...]
    left_out: int
    """Women listed who were not weighed, since more than ``MOST_WOMEN`` are listed."""

    @cached_property
    def by_id(self) -> Mapping[int, Woman]:
        """Return the women by id."""
        return {one.id: one for one in self.women}


def gather(found: Answer, rules: TeamRules, most: int = MOST_WOMEN) -> Pool:
    """Return the pool of an answer; StaleAnswerError if the roster has changed since it was given.

    Locked women who are listed are always weighed. Ask for the answer with a ``limit`` of at least
    ``most``, or fewer women are known to fit.
    """
    columns = found.columns
    chosen = _choose(found, rules, most)
    ids = np.array(sorted(chosen), np.int64)
    rows = np.array([columns.row(int(one)) for one in ids], np.int64)
    turns = _count_turns(columns, rows, ids, found.request)
    wishes = list_wishes(found.request, rules)
    covers = judge_coverage(columns, rows, found, wishes)
    spoken = judge_coverage(columns, rows, found, [one.wish for one in rules.languages])
    women = [
        _make_woman(columns, chosen[int(number)], found, rules, turns[at], covers[at], spoken[at])
        for at, number in enumerate(ids)
    ]
    return Pool(
        posts=tuple(post.code for post in found.request.posts),
        women=tuple(sorted(women, key=lambda one: one.turn)),
        wishes=tuple(wishes),
        left_out=len({one.mediator_id for one in found.listed}) - len(chosen),
    )


def _choose(found: Answer, rules: TeamRules, most: int) -> dict[int, list[Candidate]]:
    """Return the candidates of the women weighed: the first of every post, the second, …"""
    by_post: dict[str, list[Candidate]] = {}
    for one in found.listed:
        by_post.setdefault(one.post, []).append(one)
    locked = {number for _, number in rules.locked}
    order = [one.mediator_id for one in found.listed if one.mediator_id in locked]
    order += [one.mediator_id for rank in zip_longest(*by_post.values()) for one in rank if one]
    weighed = list(dict.fromkeys(order))[:most]
    chosen: dict[int, list[Candidate]] = {number: [] for number in weighed}
    for one in found.listed:
        if one.mediator_id in chosen:
            chosen[one.mediator_id].append(one)
    return chosen


def _count_turns(
    columns: Columns, rows: Ints, ids: NDArray[np.int64], request: Request
) -> list[int]:
    """Return each woman's place in the order: longest not proposed first, then by lot."""
    waited = columns.scalars["last_proposed_at"][rows].astype(np.int64)
    waited = np.where(waited == NO_INSTANT, np.iinfo(np.int64).min, waited)
    order = np.lexsort((draw_lots(ids, request.code), waited))
    turns = np.empty(len(ids), np.int64)
    turns[order] = np.arange(len(ids))
    return [int(one) for one in turns]


def _make_woman(
    columns: Columns,
    candidates: Iterable[Candidate],
    found: Answer,
    rules: TeamRules,
    turn: int,
    covers: NDArray[np.bool_],
    spoken: NDArray[np.bool_],
) -> Woman:
    candidates = tuple(candidates)
    mediator = columns.mediator(candidates[0].mediator_id)
    return Woman(
        mediator=mediator,
        seats=tuple(
            Seat(
                one.post,
                round(one.points * CENT),
                count_doubts(one, mediator, found, rules),
                one,
            )
            for one in candidates
        ),
        turn=turn,
        covers=frozenset(int(place) for place in np.flatnonzero(covers)),
        speaks=frozenset(int(place) for place in np.flatnonzero(spoken)),
    )
