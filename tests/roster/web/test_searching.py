"""A list is narrowed by words in any language and by what is said; kept, looked at and exported so."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from roster.db import Database
from roster.models import Base, Entry, Membership, Record, SavedSearch
from roster.queries.person_filter import WISHES
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as

GROWING = {"read_event", "web_session", "sign_in_counter", "ledger_head"}


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network with five women; another network has one like the first."""
    with database.writing() as session:
        water = [("theme", "natural_resources"), ("track", "II"), ("role_held", "facilitator")]
        add_mediator(session, name="Anna Vann", entries=[*water, ("place", "KEN")],
                     languages={"fra": "C1"}, has_own_record=False)  # fmt: skip
        add_mediator(session, name="Brita Ord", entries=[("theme", "community_mediation")],
                     languages={"fra": "A2"}, safety_class=2, has_own_record=False)  # fmt: skip
        add_mediator(session, name="Chad Kenya Lund", languages={"apd": "C1"}, availability=False,
                     has_own_record=False)  # fmt: skip
        add_mediator(session, name="Dina Egen", languages=())
        hidden = add_mediator(session, name="Eva Egen", languages=())
        add_mediator(session, name="Anna Vann", network="awmn", entries=water)
        for her, shared in ((4, True), (hidden.id, False)):
            own = session.scalars(
                select(Record).where(Record.mediator_id == her, Record.network_code.is_(None))
            ).one()
            own.is_shared = shared
            of_own = (Entry.record_id == own.id, Entry.field == "biography")
            session.execute(
                update(Entry).where(*of_own).values(field="theme", code="youth", sealed=None)
            )
        suspended = Membership.mediator_id == 2
        session.execute(update(Membership).where(suspended).values(accreditation="suspended"))
        session.commit()
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def list_names(browser: FlaskClient, **asked: str) -> list[str]:
    page = browser.get("/people", query_string=asked)
    assert page.status_code == 200, page.text
    return re.findall(r"<strong>([^<]*)</strong>", page.text.partition('type="search"')[2])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eau", ["Anna Vann"]),
        ("المياه", ["Anna Vann"]),
        ("maji", ["Anna Vann"]),
        ("médiation", ["Brita Ord"]),
        ("وساطة", ["Brita Ord"]),
        ("French", ["Anna Vann", "Brita Ord"]),
        ("francés", ["Anna Vann", "Brita Ord"]),
        ("Arabic", ["Chad Kenya Lund"]),
        ("africa", ["Anna Vann"]),
        ("kenya", ["Chad Kenya Lund", "Anna Vann"]),
        ("facilitatrice", ["Anna Vann"]),
        ("anna eau", ["Anna Vann"]),
        ("brita water", []),
        ("water fra", []),
        ("jeunes", ["Dina Egen"]),
    ],
)
def test_a_word_in_any_language_finds_what_it_means_after_names(
    browser: FlaskClient, text: str, found: list[str]
) -> None:
    assert list_names(browser, text=text) == found


