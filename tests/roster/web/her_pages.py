"""A woman whom her network has just invited, and her way through her first three pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from matching import Post, Request, answer
from roster import clock
from roster.db import Database
from roster.models import (
    Base,
    Entry,
    OutboxMessage,
    Record,
)
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.invitations import invite
from roster.vocabulary import load_vocabulary
from tests import factories
from tests.answer_factories import PURPOSES
from tests.roster.web.browser import read_token

COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
LANGUAGES = {"fra": {"word": "courant"}, "eng": {"speaking": "C1", "listening": "C1"}}


@dataclass(frozen=True)
class Invited:
    """A woman whom her network has just invited: ids, and the address of her link."""

    mediator_id: int
    record_id: int
    path: str


def path_of(message: OutboxMessage | None) -> str:
    assert message is not None
    return str(message.values["path"])


@pytest.fixture
def invited(database: Database) -> Invited:
    with database.writing() as session:
        woman = factories.add_mediator(
            session,
            consents=False,
            availability=False,
            has_own_record=False,
            declares=False,
            safety_class=2,
            languages={},
            entries=[("theme", "ceasefire"), ("nationality", "NOR"), ("place", "KEN")],
            time_zone="Europe/Oslo",
        )
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        for code, detail in LANGUAGES.items():
            record.entries.append(spoken_entry(code, detail))
        session.flush()
        path = path_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        session.commit()
        return Invited(woman.id, record.id, path)


def spoken_entry(code: str, detail: dict[str, str]) -> Entry:
    """A language as an import leaves it."""
    return Entry(
        field="language", code=code, detail=detail, source="import", entered_at=clock.now()
    )


@pytest.fixture
def inside(client: FlaskClient, invited: Invited) -> FlaskClient:
    """Her browser after she pressed the button of the link."""
    assert client.post(invited.path, data={"answer": "open"}).status_code == 303
    return client


def post(client: FlaskClient, page: str, to: str = "", **values: Any) -> TestResponse:
    """Fill in the form of a page: its CSRF token and the version it shows, and ``values``."""
    shown = client.get(page)
    assert shown.status_code == 200, shown.text
    target = to or page
    form = re.search(rf'<form[^>]*action="{re.escape(target)}".*?</form>', shown.text, re.S)
    version = re.search(r'name="version" value="(\d+)"', form[0]) if form else None
    hidden = {"version": version[1]} if version else {}
    return client.post(target, data={"csrf_token": read_token(shown), **hidden, **values})


STATED = {
    "status": "available",
    "notice_days": "7",
    "modalities": ["in_person", "remote"],
    "time_zone": "Europe/Oslo",
}


def walk_three_pages(client: FlaskClient, *, purposes: tuple[str, ...] = PURPOSES) -> None:
    kept = post(
        client,
        "/me/start/record",
        **{"levels-0-code": "fra", "levels-0-level": "C1", "ties": "none"},
    )
    assert kept.location == "/me/start/consents", kept.text
    agreed = post(client, "/me/start/consents", purposes=list(purposes), safety_class="2")
    assert agreed.status_code == 303, agreed.text
    if "matching" in purposes:
        said = post(client, "/me/start/availability", **STATED)
        assert said.location == "/me/start/done", said.text


def dump(database: Database, *, but: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """All rows of all tables, to see that nothing changed."""
    with database.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in Base.metadata.tables.items()
            if name not in but
        }


def find_women(database: Database) -> set[int]:
    """Who is in the answer to a request that asks nothing but time and consent."""
    start = clock.now().date() + timedelta(days=30)
    request = Request("R-1", start, start + timedelta(days=30), (Post("p1"),))
    with database.reading() as session:
        columns = RosterIndex(load_vocabulary()).current(session)
        found = answer(columns, request, clock.now())
    return {candidate.mediator_id for candidate in found.listed}
