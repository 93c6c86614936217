"""An applicant's way on a phone: first step, link, two pages, handing in, taking back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import Application, Link, OpenCall, OutboxMessage
from roster.wording import LANGUAGES
from tests.application_factories import add_application, add_application_link
from tests.factories import find_canaries
from tests.roster.web.applicant_forms import put_call, take_first_step
from tests.roster.web.link_pages import add_links, add_woman
from tests.walls.rows import read_rows

HEAVIEST_PAGE = 24_000
"""Bytes before compression: with the sheet (5 kB compressed) under 30 kB in all."""
WORK = {
    "languages-0-language": "français",
    "languages-0-level": "C1",
    "languages-1-language": "Kiswahili",
    "track": "II",
    "theme": ["ceasefire", "elections"],
    "role_held": "facilitator",
    "role_sought": "co_mediator",
}
PERSON = {
    "name": "Invented Woman-Name",
    "nationality": "Kenya, الصومال",
    "residence": "Kenya",
    "place": "South Sudan",
    "seniority": "senior",
    "biography": "Two lines\nof experience",
    "ties": "none",
}


@pytest.fixture
def call(database: Database) -> str:
    return put_call(database)


@pytest.fixture
def begun(database: Database) -> str:
    """The link of an application that is begun and complete."""
    return add_link(database, state="begun")


def add_link(database: Database, **values: Any) -> str:
    with database.writing() as session:
        token = add_application_link(session, add_application(session, **values))
        session.commit()
        return f"/a/{token}"


def read_version(page: TestResponse) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found, page.text
    return found[1]


def newest_path(database: Database) -> str:
    with database.reading() as session:
        newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
        return str(session.scalars(newest).one().values["path"])


def the_application(database: Database) -> Application:
    with database.reading() as session:
        return session.scalars(select(Application)).one()


def test_she_comes_from_a_call_to_a_form_that_is_handed_in_and_takes_it_back(
    client: FlaskClient, database: Database, call: str
) -> None:
    assert take_first_step(client, call).status_code == 200
    path = newest_path(database)
    phone = client.application.test_client()
    work = phone.post(path)
    person = phone.post(f"{path}/work", data={"version": read_version(work), **WORK})
    last = phone.post(f"{path}/person", data={"version": read_version(person), **PERSON})
    assert "French" in last.text and "Two lines" in last.text
    thanks = phone.post(f"{path}/submit", data={"version": read_version(last)})
    assert [page.status_code for page in (work, person, last, thanks)] == [200] * 4
    held = the_application(database)
    assert (held.state, held.answers) == (
        "submitted",
        {
            "languages": [{"language": "fra", "level": "C1"}, {"language": "swa"}],
            "track": ["II"],
            "theme": ["ceasefire", "elections"],
            "role_held": ["facilitator"],
            "role_sought": ["co_mediator"],
            "nationality": ["KEN", "SOM"],
            "residence": "KEN",
            "place": ["SSD"],
            "seniority": "senior",
            "biography": "Two lines\nof experience",
            "ties": "none",
        },
    )
    assert phone.post(path).status_code == 410
    again = newest_path(database)
    assert "Two lines" in phone.post(again).text
    assert phone.post(f"{again}/withdraw").status_code == 200
    assert the_application(database).answers == {}
    assert [phone.post(again).status_code, phone.get(again).status_code] == [410, 410]


def test_opening_a_link_shows_nothing_of_hers_changes_nothing_and_sets_no_cookie(
    client: FlaskClient, database: Database, begun: str
) -> None:
    before = read_rows(database)
    for method in ("GET", "HEAD", "GET"):
        page = client.open(begun, method=method)
        assert (page.status_code, page.headers.get("Set-Cookie")) == (200, None)
        assert page.headers["Cache-Control"] == "no-store"
        assert find_canaries(page.text) == set()
        assert "Nordic" not in page.text
    assert read_rows(database) == before


def test_the_pages_behind_her_link_hold_no_address_but_its_own_and_set_no_cookie(
    client: FlaskClient, begun: str
) -> None:
    for tail in ("", "/work", "/person", "/submit", "/withdraw"):
        page = client.post(f"{begun}{tail}", data={"version": "x"})
        assert page.headers.get("Set-Cookie") is None
        assert "<title>A short form</title>" in page.text
        leading = set(re.findall(r'(?:href|action)="([^"#]*)', page.text))
        assert all(one.startswith((begun, "/static/", "about:")) for one in leading if one)


WRONG = [
    ("work", {"languages-0-language": ""}, "languages-0-language"),
    ("work", {"languages-0-language": "Frenchish"}, "languages-0-language"),
    ("work", {"languages-1-language": "fra"}, "languages-1-language"),
    ("work", {"theme": [f"no{n}" for n in range(3)]}, "theme"),
    ("work", {"track": "IV"}, "track"),
    ("person", {"name": ""}, "name"),
    ("person", {"name": "An\u2066na"}, "name"),
    ("person", {"nationality": "Kenyya"}, "nationality"),
    ("person", {"residence": "Atlantis"}, "residence"),
    ("person", {"biography": "a" * 2001}, "biography"),
    ("person", {"biography": "a\u202eb"}, "biography"),
    ("person", {"ties": ""}, "ties"),
]


@pytest.mark.parametrize(("step", "change", "wrong"), WRONG)
def test_a_wrong_answer_is_said_beside_its_field_and_nothing_is_lost(
    client: FlaskClient,
    database: Database,
    begun: str,
    step: str,
    change: dict[str, Any],
    wrong: str,
) -> None:
    before = read_rows(database)
    form = {**(WORK if step == "work" else PERSON), **change}
    form = {name: value for name, value in form.items() if value != ""}
    if wrong == "languages-0-language" and not change[wrong]:
        form = {name: value for name, value in form.items() if not name.startswith("languages")}
    version = the_application(database).version
    page = client.post(f"{begun}/{step}", data={"version": version, **form})
    assert page.status_code == 422
    assert f'id="f-{wrong}-error"' in page.text
    for name, value in form.items():
        if isinstance(value, str) and name in ("languages-0-language", "place"):
            assert f'value="{value}"' in page.text
    assert read_rows(database) == before


def test_a_page_that_is_older_than_what_was_saved_shows_both(
    client: FlaskClient, database: Database, begun: str
) -> None:
    version = the_application(database).version
    saved = {**PERSON, "place": "Chad"}
    assert client.post(f"{begun}/person", data={"version": version, **saved}).status_code == 200
    page = client.post(f"{begun}/person", data={"version": version, **PERSON})
    assert page.status_code == 409
    assert 'value="South Sudan"' in page.text and "<dd><bdi>Chad</bdi></dd>" in page.text
    second = client.post(f"{begun}/person", data={"version": read_version(page), **PERSON})
    assert second.status_code == 200
    assert the_application(database).answers["place"] == ["SSD"]


@pytest.mark.parametrize(
    ("state", "said"),
    [("submitted", "Your form is handed in."), ("refused", "Thank you for your form.")],
)
def test_after_handing_in_every_step_shows_where_it_stands_and_changes_nothing(
    client: FlaskClient, database: Database, state: str, said: str
) -> None:
    path = add_link(database, state=state)
    before = the_application(database)
    for tail, form in (("/work", WORK), ("/person", PERSON), ("/submit", {})):
        page = client.post(f"{path}{tail}", data={"version": before.version, **form})
        assert (page.status_code, said in page.text) == (200, True)
    assert the_application(database).answers == before.answers


def test_a_question_of_her_coordinator_stands_on_every_step(
    client: FlaskClient, database: Database
) -> None:
    path = add_link(database, state="begun", answers={"question": "Which years?"})
    for page in ("work", "person", "last"):
        assert "Which years?" in client.post(path, data={"page": page}).text


def test_a_link_ends_after_two_weeks_and_a_call_after_its_last_day(
    client: FlaskClient, database: Database, call: str, begun: str
) -> None:
    assert [client.get(call).status_code, client.get(begun).status_code] == [200, 200]
    with database.writing() as session:
        session.scalars(select(Link)).one().ends_at = clock.now()
        session.scalars(select(OpenCall)).one().ended_at = clock.now() - timedelta(days=1)
        session.commit()
    pages = [client.get(call), client.get(begun), client.get("/apply/none"), client.get("/a/none")]
    assert [page.status_code for page in pages] == [410] * 4
    bodies = {re.sub(r'value="[^"]*"', "", page.text) for page in pages}
    assert len(bodies) == 2  # of a call, and of a link


def test_a_link_that_has_run_out_brings_the_next_once_and_says_the_same_for_every_link(
    client: FlaskClient, database: Database, begun: str
) -> None:
    live = client.post(begun, data={"page": "again"})
    with database.writing() as session:
        session.scalars(select(Link)).one().ends_at = clock.now()
        session.commit()
    assert "Send me a new link" in client.get(begun).text
    pages = [live, *(client.post(p, data={"page": "again"}) for p in (begun, begun, "/a/none"))]
    assert [(page.status_code, page.text) for page in pages] == [(200, live.text)] * 4
    with database.reading() as session:
        [letter] = session.scalars(select(OutboxMessage)).all()
    assert client.post(letter.values["path"]).status_code == 200


def walk(client: FlaskClient, call: str, path: str, language: str) -> Iterator[TestResponse]:
    yield client.get(call, headers={"Accept-Language": language})
    yield client.get(f"{path}?language={language}")
    for page in ("work", "person", "last"):
        yield client.post(f"{path}?language={language}", data={"page": page})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_light_and_in_her_language(
    client: FlaskClient, database: Database, call: str, begun: str, language: str
) -> None:
    for page in walk(client, call, begun, language):
        assert page.status_code == 200
        assert len(page.data) < HEAVIEST_PAGE
        direction = LANGUAGES[language].direction
        assert f'<html lang="{language}" dir="{direction}"' in page.text
    assert the_application(database).language == language


def test_a_token_of_another_kind_opens_no_application_and_hers_opens_nothing_else(
    client: FlaskClient, database: Database, begun: str
) -> None:
    with database.writing() as session:
        others = add_links(session, add_woman(session))
        session.commit()
    before = read_rows(database)
    token = begun.rpartition("/")[2]
    flipped = token[:-2] + ("a" if token[-2] != "a" else "b") + token[-1]
    foreign = [f"/a/{path.rpartition('/')[2]}" for path in others.values()]
    hers = [path.rpartition("/")[0] + f"/{token}" for path in others.values()]
    for path in (*foreign, *hers, f"/a/{flipped}"):
        for tail in ("", "/withdraw") if path.startswith("/a/") else ("",):
            assert client.post(path + tail, data={"answer": "same"}).status_code == 410, path
        assert client.get(path).status_code == 410
    assert read_rows(database) == before
