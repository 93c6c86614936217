"""Every call of a program that writes: it does what it is for, once, with its trail, or nothing."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from roster.db import Database
from tests.factories import find_canaries
from tests.walls.answer_call_writings import ANSWER_CALL_WRITINGS
from tests.walls.program_writings import CALL_WRITINGS, CallWriting
from tests.walls.rows import compare, count_events, read_rows
from tests.walls.test_writing import FORCED, list_columns, rename
from tests.walls.village import Village

CALLS = (*CALL_WRITINGS, *ANSWER_CALL_WRITINGS)


def send(
    app: Flask,
    database: Database,
    village: Village,
    call: CallWriting,
    extras: dict[str, object] | None = None,
    **headers: str,
) -> TestResponse:
    """The right call of the program, and whatever is sent beside it."""
    with database.reading() as session:
        document = call.document(session, village) if call.document else None
        version = call.version(session, village)
    named = {
        "Authorization": f"Bearer {village.programs[call.identity][1]}",
        "If-Match": f'"{version}"',
        **{name.replace("_", "-"): one for name, one in headers.items()},
    }
    body: dict[str, Any] = {} if document is None else {"json": {**document, **(extras or {})}}
    client = app.test_client(use_cookies=False)
    return client.open(call.path(village), method=call.method, headers=named, **body)


def prepare(database: Database, village: Village, call: CallWriting) -> None:
    with database.writing() as session:
        call.prepare(session, village)
        session.commit()


def test_every_call_that_writes_is_tried(app: Flask) -> None:
    routes = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert sorted(one.route for one in CALLS) == sorted(routes)


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one.route)
def test_a_call_changes_what_it_owns_once_and_nothing_with_what_it_does_not_know(
    app: Flask, database: Database, village: Village, call: CallWriting
) -> None:
    prepare(database, village, call)
    before = read_rows(database)
    if call.document:
        document = {**list_columns(), **FORCED}
        refused = send(app, database, village, call, document)
        assert refused.status_code == 422
        assert read_rows(database) == before
    right = send(app, database, village, call, Idempotency_Key="once")
    assert right.status_code < 300, right.text
    after = read_rows(database)
    owned = {*call.touches.split(), "audit_event+", "idempotent_answer+"}
    changed = {one.what for one in compare(before, after) if not one.what.endswith(".version")}
    assert changed <= owned
    assert (after != before) == bool(call.events)
    if call.method == "PUT":
        return
    again = send(app, database, village, call, Idempotency_Key="once")
    if call.events:
        told = {**right.json, call.shown_once: None} if call.shown_once else right.json
        assert (again.status_code, again.json) == (right.status_code, told)
    assert read_rows(database) == after


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one.route)
def test_a_call_stands_in_the_trail_and_what_cannot_stand_there_is_not_done(
    app: Flask,
    database: Database,
    village: Village,
    call: CallWriting,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "roster")
    prepare(database, village, call)
    before, events = read_rows(database), count_events(database)
    rename(database, "audit_event", "audit_event_away")
    failed = send(app, database, village, call)
    rename(database, "audit_event_away", "audit_event")
    if call.events:
        assert failed.status_code in (500, 503)
        assert failed.mimetype == "application/problem+json"
    assert "audit_event" not in failed.text
    assert read_rows(database) == before
    done = send(app, database, village, call)
    assert (done.status_code < 300, count_events(database) - events) == (True, call.events)
    assert find_canaries(caplog.text) == set()
    assert village.programs[call.identity][1] not in caplog.text
