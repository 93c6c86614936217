"""A coordinator walks her pages: a file taken in, a record changed by two, her time told by phone."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import (
    Availability,
    Entry,
    ImportRow,
    OutboxMessage,
    ReadEvent,
    Record,
    SpreadsheetImport,
)
from roster.spreadsheets import FIELDS, IGNORED, LEFT_OUT, SEVERITIES
from roster.web.coordinators.import_words import FIELDS as FIELD_WORDS
from roster.wording.problems import FILE_PROBLEMS, ROW_PROBLEMS
from tests.factories import add_mediator, canary, find_canaries
from tests.roster.services.lists import ANNA, BRITA, SPOILT, Woman, import_women, write_list
from tests.roster.web.browser import make_account, read_token, sign_in_as


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def upload(browser: FlaskClient, content: bytes, *, name: str = "list.csv") -> TestResponse:
    token = read_token(browser.get("/imports"))
    data = {"csrf_token": token, "network": "nwm", "file": (io.BytesIO(content), name)}
    return browser.post("/imports", data=data, follow_redirects=True)


def press(browser: FlaskClient, page: str, action: str, **values: str) -> TestResponse:
    """Press the button of the form on ``page`` that posts to ``action``, hidden fields included."""
    text = browser.get(page).text
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.S) if f'action="{action}"' in f)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return browser.post(action, data={**hidden, **values}, follow_redirects=True)


def read_words(response: TestResponse) -> str:
    """The text of a page without marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def read_form(response: TestResponse) -> dict[str, list[str]]:
    """The controls of the editing form with what they hold."""
    form = re.search(r'<form method="post" action="/people.*?</form>', response.text, re.S)
    assert form is not None
    values: dict[str, list[str]] = {}
    for control in re.findall(r"<input [^>]*>", form[0]):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', control))
        is_tick = attributes.get("type") in {"checkbox", "radio"}
        if "name" in attributes and (not is_tick or " checked" in control):
            values.setdefault(attributes["name"], []).append(
                html.unescape(attributes.get("value", ""))
            )
    for name, body in re.findall(r'<select[^>]* name="([\w-]+)".*?>(.*?)</select>', form[0], re.S):
        values[name] = re.findall(r'value="([^"]*)" selected', body)
    for name, body in re.findall(
        r'<textarea[^>]* name="([\w-]+)"[^>]*>(.*?)</textarea>', form[0], re.S
    ):
        values[name] = [html.unescape(body.strip())]
    return values


def add_anna(database: Database) -> int:
    import_women(database, ANNA)
    with database.reading() as session:
        return session.scalars(select(Record.id)).one()


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_is_looked_at_taken_in_and_taken_back(
    browser: FlaskClient, database: Database
) -> None:
    preview = read_words(upload(browser, write_list([ANNA, BRITA, SPOILT])))
    assert "2 rows are ready." in preview and "Nothing has been saved yet." in preview
    assert "“ Zzyzxland ”" in preview or "Zzyzxland" in preview
    assert count(database, Record) == 0
    taken = read_words(press(browser, "/imports/1", "/imports/1/confirm"))
    assert "2 new women on your list." in taken and "Carin Malm" in taken
    assert count(database, Record) == 2
    page = "/imports/1"
    decided = read_words(press(browser, page, "/imports/1/rows/3", choice="new"))
    assert "Row 4 is taken in as a new person." in decided
    assert "3 women on your list." in read_words(browser.get("/people"))
    back = read_words(press(browser, page, "/imports/1/undo"))
    assert "Taken back: 3 women are off the list again" in back
    assert count(database, Record) == 0


def test_the_preview_names_whom_a_row_looks_like_and_lets_her_say_it_is_she(
    browser: FlaskClient, database: Database
) -> None:
    record_id = add_anna(database)
    new: Woman = {**ANNA, "E-mail": "new@example.org", "Tracks": "I"}
    preview = upload(browser, write_list([new]))
    assert "She looks like somebody who is here already." in read_words(preview)
    assert f'href="/people/{record_id}"' in preview.text
    press(browser, "/imports/2", "/imports/2/confirm")
    with database.reading() as session:
        row_id = session.scalars(select(ImportRow.id).order_by(ImportRow.id.desc())).first()
    said = press(browser, "/imports/2", f"/imports/2/rows/{row_id}", choice=f"same-{record_id}")
    assert "is carried into her record" in read_words(said)
    shown = read_words(browser.get(f"/people/{record_id}"))
    assert "new@example.org" in shown and count(database, Record) == 1


