"""On the pages: headings that she shows, and a long list that is taken in while she waits."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from roster.db import Database
from roster.jobs import Turn, get_job
from roster.permissions import SCHEDULER
from roster.settings import Settings
from tests.roster.services.lists import ANNA, BRITA, write_list
from tests.roster.web.browser import post_form
from tests.roster.web.coordinator_desk import press, read_words, upload
from tests.roster.web.test_coordinator_pages import browser

__all__ = ["browser"]

UNKNOWN = b"Vem;Annat\nAnna Lindqvist;p. 1102\nBrita Hovland;p. 1304\n"


@pytest.fixture
def turn(database: Database, settings: Settings) -> Turn:
    return Turn(database, settings, SCHEDULER)


def test_she_shows_the_headings_and_the_file_is_read_so(browser: FlaskClient, turn: Turn) -> None:
    refused = upload(browser, UNKNOWN)
    assert "No list of people was found in the file." in read_words(refused)
    page = "/imports/1/layout"
    assert "Brita Hovland" in read_words(browser.get(page))
    for values in ({"row": "1"}, {"row": "77", "column-1": "name"}, {"column-1": "name"}):
        answer = press(browser, page, page, **values)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
    shown = press(browser, page, page, **{"row": "1", "column-1": "name", "column-2": "notes"})
    assert "Your file is being read." in read_words(shown)
    get_job("read_files").run(turn)
    assert "2 rows are ready." in read_words(browser.get("/imports/1"))


@pytest.mark.parametrize("row", ["", "x", "1"])
def test_of_a_file_that_is_read_nothing_can_be_shown(browser: FlaskClient, row: str) -> None:
    upload(browser, write_list([ANNA]))
    for version in ("0", "1"):
        form = {"version": version, "row": row, "column-1": "name"}
        answer = post_form(browser, "/imports/1/layout", page="/imports", **form)
        assert answer.status_code in (409, 422)


def test_a_long_list_says_how_far_it_is_and_then_what_came_of_it(
    browser: FlaskClient, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.services.taking_in.MOST_AT_ONCE", 1)
    upload(browser, write_list([ANNA, BRITA]))
    asked = press(browser, "/imports/1", "/imports/1/confirm")
    assert "Your file is being taken in." in read_words(asked)
    assert asked.headers["Refresh"] == "5" and "/discard" not in asked.text
    assert "Anna Lindqvist" not in browser.get("/people").text
    get_job("take_in").run(turn)
    assert "2 new women on your list." in read_words(browser.get("/imports/1"))
    back = press(browser, "/imports/1", "/imports/1/undo")
    assert "Your file is being taken back." in read_words(back)
    get_job("take_in").run(turn)
    assert "This file was taken back." in read_words(browser.get("/imports/1"))
