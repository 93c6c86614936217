"""What the engine is told of a woman: her time, her standing, her consents, and whom it is told of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from matching.facts import Accreditation, Interest
from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Consent, Suspicion
from tests.answer_factories import add_availability, add_consents, add_declaration
from tests.factories import add_mediator, add_membership
from tests.roster.telling import NOW, STATED, add_woman, read, say, session

__all__ = ["session"]


@pytest.mark.parametrize(
    ("own_days", "coordinator_days", "chosen"),
    [(5, 20, "self"), (-1, 20, "coordinator"), (-1, -3, "self"), (-9, -3, "coordinator")],
)
def test_her_own_fresh_statement_then_her_coordinators_then_the_newest_expired_one(
    session: Session, own_days: int, coordinator_days: int, chosen: str
) -> None:
    woman = add_woman(session)
    own, other = NOW + timedelta(days=own_days), NOW + timedelta(days=coordinator_days)
    add_availability(session, woman, valid_until=own)
    add_availability(session, woman, valid_until=other, confirmed_by="coordinator")
    add_availability(session, woman, valid_until=NOW + timedelta(days=99), confirmed_by="import")
    availability = read(session, woman).availability
    assert availability is not None
    ends = {"self": own, "coordinator": other}
    assert (availability.confirmed_by, availability.valid_until) == (chosen, ends[chosen])


def test_what_a_list_says_of_her_time_is_no_statement(session: Session) -> None:
    woman = add_woman(session)
    add_availability(session, woman, confirmed_by="import")
    assert read(session, woman).availability is None


def test_suspended_by_one_network_is_suspended_and_left_networks_do_not_count(
    session: Session,
) -> None:
    woman = add_woman(session)
    add_membership(session, woman, "nwm", accreditation="suspended")
    add_membership(session, woman, "mwmn", accreditation="withdrawn")
    ended = add_membership(session, woman, "wmc")
    ended.ended_on = date(2026, 1, 31)
    session.flush()
    facts = read(session, woman)
    assert (facts.is_suspended, facts.networks) == (True, ("nwm",))
    assert [one.state for one in facts.accreditations] == ["suspended"]


def test_an_accreditation_comes_from_its_membership(session: Session) -> None:
    woman = add_woman(session)
    held = add_membership(session, woman, "nwm")
    assert read(session, woman).accreditations == (
        Accreditation("nwm", "accredited", held.accredited_on, held.lapses_on),
    )


@pytest.mark.parametrize(
    ("columns", "is_hidden"),
    [
        ({}, False),
        ({"is_hidden": True}, True),
        ({"state": "withdrawn"}, True),
        ({"state": "merged"}, True),
    ],
)
def test_hidden_withdrawn_and_merged_women_are_hidden(
    session: Session, columns: Any, is_hidden: bool
) -> None:
    assert read(session, add_woman(session, **columns)).is_hidden is is_hidden


def test_a_withdrawn_consent_is_no_consent(session: Session) -> None:
    woman = add_woman(session)
    add_consents(session, woman, ["matching", "card"])
    session.flush()
    cards = select(Consent).where(Consent.purpose == "card")
    session.scalars(cards).one().withdrawn_at = clock.now()
    session.flush()
    assert [one.purpose for one in read(session, woman).consents] == ["matching"]


def test_her_declaration_brings_what_it_covers_and_names(session: Session) -> None:
    woman = add_woman(session)
    office = {"kind": "office", "country": "TCD", "started_on": "2015-02-01"}
    add_declaration(session, woman, covers=["TCD", "gov"], interests=[office])
    facts = read(session, woman)
    assert facts.declaration is not None
    assert facts.declaration.covers == {"TCD", "gov"}
    assert facts.interests == (Interest("office", "TCD", None, date(2015, 2, 1)),)


def test_suspected_look_alikes_are_known_from_both_sides_until_judged(session: Session) -> None:
    women = [add_woman(session) for _ in range(3)]
    records = [say(session, woman, "nwm") for woman in women]
    for other, state in ((1, "suspected"), (2, "different")):
        session.add(
            Suspicion(
                network_code="nwm",
                first_record_id=records[0].id,
                second_record_id=records[other].id,
                features={},
                state=state,
                noted_at=NOW,
            )
        )
    session.flush()
    found = [one.look_alikes for one in load_mediators(session, now=NOW)]
    assert found == [{women[1].id}, {women[0].id}, frozenset()]


@pytest.mark.parametrize(
    ("year", "band"), [(1997, "under_30"), (1996, "30_39"), (1966, "60_plus"), (None, None)]
)
def test_only_a_band_of_her_age_is_known(
    session: Session, year: int | None, band: str | None
) -> None:
    woman = add_woman(session)
    entries = [("birth_year", "", {"number": year}, STATED)] if year else []
    say(session, woman, "nwm", entries)
    assert read(session, woman).birth_band == band


def count_selects(database: Database) -> tuple[int, int]:
    """How many women are loaded, and with how many queries."""
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as session:
        found = len(list(load_mediators(session)))
    event.remove(database.engine, "before_cursor_execute", note)
    return found, sum(one.lstrip().upper().startswith("SELECT") for one in statements)


def test_the_number_of_queries_does_not_grow_with_the_roster(database: Database) -> None:
    counts = []
    for _ in range(2):
        with database.writing() as session:
            for _ in range(4):
                add_mediator(session, entries=[("theme", "ceasefire")])
            session.commit()
        counts.append(count_selects(database))
    assert counts == [(4, 9), (8, 9)]


def test_only_those_asked_for_are_loaded_in_the_order_of_their_numbers(session: Session) -> None:
    women = [add_woman(session) for _ in range(4)]
    asked = [women[3].id, women[1].id, 999_999]
    assert [one.id for one in load_mediators(session, ids=asked)] == [women[1].id, women[3].id]
    assert list(load_mediators(session, ids=[])) == []


def test_no_consent_outlasts_the_one_to_keep_her_file(database: Database) -> None:
    ends = {"membership_file": 30, "matching": 90, "card": 10}
    with database.writing() as session:
        woman = add_woman(session)
        session.add_all(
            Consent(
                mediator_id=woman.id,
                purpose=purpose,
                text_version="2026-11",
                language="en",
                given_at=NOW,
                valid_until=NOW + timedelta(days=left),
            )
            for purpose, left in ends.items()
        )
        session.commit()
        (known,) = load_mediators(session, ids=[woman.id], now=NOW)
    assert {one.purpose: (one.until - NOW).days for one in known.consents} == {
        "membership_file": 30,
        "matching": 30,
        "card": 10,
    }
