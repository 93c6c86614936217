"""What is published: weights, the page of criteria, and who may read which code."""

from dataclasses import replace
from pathlib import Path

import pytest

from matching import (
    PUBLISHED,
    Evidence,
    Verdict,
    WeightError,
    describe_criteria,
    public_code,
)
from matching.criteria import Register, Scope, ask_always, explain_nothing
from matching.gates import ORDER_OF_DECISION
from matching.outcomes import CATALOGUE
from matching.preferences import PREFERENCES

PAGE = Path(__file__).parents[2] / "docs" / "matching.md"
CODES = [
    "A1",
    "A2",
    "A3",
    "A4",
    "A5",
    "A6",
    "L1",
    "L2",
    "L3",
    "R1",
    "R2",
    "T1",
    "K1",
    "V1",
    "V2",
    "V3",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "P1",
    "P2",
    "P4",
    "P5",
    "N0",
    "I1",
    "I2",
    "S1",
    "G1",
    "X2",
]


def test_the_page_is_made_from_the_criteria_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe_criteria()


def test_the_page_names_every_criterion_and_every_code() -> None:
    page = describe_criteria()
    assert [name for name in ORDER_OF_DECISION if f"### {name}\n" not in page] == []
    assert [code for code in CODES if f"**{code}**" not in page] == []
    assert {one.code for one in CATALOGUE} - {""} == set(CODES)


def test_a_criterion_without_docstring_or_of_a_taken_name_is_refused() -> None:
    register = Register()
    gate = register.gate(
        "one", Scope.REQUEST, outcomes=(), explain=explain_nothing, asks=ask_always
    )

    def silent(*_: object) -> object:
        return None

    def spoken(*_: object) -> object:
        """It says what it asks."""

    with pytest.raises(ValueError, match="docstring"):
        gate(silent)  # type: ignore[arg-type]
    gate(spoken)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="twice"):
        gate(spoken)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="order"):
        register.arrange(())


@pytest.mark.parametrize(
    "changes",
    [
        {"themes_nice": 16.0},
        {"themes_nice": -1.0, "languages_nice": 31.0},
        {"themes_nice": 41.0, "languages_nice": 0.0, "places_nice": 0.0, "theme_depth": 7.0},
        {"version": ""},
    ],
)
def test_weights_out_of_bounds_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(WeightError):
        replace(PUBLISHED, **changes)  # type: ignore[arg-type]


def test_every_preference_has_its_weight_and_no_gate_shares_its_name() -> None:
    names = [one.name for one in PREFERENCES.preferences]
    assert names == list(PUBLISHED.by_preference())
    assert set(names).isdisjoint(ORDER_OF_DECISION)


def test_an_envoy_reads_no_more_than_she_may() -> None:
    said = {code: public_code(Evidence("any", Verdict.FAIL, code)) for code in ["", *CODES]}
    hidden = dict.fromkeys(["V3", "G1", "P2", "P4", "P5", "C5", "C6"], "not_proposed")
    rules = dict.fromkeys(["C1", "C2", "C3", "C4", "C7"], "conflict_rule")
    assert said == {code: code for code in ["", *CODES]} | hidden | rules | {"P1": "not_counted"}
