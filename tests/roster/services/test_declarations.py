"""What she declares covers countries and the sides she names, and counts for twelve months."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Party, Post, Request, answer
from roster import clock
from roster.db import Database
from roster.errors import NotFound, StaleVersion
from roster.models import AuditEvent, Consent, Declaration, Mediator, OutboxMessage, Reminder
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.declarations import (
    declare,
    find_last_day,
    list_sides,
    repeat_declaration,
)
from roster.vocabulary import load_vocabulary
from tests import factories

OFFICE = {"kind": "office", "country": None, "party": "side.one"}


def herself(woman: Mediator) -> Actor:
    return Actor("account", mediator_id=woman.id)


def find_declared(database: Database, *parties: Party) -> set[int]:
    """Whom the engine lists for a request with these sides, at the clock's now."""
    start = clock.now().date() + timedelta(days=10)
    request = Request("R-1", start, start + timedelta(days=10), (Post("p1"),), parties=parties)
    with database.reading() as session:
        columns = RosterIndex(load_vocabulary()).current(session)
        found = answer(columns, request, clock.now())
    return {candidate.mediator_id for candidate in found.listed}


@pytest.fixture
def women(database: Database) -> tuple[int, int]:
    """One who declares in these tests, and one who declared nothing."""
    lasting: dict[str, Any] = {"declares": False, "availability": clock.now() + timedelta(900)}
    with database.writing() as session:
        first, second = (factories.add_mediator(session, **lasting) for _ in range(2))
        for woman in (first, second):
            _keep_consents(session, woman)
        session.commit()
        return first.id, second.id


def _keep_consents(session: Session, woman: Mediator) -> None:
    for row in session.scalars(select(Consent).where(Consent.mediator_id == woman.id)):
        row.valid_until = clock.now() + timedelta(days=900)


def say(database: Database, mediator_id: int, version: int, **values: Any) -> None:
    with database.writing() as session:
        woman = session.get_one(Mediator, mediator_id)
        declare(
            session,
            actor=herself(woman),
            mediator_id=woman.id,
            expected_version=version,
            interests=values.pop("interests", []),
            **values,
        )
        session.commit()


def test_a_side_that_is_no_country_is_covered_once_she_was_asked_about_it(
    database: Database, women: tuple[int, int]
) -> None:
    her, _ = women
    country, group = Party("SDN", "SDN"), Party("side.two", None)
    say(database, her, 0)
    found = [find_declared(database, country), find_declared(database, country, group)]
    countries = load_vocabulary().codes("country")
    say(database, her, 1, covers=[*countries, "side.two"])
    found.append(find_declared(database, country, group))
    assert found == [{her}, set(), {her}]
    with database.reading() as session:
        declaration = session.scalars(select(Declaration)).one()
        assert list_sides(declaration) == ["side.two"]


def test_a_tie_to_a_side_covers_that_side(database: Database, women: tuple[int, int]) -> None:
    her, _ = women
    say(database, her, 0, interests=[OFFICE])
    with database.reading() as session:
        declaration = session.scalars(select(Declaration)).one()
    assert (list_sides(declaration), declaration.interests) == (["side.one"], [OFFICE])


def test_after_twelve_months_it_counts_as_not_declared_until_she_repeats_it(
    database: Database, women: tuple[int, int]
) -> None:
    her, _ = women
    party = Party("SDN", "SDN")
    say(database, her, 0)
    with database.reading() as session:
        last = find_last_day(session.scalars(select(Declaration)).one())
    days = (last - clock.now().date()).days
    found = []
    for shift in (days, days + 1):
        with clock.shifted(timedelta(days=shift)):
            found.append(find_declared(database, party))
    with clock.shifted(timedelta(days=days + 1)):
        with database.writing() as session:
            woman = session.get_one(Mediator, her)
            repeat_declaration(session, actor=herself(woman), mediator_id=her, expected_version=1)
            session.commit()
        found.append(find_declared(database, party))
    assert found == [{her}, set(), {her}]


def test_repeating_keeps_ties_and_sides_and_names_the_version(
    database: Database, women: tuple[int, int]
) -> None:
    her, other = women
    say(database, her, 0, interests=[OFFICE], covers=["side.two"])
    with clock.shifted(timedelta(days=40)), database.writing() as session:
        woman, nobody = session.get_one(Mediator, her), session.get_one(Mediator, other)
        with pytest.raises(StaleVersion):
            repeat_declaration(session, actor=herself(woman), mediator_id=her, expected_version=2)
        with pytest.raises(NotFound):
            repeat_declaration(session, actor=herself(nobody), mediator_id=her, expected_version=1)
        with pytest.raises(NotFound):
            repeat_declaration(
                session, actor=herself(nobody), mediator_id=other, expected_version=0
            )
        row = repeat_declaration(session, actor=herself(woman), mediator_id=her, expected_version=1)
        session.commit()
        assert (row.interests, list_sides(row), row.version) == (
            [OFFICE], ["side.one", "side.two"], 2,
        )  # fmt: skip
        assert "SDN" in row.covers
        assert row.declared_on == clock.now().date()
        made = select(AuditEvent).where(AuditEvent.action == "declaration.made")
        assert [one.subject_id for one in session.scalars(made)] == [her, her]


def test_what_was_queued_to_remind_her_is_not_sent_and_next_year_she_is_reminded_again(
    database: Database, women: tuple[int, int]
) -> None:
    her, other = women
    with database.writing() as session:
        for number, woman in enumerate(women):
            message = OutboxMessage(
                n=session.info["n"],
                template="reminder",
                language="en",
                recipient="somebody@example.org",
                values={},
                mediator_id=woman,
                message_id=f"<{number}@example.org>",
                created_at=clock.now(),
                due_at=clock.now(),
            )
            session.add(message)
            session.flush()
            session.add(
                Reminder(
                    mediator_id=woman,
                    about="declaration",
                    about_id=number,
                    step="days_7",
                    at=clock.now(),
                    message_id=message.id,
                )
            )
        session.commit()
    say(database, her, 0)
    with database.reading() as session:
        states = dict(session.execute(select(OutboxMessage.mediator_id, OutboxMessage.state)).all())
        noted = session.scalars(select(Reminder.mediator_id)).all()
    assert (states, noted) == ({other: "queued", her: "cancelled"}, [other])
