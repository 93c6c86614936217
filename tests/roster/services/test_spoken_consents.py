"""A yes by voice needs two people, lasts six months, and never goes before her own word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Consent, SpokenConsent
from roster.permissions import OPERATOR, Actor
from roster.queries.spoken_consents import list_waiting
from roster.services.consents import list_live_consents
from roster.services.spoken_consents import (
    Spoken,
    confirm_spoken_consent,
    decline_spoken_consent,
    record_spoken_consent,
    take_back_spoken_consents,
)
from tests import factories
from tests.roster.services.people_on_the_phone import Office, add_office

ALL = ("membership_file", "matching", "card")


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with database.writing() as session:
        yield add_office(session)


def say(office: Office, *purposes: str, **changes: Any) -> Spoken:
    today = clock.now().date()
    spoken = Spoken(purposes or ALL, "sw", "2026-11", "messenger", today)
    return replace(spoken, **changes)


def record(office: Office, spoken: Spoken, by: Actor | None = None) -> SpokenConsent:
    return record_spoken_consent(
        office.session, actor=by or office.first, record_id=office.record_id, spoken=spoken
    )


def confirm(office: Office, row: SpokenConsent, by: Actor | None = None) -> SpokenConsent:
    return confirm_spoken_consent(
        office.session,
        actor=by or office.second,
        spoken_id=row.id,
        expected_version=row.version,
    )


def live(office: Office) -> dict[str, Consent]:
    return list_live_consents(office.session, office.woman.id, clock.now())


def test_it_counts_once_a_second_person_confirms_it_and_for_183_days_of_hers(
    office: Office,
) -> None:
    day = clock.now().date() - timedelta(days=10)
    row = record(office, say(office, spoken_on=day))
    assert (row.state, live(office)) == ("recorded", {})
    confirm(office, row)
    held = live(office)
    assert {
        (one.text_version, one.language, one.channel, one.spoken_consent_id)
        for one in held.values()
    } == {("2026-11", "sw", "voice", row.id)}
    assert set(held) == set(ALL)
    ends = {one.valid_until.date() for one in held.values()}
    assert ends == {
        day + timedelta(days=184)
    }  # the first instant after the 183rd day, her zone UTC
    assert (row.state, row.recorded_by, row.decided_by) == (
        "confirmed",
        office.first.account_id,
        office.second.account_id,
    )
    with clock.shifted(timedelta(days=174)):
        assert live(office) == {}
    actions = office.session.execute(
        select(AuditEvent.action, AuditEvent.actor).where(
            AuditEvent.subject_id == office.woman.id, AuditEvent.subject_kind == "mediator"
        )
    ).all()
    assert [tuple(one) for one in actions] == [
        ("spoken_consent.recorded", office.first.name),
        ("spoken_consent.confirmed", office.second.name),
        *[("consent.given", office.second.name)] * 3,
    ]


def test_whoever_wrote_it_down_never_confirms_it(office: Office) -> None:
    row = record(office, say(office))
    with pytest.raises(Refused, match="second_person_needed"):
        confirm(office, row, by=office.first)
    assert (row.state, live(office)) == ("recorded", {})


def test_not_even_the_database_takes_one_person_for_two(office: Office) -> None:
    row = record(office, say(office))
    office.session.commit()
    by_hand = update(SpokenConsent).where(SpokenConsent.id == row.id)
    with pytest.raises(IntegrityError):
        office.session.execute(by_hand.values(decided_by=office.first.account_id))


def test_nobody_of_another_network_sees_or_decides_it(office: Office) -> None:
    row = record(office, say(office))
    for stranger in (office.elsewhere, OPERATOR, Actor("account", account_id=77)):
        with pytest.raises(NotFound):
            confirm(office, row, by=stranger)
        with pytest.raises(NotFound):
            record(office, say(office), by=stranger)
        with pytest.raises(NotFound):
            take_back_spoken_consents(office.session, actor=stranger, record_id=office.record_id)
    assert [one.row.id for one in list_waiting(office.session, actor=office.second)] == [row.id]
    assert list_waiting(office.session, actor=office.elsewhere) == []
    assert [one.is_own for one in list_waiting(office.session, actor=office.first)] == [True]


def test_what_was_declined_or_decided_before_gives_nothing(office: Office) -> None:
    row = record(office, say(office))
    seen = row.version
    decline_spoken_consent(
        office.session, actor=office.second, spoken_id=row.id, expected_version=seen
    )
    for version in (seen, row.version):
        with pytest.raises(StaleVersion):
            confirm_spoken_consent(
                office.session, actor=office.third, spoken_id=row.id, expected_version=version
            )
    assert (row.state, row.decided_by, live(office)) == (
        "declined",
        office.second.account_id,
        {},
    )


def test_whoever_wrote_it_down_may_throw_it_away_and_nobody_has_decided_then(
    office: Office,
) -> None:
    row = record(office, say(office))
    decline_spoken_consent(
        office.session, actor=office.first, spoken_id=row.id, expected_version=row.version
    )
    assert (row.state, row.decided_by) == ("declined", None)
    assert record(office, say(office)).state == "recorded"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purposes": ("membership_file", "naming")}, "unknown_purpose"),
        ({"purposes": ("statistics",)}, "unknown_purpose"),
        ({"purposes": ()}, "unknown_purpose"),
        ({"purposes": ("matching", "card")}, "spoken_needs_the_file"),
        ({"text_version": "2025-01"}, "texts_changed"),
        ({"language": "tlh"}, "not_a_choice"),
        ({"channel": "smoke"}, "not_a_choice"),
        ({"spoken_on": timedelta(days=1)}, "spoken_in_the_future"),
        ({"spoken_on": timedelta(days=-31)}, "spoken_too_long_ago"),
    ],
)
def test_what_cannot_have_been_said_is_not_written_down(
    office: Office, changes: dict[str, object], code: str
) -> None:
    shift = changes.get("spoken_on")
    if isinstance(shift, timedelta):
        changes = {"spoken_on": clock.now().date() + shift}
    with pytest.raises(Refused, match=code):
        record(office, say(office, **changes))
    assert office.session.scalars(select(SpokenConsent)).all() == []


def test_one_waits_at_a_time(office: Office) -> None:
    record(office, say(office))
    with pytest.raises(Refused, match="spoken_waits_already"):
        record(office, say(office), by=office.second)


def test_what_waits_too_long_can_no_longer_be_confirmed(office: Office) -> None:
    row = record(office, say(office))
    with clock.shifted(timedelta(days=184)), pytest.raises(Refused, match="spoken_too_long_ago"):
        confirm(office, row)


def test_of_a_woman_who_left_nothing_is_written_down_or_confirmed(office: Office) -> None:
    row = record(office, say(office))
    office.woman.state = "withdrawn"
    office.session.flush()
    with pytest.raises(Refused, match="not_to_be_asked"):
        confirm(office, row)
    assert live(office) == {}


def test_a_no_by_voice_ends_what_was_said_by_voice_at_once_and_by_one_person(
    office: Office,
) -> None:
    own = factories.add_mediator(office.session, consents=["membership_file"])
    confirm(office, record(office, say(office)))
    take_back_spoken_consents(office.session, actor=office.first, record_id=office.record_id)
    assert live(office) == {}
    assert set(list_live_consents(office.session, own.id, clock.now())) == {"membership_file"}
    with pytest.raises(Refused, match="nothing_spoken"):
        take_back_spoken_consents(office.session, actor=office.first, record_id=office.record_id)
    confirm(office, record(office, say(office, "membership_file")))
    assert set(live(office)) == {"membership_file"}


def test_a_no_by_voice_ends_what_waits_and_leaves_her_own_answers_to_her(office: Office) -> None:
    factories.add_consents(office.session, office.woman, ALL)
    row = record(office, say(office))
    take_back_spoken_consents(office.session, actor=office.second, record_id=office.record_id)
    assert (row.state, set(live(office))) == ("declined", set(ALL))
