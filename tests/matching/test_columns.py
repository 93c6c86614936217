"""Columns give back what they were given, whatever was changed before, and stay small."""

import weakref
from collections.abc import Iterator
from dataclasses import replace

import pytest

from matching import Columns, Mediator, answer
from tests.matching.builders import NOW, TERMS, make_language, make_mediator
from tests.matching.strategies import make_random_mediator, make_random_request

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


def make_typical(number: int) -> Mediator:
    languages = tuple(make_language(code) for code in ("eng", "fra", "ara", "arb"))
    return make_mediator(number, languages=languages)


def test_a_typical_profile_takes_less_than_650_bytes_whether_read_in_or_changed_one_by_one() -> (
    None
):
    women, one_by_one = [make_typical(number) for number in range(1, 3001)], Columns(TERMS)
    for woman in women:
        one_by_one.apply(woman)
    assert Columns.build(women, TERMS).nbytes / len(women) < 650
    assert one_by_one.nbytes / len(women) < 650


def test_many_read_in_at_once_are_as_if_they_had_come_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.columns.BATCH", 20)
    ids = [1 + number % 90 for number in range(len(WOMEN))]
    women = [replace(woman, id=number) for woman, number in zip(WOMEN, ids, strict=True)]
    at_once, one_by_one = Columns.build(women[:99], TERMS), Columns(TERMS)
    for woman in women[:99]:
        one_by_one.apply(woman)
    for columns in (at_once, one_by_one):
        columns.remove(5)
    at_once.load(women[99:])
    for woman in women[99:]:
        one_by_one.apply(woman)
    last = {woman.id: woman for woman in women}
    for columns in (at_once, one_by_one):
        assert {one: columns.mediator(one) for one in last} == last
    request = make_random_request(7)
    found, expected = (answer(columns, request, NOW) for columns in (at_once, one_by_one))
    assert (len(at_once), found.states, found.listed, found.near_misses) == (
        len(one_by_one),
        expected.states,
        expected.listed,
        expected.near_misses,
    )


def test_of_a_stream_no_more_women_are_held_than_one_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.columns.BATCH", 50)
    held: set[weakref.ref[Mediator]] = set()
    most = 0

    def stream() -> Iterator[Mediator]:
        nonlocal most
        for number in range(1, 1001):
            woman = make_mediator(number)
            held.add(weakref.ref(woman, held.discard))
            most = max(most, len(held))
            yield woman

    columns = Columns.build(stream(), TERMS)
    assert len(columns) == 1000
    assert most <= 2 * 50
