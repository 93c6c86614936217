"""How a record came to be: each value with who, when and from which file; to her network and her."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import EntryHistory, ReadEvent, Record
from roster.permissions import Actor
from roster.services.profiles import keep_record, share_own_record
from roster.services.records import RecordChange, WantedEntry, change_record
from tests.factories import add_mediator
from tests.roster.services.lists import ANNA, BRITA, take_in, write_list
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.test_mirror import enter


@dataclass
class Office:
    """A coordinator's browser, and the record of a woman who came with two files."""

    browser: FlaskClient
    record_id: int
    mediator_id: int


@pytest.fixture
def office(app: Flask, database: Database) -> Office:
    account_id, email = make_account(database, "coordinator", network="nwm")
    with database.writing() as session:
        add_mediator(session, network="nwm")
        take_in(session, write_list([ANNA, BRITA]))
        anna = find_record(session, "anna@example.org")
        keep_own(session, anna.mediator_id)
        take_in(session, write_list([{**ANNA, "Languages": "Swedish C2, English B2"}]))
        change(session, anna, account_id)
        session.commit()
        ids = anna.id, anna.mediator_id
    return Office(sign_in_as(app, email), *ids)


def find_record(session: Session, email: str) -> Record:
    records = session.scalars(select(Record).where(Record.network_code == "nwm"))
    return next(one for one in records if one.identity.email == email)


def keep_own(session: Session, mediator_id: int) -> None:
    her = Actor("link", mediator_id=mediator_id)
    keep_record(session, actor=her, mediator_id=mediator_id, expected_version=0)


def change(session: Session, record: Record, account_id: int) -> None:
    """She is born elsewhere, has another telephone, and her English is confirmed."""
    levels = {"speaking": "B2", "listening": "B2"}
    wanted = (
        WantedEntry("language", "eng", levels, confirm=True),
        WantedEntry("nationality", "NOR"),
    )
    change_record(
        session,
        actor=Actor("account", account_id, coordinates=frozenset({"nwm"})),
        record_id=record.id,
        expected_version=record.version,
        change=RecordChange(
            {"phone": "+000 secret"}, {}, wanted, frozenset({"language", "nationality"})
        ),
    )


def read_section(page: str, title: str) -> list[str]:
    """The lines of the section under ``title``, without marks."""
    body = page.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", line)).split())
        for line in re.findall(r"<li>.*?</li>|<div><dt>.*?</div>", body, re.S)
    ]


def today() -> str:
    now = clock.now()
    return f"{now.day} {now:%B %Y}"


def test_a_coordinator_reads_what_stands_what_stood_and_from_which_row(office: Office) -> None:
    page = office.browser.get(f"/people/{office.record_id}/history").text
    day = today()
    row = f"a spreadsheet, row 2, read on {day} list.csv"
    assert read_section(page, "Nationality") == [
        f"Stands Norway you, {day}",
        f"Stands Sweden herself, {day}",
        f"Before Sweden {row} . Taken out: you, {day}.",
    ]
    assert read_section(page, "Languages") == [
        f"Stands English (confirmed); B2 you, {day}",
        f"Stands English; C1 herself, {day}",
        f"Stands Swedish; C2 herself, {day}",
        f"Before English; B2 {row} . Confirmed: you, {day}.",
        f"Before Swedish; C2 {row} . Taken out: you, {day}.",
        f"Before English; C1 {row} . Changed: from a spreadsheet, {day}.",
    ]
    assert read_section(page, "Names and contacts") == [f"Telephone you, {day}", f"All {row}"]
    assert ("+000 111 2233" in page, "Brita" in page) == (False, False)


def test_it_is_read_as_her_record_and_by_her_own_network_alone(
    app: Flask, database: Database, office: Office
) -> None:
    path = f"/people/{office.record_id}/history"
    office.browser.get(path)
    with database.reading() as session:
        looked = session.scalars(select(ReadEvent.what)).all()
        own = session.scalars(
            select(Record.id).where(
                Record.mediator_id == office.mediator_id, Record.network_code.is_(None)
            )
        ).one()
    assert looked == ["record"]
    for network in ("awmn", "femwise"):
        _, email = make_account(database, "coordinator", network=network)
        assert sign_in_as(app, email).get(path).status_code == 404
    assert office.browser.get(f"/people/{own}/history").status_code == 404
    assert office.browser.get("/people/999999/history").status_code == 404


def test_what_she_keeps_to_herself_does_not_stand_beside(
    database: Database, office: Office
) -> None:
    with database.writing() as session:
        share_own_record(
            session,
            actor=Actor("account", mediator_id=office.mediator_id),
            mediator_id=office.mediator_id,
            expected_version=1,
            is_shared=False,
        )
        session.commit()
    page = office.browser.get(f"/people/{office.record_id}/history").text
    assert "herself" not in page


def test_she_reads_her_own_and_each_networks_without_its_file_and_its_notes(
    app: Flask, database: Database, office: Office
) -> None:
    with database.writing() as session:
        record = session.get_one(Record, office.record_id)
        for text in ("zzfirstnotezz", "zzsecondnotezz"):
            change_record(
                session,
                actor=Actor("account", coordinates=frozenset({"nwm"})),
                record_id=record.id,
                expected_version=record.version,
                change=RecordChange(
                    {}, {}, (WantedEntry("note", sealed=text),), frozenset({"note"})
                ),
            )
        session.commit()
    client = enter(app, database, office.mediator_id)
    pages = [client.get(f"/me/records/history?page={number}").text for number in (1, 2, 9, "x")]
    assert read_section(pages[0], "Nationality") == [f"Stands Sweden you, {today()}"]
    assert read_section(pages[1], "Nationality") == [
        f"Stands Norway your coordinator, {today()}",
        f"Before Sweden a spreadsheet, row 2, read on {today()}"
        f". Taken out: your coordinator, {today()}.",
    ]
    assert read_section(pages[1], "Names and contacts")[0] == (
        f"Telephone your coordinator, {today()}"
    )
    sections = [read_section(page, "Nationality") for page in pages]
    assert (sections[2], sections[3]) == (sections[1], sections[0])
    assert [word for word in ("list.csv", "notezz", "+000") if word in "".join(pages)] == []
    assert "zzfirstnotezz" in office.browser.get(f"/people/{office.record_id}/history").text
    with database.writing() as session:
        other = add_mediator(session, network="nwm", has_own_record=False)
        session.commit()
    assert "Norway" not in enter(app, database, other.id).get("/me/records/history").text


def test_a_long_history_says_how_much_is_not_shown_and_her_page_stays_light(
    app: Flask, database: Database, office: Office
) -> None:
    with database.writing() as session:
        record = session.get_one(Record, office.record_id)
        former = [
            EntryHistory(
                record_id=record.id,
                field="theme",
                code="ceasefire",
                detail={},
                source="coordinator",
                entered_at=clock.now(),
                act="removed",
                ended_source="coordinator",
                ended_at=clock.now(),
            )
            for _ in range(250)
        ]
        session.add_all(former)
        session.commit()
    page = office.browser.get(f"/people/{office.record_id}/history").text
    assert "54 older values are not shown." in page  # the office's own four stand behind
    hers = enter(app, database, office.mediator_id).get("/me/records/history?page=2").text
    assert ("214 older values are not shown." in hers, len(hers) < 30_000) == (True, True)
