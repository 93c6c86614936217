"""Released names by call: what is live at this moment, each look noted, and nothing once it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Entry, Identity, Mediator, ReadEvent, Record
from roster.services.releases import LIFE
from tests.approach_factories import Office, add_french, add_office, add_released, ask
from tests.factories import find_canaries
from tests.release_endings import ENDINGS
from tests.roster.api.program import Program, add_program, read_problem

TICKED = ("email", "birth_band", "biography")


def open_program(app: Flask, database: Database, office: Office) -> Program:
    return add_program(app, database, account=office.actor.account_id)


def list_handles(program: Program, office: Office) -> set[str]:
    answer = program.get(f"/requests/{office.request.code}/releases")
    assert answer.status_code == 200, answer.text
    return {one["handle"] for one in answer.get_json()["releases"]}


def say_year(session: Session, her: Mediator, years: int) -> None:
    record = session.scalars(
        select(Record).where(Record.mediator_id == her.id, Record.network_code.is_(None))
    ).one()
    values = {"code": "", "grade": 1, "source": "self", "entered_at": clock.now()}
    detail = {"number": clock.now().year - years}
    session.add(Entry(record_id=record.id, field="birth_year", detail=detail, **values))


@pytest.fixture
def women(database: Database) -> list[int]:
    with database.writing() as session:
        ids = [add_french(session).id for _ in range(len(ENDINGS) + 2)]
        session.commit()
    return ids


def test_a_call_answers_exactly_what_she_ticked_and_notes_the_look(
    app: Flask, database: Database, women: list[int]
) -> None:
    with database.writing() as session:
        her, noise = (session.get_one(Mediator, one) for one in women[:2])
        say_year(session, her, 44)
        say_year(session, noise, 61)
        office, other = add_office(session), add_office(session)
        approach = add_released(session, office, her.id, allows=TICKED)
        add_released(session, other, noise.id, allows=TICKED)
        name, address = session.execute(
            select(Identity.display_name, Identity.email)
            .join(Record, Record.id == Identity.record_id)
            .where(Record.mediator_id == her.id, Record.network_code.is_(None))
        ).one()
        session.commit()
    answer = open_program(app, database, office).get(f"/requests/{office.request.code}/releases")
    (one,) = answer.get_json()["releases"]
    fields = {field["name"]: field["values"] for field in one["fields"]}
    words = fields.pop("biography")
    assert (one["handle"], fields) == (
        approach.handle,
        {"display_name": [name], "email": [address], "birth_band": ["40_49"]},
    )
    assert {field for field, _ in find_canaries(answer.text)} == {
        "displayname", "email", "biography",
    }  # fmt: skip
    assert len(words) == 1 and str(clock.now().year - 44) not in answer.text
    with database.reading() as session:
        looks = session.scalars(select(ReadEvent).where(ReadEvent.what == "contact")).all()
        assert [look.mediator_id for look in looks] == [her.id]


def test_each_cause_that_ends_a_release_ends_it_at_the_next_call(
    app: Flask, database: Database, women: list[int]
) -> None:
    with database.writing() as session:
        office = add_office(session)
        handles = [add_released(session, office, one).handle for one in women]
        session.commit()
    program = open_program(app, database, office)
    left = set(handles)
    assert list_handles(program, office) == left
    for end, her, handle in zip(ENDINGS, women, handles, strict=False):
        with database.writing() as session:
            end(session, session.get_one(Mediator, her), office)
            session.commit()
        left.discard(handle)
        assert list_handles(program, office) == left, end.__name__
    with clock.shifted(LIFE - timedelta(minutes=5)):
        assert list_handles(program, office) == left == set(handles[-2:])
    with clock.shifted(LIFE):
        assert list_handles(program, office) == set()


def test_the_same_woman_released_for_one_request_stays_a_code_in_the_others(
    app: Flask, database: Database, women: list[int]
) -> None:
    with database.writing() as session:
        office, second, foreign = (add_office(session) for _ in range(3))
        second.request.account_id = office.request.account_id
        session.flush()
        for place in (Office(office.actor, second.request), foreign):
            ask(session, place, women[:1])
        handle = add_released(session, office, women[0]).handle
        session.commit()
    program, other = (open_program(app, database, one) for one in (office, foreign))
    assert list_handles(program, office) == {handle}
    for reader, place in ((program, second), (other, foreign)):
        answer = reader.get(f"/requests/{place.request.code}/releases")
        assert (answer.json, find_canaries(answer.text)) == ({"releases": []}, set())
        asked = reader.get(f"/requests/{place.request.code}/approaches").get_json()["approaches"]
        assert [one["state"] for one in asked] == ["asked"]
    refused = other.get(f"/requests/{office.request.code}/releases")
    assert read_problem(refused) == (404, "not_found")
