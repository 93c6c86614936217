"""Pairs of women of different networks that may be one: who stands behind each, who may be asked.

The woman is asked first, and only where the question tells nobody anything: at a mailbox that both
records name, or where both networks agreed to compare and both women are of class 0 or 1. A network
that puts somebody's name on its list with an address of its own learns nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.models import ComparisonAgreement, CrossSuspicion
from roster.queries.pair_sides import PairSide, load_sides

OPEN = frozenset({"noted", "asked", "same"})
"""States in which the two are kept apart in answers: nobody has settled it."""
LISTED = 1
"""The highest safety class of which coordinators may judge."""
PATIENCE = timedelta(days=14)
"""So long her answer is waited for before coordinators are asked."""


@dataclass(frozen=True)
class Pair:
    """One suspicion with the two who may be one."""

    row: CrossSuspicion
    first: PairSide
    second: PairSide
    is_agreed: bool
    """Both networks have agreed to compare."""

    @property
    def sides(self) -> tuple[PairSide, PairSide]:
        return self.first, self.second

    @property
    def is_apart(self) -> bool:
        """No network knows both: of its own two records a network judges by itself."""
        return not self.first.networks & self.second.networks

    @property
    def is_listed(self) -> bool:
        """Coordinators may speak of both: their networks agreed, and neither is of class 2 or 3."""
        return self.is_agreed and all(side.safety_class <= LISTED for side in self.sides)

    def other(self, side: PairSide) -> PairSide:
        return self.second if side is self.first else self.first

    def may_ask(self, side: PairSide) -> bool:
        """Whether the question may be put to the woman behind this side."""
        tells_nothing = side.address in self.other(side).addresses or self.is_listed
        return side.has_account and self.is_apart and tells_nothing

    def may_judge(self, now: datetime) -> bool:
        """Whether coordinators are asked by now: she goes first, and has had her time."""
        if not (self.is_listed and self.is_apart and self.row.state in OPEN):
            return False
        asked_at = self.row.asked_at
        if asked_at is None:
            return not any(map(self.may_ask, self.sides))
        waits = any(self.may_ask(side) and side.said is None for side in self.sides)
        return not waits or asked_at + PATIENCE <= now

    @property
    def is_hers(self) -> bool:
        """She has said it herself, from both sides."""
        return all(side.said == "same" for side in self.sides)

    @property
    def is_same(self) -> bool:
        """Nobody is missing who has to say that the two are one.

        A coordinator speaks only for a woman without an account: who has one answers herself.
        """
        return all(
            side.said == "same" or (side.word == "same" and not side.has_account)
            for side in self.sides
        )


def select_hers(mediator_id: int) -> Any:
    """Pairs in which she is one of the two."""
    one = CrossSuspicion
    return or_(one.first_mediator_id == mediator_id, one.second_mediator_id == mediator_id)


def read_pairs(session: Session, rows: Iterable[CrossSuspicion]) -> list[Pair]:
    """These suspicions with both sides, in a fixed number of queries.

    Left out is one of which a side is gone: its woman left, or its record was taken back.
    """
    held = list(rows)
    ids = [each for row in held for each in row.features["records"]]
    sides = load_sides(session, ids)
    agreed = list_agreed(session)
    pairs = (_make_pair(row, sides, agreed) for row in held)
    return [pair for pair in pairs if pair is not None]


def _make_pair(
    row: CrossSuspicion, sides: Mapping[int, PairSide], agreed: frozenset[tuple[str, str]]
) -> Pair | None:
    numbers: Sequence[int] = row.features["records"]
    one, other = (sides.get(number) for number in numbers)
    if one is None or other is None:
        return None
    if (one.mediator_id, other.mediator_id) != (row.first_mediator_id, row.second_mediator_id):
        return None
    first, second = sorted((one.network_code, other.network_code))
    return Pair(
        row,
        one.speaking(row.first_said, row.first_word, row.first_word_by),
        other.speaking(row.second_said, row.second_word, row.second_word_by),
        (first, second) in agreed,
    )


def list_agreed(session: Session) -> frozenset[tuple[str, str]]:
    """Pairs of networks that have both said yes, each in the order of the codes."""
    one = ComparisonAgreement
    rows = session.execute(
        select(one.first_code, one.second_code).where(
            one.first_agreed_at.is_not(None), one.second_agreed_at.is_not(None)
        )
    )
    return frozenset((first, second) for first, second in rows)


def get_pair(session: Session, pair_id: int) -> Pair | None:
    """One suspicion with both sides, None where a side is gone."""
    row = session.get(CrossSuspicion, pair_id)
    return next(iter(read_pairs(session, [row])), None) if row is not None else None


def list_asked_of_her(session: Session, mediator_id: int) -> list[tuple[Pair, PairSide]]:
    """Open questions to her, each with her own side; what she declined is not among them."""
    rows = session.scalars(
        select(CrossSuspicion)
        .where(select_hers(mediator_id), CrossSuspicion.state.in_(("asked", "same")))
        .order_by(CrossSuspicion.id)
    )
    found = [
        (pair, side)
        for pair in read_pairs(session, rows)
        for side in pair.sides
        if side.mediator_id == mediator_id
    ]
    return [(pair, side) for pair, side in found if pair.may_ask(side)]


def list_judged_by(session: Session, networks: frozenset[str], now: datetime) -> list[Pair]:
    """Pairs of which coordinators of these networks are asked, the likeliest first."""
    open_ones = select(CrossSuspicion).where(CrossSuspicion.state.in_(sorted(OPEN)))
    pairs = [
        pair
        for pair in read_pairs(session, session.scalars(open_ones.order_by(CrossSuspicion.id)))
        if pair.may_judge(now) and {side.network_code for side in pair.sides} & networks
    ]
    return sorted(pairs, key=lambda pair: (-pair.row.features["score"], pair.row.id))
