"""The reader against letters with their whole truth."""

import pytest

from tests.matching.letters.scoring import (
    HELD_OUT,
    OTHER_OFFICES,
    WORKED_ON,
    Letter,
    compare,
    load_letters,
    precision,
    recall,
    score,
)

LANGUAGES = ("en", "fr", "ar", "es", "pt")


@pytest.mark.parametrize("letter", load_letters(*WORKED_ON), ids=lambda letter: letter.name)
def test_a_letter_gives_all_that_it_asks_for_and_nothing_else(letter: Letter) -> None:
    _, missed, wrong = compare(letter)
    assert (missed, wrong) == ([], [])


def test_letters_never_worked_on_are_read_nearly_as_well() -> None:
    count = score(load_letters(HELD_OUT))["all"]
    assert precision(count) >= 0.93
    assert recall(count) >= 0.90


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_other_offices_are_read_as_well_in_every_language(language: str) -> None:
    count = score(load_letters(OTHER_OFFICES))[language]
    assert precision(count) >= 0.97
    assert recall(count) >= 0.94


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_letters_enough_in_every_language(language: str) -> None:
    letters = load_letters(*WORKED_ON, HELD_OUT, OTHER_OFFICES)
    mine = [letter for letter in letters if letter.language == language]
    assert len(mine) >= 8
    assert all(one.words in letter.text for letter in mine for one in letter.truth)


def test_a_letter_that_asks_for_nothing_gives_nothing() -> None:
    asks_nothing = [one for one in load_letters(*WORKED_ON) if not one.truth]
    assert {letter.language for letter in asks_nothing} == set(LANGUAGES)
