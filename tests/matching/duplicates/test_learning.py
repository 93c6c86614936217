"""What the records teach: from whom, and from how many pairs."""

from __future__ import annotations

import numpy as np
import pytest

from matching.duplicates import Field, Kind
from matching.duplicates.comparing import Levels
from matching.duplicates.learning import Model, learn, sample_pairs, weigh

FIELDS = (Field("name", Kind.NAME, needed=True), Field("phone", Kind.PHONE))
SAME, OTHER, MISSING = 0, 3, -1
ALIKE = [[SAME, SAME]] * 30 + [[1, SAME]] * 8 + [[SAME, 2]] * 3
FAMILY = [[OTHER, SAME]] * 300 + [[MISSING, SAME]] * 100
SAMPLE = [[OTHER, 2]] * 960 + [[OTHER, SAME]] * 10 + [[2, 2]] * 30
TOTAL = 40_000


def teach(levels: list[list[int]], fields: tuple[Field, ...] = FIELDS) -> Model:
    def as_levels(rows: list[list[int]]) -> Levels:
        return np.array(rows, np.int8)

    return learn(fields, as_levels(levels), as_levels(SAMPLE), TOTAL)


def tell(model: Model) -> list[float]:
    return [float(one) for part in (*model.m, *model.u) for one in part] + [model.share]


def test_a_family_on_one_telephone_teaches_nothing_of_what_one_woman_looks_like() -> None:
    assert tell(teach(ALIKE + FAMILY)) == pytest.approx(tell(teach(ALIKE)))
    unruled = (Field("name", Kind.NAME), FIELDS[1])
    assert tell(teach(ALIKE + FAMILY, unruled)) != pytest.approx(tell(teach(ALIKE)), rel=0.01)


def test_who_is_alike_in_every_needed_field_teaches() -> None:
    names, phones = teach(ALIKE).m
    assert names[SAME] > 0.75
    assert phones[SAME] > phones[2]
    few = teach(ALIKE[:1])
    assert teach(ALIKE).share > few.share


def test_where_there_are_few_pairs_all_of_them_are_counted() -> None:
    first, second = sample_pairs(5, None)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [
        (one, other) for one in range(5) for other in range(one + 1, 5)
    ]
    ours, theirs = sample_pairs(5, 2)
    assert list(zip(ours.tolist(), theirs.tolist(), strict=True)) == [
        (one, other) for one in range(2) for other in range(2, 5)
    ]


def test_a_value_that_is_missing_weighs_nothing() -> None:
    weights = weigh(np.array([0.8, 0.2]), np.array([0.1, 0.9]))
    assert weights.tolist() == pytest.approx([3.0, np.log2(0.2 / 0.9), 0.0])
