"""What an envoy does on her pages to ask women, and what they say: for tests of those pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Approach
from tests.approach_factories import answer
from tests.roster.web.browser import post_form

TERMS = {
    "who": "Office of the envoy",
    "purpose": "Talks on a corridor",
    "place": "Bogotá",
    "effort": "Eight weeks",
    "risk": "some",
    "pay": "fee",
    "languages": "fra",
    "hours": "72",
}


def search(envoy: FlaskClient) -> str:
    start = clock.now().date() + timedelta(days=30)
    values = {
        "title": "Corridor talks",
        "start": start.isoformat(),
        "end": (start + timedelta(days=60)).isoformat(),
        "modality": "in_person",
        "posts-0-languages-0-any_of": "French",
        "posts-0-languages-0-level": "B2",
        "do": "search",
    }
    made = post_form(envoy, "/requests", page="/requests/new", **values)
    assert made.status_code == 303, made.text
    return str(made.headers["Location"])


def read_version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]


def ask(envoy: FlaskClient, address: str, cards: list[str], **changes: Any) -> Any:
    terms = f"{address}/approaches/new?" + "&".join(f"card={one}" for one in cards)
    page = envoy.get(terms).text
    values = {"card": cards, "version": read_version(page), **TERMS, **changes}
    return post_form(envoy, f"{address}/approaches", page=terms, **values)


def press(client: FlaskClient, page: str, action: str, **values: Any) -> Any:
    shown = client.get(page).text
    return post_form(client, action, page=page, version=read_version(shown), **values)


def get_approaches(database: Database) -> list[Approach]:
    with database.reading() as session:
        return list(session.scalars(select(Approach).order_by(Approach.id)))


def say(database: Database, approach: Approach, said: str = "yes", **values: Any) -> None:
    with database.writing() as session:
        answer(session, session.get_one(Approach, approach.id), said, **values)
        session.commit()