def test_the_rows_of_a_doubled_woman_are_named_by_number(browser: FlaskClient) -> None:
    preview = read_words(
        upload(browser, write_list([ANNA, BRITA, {**ANNA, "Name": "Lindqvist, Anna"}]))
    )
    assert "The same woman seems to be in this list twice. Row 4." in preview
    assert "The same woman seems to be in this list twice. Row 2." in preview


def test_the_same_file_again_says_that_nothing_is_new(browser: FlaskClient) -> None:
    content = write_list([ANNA, SPOILT])
    upload(browser, content)
    press(browser, "/imports/1", "/imports/1/confirm")
    again = read_words(upload(browser, content))
    assert "Nothing here is new." in again
    assert "The very same file was taken in on" in again


def test_a_file_thrown_away_is_gone(browser: FlaskClient) -> None:
    upload(browser, write_list([ANNA]))
    assert "thrown away" in read_words(press(browser, "/imports/1", "/imports/1/discard"))
    assert browser.get("/imports/1").status_code == 404
    assert "list.csv" not in browser.get("/imports").text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7 \x00\x01", "list.pdf", "This is not a spreadsheet."),
        (b"", "list.csv", "The file is empty."),
        (b"", "", "Choose a file first."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    browser: FlaskClient, content: bytes, name: str, words: str
) -> None:
    answer = upload(browser, content, name=name)
    assert answer.status_code in (400, 422)
    assert words in read_words(answer)


def test_a_change_without_the_version_that_was_seen_is_refused(
    browser: FlaskClient, database: Database
) -> None:
    upload(browser, write_list([ANNA]))
    token = read_token(browser.get("/imports/1"))
    for action in ("confirm", "discard", "undo"):
        for version in ("", "x", "-1", "1e3", "٣", "9" * 20):
            data = {"csrf_token": token, "version": version}
            answer = browser.post(f"/imports/1/{action}", data=data)
            assert answer.status_code == 422, (action, version)
            assert "Load it again" in read_words(answer)
    with database.reading() as session:
        assert session.scalars(select(SpreadsheetImport.state)).one() == "read"


def test_a_second_coordinator_who_confirms_is_told(browser: FlaskClient) -> None:
    upload(browser, write_list([ANNA]))
    old = read_token(browser.get("/imports/1"))
    press(browser, "/imports/1", "/imports/1/confirm")
    answer = browser.post("/imports/1/confirm", data={"csrf_token": old, "version": "1"})
    assert answer.status_code == 409


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


def test_pages_speak_of_no_other_network(browser: FlaskClient, database: Database) -> None:
    """Z3, Z4, I2, F4: no canary of a foreign record, also where a file names its woman."""
    with database.writing() as session:
        add_mediator(session, network="nwm")
        foreign = add_mediator(session, network="awmn", name="Anna Lindqvist")
        ids = set(session.scalars(select(Record.id).where(Record.mediator_id == foreign.id)))
        email = canary("email", min(ids)) + "@example.org"
        session.commit()
    pages = [upload(browser, write_list([{**ANNA, "E-mail": email}])).text]
    pages.append(press(browser, "/imports/1", "/imports/1/confirm").text)
    pages += [browser.get(p).text for p in ("/people", "/people?text=lindqvist", "/imports")]
    assert "She looks like somebody who is here already." not in pages[0]
    seen = {number for page in pages for _, number in find_canaries(page.replace(email, ""))}
    assert not seen & ids


def test_no_name_stands_in_an_address(browser: FlaskClient, database: Database) -> None:
    add_anna(database)
    for page in ("/people", "/people/1", "/people/1/edit", "/imports"):
        links = re.findall(r'(?:href|action)="([^"]*)"', browser.get(page).text)
        assert not [link for link in links if re.search("anna|lindqvist", link, re.IGNORECASE)]


def test_every_problem_and_column_has_its_words() -> None:
    assert set(SEVERITIES) | {"DUP_SUSPECTED"} <= set(ROW_PROBLEMS)
    assert {*FIELDS, IGNORED, LEFT_OUT} <= set(FIELD_WORDS)
    refusals = {"empty", "too_large", "zip_bomb", "unsafe_zip", "far_cell", "too_many_sheets",
                "too_many_rows", "too_many_columns", "cell_too_long", "encrypted", "macro",
                "not_a_spreadsheet", "external_entities", "unreadable", "no_table",
                "unknown_field"}  # fmt: skip
    assert refusals <= set(FILE_PROBLEMS)
