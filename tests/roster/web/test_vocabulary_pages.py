"""An administrator's pages of words: each change is in force at the next request of every browser."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster.app import create_app
from roster.db import Database
from roster.models import Entry, Record, TermChange
from roster.settings import Settings
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.filled_form import read_filled

PAGE = "/vocabulary/theme/youth"


@pytest.fixture
def keeper(app: Flask, database: Database) -> FlaskClient:
    """The browser of an administrator."""
    return sign_in_as(app, make_account(database, "administrator")[1])


@pytest.fixture
def coordinator(app: Flask, database: Database, settings: Settings) -> FlaskClient:
    """The browser of a coordinator, at another worker of the same service."""
    key = make_account(database, "coordinator", network="nwm")[1]
    return sign_in_as(create_app(settings, database), key)


def press(keeper: FlaskClient, tail: str, version: int = 0, **values: str) -> TestResponse:
    return post_form(keeper, PAGE + tail, page="/vocabulary", version=str(version), **values)


def add_woman(database: Database, *themes: str) -> int:
    with database.writing() as session:
        her = add_mediator(session, entries=[("theme", theme) for theme in themes])
        session.commit()
        return session.scalars(
            select(Record.id).where(Record.mediator_id == her.id, Record.network_code == "nwm")
        ).one()


def read_themes(database: Database, record_id: int) -> list[str]:
    with database.reading() as session:
        rows = select(Entry.code).where(Entry.record_id == record_id, Entry.field == "theme")
        return sorted(session.scalars(rows))


def test_a_new_name_stands_on_the_next_page_of_another_worker(
    database: Database, keeper: FlaskClient, coordinator: FlaskClient
) -> None:
    record_id = add_woman(database, "youth")
    assert "Rising people" not in coordinator.get(f"/people/{record_id}").text
    assert press(keeper, "/names", en="Rising people").status_code == 303
    assert "Rising people" in coordinator.get(f"/people/{record_id}").text
    assert load_vocabulary().name("theme", "youth", "en") != "Rising people"


def test_a_merged_term_reads_as_the_other_on_pages_and_a_saved_form_keeps_what_was_written(
    database: Database, keeper: FlaskClient, coordinator: FlaskClient
) -> None:
    record_id = add_woman(database, "youth", "elections")
    shown = keeper.get(f"{PAGE}/merge?into=reconciliation")
    assert "fewer than 5" in shown.text
    assert press(keeper, "/merge", into="reconciliation").status_code == 303
    page = coordinator.get(f"/people/{record_id}/edit").text
    assert 'value="youth"' not in page
    assert 'value="reconciliation" checked' in page
    assert save(coordinator, record_id, "reconciliation", "elections").status_code == 303
    assert read_themes(database, record_id) == ["elections", "youth"]
    assert save(coordinator, record_id, "elections").status_code == 303
    assert read_themes(database, record_id) == ["elections"]


def save(coordinator: FlaskClient, record_id: int, *themes: str) -> TestResponse:
    address = f"/people/{record_id}/edit"
    given = read_filled(coordinator.get(address).text, address)
    changed = {"phone": "+000 111 222", "theme": list(themes)}
    return coordinator.post(address, data={**given, **changed})


def test_a_retired_term_is_offered_to_whom_holds_it_and_to_nobody_else(
    database: Database, keeper: FlaskClient, coordinator: FlaskClient
) -> None:
    holder, other = add_woman(database, "youth"), add_woman(database, "elections")
    assert press(keeper, "/retire").status_code == 303
    assert 'value="youth" checked' in coordinator.get(f"/people/{holder}/edit").text
    assert 'value="youth"' not in coordinator.get(f"/people/{other}/edit").text
    assert 'value="youth"' not in coordinator.get("/people").text
    assert press(keeper, "/retire/end", 1).status_code == 303
    assert 'value="youth"' in coordinator.get(f"/people/{other}/edit").text


@pytest.mark.parametrize(
    ("tail", "values", "said"),
    [
        ("/names", {"fr": "cessez-le-feu"}, "This word means another term"),
        ("/words", {"language": "en", "word": "truce"}, "This word means another term"),
        ("/words", {"language": "en", "word": "youth"}, "This word means it already"),
        ("/words", {"language": "en"}, "This is needed"),
        ("/words", {"language": "xx", "word": "young folk"}, "Choose one of the answers"),
        ("/words", {"language": "en", "word": "a\u202eb"}, "Hidden control characters"),
        ("/merge", {"into": "youth"}, "It would be a circle"),
        ("/merge", {"into": "nothing"}, "Choose one of the answers"),
        ("/merge/end", {}, "It stands for itself already"),
        ("/retire", {"more": "yes"}, "One answer needs another look"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    database: Database, keeper: FlaskClient, tail: str, values: dict[str, str], said: str
) -> None:
    answer = press(keeper, tail, **values)
    assert (answer.status_code, said in unescape(answer.text)) == (422, True)
    with database.reading() as session:
        assert list(session.scalars(select(TermChange))) == []


def test_a_refused_preview_and_one_of_nothing_lead_back_to_the_term(keeper: FlaskClient) -> None:
    assert keeper.get(f"{PAGE}/merge?into=youth").status_code == 422
    assert keeper.get(f"{PAGE}/merge").location == PAGE
    assert keeper.get("/vocabulary?list=nothing").status_code == 200
    assert keeper.get("/vocabulary?list=track").status_code == 200
    assert "Retire it" not in keeper.get("/vocabulary/track/II").text


def test_the_second_of_two_administrators_sees_both_versions_in_words(keeper: FlaskClient) -> None:
    assert press(keeper, "/merge", into="reconciliation").status_code == 303
    answer = press(keeper, "/names", en="Young people")
    texts = ["Is read as", "Reconciliation", "Young people", "Names"]
    assert answer.status_code == 409
    assert [text in answer.text for text in texts] == [True] * len(texts)
    assert [code in answer.text for code in ("merged_into", "is_retired", "reconciliation<")] == [
        False
    ] * 3


def test_other_pages_of_an_administrator_speak_in_words_of_both_versions(
    keeper: FlaskClient,
) -> None:
    form = {"version": "9", "availability_days": "60", "time_zone": "Europe/Oslo"}
    answer = post_form(keeper, "/networks/nwm", page="/networks", **form)
    assert (answer.status_code, "Days that an answer lives" in answer.text) == (409, True)
    assert "availability_days" not in answer.text
