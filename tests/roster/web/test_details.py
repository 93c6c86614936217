"""She changes her own record: first she sees what would change, then it is stored."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Entry, Mediator, Record
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as

FORM: dict[str, Any] = {
    "display_name": "Ingrid Ny",
    "email": "ny@example.org",
    "theme": ["youth"],
    "languages-0-language": "English",
    "languages-0-level": "C1",
    "languages-1-language": "French",
    "languages-1-level": "B2",
    "residence": "Kenya",
    "biography": "One line\nand <b>another</b>",
}


@pytest.fixture
def ada(app: Flask, database: Database) -> tuple[FlaskClient, int]:
    """Her browser and her id; her network says other things of her than she does."""
    with database.writing() as session:
        woman = factories.add_mediator(
            session, languages={}, name="Ingrid Gammel", has_own_record=False
        )
        network = session.scalars(select(Record)).one()
        listed = [("language", "fra", {"level": "A2"}), ("theme", "ceasefire", {}),
                  ("residence", "NOR", {})]  # fmt: skip
        network.entries = [entry(field, code, detail) for field, code, detail in listed]
        own = factories.add_record(session, woman, None, name="Ingrid Gammel")
        spoken = {"speaking": "C1", "listening": "C1"}
        own.entries = [entry("language", "eng", spoken), entry("theme", "ceasefire", {})]
        factories.add_mediator(session, languages={"fra": "B1"})
        session.commit()
        her = woman.id
    with database.reading() as session:
        woman = session.get_one(Mediator, her)
    return sign_in_as(app, make_account(database, "mediator", mediator=woman)[1]), her


def entry(field: str, code: str, detail: dict[str, str]) -> Entry:
    at = clock.now()
    return Entry(field=field, code=code, detail=detail, source="self", entered_at=at)


def send(client: FlaskClient, page: TestResponse, **values: Any) -> TestResponse:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found
    sent = {"csrf_token": read_token(page), "version": found[1], **values}
    return client.post("/me/details", data=sent)


def read_own(database: Database, her: int) -> tuple[int, str, list[tuple[str, str]]]:
    with database.reading() as session:
        own = select(Record).where(Record.mediator_id == her, Record.network_code.is_(None))
        record = session.scalars(own).one()
        entries = sorted((one.field, one.code) for one in record.entries)
        return record.version, record.identity.display_name, entries


def read_lines(page: TestResponse) -> dict[str, list[str]]:
    """Label of each changed field -> its lines."""
    lines = {}
    for block in re.findall(r"<div><dt>.*?</div>", page.text, re.S):
        label, said = re.findall(r"<d[td]>(.*?)</d[td]>", block, re.S)
        values = said.split("<br>")
        plain = [re.sub(r"<[^>]+>", "", value) for value in values]
        lines[label] = [html.unescape(" ".join(value.split())) for value in plain]
    return lines


def read_hidden(page: TestResponse) -> dict[str, Any]:
    """The hidden controls of the form that stores the change."""
    form = re.search(r'<form class="flow".*?</form>', page.text, re.S)
    assert form
    held: dict[str, Any] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]):
        if name != "do":
            held.setdefault(name, []).append(html.unescape(value))
    return held


def test_first_she_sees_each_field_that_would_change_and_nothing_is_stored(
    database: Database, ada: tuple[FlaskClient, int]
) -> None:
    client, her = ada
    before = read_own(database, her)
    page = send(client, client.get("/me/details"), **FORM)
    assert page.status_code == 200
    with database.reading() as session:
        own = session.scalars(
            select(Record.id).where(Record.mediator_id == her, Record.network_code.is_(None))
        ).one()
    assert read_lines(page) == {
        "Name": ["So far Ingrid Gammel", "From now on Ingrid Ny"],
        "Name in its own script": [
            f"So far {factories.canary('original_name', own)}", "From now on –none",
        ],
        "E-mail": [
            f"So far {factories.canary('email', own)}@example.org", "From now on ny@example.org",
        ],
        "Telephone": [f"So far +000 {factories.canary('phone', own)}", "From now on –none"],
        "Safe ways to reach you": [
            f"So far {factories.canary('safe_contact', own)}", "From now on –none",
        ],
        "Country of residence": ["So far –none", "From now on Kenya"],
        "About you": ["So far –none", "From now on One line and <b>another</b>"],
        "Themes": ["Goes Ceasefire and security arrangements", "Comes Youth, peace and security"],
        "Languages": ["So far –none", "From now on French B2"],
    }  # fmt: skip
    assert read_own(database, her) == before


def test_the_second_press_stores_what_the_first_showed_and_no_more(
    database: Database, ada: tuple[FlaskClient, int]
) -> None:
    client, her = ada
    version, *_ = read_own(database, her)
    page = send(client, client.get("/me/details"), **FORM)
    saved = client.post("/me/details", data={**read_hidden(page), "do": "save"})
    assert saved.status_code == 303, saved.text
    assert read_own(database, her) == (
        version + 1,
        "Ingrid Ny",
        [("biography", ""), ("language", "eng"), ("language", "fra"), ("residence", "KEN"),
         ("theme", "youth")],
    )  # fmt: skip
    with database.reading() as session:
        actions = select(AuditEvent.action).where(AuditEvent.action == "own_record.changed")
        assert len(session.scalars(actions).all()) == 1
    again = send(client, client.get("/me/details"), **FORM)
    assert "Nothing would change." in again.text


def test_going_back_loses_nothing(database: Database, ada: tuple[FlaskClient, int]) -> None:
    client, her = ada
    before = read_own(database, her)
    page = send(client, client.get("/me/details"), **FORM)
    form = client.post("/me/details", data={**read_hidden(page), "do": "edit"})
    assert form.status_code == 200
    for value in ("Ingrid Ny", "ny@example.org", "Kenya", "French", "and &lt;b&gt;another"):
        assert value in form.text
    assert '<option value="B2" selected>' in form.text
    assert 'name="theme" value="youth" checked' in form.text
    assert read_own(database, her) == before


def test_a_change_in_between_is_told_before_and_after_it_was_shown(
    database: Database, ada: tuple[FlaskClient, int]
) -> None:
    client, her = ada
    form = client.get("/me/details")
    page = send(client, form, **FORM)
    with database.writing() as session:
        own = select(Record).where(Record.mediator_id == her, Record.network_code.is_(None))
        session.scalars(own).one().identity.display_name = "Ingrid Mellan"
        session.scalars(own).one().version += 1
        session.commit()
    late = [
        client.post("/me/details", data={**read_hidden(page), "do": do}) for do in ("save", "show")
    ]
    assert [one.status_code for one in late] == [409, 409]
    assert all("Ingrid Ny" in one.text and "Ingrid Mellan" in one.text for one in late)
    assert read_own(database, her)[1] == "Ingrid Mellan"


def test_what_her_networks_say_otherwise_stands_beside(
    database: Database, ada: tuple[FlaskClient, int]
) -> None:
    client, _ = ada
    assert "networks say otherwise" not in client.get("/me/start/record").text
    page = send(client, client.get("/me/details"), **FORM)
    client.post("/me/details", data={**read_hidden(page), "do": "save"})
    shown = client.get("/me/details")
    assert "Your networks say otherwise in 3 places" in shown.text
    network = "Nordic Women Mediators says: "
    assert read_lines(shown) == {
        "Country of residence": [f"{network}Norway", "You say: Kenya"],
        "Themes": [f"{network}Ceasefire and security arrangements", "You do not say so."],
        "Languages": [f"{network}French A2", "You say: French B2"],
    }


@pytest.mark.parametrize("do", ["erase", "SAVE"])
def test_an_unknown_press_is_refused(ada: tuple[FlaskClient, int], do: str) -> None:
    client, _ = ada
    assert send(client, client.get("/me/details"), **FORM, do=do).status_code == 422
