"""What the engine is told of a woman: whose word counts, how well it is known, and since when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from matching.facts import (
    Accreditation,
    Grade,
    Interest,
    Language,
    Mediator,
    Nationality,
    Place,
    Skill,
    Source,
)
from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Consent, Entry, Experience, Record, Suspicion
from roster.models import Mediator as Woman
from tests.factories import (
    add_availability,
    add_consents,
    add_declaration,
    add_mediator,
    add_membership,
)

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENTERED = datetime(2026, 11, 3, 8, tzinfo=UTC)
CONFIRMED = date(2026, 11, 20)


def add_woman(session: Session, **columns: Any) -> Woman:
    """A woman of whom nothing is said yet."""
    woman = Woman(created_at=NOW, **columns)
    session.add(woman)
    session.flush()
    return woman


def say(
    session: Session,
    woman: Woman,
    network: str | None,
    entries: list[tuple[str, str, dict[str, Any], Grade]] | None = None,
    experiences: list[dict[str, Any]] | None = None,
) -> Record:
    """What a network, or she herself, says of her."""
    record = Record(mediator_id=woman.id, network_code=network, created_at=NOW)
    source = "coordinator" if network else "self"
    record.entries = [
        Entry(
            field=field,
            code=code,
            detail=detail,
            grade=int(grade),
            source=source,
            entered_at=ENTERED,
            confirmed_on=CONFIRMED if grade > Grade.STATED else None,
        )
        for field, code, detail, grade in entries or ()
    ]
    record.experiences = [
        Experience(process="a process", entered_at=ENTERED, **values)
        for values in experiences or ()
    ]
    session.add(record)
    session.flush()
    return record


OWN = Source("self", ENTERED.date())
NORDIC = Source("coordinator", CONFIRMED, "nwm")
STATED, CHECKED, RECORDED = Grade.STATED, Grade.CONFIRMED, Grade.RECORDED


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened


def read(session: Session, woman: Woman, now: datetime = NOW) -> Mediator:
    [facts] = load_mediators(session, ids=[woman.id], now=now)
    return facts


def test_her_own_depth_wins_and_is_as_well_known_as_the_network_that_says_no_less(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("theme", "ceasefire", {"depth": 2}, STATED)])
    say(session, woman, "nwm", [("theme", "ceasefire", {"depth": 3}, CHECKED)])
    assert read(session, woman).themes == (Skill("ceasefire", CHECKED, 2, None, NORDIC),)


def test_a_network_that_says_less_does_not_confirm_what_she_says(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("theme", "ceasefire", {"depth": 3}, STATED)])
    say(session, woman, "nwm", [("theme", "ceasefire", {"depth": 1}, CHECKED)])
    assert read(session, woman).themes == (Skill("ceasefire", STATED, 3, None, OWN),)


def test_without_her_own_word_the_best_confirmed_one_counts_and_names_its_source(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, "mwmn", [("residence", "ITA", {}, STATED)])
    say(session, woman, "nwm", [("residence", "NOR", {"since_year": 2019}, CHECKED)])
    facts = read(session, woman)
    assert (facts.residence, facts.residence_since) == ("NOR", 2019)


def test_a_level_is_a_floor_on_the_published_scale_and_keeps_what_was_entered(
    session: Session,
) -> None:
    woman = add_woman(session)
    detail = {"speaking": "UN-III", "listening": "UN-III", "writing": "B2", "has_mediated": True}
    say(
        session,
        woman,
        "nwm",
        [("language", "fra", detail, CHECKED), ("language", "ara", {"word": "courant"}, STATED)],
    )
    stated = Source("coordinator", ENTERED.date(), "nwm")
    assert read(session, woman).languages == (
        Language("ara", as_entered="courant", grade=STATED, source=stated),
        Language("fra", 5, 5, None, 4, "UN-III", CHECKED, True, NORDIC),
    )


def test_a_level_lower_than_hers_confirms_nothing(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("language", "fra", {"speaking": "C2"}, STATED)])
    say(session, woman, "nwm", [("language", "fra", {"speaking": "C1"}, CHECKED)])
    assert read(session, woman).languages == (
        Language("fra", speaking=6, as_entered="C2", grade=STATED, source=OWN),
    )


def test_a_free_word_of_hers_does_not_hide_a_level_that_her_network_gives(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("language", "fra", {"word": "courant"}, STATED)])
    say(session, woman, "nwm", [("language", "fra", {"speaking": "C1"}, CHECKED)])
    assert read(session, woman).languages == (
        Language("fra", speaking=5, as_entered="C1", grade=CHECKED, source=NORDIC),
    )


def test_a_verified_experience_is_recorded_evidence_and_a_secret_one_is_none(
    session: Session,
) -> None:
    woman = add_woman(session)
    past = {"country": "TCD", "first_year": 2019, "last_year": 2021}
    open_one = {**past, "track": "I", "role": "co_mediator", "phase": "ceasefire"}
    secret = {"country": "LBY", "track": "II", "role": "observer", "disclosure": "secret"}
    say(
        session,
        woman,
        "nwm",
        [("track", "I", {}, STATED), ("track", "III", {}, STATED)],
        [{**open_one, "verified_on": CONFIRMED}, secret],
    )
    facts = read(session, woman)
    stated = Source("coordinator", ENTERED.date(), "nwm")
    assert facts.tracks == (
        Skill("I", RECORDED, 1, 2021, NORDIC),
        Skill("III", STATED, 1, None, stated),
    )
    assert facts.roles_held == (Skill("co_mediator", RECORDED, 1, 2021, NORDIC),)
    assert facts.phases == (Skill("ceasefire", RECORDED, 1, 2021, NORDIC),)
    assert facts.places == (Place("TCD", 2019, 2021, RECORDED, NORDIC),)


def test_an_experience_that_nobody_verified_is_only_stated(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, experiences=[{"role": "facilitator", "last_year": 2020}])
    assert read(session, woman).roles_held == (Skill("facilitator", STATED, 1, 2020, OWN),)


@pytest.mark.parametrize(
    ("entries", "nationalities"),
    [
        ([], None),
        ([("nationality", "unknown", {}, STATED)], None),
        ([("nationality", "stateless", {}, STATED)], ()),
        (
            [
                ("nationality", "TCD", {}, STATED),
                ("nationality", "FRA", {"is_current": False, "ended_year": 2011}, STATED),
            ],
            (Nationality("FRA", False, 2011), Nationality("TCD")),
        ),
    ],
)
def test_unknown_nationality_is_not_statelessness(
    session: Session, entries: Any, nationalities: Any
) -> None:
    woman = add_woman(session)
    say(session, woman, "nwm", entries)
    assert read(session, woman).nationalities == nationalities


def test_a_nationality_that_only_her_network_states_is_not_lost(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("nationality", "FRA", {}, STATED)])
    say(session, woman, "nwm", [("nationality", "TCD", {}, STATED)])
    assert read(session, woman).nationalities == (Nationality("FRA"), Nationality("TCD"))


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


def test_what_she_left_out_of_her_own_list_no_network_puts_back(database: Database) -> None:
    with database.writing() as session:
        woman, silent = add_woman(session), add_woman(session)
        network_says = [
            ("theme", "armed_groups", {}, Grade.CONFIRMED),
            ("theme", "borders", {}, Grade.CONFIRMED),
            ("role_held", "facilitator", {}, Grade.CONFIRMED),
            ("nationality", "SDN", {}, Grade.STATED),
        ]
        say(session, woman, "nwm", network_says, [{"role": "liaison", "verified_on": CONFIRMED}])
        say(session, woman, None, [("theme", "borders", {}, Grade.STATED)])
        say(session, silent, "nwm", network_says)
        session.commit()
        hers, theirs = load_mediators(session, ids=[woman.id, silent.id], now=NOW)
    assert {
        "hers": [codes(hers.themes), codes(hers.roles_held), nationalities(hers)],
        "theirs": [codes(theirs.themes), codes(theirs.roles_held), nationalities(theirs)],
    } == {
        "hers": [["borders"], ["liaison"], ["SDN"]],
        "theirs": [["armed_groups", "borders"], ["facilitator"], ["SDN"]],
    }


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


def codes(skills: tuple[Skill, ...]) -> list[str]:
    return [skill.code for skill in skills]


def nationalities(woman: Mediator) -> list[str]:
    return [one.country for one in woman.nationalities or ()]
