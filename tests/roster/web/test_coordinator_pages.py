"""A coordinator walks her pages: a record changed by two, her time told by phone, each look noted."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Availability, Entry, OutboxMessage, ReadEvent, Record
from tests.factories import add_mediator, canary
from tests.roster.services.lists import ANNA, import_women
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.coordinator_desk import add_anna, count, press, read_form, read_words


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def test_a_record_is_changed_by_its_form_and_nothing_unseen_is_lost(
    browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    page = f"/people/{record_id}/edit"
    form = read_form(browser.get(page))
    untouched = browser.post(page, data=form)
    assert untouched.status_code == 303
    with database.reading() as session:
        assert set(session.scalars(select(Entry.source))) == {"import"}
        assert session.scalars(select(Record.version)).one() == 1
    form |= {
        "nationality": ["Sweden, النرويج"],
        "languages-2-language": ["français"],
        "languages-2-speaking": ["B2"],
        "confirm": ["track:II"],
        "note": ["Speaks well of her work."],
    }
    assert browser.post(page, data=form).status_code == 303
    shown = read_words(browser.get(f"/people/{record_id}"))
    for words in ("Sweden", "Norway", "French", "(confirmed)", "Speaks well of her work."):
        assert words in shown


def test_two_editors_the_second_sees_both_versions_and_loses_nothing(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    page = f"/people/{record_id}/edit"
    _, email = make_account(database, "coordinator", network="nwm")
    other = sign_in_as(app, email)
    mine, theirs = read_form(browser.get(page)), read_form(other.get(page))
    theirs |= {"display_name": ["Anna Theirs"], "track": ["I"]}
    assert other.post(page, data=theirs).status_code == 303
    mine |= {"display_name": ["Anna Mine"], "note": ["typed at length"]}
    answer = browser.post(page, data=mine)
    assert answer.status_code == 409
    said = read_words(answer)
    assert "Anna Mine" in said and "Anna Theirs" in said
    kept = read_form(answer)
    assert (kept["display_name"], kept["note"]) == (["Anna Mine"], ["typed at length"])
    with database.reading() as session:
        record = session.get_one(Record, record_id)
        assert record.identity.display_name == "Anna Theirs"
    assert browser.post(page, data=kept).status_code == 303  # she has looked, and saves
    with database.reading() as session:
        assert session.get_one(Record, record_id).identity.display_name == "Anna Mine"


WRONG = [
    ({"version": [""]}, "The page has lost its place."),
    ({"version": ["old"]}, "The page has lost its place."),
    ({"nationality": ["Sweden, Zzyzx, Qqq"]}, "“\u2068Zzyzx\u2069” is not known here."),
    ({"place": ["Congo"]}, "“\u2068Congo\u2069” may mean more than one thing."),
    ({"residence": ["Nowhereland"]}, "We do not know this word."),
    ({"display_name": [""]}, "This is needed."),
    ({"display_name": ["Anna \u202e txt"]}, "Hidden control characters"),
    ({"email": ["anna at example"]}, "This is not an e-mail address."),
    ({"languages-0-language": ["Klingonish"]}, "We do not know this word."),
    ({"languages-2-language": ["svenska"]}, "stands here twice"),
    ({"network_code": ["awmn"]}, "This was not asked for."),
    ({"accredited_on": ["03/04/25"]}, "This could not be read."),
]


def test_a_wrong_field_is_said_and_what_was_typed_stays(
    browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    page = f"/people/{record_id}/edit"
    form = {**read_form(browser.get(page)), "note": ["kept"]}
    for sent, words in WRONG:
        answer = browser.post(page, data={**form, **sent})
        assert answer.status_code == 400, sent
        assert words in html.unescape(answer.text)
        again = read_form(answer)
        assert (again["note"], again["version"]) == (["kept"], ["1"])
    with database.reading() as session:
        assert session.scalars(select(Record.version)).one() == 1


def test_words_that_fit_nothing_stand_at_their_field_until_dealt_with(
    browser: FlaskClient, database: Database
) -> None:
    import_women(database, {**ANNA, "Themes": "Quilting circles"})
    with database.writing() as session:  # whatever the reading kept, the form must show
        record = session.scalars(select(Record)).one()
        kept = session.scalars(select(Entry).where(Entry.field == "unmapped")).one_or_none()
        if kept is None:
            record.entries.append(
                Entry(field="unmapped", code="", detail={"themes": ["Quilting circles"]},
                      source="import", entered_at=clock.now())
            )  # fmt: skip
        session.commit()
        record_id = record.id
    page = f"/people/{record_id}/edit"
    shown = browser.get(page)
    assert "Quilting circles" in shown.text
    form = read_form(shown)
    browser.post(page, data=form)
    assert "Quilting circles" in browser.get(page).text
    browser.post(page, data={**form, "settled": ["themes"]})
    assert "Quilting circles" not in browser.get(page).text


def test_what_she_says_by_telephone_holds_30_days_and_is_marked(
    browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    page = f"/people/{record_id}/availability"
    form = read_form(browser.get(page))
    assert "time_zone" not in form
    answer = browser.post(page, data={**form, "status": "available", "notice_days": "7"})
    assert answer.status_code == 303
    with database.reading() as session:
        row = session.scalars(select(Availability)).one()
        assert (row.status, row.confirmed_by, row.notice_days) == ("available", "coordinator", 7)
        assert timedelta(days=29) < row.valid_until - clock.now() <= timedelta(days=31)
    stale = browser.post(page, data={**form, "status": "unavailable"})
    assert stale.status_code == 409
    assert "Somebody else has said something of her time" in read_words(stale)
    again = read_form(stale)
    assert again["status"] == ["unavailable"]
    assert browser.post(page, data=again).status_code == 303
    wrong = browser.post(page, data={**form, "status": "available", "time_zone": "UTC"})
    assert wrong.status_code == 400


def test_her_own_answer_is_not_replaced_by_what_a_coordinator_heard(
    browser: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        her = add_mediator(session)
        record_id = session.scalars(
            select(Record.id).where(Record.mediator_id == her.id, Record.network_code == "nwm")
        ).one()
        session.commit()
    page = f"/people/{record_id}/availability"
    shown = browser.get(page)
    assert "This is her own answer." in read_words(shown)
    browser.post(page, data={**read_form(shown), "status": "unavailable"})
    with database.reading() as session:
        hers = session.scalars(
            select(Availability).where(Availability.confirmed_by == "self")
        ).one()
        assert hers.superseded_at is None


def test_each_page_of_a_woman_is_noted_once_for_her_to_see(
    browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    for page in ("", "/edit", "/availability"):
        before = count(database, ReadEvent)
        browser.get(f"/people/{record_id}{page}")
        assert count(database, ReadEvent) == before + 1


def test_who_cannot_be_asked_is_said_on_her_page(browser: FlaskClient, database: Database) -> None:
    import_women(database, {**ANNA, "E-mail": ""})
    said = press(browser, "/people/1", "/people/1/invite")
    assert "There is no e-mail address to write to." in read_words(said)


def test_whose_answer_runs_out_can_be_asked_again(browser: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        add_mediator(session, availability=clock.now() + timedelta(days=3))
        session.commit()
    said = press(browser, "/people/1", "/people/1/remind")
    assert "She is asked by mail whether her answer still holds." in read_words(said)
    with database.reading() as session:
        sent = session.scalars(select(OutboxMessage)).one()
        assert (sent.template, sent.recipient) == ("renewal", f"{canary('email', 2)}@example.org")


def test_no_name_stands_in_an_address(browser: FlaskClient, database: Database) -> None:
    add_anna(database)
    for page in ("/people", "/people/1", "/people/1/edit", "/imports"):
        links = re.findall(r'(?:href|action)="([^"]*)"', browser.get(page).text)
        assert not [link for link in links if re.search("anna|lindqvist", link, re.IGNORECASE)]
