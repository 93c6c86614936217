"""What stands on a card is decided for every criterion; nothing is said that nobody decided on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import matching.run  # noqa: F401  -- registers all gates and preferences
from matching.criteria import GATES
from matching.evidence import Evidence, Verdict
from matching.preferences import PREFERENCES
from roster.services.card_evidence import CARD, put_on_card
from roster.services.stored_evidence import read_evidence, write_evidence
from roster.visibility import TABLE, Viewer

VERDICT_ONLY = {
    "consent",
    "safety_class",
    "pool",
    "suspension",
    "integrity",
    "pause",
    "declaration",
    "nationality",
    "residence",
    "office",
    "held_interest",
    "refused",
    "public_statement",
}
"""Criteria of which a requester reads the verdict at most, never a fact."""

EVERY_FACT = {
    "asked": ("TCD",),
    "asked_from": date(2027, 1, 12),
    "found": ("TCD", "LBY"),
    "by": "coordinator",
    "on": date(2026, 11, 17),
    "network": "nwm",
    "confirmed_at": datetime(2026, 11, 17, 9, 30, tzinfo=UTC),
    "valid_until": datetime(2027, 2, 15, 23, tzinfo=UTC),
    "from": date(2026, 12, 4),
    "to": date(2027, 3, 9),
    "days": 23,
    "country": "TCD",
    "party": "gov",
    "last_year": 2023,
    "why": "window",
    "status": "available",
    "grade": "confirmed",
}


def test_every_criterion_of_the_engine_is_decided_on() -> None:
    engine = {one.name for one in GATES.criteria} | {one.name for one in PREFERENCES.preferences}
    assert engine == set(CARD) | VERDICT_ONLY
    assert {field for field, _ in CARD.values()} <= set(TABLE)


@pytest.mark.parametrize("criterion", sorted(VERDICT_ONLY))
def test_a_protected_ground_keeps_its_code_and_verdict_and_no_fact(criterion: str) -> None:
    evidence = Evidence(criterion, Verdict.FLAG, "C2", facts=EVERY_FACT)
    assert put_on_card(evidence) == Evidence(criterion, Verdict.FLAG, "C2")


@pytest.mark.parametrize("criterion", sorted(CARD))
def test_no_day_window_network_or_year_of_hers_is_on_a_card(criterion: str) -> None:
    facts = put_on_card(Evidence(criterion, Verdict.PASS, facts=EVERY_FACT)).facts
    assert {"network", "from", "to", "country", "party"}.isdisjoint(facts)
    shown = {key: value for key, value in facts.items() if not key.startswith("asked")}
    days = {value.day for value in shown.values() if isinstance(value, date)}
    assert days <= {1, 11, 21}
    assert shown.get("last_year") in (None, "2021–2025")


def test_days_become_months_countries_sub_regions_and_distances_weeks() -> None:
    language = put_on_card(Evidence("language", Verdict.PASS, facts=EVERY_FACT)).facts
    region = put_on_card(Evidence("region", Verdict.PASS, facts=EVERY_FACT)).facts
    window = put_on_card(Evidence("window", Verdict.FAIL, "A2", facts=EVERY_FACT)).facts
    assert (language["on"], region["found"], window["days"]) == (
        date(2026, 11, 1),
        ("017", "015"),
        28,
    )


@pytest.mark.parametrize(
    "viewer", [one for one in Viewer if one in (Viewer.PUBLIC, Viewer.OTHER_COORDINATOR)]
)
def test_who_may_not_see_a_card_gets_no_fact(viewer: Viewer) -> None:
    for criterion in CARD:
        evidence = Evidence(criterion, Verdict.PASS, facts=EVERY_FACT)
        assert put_on_card(evidence, viewer).facts == {}


def test_stored_evidence_comes_back_as_it_was() -> None:
    evidence = Evidence("language", Verdict.UNKNOWN, "L3", 1, False, 1.5, 3.0, EVERY_FACT)
    assert read_evidence(write_evidence(evidence)) == evidence
