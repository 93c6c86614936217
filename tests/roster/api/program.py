"""A program stand-in: a key of an account, and calls with it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import Account
from roster.queries.accounts import get_actor
from roster.services.program_keys import list_scopes, make_key
from tests.factories import add_account

ROOT = "/api/v1"


@dataclass(frozen=True)
class Program:
    """Calls in the name of an account, without any cookie."""

    app: Flask
    key: str
    account_id: int

    def call(
        self, method: str, path: str, document: Any = None, **headers: str | None
    ) -> TestResponse:
        """One call; ``If_Match`` and the like are headers."""
        named = {name.replace("_", "-"): str(one) for name, one in headers.items() if one}
        named.setdefault("Authorization", f"Bearer {self.key}")
        body = {} if document is None else {"json": document}
        client = self.app.test_client(use_cookies=False)
        return client.open(ROOT + path, method=method, headers=named, **body)

    def get(self, path: str, **headers: str | None) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, document: Any = None, **headers: str | None) -> TestResponse:
        return self.call("POST", path, document, **headers)


def add_program(
    app: Flask,
    database: Database,
    *,
    scopes: Collection[str] = (),
    account: int | None = None,
) -> Program:
    """A key of a verified envoy, or of an account that is there; with every scope of use to it."""
    with database.writing() as session:
        owner = session.get_one(Account, account) if account else _add_envoy(session)
        day, actor = clock.now().date() + timedelta(days=200), get_actor(owner)
        asked = scopes or list_scopes(actor)
        _, text = make_key(session, actor=actor, title="Office program", scopes=asked, last_day=day)
        session.commit()
        return Program(app, text, owner.id)


def _add_envoy(session: Any) -> Account:
    return add_account(session, "envoy", country="NOR", office="Office")


def make_criteria(**changes: Any) -> dict[str, Any]:
    """French at B2 for a post, in a month's time."""
    start = clock.now().date() + timedelta(days=30)
    return {
        "title": "Corridor talks",
        "start": start.isoformat(),
        "end": (start + timedelta(days=60)).isoformat(),
        "posts": [{"code": "one", "languages": [{"any_of": ["fra"], "level": "B2"}]}],
        **changes,
    }


def draft(program: Program, **criteria: Any) -> TestResponse:
    """A request that was drafted."""
    made = program.post("/requests", {"criteria": make_criteria(**criteria)})
    assert made.status_code == 201, made.text
    return made


def search(program: Program, **criteria: Any) -> str:
    """The code of a request that was submitted and answered."""
    made = draft(program, **criteria)
    code = str(made.json["code"])
    sent = program.post(f"/requests/{code}/submission", If_Match=made.headers["ETag"])
    assert sent.status_code == 200, sent.text
    return code


def read_problem(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, which is a problem document."""
    assert answer.mimetype == "application/problem+json", answer.text
    document = json.loads(answer.text)
    assert document["status"] == answer.status_code
    return answer.status_code, document["code"]
