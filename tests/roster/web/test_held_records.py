"""She reads what each network holds of her and who said it, and decides who reads her own words."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import (
    AuditEvent,
    Entry,
    Erasure,
    ImportRow,
    Mediator,
    Record,
    RunRow,
    SpreadsheetImport,
)
from tests import factories
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_envoy_pages import ask
from tests.roster.web.test_mirror import add_women, enter

READ_AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def ada(app: Flask, database: Database) -> tuple[FlaskClient, int, int]:
    """Her browser, and her records of two networks; another woman stands beside her."""
    with database.writing() as session:
        woman = factories.add_mediator(session, network="nwm", entries=[("theme", "youth")])
        factories.add_membership(session, woman, "awmn", accreditation="interviewed")
        second = factories.add_record(session, woman, "awmn")
        factories.add_mediator(session, network="nwm")
        first = session.scalars(
            select(Record).where(Record.mediator_id == woman.id, Record.network_code == "nwm")
        ).one()
        session.add(make_import(second))
        session.commit()
        numbers = first.id, second.id
    client = enter(app, database, woman.id)
    return client, *numbers


def make_import(record: Record) -> SpreadsheetImport:
    """A file whose row 12 said that she speaks French."""
    row = ImportRow(
        ordinal=1, digest="d", row=12, verdict="ok", raw={}, values={}, problems=[], outcome="new"
    )
    staged = SpreadsheetImport(
        network_code="awmn",
        file_name="zzsecretfile.xlsx",
        file_digest="d",
        state="confirmed",
        summary={},
        read_at=READ_AT,
        rows=[row],
    )
    row.record_id = record.id
    record.entries.append(
        Entry(
            field="language",
            code="fra",
            detail={"word": "courant"},
            source="import",
            entered_at=clock.now(),
        )
    )
    return staged


def test_each_network_has_its_page_with_every_value_and_its_source(
    database: Database, ada: tuple[FlaskClient, int, int]
) -> None:
    client, first, second = ada
    with database.writing() as session:
        entry = session.scalars(select(Entry).where(Entry.code == "fra")).one()
        entry.import_row_id = session.scalars(select(ImportRow.id)).one()
        session.commit()

    pages = [client.get(f"/me/records?page={number}").text for number in (1, 2)]
    seen = [factories.find_canaries(page) for page in pages]
    assert [{number for _, number in one} for one in seen] == [{second}, {first}]
    assert {field for field, _ in seen[1]} == {
        "displayname", "originalname", "title", "othernames", "email", "phone", "safecontact",
        "biography", "unmapped", "process", "mandatingbody", "contribution",
    }  # fmt: skip
    assert pages[0].count("a spreadsheet, row 12, read on 5 March 2026") == 8
    assert "French; courant" in pages[0] and "Interviewed" in pages[0]
    assert "zzsecretfile" not in pages[0]
    assert re.search(r"Youth[^<]*<br><small>your coordinator, ", pages[1])


def test_a_womans_own_record_is_shared_or_kept_by_one_press(
    database: Database, ada: tuple[FlaskClient, int, int]
) -> None:
    client, *_ = ada
    outcomes = []
    for choice in ("no", "no", "yes", "perhaps"):
        with database.reading() as session:
            hers = select(Record.id, Record.version).where(Record.network_code.is_(None))
            number, version = session.execute(hers.order_by(Record.id)).first() or (0, 0)
        response = post_form(
            client, "/me/records/sharing", page="/me", version=version, is_shared=choice
        )
        with database.reading() as session:
            outcomes.append((response.status_code, session.get_one(Record, number).is_shared))
    assert outcomes == [(303, False), (303, False), (303, True), (303, True)]
    with database.reading() as session:
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.action.like("own_record.%"))
        ).all()
        others = session.scalars(
            select(Record.is_shared).where(Record.network_code.is_(None), Record.id != number)
        ).all()
    assert (actions, others) == (["own_record.kept", "own_record.shared"], [True])
    stale = post_form(client, "/me/records/sharing", page="/me", version=1, is_shared="no")
    assert stale.status_code == 409


def test_who_holds_nothing_and_said_nothing_is_told_so(app: Flask, database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, network=None, has_own_record=False)
        session.commit()
    page = enter(app, database, woman.id).get("/me/records").text
    assert "No network holds anything about you." in page
    assert "You have said nothing yourself yet." in page


def test_every_answer_that_named_her_is_told_with_its_evidence_and_without_its_country(
    app: Flask, database: Database
) -> None:
    fits, near, _absent = add_women(database, "C1", "B1", "A1")
    envoy = sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])
    wish = {"posts-0-places-0-any_of": "Libya", "posts-0-places-0-weight": "nice"}
    places = [ask(envoy, **wish) for _ in range(7)]

    client = enter(app, database, fits)
    pages = [client.get(f"/me/shortlists?page={number}").text for number in (1, 2)]
    assert [page.count("Number 1 of those who fit") for page in pages] == [5, 2]
    assert "You were named 7 times." in pages[0]
    step = enter(app, database, near).get("/me/shortlists").text
    assert step.count("One step away") == 5
    assert "Would fit at one level lower" in step
    nobody = enter(app, database, _absent).get("/me/shortlists").text
    assert "No answer has named you so far." in nobody

    assert "Libya" in envoy.get(places[0]).text
    for page in (*pages, step, client.get("/me/card").text):
        assert "Libya" not in page and "Corridor" not in page and "R-26" not in page
    with database.reading() as session:
        handles = session.scalars(select(RunRow.handle)).all()
    assert [one for one in handles if one in "".join([*pages, step])] == []


def test_a_woman_who_hides_reads_that_her_rows_are_gone(app: Flask, database: Database) -> None:
    [her] = add_women(database, "C1")
    envoy = sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])
    ask(envoy)
    client = enter(app, database, her)
    before = client.get("/me/shortlists").text
    with database.writing() as session:
        session.get_one(Mediator, her).is_hidden = True
        session.commit()
    after = client.get("/me/shortlists").text
    assert ["no longer available" in page for page in (before, after)] == [False, True]
    assert "Number 1 of those who fit" in after


def test_a_network_that_she_is_leaving_is_said_to_read_nothing(
    database: Database, ada: tuple[FlaskClient, int, int]
) -> None:
    client, first, _ = ada
    with database.writing() as session:
        woman = session.get_one(Mediator, session.get_one(Record, first).mediator_id)
        now = clock.now()
        session.add(Erasure(mediator_key=woman.key, network_code="awmn", asked_at=now, due_at=now))
        session.commit()
    pages = [client.get(f"/me/records?page={number}").text for number in (1, 2)]
    assert ["nobody reads this any more" in page for page in pages] == [True, False]
    mirror = client.get("/me/card?viewer=coordinator").text
    numbers = {number for _, number in factories.find_canaries(mirror)}
    assert first in numbers and "Arab" not in mirror
