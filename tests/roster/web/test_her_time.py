"""Her time as her browser shows it: the coming year, its end moved in place, its history."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.local_days import end_of_day, local_day
from roster.models import Availability, Mediator, Record
from roster.permissions import Actor
from roster.services.availability import Statement, state_availability
from roster.wording import get_wording
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as
from tests.roster.web.test_mediator_pages import HEAVIEST_PAGE

ZONE = "Pacific/Apia"
NWM = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
PAGE = "/me/availability"
SOON = (clock.now().date() + timedelta(days=9)).isoformat()


def today() -> date:
    return local_day(clock.now(), ZONE)


def in_words(days: int) -> str:
    return get_wording("en").date(today() + timedelta(days=days))


@pytest.fixture
def woman(database: Database) -> int:
    """Free for 60 days by an answer that holds 30 more; another woman has said other things."""
    with database.writing() as session:
        factories.add_availability(
            session, factories.add_mediator(session, availability=False), status="partly"
        )
        her = factories.add_mediator(session, availability=False, time_zone=ZONE)
        factories.add_availability(
            session,
            her,
            window_from=None,
            window_to=today() + timedelta(days=20),
            valid_until=end_of_day(today() + timedelta(days=30), ZONE),
        )
        session.commit()
        return her.id


@pytest.fixture
def browser(app: Flask, database: Database, woman: int) -> FlaskClient:
    with database.reading() as session:
        mediator = session.get_one(Mediator, woman)
    return sign_in_as(app, make_account(database, "mediator", mediator=mediator)[1])


def post(client: FlaskClient, to: str, *, seen: int | None = None, **values: Any) -> TestResponse:
    """Send one form of the page, with the version that it shows or ``seen``."""
    shown = client.get(PAGE)
    form = re.search(rf'<form[^>]*action="{re.escape(to)}".*?</form>', shown.text, re.S)
    version = re.search(r'name="version" value="(\d+)"', form[0]) if form else None
    hidden = {"version": version[1] if seen is None else str(seen)} if version else {}
    return client.post(to, data={"csrf_token": read_token(shown), **hidden, **values})


def read_lines(page: str) -> list[tuple[str, str]]:
    """The coming year in words: when, and what is said."""
    listed = re.search(r"<details.*?</details>", page, re.S)
    assert listed is not None, page
    found = re.findall(r"<li><small>(.*?)</small><div>(.*?)</div></li>", listed[0], re.S)
    return [(when, " ".join(re.sub(r"<[^>]+>", "", what).split())) for when, what in found]


def standing(database: Database, woman: int) -> Availability:
    with database.reading() as session:
        return session.scalars(
            select(Availability).where(
                Availability.mediator_id == woman, Availability.superseded_at.is_(None)
            )
        ).one()


@pytest.mark.parametrize("page", ["/me", PAGE])
def test_her_coming_year_stands_as_a_strip_and_in_words(browser: FlaskClient, page: str) -> None:
    shown = browser.get(page).text

    assert read_lines(shown) == [
        (f"Until {in_words(20)}", "Free"),
        (f"{in_words(21)} to {in_words(30)}", "Not free: outside the days you named"),
        (f"From {in_words(31)}", "Unknown, because your answer has ended"),
    ]
    strip = re.search(
        r'<svg class="ch flip" height="42" role="img" aria-label="[^"]+">.*?</svg>', shown, re.S
    )
    assert strip is not None
    assert re.findall(
        r'(?:class|fill)="([^"]+)" x="([^"]+)" width="([^"]+)" height="30"', strip[0]
    ) == [
        ("f-now", "0.00%", "5.75%"),
        ("f-out", "5.75%", "2.74%"),
        ("url(#hatch)", "8.49%", "91.51%"),
    ]
    assert '<pattern id="hatch"' in shown and "style=" not in shown
    assert len(shown.encode()) < HEAVIEST_PAGE


def test_the_picture_is_drawn_in_arabic_too(browser: FlaskClient) -> None:
    browser.set_cookie("language", "ar")
    with browser.application.extensions["database"].writing() as session:
        session.connection().exec_driver_sql("UPDATE account SET language = 'ar'")
        session.commit()
    shown = browser.get(PAGE).text

    assert 'dir="rtl"' in shown and len(read_lines(shown)) == 3
    assert len(shown.encode()) < HEAVIEST_PAGE


def test_her_coordinator_sees_the_same_year_of_her_own_women_only(
    app: Flask, database: Database, woman: int
) -> None:
    with database.reading() as session:
        record = select(Record.id).where(Record.mediator_id == woman, Record.network_code == "nwm")
        page = f"/people/{session.scalars(record).one()}/availability"
    own, other = (
        sign_in_as(app, make_account(database, "coordinator", network=network)[1])
        for network in ("nwm", "awmn")
    )

    assert [when for when, _ in read_lines(own.get(page).text)] == [
        f"Until {in_words(20)}",
        f"{in_words(21)} to {in_words(30)}",
        f"From {in_words(31)}",
    ]
    assert "Not free: outside the days she named" in own.get(page).text
    assert other.get(page).status_code == 404


@pytest.mark.parametrize(("last_day", "until"), [("50", 50), ("5", 5), ("", None)])
def test_one_field_moves_the_last_day_and_keeps_the_rest(
    browser: FlaskClient, database: Database, woman: int, last_day: str, until: int | None
) -> None:
    value = (today() + timedelta(days=int(last_day))).isoformat() if last_day else ""
    assert post(browser, f"{PAGE}/last-day", last_day=value).location == "/me"

    row = standing(database, woman)
    expected = None if until is None else today() + timedelta(days=until)
    assert (row.window_to, row.notice_days, row.days_per_month) == (expected, 7, 20)


@pytest.mark.parametrize(
    ("to", "field", "value", "said"),
    [
        ("/last-day", "last_day", "2020-01-01", "more than five years away"),
        ("/last-day", "last_day", "9999-12-31", "more than five years away"),
        ("/last-day", "last_day", "30 June", "could not be read"),
        ("/end", "ends_on", "", "This is needed"),
        ("/end", "ends_on", "9999-12-31", "Choose an earlier end"),
        ("/end", "ends_on", "0001-01-01", "Choose an earlier end"),
        ("/end", "ends_on", "2027-02-29", "could not be read"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_field_and_stays_to_be_mended(
    browser: FlaskClient, database: Database, woman: int, to: str, field: str, value: str, said: str
) -> None:
    before = standing(database, woman)
    when = {"when": "day"} if to == "/end" else {}
    answer = post(browser, f"{PAGE}{to}", **{field: value}, **when)

    assert answer.status_code == 422
    shown = re.search(rf'<input id="f-{field}".*?</small>', answer.text, re.S)
    assert shown is not None and said in shown[0] and 'aria-invalid="true"' in shown[0]
    assert value in shown[0]
    after = standing(database, woman)
    assert (after.id, after.valid_until) == (before.id, before.valid_until)


def test_a_day_that_is_over_is_told_from_one_that_is_too_far(browser: FlaskClient) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    moved = post(browser, f"{PAGE}/last-day", last_day=yesterday)
    ended = post(browser, f"{PAGE}/end", when="day", ends_on=yesterday)
    paused = post(browser, "/me/pause", until=yesterday)

    assert "The days you named are over." in moved.text
    assert "This day is over. Choose a later one, or end your answer now." in ended.text
    assert "This day is over. Choose a later one." in paused.text
    assert {answer.status_code for answer in (moved, ended, paused)} == {422}
    assert all(yesterday in answer.text for answer in (moved, ended, paused))


def test_her_answer_ends_with_her_day_or_at_once(
    browser: FlaskClient, database: Database, woman: int
) -> None:
    day = today() + timedelta(days=3)
    assert post(browser, f"{PAGE}/end", when="day", ends_on=day.isoformat()).location == "/me"
    assert standing(database, woman).valid_until == end_of_day(day, ZONE)

    assert post(browser, f"{PAGE}/end", when="now").location == "/me"
    assert standing(database, woman).valid_until <= clock.now()
    assert "Unknown since" in browser.get("/me").text
    assert f'action="{PAGE}/end"' not in browser.get(PAGE).text


FORMS: list[tuple[str, dict[str, str], str]] = [
    ("", {"status": "partly", "time_zone": ZONE, "days_per_month": "13"}, 'value="13"'),
    ("/last-day", {"last_day": SOON}, f'value="{SOON}"'),
    ("/end", {"when": "day", "ends_on": SOON}, f'value="{SOON}"'),
    ("/renew", {"answer": "same"}, "Longer or shorter"),
]


@pytest.mark.parametrize(("to", "values", "kept"), FORMS)
def test_who_saw_an_older_answer_gets_the_new_one_beside_what_she_typed(
    browser: FlaskClient, database: Database, woman: int, to: str, values: dict[str, str], kept: str
) -> None:
    seen = standing(database, woman).id
    with database.writing() as session:
        newer = state_availability(
            session,
            actor=Actor("account", mediator_id=woman),
            mediator_id=woman,
            expected_id=seen,
            statement=Statement("on_assignment", notice_days=60),
        )
        session.commit()
    answer = browser.post(
        f"{PAGE}{to}",
        data={"csrf_token": read_token(browser.get(PAGE)), "version": seen, **values},
    )

    assert answer.status_code == 409
    assert "Your answer was changed elsewhere" in answer.text
    assert "On assignment; notice of 60 days" in answer.text and kept in answer.text
    assert set(re.findall(r'name="version" value="(\d+)"', answer.text)) == {str(newer.id)}
    assert standing(database, woman).id == newer.id


def test_nothing_of_a_statement_is_lost_when_a_word_of_it_is_no_place(browser: FlaskClient) -> None:
    typed = {
        "status": "partly",
        "window_to": (today() + timedelta(days=40)).isoformat(),
        "notice_days": "14",
        "days_per_month": "31",
        "longest_stay_days": "30",
        "modalities": ["remote"],
        "refused": "Kenyya, Atlantis, Sudan",
        "time_zone": ZONE,
    }
    wrong = post(browser, PAGE, **typed)

    assert wrong.status_code == 422
    assert "Instead of “\u2068Kenyya\u2069”: Kenya" in wrong.text
    assert "“\u2068Atlantis\u2069” is not known here" in wrong.text
    for value in ("Kenyya, Atlantis, Sudan", typed["window_to"], 'value="31"', 'value="30"'):
        assert value in wrong.text
    assert post(browser, PAGE, **{**typed, "days_per_month": "32"}).status_code == 422

    assert post(browser, PAGE, **{**typed, "refused": "Kenya, Sudan"}).location == "/me"
    assert "not in Kenya, Sudan" in browser.get("/me").text


def say_by_phone(database: Database, woman: int, status: str) -> None:
    with database.writing() as session:
        seen, said = standing(database, woman).id, Statement(status)
        state_availability(session, actor=NWM, mediator_id=woman, expected_id=seen, statement=said)
        session.commit()


def test_her_history_tells_whose_word_it_was_and_how_it_ended(
    browser: FlaskClient, database: Database, woman: int
) -> None:
    say_by_phone(database, woman, "unavailable")
    post(browser, f"{PAGE}/last-day", last_day="")
    post(browser, f"{PAGE}/end", when="now")
    say_by_phone(database, woman, "partly")
    page = browser.get(f"{PAGE}/history").text

    now, rest = in_words(0), "In person, Remote or Hybrid; notice of 7 days; 20 days a month"
    listed = re.findall(r"<li><small>.*?</li>", page, re.S)
    assert [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in listed] == [
        f"{now} Your coordinator wrote down, on the telephone: Partly available. Good until"
        f" {get_wording('en').date(today() + timedelta(days=30), weekday=True)}.",
        f"{now} You said: Available; {rest}; stays of 90 days at most. Ended early, on {now}.",
        f"{now} Your coordinator wrote down, on the telephone: Unavailable. Replaced on {now}; it"
        f" was good until {in_words(30)}.",
        f"{now} You said: Available until {in_words(20)}; {rest}; stays of 90 days at most."
        f" Replaced on {now}; it was good until {in_words(30)}.",
    ]
    assert "wrote down" in browser.get("/me").text
    assert read_lines(browser.get(PAGE).text)[0][1] == "Partly free, as your coordinator wrote down"
