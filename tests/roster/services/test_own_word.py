"""Her own word goes first, whatever is said of her by voice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Consent
from roster.permissions import Actor
from roster.services.consents import answer_consents, list_live_consents, withdraw_consent
from roster.services.own_word import may_speak
from roster.services.spoken_consents import (
    Spoken,
    confirm_spoken_consent,
    record_spoken_consent,
)
from tests import factories
from tests.roster.services.people_on_the_phone import Office, add_office

ALL = ("membership_file", "matching", "card")


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with database.writing() as session:
        yield add_office(session)


def speak(office: Office, *purposes: str) -> None:
    spoken = Spoken(purposes, "en", "2026-11", "telephone", clock.now().date())
    row = record_spoken_consent(
        office.session, actor=office.first, record_id=office.record_id, spoken=spoken
    )
    confirm_spoken_consent(
        office.session, actor=office.second, spoken_id=row.id, expected_version=row.version
    )


def answer(office: Office, *purposes: str) -> None:
    answer_consents(
        office.session,
        actor=herself(office),
        mediator_id=office.woman.id,
        expected_version=office.woman.version,
        purposes=purposes,
        language="fr",
        channel="page",
    )


def herself(office: Office) -> Actor:
    return Actor("account", account_id=7, mediator_id=office.woman.id)


def live(office: Office) -> dict[str, str]:
    rows = list_live_consents(office.session, office.woman.id, clock.now())
    return {purpose: row.channel for purpose, row in rows.items()}


def list_open(office: Office) -> set[str]:
    """The purposes that may be said by voice."""
    return {one for one in ALL if may_speak(office.session, office.woman.id, [one])}


def test_her_own_yes_follows_a_spoken_one_and_holds_for_twelve_months(office: Office) -> None:
    speak(office, *ALL)
    answer(office, "membership_file", "card")
    assert live(office) == {"membership_file": "page", "card": "page"}
    with clock.shifted(timedelta(days=200)):
        assert live(office) == {"membership_file": "page", "card": "page"}


def test_what_she_took_back_herself_nobody_says_in_her_place(office: Office) -> None:
    speak(office, *ALL)
    withdraw_consent(
        office.session, actor=herself(office), mediator_id=office.woman.id, purpose="card"
    )
    assert list_open(office) == {"membership_file", "matching"}
    with pytest.raises(Refused, match="she_answers_herself"):
        speak(office, *ALL)
    assert live(office) == {"membership_file": "voice", "matching": "voice"}


def test_what_she_left_open_on_her_own_page_is_a_no(office: Office) -> None:
    answer(office, "membership_file")
    assert list_open(office) == {"membership_file"}
    with pytest.raises(Refused, match="she_answers_herself"):
        speak(office, "membership_file", "matching")


def test_who_has_an_account_answers_herself_until_a_yes_of_hers_runs_out(office: Office) -> None:
    factories.add_account(office.session, "mediator", mediator=office.woman)
    assert list_open(office) == set()
    factories.add_consents(office.session, office.woman, ["membership_file", "matching"])
    assert list_open(office) == {"membership_file", "matching"}
    with clock.shifted(timedelta(days=366)):
        speak(office, "membership_file", "matching")
        assert live(office) == {"membership_file": "voice", "matching": "voice"}


def test_her_no_between_the_two_people_is_the_last_word(office: Office) -> None:
    factories.add_consents(office.session, office.woman, ALL)
    spoken = Spoken(ALL, "en", "2026-11", "telephone", clock.now().date())
    row = record_spoken_consent(
        office.session, actor=office.first, record_id=office.record_id, spoken=spoken
    )
    answer(office)
    with pytest.raises(Refused, match="needs_the_file|she_answers_herself"):
        confirm_spoken_consent(
            office.session, actor=office.second, spoken_id=row.id, expected_version=row.version
        )
    channels = select(Consent.channel).where(Consent.mediator_id == office.woman.id)
    assert "voice" not in office.session.scalars(channels).all()