def test_the_page_says_as_what_a_word_was_read(browser: FlaskClient) -> None:
    page = browser.get("/people", query_string={"text": "anna <b>eau"}).text
    assert "is also read as" not in page
    page = browser.get("/people", query_string={"text": "anna eau"}).text
    assert "“eau” is also read as: Natural resources, land and water" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": "facilitator"}, ["Anna Vann"]),
        ({"language": "fra", "level": "B2"}, ["Anna Vann"]),
        ({"language": "fra,apd"}, ["Anna Vann", "Brita Ord", "Chad Kenya Lund"]),
        ({"place": "002"}, ["Anna Vann"]),
        ({"theme": "youth"}, ["Dina Egen"]),
        ({"accreditation": "suspended"}, ["Brita Ord"]),
        ({"safety": "2"}, ["Brita Ord"]),
        ({"state": "not_fresh"}, ["Chad Kenya Lund"]),
        ({"safety": "2", "theme": "youth"}, []),
    ],
)
def test_each_wish_narrows_the_list(
    browser: FlaskClient, asked: dict[str, str], found: list[str]
) -> None:
    assert list_names(browser, **asked) == found


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"theme": "no-such-theme"}, "Choose one of the answers offered."),
        ({"theme": ","}, "Choose one of the answers offered."),
        ({"safety": "4"}, "Choose one of the answers offered."),
        ({"state": "x' OR '1'='1"}, "Choose one of the answers offered."),
        ({"level": "B2"}, "Choose the language that the level is about."),
        ({"text": "x" * 201}, "This is too short or too long."),
        ({"text": "a\x00b"}, "Hidden control characters are in this text. Type it anew."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_control(
    browser: FlaskClient, asked: dict[str, str], sentence: str
) -> None:
    for path in ("/people", "/people/export", "/searches"):
        answer = browser.get(path, query_string=asked)
        assert (answer.status_code, sentence in answer.text) == (422, True), path
    assert 'aria-invalid="true"' in browser.get("/people", query_string=asked).text


KEPT = {"text": "eau", "language": "fra", "level": "B2", "state": "fresh", "place": "002"}


def test_a_kept_search_leads_to_its_list_and_its_file_holds_exactly_that(
    browser: FlaskClient, database: Database
) -> None:
    link = re.search(r'href="(/searches\?[^"]*)"', browser.get("/people", query_string=KEPT).text)
    assert link
    page = browser.get(link[1].replace("&amp;", "&")).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    token = hidden.pop("csrf_token")
    hidden = {name: value for name, value in hidden.items() if name in WISHES}
    assert hidden == {**KEPT, "network": "nwm"}
    made = browser.post("/searches", data={**hidden, "csrf_token": token, "title": "Water"})
    assert (made.status_code, made.location) == (303, "/searches/1")
    search = browser.get(made.location).text
    links = re.findall(r'href="(/people(?:/export)?\?[^"]*)"', search)
    shown, export = (browser.get(one.replace("&amp;", "&")).text for one in links)
    rows = re.findall(r"<strong>([^<]*)</strong>", shown.partition('type="search"')[2])
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', export))
    form = {name: form[name] for name in (*WISHES, "rows", "csrf_token") if name in form}
    assert {name: form[name] for name in form if name in WISHES} == hidden
    taken = browser.post("/people/export", data={**form, "format": "csv", "reason": "A course"})
    table = list(csv.reader(io.StringIO(taken.get_data().decode("utf-8-sig"))))
    assert ([row[0] for row in table[1:]], rows) == (["Anna Vann"], ["Anna Vann"])
    details = re.findall(r"<small>([^<]*)</small>", shown.partition("<strong>Anna Vann")[2])
    assert (table[1][5] in details, table[1][5]) == (True, "Track II · French")


def test_to_look_at_a_search_changes_nothing_and_her_word_moves_the_mark(
    browser: FlaskClient, database: Database
) -> None:
    post_form(browser, "/searches", page="/searches?theme=pve", theme="pve", network="nwm",
              title="Extremism")  # fmt: skip
    with database.writing() as session:
        add_mediator(session, name="Nina Ny", entries=[("theme", "pve")])
        session.commit()
    before = count_rows(database)
    page = browser.get("/searches/1").text
    assert ("Nina Ny" in page, "new on your list" in page) == (True, True)
    assert browser.get("/searches/1").text.count("Nina Ny") == page.count("Nina Ny")
    assert count_rows(database) == before
    shown = re.search(r'name="shown" value="(\w+)"', page)
    assert shown
    late = post_form(browser, "/searches/1/seen", page="/searches/1", version="1", shown="f" * 64)
    assert (late.status_code, "Something has changed" in late.text) == (409, True)
    seen = post_form(browser, "/searches/1/seen", page="/searches/1", version="1", shown=shown[1])
    assert (seen.status_code, "Nina Ny" in browser.get("/searches/1").text) == (303, False)
    again = post_form(browser, "/searches/1/rename", page="/searches/1", version="1", title="New")
    assert again.status_code == 409
    gone = post_form(browser, "/searches/1/delete", page="/searches/1", version="2")
    assert (gone.location, browser.get("/searches/1").status_code) == ("/searches", 404)


def count_rows(database: Database) -> dict[str, list[object]]:
    with database.reading() as session:
        return {
            one.name: [tuple(row) for row in session.execute(select(one))]
            for one in Base.metadata.sorted_tables
            if one.name not in GROWING
        }


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 101}, {"network": "awmn"}, {"theme": "nothing"}]
)
def test_a_search_that_is_not_complete_is_not_kept(
    browser: FlaskClient, database: Database, wrong: dict[str, str]
) -> None:
    given = {"theme": "pve", "network": "nwm", "title": "T", **wrong}
    assert post_form(browser, "/searches", page="/searches?theme=pve", **given).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(SavedSearch)).all() == []


def test_a_colleague_finds_no_search_of_hers(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    post_form(browser, "/searches", page="/searches?theme=pve", theme="pve", network="nwm",
              title="Extremism")  # fmt: skip
    colleague = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    assert "Extremism" not in colleague.get("/searches").text
    assert colleague.get("/searches/1").status_code == 404
    assert colleague.get("/searches/1").text.count("Extremism") == 0
