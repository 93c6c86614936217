"""The shipped vocabulary with changes: words move, codes are read through, nothing else is touched."""

from __future__ import annotations

import pytest

from roster.vocabulary import load_shipped_vocabulary, load_vocabulary, vocabulary_in_force
from roster.vocabulary.changes import (
    KEPT_KINDS,
    WORDED_KINDS,
    ChangedTerm,
    change_vocabulary,
    follow_merges,
)
from roster.vocabulary.used_codes import list_stored, list_used, read_criteria

SHIPPED = load_shipped_vocabulary()
MERGE = ChangedTerm("theme", "youth", merged_into="reconciliation")


def test_every_word_and_the_code_of_a_merged_term_mean_the_other_one() -> None:
    changed = change_vocabulary(SHIPPED, (MERGE,))
    term = SHIPPED.get("theme", "youth")
    for word in ("youth", *term.names.values(), *term.synonyms):
        before, after = SHIPPED.find(word, "theme"), changed.find(word, "theme")
        assert before is not None and after is not None, word
        assert (before.code, after.code) == ("youth", "reconciliation")
    assert changed.get("theme", "youth") == changed.get("theme", "reconciliation")
    assert SHIPPED.get("theme", "youth") is term


@pytest.mark.parametrize("kind", ["role", "phase", "country", "language"])
def test_lists_without_a_change_are_the_same_objects(kind: str) -> None:
    changed = change_vocabulary(SHIPPED, (MERGE,))
    assert changed.codes(kind) == SHIPPED.codes(kind)
    assert all(changed.get(kind, one) is SHIPPED.get(kind, one) for one in SHIPPED.codes(kind))


def test_a_term_of_the_same_code_in_another_list_stays() -> None:
    changed = change_vocabulary(
        SHIPPED, (ChangedTerm("theme", "ceasefire", merged_into="reconciliation"),)
    )
    assert changed.read("theme", "ceasefire") == "reconciliation"
    assert changed.read("phase", "ceasefire") == "ceasefire"
    assert "ceasefire" in changed.codes("phase")


def test_changes_of_codes_that_are_no_more_and_circles_are_passed_over() -> None:
    strange = (
        ChangedTerm("theme", "no_such", is_retired=True),
        ChangedTerm("no_such", "youth", is_retired=True),
        ChangedTerm("theme", "youth", merged_into="no_such"),
        ChangedTerm("phase", "prevention", merged_into="renewal"),
        ChangedTerm("phase", "renewal", merged_into="prevention"),
    )
    changed = change_vocabulary(SHIPPED, strange)
    assert dict(changed.merged) == {}
    assert changed.codes("theme") == SHIPPED.codes("theme")
    assert follow_merges(strange[3:]) == {}


def test_the_same_changes_are_one_vocabulary_and_none_is_in_force_outside_its_block() -> None:
    changed = change_vocabulary(SHIPPED, (MERGE,))
    assert change_vocabulary(SHIPPED, (MERGE,)) is changed
    with vocabulary_in_force(changed):
        assert load_vocabulary() is changed
        with vocabulary_in_force(None):
            assert load_vocabulary() is SHIPPED
        assert load_vocabulary() is changed
    assert load_vocabulary() is SHIPPED


def test_criteria_are_read_and_a_form_left_alone_writes_what_stood() -> None:
    post = {
        "roles": ["observer"],
        "themes": [{"any_of": ["youth", "reconciliation"], "depth": 2}],
        "phases": ["ceasefire"],
    }
    criteria = {"start": "2027-01-01", "posts": [post, {"themes": []}]}
    held = [("theme", "youth"), ("theme", "reconciliation"), ("role_held", "youth")]
    with vocabulary_in_force(change_vocabulary(SHIPPED, (MERGE,))):
        read = read_criteria(criteria)
        assert read["posts"][0] == {
            **post, "themes": [{"any_of": ["reconciliation"], "depth": 2}],
        }  # fmt: skip
        assert list(list_stored(held, "theme", "reconciliation")) == ["youth", "reconciliation"]
        assert list(list_stored(held, "theme", "elections")) == ["elections"]
    assert read_criteria(criteria) == criteria
    assert list_used(criteria) == {
        ("role", "observer"), ("theme", "youth"), ("theme", "reconciliation"),
        ("phase", "ceasefire"),
    }  # fmt: skip


def test_lists_that_are_kept_are_lists_of_the_vocabulary_without_a_tree() -> None:
    assert set(KEPT_KINDS) <= set(WORDED_KINDS) <= set(SHIPPED.kinds())
    for kind in KEPT_KINDS:
        assert all(not SHIPPED.get(kind, code).parents for code in SHIPPED.codes(kind))


def test_every_country_stands_in_one_sub_region_below_the_world() -> None:
    for code in set(SHIPPED.codes("country")) - {"ATA"}:  # Antarctica is of the world alone
        (parent,) = SHIPPED.get("country", code).parents
        above = SHIPPED.ancestors("country", code)
        assert (above[0], above[-1]) == (parent, "001"), code
        assert len(above) >= 3, code
