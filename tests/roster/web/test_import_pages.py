"""A coordinator says what words mean, sees what changes, waits for a long file, takes rows with her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import SpreadsheetImport
from roster.permissions import SCHEDULER
from roster.settings import Settings
from tests.roster.services.lists import ANNA, BRITA, SPOILT, import_women, write_list
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.coordinator_desk import press, read_words, upload

FLUENT = {**BRITA, "Languages": "Norwegian courant, lingalla B2"}


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def test_a_word_is_decided_once_and_forgotten_again(browser: FlaskClient) -> None:
    page = upload(browser, write_list([FLUENT]))
    assert "2 words or columns have no meaning yet." in read_words(page)
    asked = browser.get("/imports/1/meanings")
    assert "courant in 1 row" in read_words(asked)
    assert "Perhaps: C1 (60\u00a0%)" in asked.text
    assert "Perhaps: Lingala" in asked.text
    names = [name for name in ("word-0", "word-1") if f'name="{name}-written"' in asked.text]
    written = names[0]
    level = "word-1" if written == "word-0" else "word-0"
    wrong = press(
        browser, "/imports/1/meanings", "/imports/1/meanings", **{f"{written}-written": "Zzq"}
    )
    assert wrong.status_code == 422
    assert "is not known here" in read_words(wrong)
    done = press(
        browser,
        "/imports/1/meanings",
        "/imports/1/meanings",
        **{level: "C1", f"{written}-written": "Lingala"},
    )
    assert "2 decisions are kept for your next files." in read_words(done)
    assert "have no meaning yet" not in read_words(done)
    again = upload(
        browser,
        write_list([{**FLUENT, "Name": "Dagny Holm", "E-mail": "d@example.org", "Phone": ""}]),
    )
    assert "no meaning yet" not in read_words(again)
    kept = browser.get("/imports/meanings")
    assert "courant" in kept.text
    gone = press(browser, "/imports/meanings", "/imports/meanings/word/1/forget")
    assert "Forgotten. It is asked again at the next file." in read_words(gone)


def test_an_old_form_decides_nothing(browser: FlaskClient) -> None:
    upload(browser, write_list([FLUENT]))
    stale = press(
        browser, "/imports/1/meanings", "/imports/1/meanings", **{"word-0": "-", "version": "9"}
    )
    assert stale.status_code == 409


def test_changes_stand_old_beside_new(browser: FlaskClient, database: Database) -> None:
    import_women(database, ANNA, BRITA)
    page = upload(browser, write_list([BRITA, {**ANNA, "Phone": "+000 999 0000", "Tracks": ""}]))
    assert 'href="/imports/2/changes"' in page.text
    words = read_words(browser.get("/imports/2/changes"))
    assert "1 woman on your list changes." in words
    assert "Anna Lindqvist" in words
    assert "Brita" not in words
    assert "Telephone +0001112233 +0009990000 changes" in words
    assert "is taken off" in words


def test_a_long_file_is_waited_for_on_a_page_that_looks_again(
    browser: FlaskClient, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.services.reading_files.LONG_BYTES", 10)
    waiting = upload(browser, write_list([ANNA]))
    assert "Your file is being read." in read_words(waiting)
    assert waiting.headers["Refresh"] == "5"
    assert "Being read" in read_words(browser.get("/imports"))
    get_job("read_files").run(Turn(database, settings, SCHEDULER))
    ready = browser.get("/imports/1")
    assert "Refresh" not in ready.headers
    assert "1 row is ready." in read_words(ready)
    upload(browser, b"%PDF-1.7 no list at all")
    get_job("read_files").run(Turn(database, settings, SCHEDULER))
    failed = browser.get("/imports/2")
    assert "This is not a spreadsheet." in read_words(failed)
    assert "Refresh" not in failed.headers
    press(browser, "/imports/2", "/imports/2/discard")
    assert browser.get("/imports/2").status_code == 404
    with database.reading() as session:
        assert session.get_one(SpreadsheetImport, 2).file_name == ""


def test_rows_to_correct_leave_as_a_file_without_a_name_of_the_office(browser: FlaskClient) -> None:
    page = upload(browser, write_list([ANNA, SPOILT]), name="our secret list.csv")
    assert "Rows to correct, as a file (CSV)" in read_words(page)
    file = press(browser, "/imports/1", "/imports/1/problems")
    assert file.headers["Content-Disposition"] == 'attachment; filename="rows-to-correct.csv"'
    assert "Carin Malm" in file.text
    assert "Not a country that we know." in file.text
    assert "Lindqvist" not in file.text


def test_rows_to_correct_ask_for_the_password_after_ten_minutes(
    browser: FlaskClient,
) -> None:
    upload(browser, write_list([SPOILT]))
    with clock.shifted(timedelta(minutes=11)):
        asked = press(browser, "/imports/1", "/imports/1/problems")
    assert asked.status_code == 403
    assert "Carin" not in asked.text
