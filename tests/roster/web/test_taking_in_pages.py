"""A coordinator takes a file in, looks at its rows and takes it back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import ImportRow, Record, SpreadsheetImport
from roster.spreadsheets import FIELDS, IGNORED, LEFT_OUT, SEVERITIES
from roster.web.coordinators.import_words import FIELDS as FIELD_WORDS
from roster.wording.problems import FILE_PROBLEMS, ROW_PROBLEMS
from tests.factories import add_mediator, canary, find_canaries
from tests.roster.services.lists import ANNA, BRITA, SPOILT, Woman, write_list
from tests.roster.web.browser import make_account, read_token, sign_in_as
from tests.roster.web.coordinator_desk import add_anna, count, press, read_words, upload


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


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


def test_every_problem_and_column_has_its_words() -> None:
    assert set(SEVERITIES) | {"DUP_SUSPECTED"} <= set(ROW_PROBLEMS)
    assert {*FIELDS, IGNORED, LEFT_OUT} <= set(FIELD_WORDS)
    refusals = {"empty", "too_large", "zip_bomb", "unsafe_zip", "far_cell", "too_many_sheets",
                "too_many_rows", "too_many_columns", "cell_too_long", "encrypted", "macro",
                "not_a_spreadsheet", "external_entities", "unreadable", "no_table",
                "unknown_field"}  # fmt: skip
    assert refusals <= set(FILE_PROBLEMS)
