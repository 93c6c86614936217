"""Consent by voice and her class, as the coordinators of her network meet them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import Consent, Mediator, OutboxMessage, Record, SpokenConsent
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as


class Desk:
    """Two coordinators of one network, and a woman of theirs without mail or account."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            woman = factories.add_mediator(
                session, consents=False, has_own_record=False, safety_class=1, language="ar"
            )
            self.woman_id = woman.id
            self.record_id = session.scalars(
                select(Record.id).where(Record.mediator_id == woman.id)
            ).one()
            session.commit()
        emails = [make_account(database, "coordinator", network="nwm")[1] for _ in range(2)]
        self.first, self.second = (sign_in_as(app, email) for email in emails)
        self.page = f"/people/{self.record_id}"

    def post(self, client: FlaskClient, page: str, to: str, **values: object) -> TestResponse:
        """The form of a page that leads ``to``, with the version it shows."""
        shown = client.get(page).text
        form = re.search(rf'<form[^>]*action="{re.escape(to)}".*?</form>', shown, re.S)
        assert form, shown
        version = re.search(r'name="version" value="(\d+)"', form[0])
        hidden = {"version": version[1]} if version else {}
        token = read_token(client.get(page))
        return client.post(to, data={"csrf_token": token, **hidden, **values})

    def write_down(self, **values: object) -> TestResponse:
        form = {
            "purposes": ["membership_file", "matching", "card"],
            "channel": "telephone",
            "spoken_on": clock.now().date().isoformat(),
            "language": "ar",
            "text_version": "2026-11",
            **values,
        }
        return self.post(
            self.first, f"{self.page}/spoken-consent", f"{self.page}/spoken-consent", **form
        )

    def decide(self, client: FlaskClient, what: str) -> TestResponse:
        with self.database.reading() as session:
            row = session.scalars(select(SpokenConsent)).one()
        return self.post(client, "/spoken-consents", f"/spoken-consents/{row.id}/{what}")

    def channels(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Consent.channel).order_by(Consent.id)))


@pytest.fixture
def desk(app: Flask, database: Database) -> Desk:
    return Desk(app, database)


def test_the_texts_stand_in_her_language_and_in_whichever_is_chosen(desk: Desk) -> None:
    hers = desk.first.get(f"{desk.page}/spoken-consent").text
    assert 'lang="ar" dir="rtl">' in hers and 'name="language" value="ar"' in hers
    french = desk.first.get(f"{desk.page}/spoken-consent?language=fr").text
    assert 'name="language" value="fr"' in french and '<dd lang="fr" dir="ltr">' in french
    unknown = desk.first.get(f"{desk.page}/spoken-consent?language=tlh").text
    assert 'name="language" value="ar"' in unknown


def test_one_writes_it_down_another_confirms_it_and_it_counts(desk: Desk) -> None:
    assert desk.write_down().location == desk.page
    assert desk.channels() == []
    assert "waits for a second person" in desk.first.get(desk.page).text
    own_list = desk.first.get("/spoken-consents").text
    assert "/confirm" not in own_list and "Written down by you" in own_list
    assert "One woman’s yes by voice" in desk.second.get("/people").text
    assert desk.decide(desk.second, "confirm").location == "/spoken-consents"
    assert desk.channels() == ["voice"] * 3
    assert desk.first.get(desk.page).text.count("Given by voice, until") == 3
    taken = desk.post(desk.first, desk.page, f"{desk.page}/spoken-consent/take-back")
    assert taken.status_code == 303
    assert "Given by voice" not in desk.first.get(desk.page).text


def test_the_first_person_cannot_confirm_even_by_a_form_of_her_own_making(desk: Desk) -> None:
    desk.write_down()
    with desk.database.reading() as session:
        row = session.scalars(select(SpokenConsent)).one()
    token = read_token(desk.first.get("/spoken-consents"))
    sent = desk.first.post(
        f"/spoken-consents/{row.id}/confirm", data={"csrf_token": token, "version": row.version}
    )
    assert (sent.location, desk.channels()) == ("/spoken-consents", [])
    assert "Somebody else must confirm it" in desk.first.get("/spoken-consents").text


def test_a_second_press_of_two_open_pages_is_told(desk: Desk) -> None:
    desk.write_down()
    with desk.database.reading() as session:
        row = session.scalars(select(SpokenConsent)).one()
    token = read_token(desk.second.get("/spoken-consents"))
    data = {"csrf_token": token, "version": row.version}
    path = f"/spoken-consents/{row.id}"
    assert desk.second.post(f"{path}/decline", data=data).status_code == 303
    assert desk.second.post(f"{path}/confirm", data=data).status_code == 409
    assert desk.channels() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"spoken_on": "2031-01-01"}, "still to come"),
        ({"spoken_on": "2026-02-30"}, "could not be read"),
        ({"purposes": ["matching"]}, "need her yes to keep her details"),
        ({"purposes": ["naming"]}, "Choose one of the answers offered"),
        ({"channel": "pigeon"}, "Choose one of the answers offered"),
        ({"text_version": "2020-01"}, "The texts have changed"),
        ({"decided_by": "3"}, "This was not asked for"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Desk, wrong: dict[str, object], said: str
) -> None:
    sent = desk.write_down(**{"channel": "in_person", **wrong})
    assert (sent.status_code, said in sent.text) == (422, True), sent.text
    assert 'value="ar"' in sent.text
    assert ('value="in_person" checked' in sent.text) == ("channel" not in wrong)
    assert desk.channels() == []


def test_a_coordinator_raises_her_class_and_is_offered_no_lower_one(desk: Desk) -> None:
    offered = re.findall(r'name="safety_class" value="(\d)"', desk.first.get(desk.page).text)
    assert offered == ["2", "3"]
    raised = desk.post(desk.first, desk.page, f"{desk.page}/class", safety_class="3")
    assert raised.location == desk.page
    with desk.database.reading() as session:
        woman = session.get_one(Mediator, desk.woman_id)
        assert woman.safety_class == 3
        version = woman.version
    token = read_token(desk.first.get(desk.page))
    for seen, status in ((version, 303), (version - 1, 409)):
        lower = {"csrf_token": token, "version": seen, "safety_class": "1"}
        assert desk.first.post(f"{desk.page}/class", data=lower).status_code == status
    with desk.database.reading() as session:
        assert session.get_one(Mediator, desk.woman_id).safety_class == 3


def test_only_whose_yes_runs_out_is_asked_again(desk: Desk) -> None:
    token = read_token(desk.first.get(desk.page))
    asked = f"{desk.page}/ask-consents"
    assert asked not in desk.first.get(desk.page).text
    desk.first.post(asked, data={"csrf_token": token})
    with desk.database.writing() as session:
        woman = session.get_one(Mediator, desk.woman_id)
        assert session.scalars(select(OutboxMessage)).all() == []
        factories.add_consents(session, woman, ["membership_file", "card"])
        file, card = session.scalars(select(Consent).order_by(Consent.id))
        card.withdrawn_at = card.valid_until = clock.now()
        session.commit()
    assert asked not in desk.first.get(desk.page).text
    with desk.database.writing() as session:
        session.get_one(Consent, file.id).valid_until = clock.now() + timedelta(days=29)
        session.commit()
    assert desk.post(desk.first, desk.page, asked).status_code == 303
    with desk.database.reading() as session:
        assert session.scalars(select(OutboxMessage.template)).all() == ["consent"]
