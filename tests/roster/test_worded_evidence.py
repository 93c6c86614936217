"""Evidence in words: whatever the engine finds can be said, and no envoy learns what is protected."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evidence import Evidence, Verdict
from matching.outcomes import CATALOGUE
from roster.wording import LANGUAGES, get_wording
from roster.wording.evidence import SAME_WORDS, Worded, word_card, word_evidence
from roster.wording.findings import FINDINGS
from roster.wording.labels import FIXED, LABELS

MOMENT = datetime(2026, 11, 23, 6, 14, tzinfo=UTC)
CRITERIA = sorted({*FIXED, *LABELS, *FINDINGS, *SAME_WORDS, "something_new"})
languages = st.sampled_from(sorted(LANGUAGES))

codes = st.sampled_from(
    ["fra", "apd", "I.5", "co_mediator", "ceasefire", "TCD", "002", "self", "x"]
)
values = (
    st.none()
    | codes
    | st.lists(codes, max_size=3).map(tuple)
    | st.integers(-5, 400)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)
FACT_KEYS = """
asked found skill level_asked level_found as_entered levels_short grade_asked grade by on
network depth_asked depth status confirmed_at valid_until why from to asked_from asked_to
days stay_asked stay state state_asked kind country party stance years years_asked last_year
since_year is_current ended_year held cleared undeclared valid_on
"""
keys = st.sampled_from(FACT_KEYS.split())
evidences = st.builds(
    Evidence,
    criterion=st.sampled_from(CRITERIA),
    verdict=st.sampled_from(Verdict),
    code=st.sampled_from(sorted({outcome.code for outcome in CATALOGUE})),
    is_hard=st.booleans(),
    points=st.sampled_from([0.0, 1.0, 4.0]),
    out_of=st.sampled_from([0.0, 4.0]),
    facts=st.dictionaries(keys, values, max_size=8),
)


@given(languages, evidences, st.booleans())
def test_any_evidence_has_words(language: str, evidence: Evidence, for_envoy: bool) -> None:
    line = word_evidence(get_wording(language), evidence, now=MOMENT, for_envoy=for_envoy)
    assert line.label.strip()
    assert line.value.strip()
    assert line.sign in {"yes", "no", "unk", "part", "flag", "due", "off"}
    assert line.days_left is None or 0 <= line.days_left <= line.days_total


@given(languages, st.lists(evidences, max_size=4))
def test_any_card_has_words(language: str, given_evidences: list[Evidence]) -> None:
    for line in word_card(get_wording(language), given_evidences, now=MOMENT):
        assert line.label.strip()
        assert line.value.strip()


def make_language_evidence() -> Evidence:
    return Evidence(
        "language",
        Verdict.PASS,
        facts={
            "asked": ("fra",),
            "found": ("fra",),
            "skill": "speaking",
            "level_asked": 4,
            "level_found": 5,
            "as_entered": "C1",
            "by": "coordinator",
            "on": date(2026, 6, 2),
        },
    )


def test_a_language_is_said_with_level_source_and_month() -> None:
    assert word_evidence(get_wording("en"), make_language_evidence()) == Worded(
        label="French, speaking B2",
        value="French C1",
        sign="yes",
        note="confirmed by her coordinator, June 2026",
    )


def test_her_own_coordinator_reads_the_day() -> None:
    line = word_evidence(get_wording("en"), make_language_evidence(), for_envoy=False)
    assert line.note == "confirmed by her coordinator, 2 June 2026"


def test_a_free_word_is_unknown_and_not_a_level() -> None:
    evidence = Evidence(
        "language",
        Verdict.UNKNOWN,
        "L3",
        facts={"asked": ("fra",), "found": ("fra",), "level_asked": 4, "as_entered": "courant"},
    )
    line = word_evidence(get_wording("en"), evidence)
    assert (line.value, line.sign) == ("French: “\u2068courant\u2069”, not a level yet", "unk")


@pytest.mark.parametrize(
    ("criterion", "code"),
    [("suspension", "V3"), ("integrity", "G1"), ("safety_class", "P2"), ("held_interest", "C5")],
)
def test_an_envoy_never_learns_a_protected_ground(criterion: str, code: str) -> None:
    facts = {"country": "TCD", "kind": "kin", "network": "nwm", "by": "self", "held": True}
    evidence = Evidence(criterion, Verdict.FAIL, code, facts=facts)
    assert word_evidence(get_wording("en"), evidence) == Worded("Proposal", "Not proposed", "no")


def test_a_card_has_one_line_for_the_rule_and_none_for_silent_gates() -> None:
    flag = Evidence("nationality", Verdict.FLAG, "C2", facts={"found": "TCD", "asked": ("TCD",)})
    passing = [Evidence("consent", Verdict.PASS), Evidence("declaration", Verdict.PASS)]
    assert word_card(get_wording("en"), [*passing, flag]) == [
        Worded(
            "Conflict-of-interest rule", "Flag, not a bar", "flag", "her coordinator can explain"
        )
    ]


@pytest.mark.parametrize(("for_envoy", "left"), [(True, 10), (False, 12)])
def test_days_left_are_banded_for_an_envoy(for_envoy: bool, left: int) -> None:
    facts = {
        "status": "available",
        "by": "self",
        "confirmed_at": datetime(2026, 9, 6, 12, tzinfo=UTC),
        "valid_until": datetime(2026, 12, 5, 12, tzinfo=UTC),
    }
    evidence = Evidence("freshness", Verdict.PASS, facts=facts)
    line = word_evidence(get_wording("en"), evidence, now=MOMENT, for_envoy=for_envoy)
    assert (line.days_left, line.days_total, line.sign) == (left, 90, "due")
