"""Z6, L1 and L3 of the trust design, for every route that writes.

A form changes what it owns, whatever else is sent with it; what was done stands in the trail, and
what cannot stand there is not done; and the log of all this holds nothing of anybody.
"""

from __future__ import annotations

import logging
import re
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import Base
from tests.factories import PASSWORD, find_canaries
from tests.walls.accreditation_writings import ACCREDITATION_WRITINGS
from tests.walls.application_writings import APPLICATION_WRITINGS
from tests.walls.approach_writings import APPROACH_WRITINGS
from tests.walls.builder_writings import BUILDER_WRITINGS
from tests.walls.coordinator_writings import COORDINATOR_WRITINGS
from tests.walls.document_writings import DOCUMENT_WRITINGS
from tests.walls.her_writings import HER_WRITINGS
from tests.walls.list_writings import LIST_WRITINGS
from tests.walls.pair_writings import PAIR_WRITINGS
from tests.walls.process_writings import PROCESS_WRITINGS
from tests.walls.program_writings import PROGRAM_WRITINGS
from tests.walls.rows import Rows, compare, count_events, read_rows
from tests.walls.staff_writings import STAFF_WRITINGS
from tests.walls.term_writings import TERM_WRITINGS
from tests.walls.village import Village
from tests.walls.walk import open_browser
from tests.walls.writings import NEW_PASSWORD, WRITINGS, Writing

EVERY = (
    *WRITINGS, *COORDINATOR_WRITINGS, *HER_WRITINGS, *APPLICATION_WRITINGS,
    *ACCREDITATION_WRITINGS, *PAIR_WRITINGS, *STAFF_WRITINGS, *PROCESS_WRITINGS, *TERM_WRITINGS,
    *LIST_WRITINGS, *BUILDER_WRITINGS, *APPROACH_WRITINGS, *DOCUMENT_WRITINGS, *PROGRAM_WRITINGS,
)  # fmt: skip
FORCED = {
    "id": 987654, "account_id": 987654, "mediator_id": 987654, "record_id": 987654,
    "entered_by": 987654, "read_by": 987654, "n": 987654, "version": 987654, "grade": 3,
    "role": "administrator", "roles": "administrator", "network_id": "awmn",
    "network_code": "awmn", "networks": "awmn", "released_at": "2031-03-03T00:00:00Z",
    "expires_at": "2031-03-03T00:00:00Z", "valid_until": "2031-03-03T00:00:00Z",
    "confirmed_by": "self", "source": "self", "state": "submitted", "safety_class": "0",
    "is_hidden": "", "is_active": "1", "is_shared": "1", "is_verified": "1",
    "verified_at": "2031-03-03", "password_hash": "zzforcedzz", "requester_country": "SWE",
    "has_integrity_hold": "",
}  # fmt: skip
"""What somebody would send who wants to be, or to own, something else."""
MARKER = re.compile(r"987654|2031-03-03|zzforcedzz|^SWE$|^administrator$|^awmn$")


def list_columns() -> dict[str, object]:
    """Every column of the models, with a value that would be found again."""
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    return {**dict.fromkeys(sorted(names), "zzforcedzz"), **FORCED}


def make_extras(form: dict[str, Any]) -> dict[str, object]:
    """All columns, and within each row of the form's lists those that would harm; never its own."""
    rows = {found[1] for name in form if (found := re.match(r"(.+-\d+-)\w+$", name))}
    inner = {f"{row}{name}": value for row in rows for name, value in FORCED.items()}
    return {name: value for name, value in (list_columns() | inner).items() if name not in form}


def prepare(database: Database, village: Village, writing: Writing) -> None:
    with database.writing() as session:
        writing.prepare(session, village)
        session.commit()


def send(
    app: Flask, database: Database, village: Village, writing: Writing, **extras: object
) -> TestResponse:
    """Post the right form, and whatever is sent beside it."""
    with database.reading() as session:
        form = writing.form(session, village)
    client = open_browser(app, village, writing.identity)
    return client.post(writing.path(village), data={**form, **extras})


def list_untoward(writing: Writing, before: Rows, after: Rows) -> list[str]:
    """What was changed that this form does not own, or carries what was sent beside it."""
    owned = {*writing.touches.split(), "audit_event+"}
    return [
        f"{one.what} {one.value!r}"
        for one in compare(before, after)
        if (one.what not in owned and not one.what.endswith(".version"))
        or MARKER.search(str(one.value if not isinstance(one.value, datetime | date) else ""))
    ]


def test_every_route_that_writes_is_tried(app: Flask) -> None:
    posts = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/api/")  # see test_calls_that_write
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert sorted(one.route for one in EVERY) == sorted(posts)


@pytest.mark.parametrize("writing", EVERY, ids=lambda one: one.route)
def test_a_form_changes_what_it_owns_whatever_is_sent_with_it(
    app: Flask, database: Database, village: Village, writing: Writing
) -> None:
    prepare(database, village, writing)
    with database.reading() as session:
        extras = make_extras(writing.form(session, village))
    before = read_rows(database)
    first = send(app, database, village, writing, **extras)
    assert list_untoward(writing, before, after := read_rows(database)) == []
    if first.status_code < 400:
        return
    assert after == before
    for name in [name for name in FORCED if name in extras]:
        alone = send(app, database, village, writing, **{name: extras[name]})
        assert list_untoward(writing, before, read_rows(database)) == [], name
        if alone.status_code < 400:
            return
    right = send(app, database, village, writing)
    assert right.status_code < 400, right.text
    assert (read_rows(database) != before) == bool(writing.events)


@pytest.mark.parametrize("writing", EVERY, ids=lambda one: one.route)
def test_what_is_done_stands_in_the_trail_and_what_cannot_stand_there_is_not_done(
    app: Flask,
    database: Database,
    village: Village,
    writing: Writing,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "roster")
    prepare(database, village, writing)
    before, events = read_rows(database), count_events(database)
    with database.reading() as session:
        form = writing.form(session, village)
    rename(database, "audit_event", "audit_event_away")
    client = open_browser(app, village, writing.identity)
    failed = client.post(writing.path(village), data=form)
    rename(database, "audit_event_away", "audit_event")
    if writing.events:
        assert failed.status_code in (500, 503)
        assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", failed.text)
    assert "audit_event" not in failed.text
    assert read_rows(database) == before
    done = send(app, database, village, writing)
    assert (done.status_code < 400, count_events(database) - events) == (True, writing.events)
    assert find_canaries(caplog.text) == set()
    secrets = [PASSWORD, NEW_PASSWORD, "example.org", "Ada Herself", "Ada Another"]
    secrets += [*village.keys.values(), *village.tokens.values()]
    assert [secret for secret in secrets if secret in caplog.text] == []


def rename(database: Database, old: str, new: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))
