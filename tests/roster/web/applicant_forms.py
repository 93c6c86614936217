"""The first step of an open call, filled in as a person does."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roster.db import Database
from tests.application_factories import add_call
from tests.roster.web.browser import read_token

FIRST = {"name": "Invented Woman", "email": "her@example.org", "language": "en"}


def put_call(database: Database) -> str:
    """The address of a call that is open."""
    with database.writing() as session:
        slug = add_call(session).slug
        session.commit()
        return f"/apply/{slug}"


def take_first_step(client: FlaskClient, call: str, **values: Any) -> TestResponse:
    page = client.get(call)
    return client.post(call, data={"csrf_token": read_token(page), **FIRST, **values})
