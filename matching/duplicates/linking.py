"""Which records may be one person: proposals with their evidence, for and against. Nothing merges."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.duplicates.blocking import find_pairs
from matching.duplicates.comparing import MISSING, Column, Levels, Places, compare_pairs
from matching.duplicates.fields import LEVELS, Field
from matching.duplicates.frequencies import weigh_rare
from matching.duplicates.learning import Floats, Model, learn, sample_pairs, weigh
from matching.duplicates.rules import may_be_probable, may_be_proposed

#: From here on a pair is probable, 0..1.
PROBABLE = 0.95
#: From here on a pair is worth the question.
POSSIBLE = 0.50
AT_ONCE = 50_000
"""Pairs that are compared between two moments at which a run may be ended."""


class Verdict(StrEnum):
    """What is proposed of two records; a person decides."""

    PROBABLE = "probable"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Feature:
    """One field of two records: its level of agreement, and its weight in bits.

    Below zero it speaks against one person. `level` is of ``LEVELS`` or "missing" (weight 0);
    `has_changed_places`: given name and family name stood the other way round.
    """

    field: str
    level: str
    weight: float
    has_changed_places: bool = False


@dataclass(frozen=True)
class Pair:
    """Two records, by place (those of the second list go on from the first), that may be one person.

    `score`: chance of it, 0..1; the weights of the features sum to its bits beside the share of all
    pairs that are one person.
    """

    first: int
    second: int
    score: float
    verdict: Verdict
    features: tuple[Feature, ...]

    @property
    def against(self) -> tuple[Feature, ...]:
        """The features that speak against one person, the strongest first."""
        found = [feature for feature in self.features if feature.weight < 0]
        return tuple(sorted(found, key=lambda feature: feature.weight))


@dataclass(frozen=True)
class Linkage:
    """The proposals, the likeliest first; how many pairs were compared, how many blocks were not.

    `passed_over` blocks held too many records under one key; these may still meet under another.
    """

    pairs: tuple[Pair, ...]
    compared: int
    passed_over: int
    model: Model


def link(
    records: Sequence[Mapping[str, object]],
    fields: Sequence[Field],
    others: Sequence[Mapping[str, object]] | None = None,
    *,
    least: float = POSSIBLE,
    among: tuple[Places, Places] | None = None,
    model: Model | None = None,
    between: Callable[[], object] = lambda: None,
) -> Linkage:
    """Find the records that may be one person, within a list or across two.

    Any records will do: `fields` says what is compared. Proposals below `least` are left out. The
    same records give the same answer, in any order of keys. Raises ValueError without fields.

    Who chooses the pairs gives their places `among` the records, and none else is compared; with a
    `model` learnt before nothing is learnt anew. `between` is called now and then in a long run: it
    may raise to end it.
    """
    if not fields:
        raise ValueError("no fields to compare")
    everybody = [*records, *(others or ())]
    split_at = len(records) if others is not None else None
    columns = [Column.build(field, everybody) for field in fields]
    first, second, passed_over = (*among, 0) if among else find_pairs(columns, split_at)
    levels, crossed = _compare_in_parts(columns, first, second, between)
    if model is None:
        sample, _ = _compare_in_parts(columns, *sample_pairs(len(everybody), split_at), between)
        model = learn(fields, levels, sample, _count_pairs(len(everybody), split_at))
    weights = _weigh(columns, model, levels, (first, second), crossed)
    found = _propose(fields, model, (first, second), levels, crossed, weights, least)
    return Linkage(tuple(found), len(first), passed_over, model)


def _compare_in_parts(
    columns: Sequence[Column], first: Places, second: Places, between: Callable[[], object]
) -> tuple[Levels, Levels]:
    """As ``compare_pairs``, a part at a time."""
    parts = []
    for start in range(0, max(len(first), 1), AT_ONCE):
        between()
        end = start + AT_ONCE
        parts.append(compare_pairs(columns, first[start:end], second[start:end]))
    levels, crossed = zip(*parts, strict=True)
    return np.concatenate(levels), np.concatenate(crossed)


def _count_pairs(count: int, split_at: int | None) -> int:
    return count * (count - 1) // 2 if split_at is None else split_at * (count - split_at)


def _weigh(
    columns: Sequence[Column],
    model: Model,
    levels: Levels,
    pairs: tuple[Places, Places],
    crossed: Levels,
) -> Floats:
    """Weight in bits by pair and field; agreement in a rare value is worth more than in a common one."""
    weights = np.zeros(levels.shape)
    for place, column in enumerate(columns):
        m, u = model.m[place], model.u[place]
        weights[:, place] = weigh(m, u)[levels[:, place]]
        straight = np.flatnonzero(crossed[:, place] == 0)
        at = (pairs[0][straight], pairs[1][straight])
        rare = weigh_rare(column, m, u, levels[straight, place], at)
        weights[straight, place] += rare
    return weights


def _propose(
    fields: Sequence[Field],
    model: Model,
    pairs: tuple[Places, Places],
    levels: Levels,
    crossed: Levels,
    weights: Floats,
    least: float,
) -> list[Pair]:
    bits = weights.sum(axis=1) + np.log2(model.share / (1 - model.share))
    scores = 1 / (1 + np.exp2(-np.clip(bits, -60, 60)))
    is_probable = may_be_probable(fields, levels) & (scores >= PROBABLE)
    kept = np.flatnonzero((scores >= least) & may_be_proposed(fields, levels))
    order = kept[np.lexsort((pairs[1][kept], pairs[0][kept], -bits[kept]))]
    return [
        Pair(
            int(pairs[0][row]),
            int(pairs[1][row]),
            round(float(scores[row]), 6),
            Verdict.PROBABLE if is_probable[row] else Verdict.POSSIBLE,
            _explain(fields, levels[row], crossed[row], weights[row]),
        )
        for row in order.tolist()
    ]


def _explain(
    fields: Sequence[Field], levels: Levels, crossed: Levels, weights: Floats
) -> tuple[Feature, ...]:
    return tuple(
        Feature(
            field.name,
            "missing" if level == MISSING else LEVELS[field.kind][level],
            round(float(weight), 2),
            bool(swapped),
        )
        for field, level, swapped, weight in zip(
            fields, levels.tolist(), crossed.tolist(), weights.tolist(), strict=True
        )
    )
