"""Columns give back what they were given, whatever was changed before, and stay small."""

from dataclasses import replace

import pytest

from matching import Columns, Mediator
from tests.matching.builders import TERMS, make_language, make_mediator
from tests.matching.strategies import make_random_mediator

WOMEN = [make_random_mediator(seed, seed + 1) for seed in range(300)]


def test_every_fact_comes_back_as_it_was_given() -> None:
    columns = Columns.build(WOMEN, TERMS)
    assert [columns.mediator(woman.id) for woman in WOMEN] == WOMEN


def test_a_removed_woman_is_gone_and_her_row_serves_the_next() -> None:
    columns = Columns.build(WOMEN[:3], TERMS)
    columns.remove(2)
    assert (len(columns), 2 in columns) == (2, False)
    with pytest.raises(KeyError):
        columns.mediator(2)
    with pytest.raises(KeyError):
        columns.remove(2)
    columns.apply(WOMEN[9])
    assert len(columns.rows()) == 3
    assert columns.mediator(10) == WOMEN[9]


def test_unknown_and_none_are_kept_apart() -> None:
    unknown, stateless = make_mediator(1, nationalities=None), make_mediator(2, nationalities=())
    columns = Columns.build([unknown, stateless], TERMS)
    assert (columns.mediator(1).nationalities, columns.mediator(2).nationalities) == (None, ())


def test_thousands_of_changes_leave_nothing_behind() -> None:
    columns = Columns.build(WOMEN, TERMS)
    for turn in range(20):
        for woman in WOMEN:
            columns.apply(replace(WOMEN[(woman.id + turn) % len(WOMEN)], id=woman.id))
    for woman in WOMEN:
        columns.apply(woman)
    assert [columns.mediator(woman.id) for woman in WOMEN] == WOMEN
    assert columns.nbytes < 3.5 * Columns.build(WOMEN, TERMS).nbytes


def test_a_typical_profile_takes_less_than_a_thousand_bytes() -> None:
    def make(number: int) -> Mediator:
        languages = tuple(make_language(code) for code in ("eng", "fra", "ara", "arb"))
        return make_mediator(number, languages=languages)

    size = 3000
    columns = Columns.build((make(number) for number in range(1, size + 1)), TERMS)
    assert columns.nbytes / size < 1000
