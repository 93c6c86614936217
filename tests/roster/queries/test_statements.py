"""Her history: each statement, whose word it was, and how it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import Availability, Mediator
from roster.permissions import Actor
from roster.queries.availability import list_statements
from roster.services.availability import Statement, renew, state_availability
from roster.services.availability_ends import end_earlier
from tests import factories

NWM = Actor("account", account_id=8, coordinates=frozenset({"nwm"}))


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


def add_woman(session: Session) -> Mediator:
    """One without a statement, and another whose statements are nobody else's history."""
    other = factories.add_mediator(session)
    renew(session, actor=herself(other), mediator_id=other.id)
    return factories.add_mediator(session, availability=False)


def state(
    session: Session, woman: Mediator, actor: Actor, expected: Availability | None
) -> Availability:
    return state_availability(
        session,
        actor=actor,
        mediator_id=woman.id,
        expected_id=expected.id if expected else None,
        statement=Statement("available"),
    )


def tell(session: Session, woman: Mediator) -> list[tuple[str, str, Any]]:
    found = list_statements(session, actor=herself(woman), mediator_id=woman.id, now=clock.now())
    return [(one.row.confirmed_by, one.end, one.ended_at) for one in found]


def test_each_statement_is_told_with_its_end_newest_first(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        long_ago = clock.now() - timedelta(days=200)
        ran_out = factories.add_availability(
            session,
            woman,
            confirmed_at=long_ago,
            valid_until=long_ago + timedelta(days=90),
            superseded_at=long_ago + timedelta(days=120),
        )
        listed = factories.add_availability(
            session, woman, confirmed_by="import", confirmed_at=long_ago - timedelta(days=1)
        )
        first = state(session, woman, herself(woman), listed)
        second = state(session, woman, herself(woman), first)
        end_earlier(session, actor=herself(woman), mediator_id=woman.id, ends_at=None)
        third = state(session, woman, herself(woman), second)
        by_phone = state(session, woman, NWM, third)

        assert by_phone.valid_until < third.valid_until
        assert tell(session, woman) == [
            ("coordinator", "beside", None),
            ("self", "holds", None),
            ("self", "shortened", second.valid_until),
            ("self", "replaced", second.confirmed_at),
            ("self", "ran_out", ran_out.valid_until),
            ("import", "list", first.confirmed_at),
        ]


def test_what_has_run_out_is_history_whether_or_not_a_job_has_seen_it(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        row = factories.add_availability(session, woman, valid_until=clock.now())

        assert tell(session, woman) == [("self", "ran_out", row.valid_until)]


def test_her_coordinators_word_stands_once_hers_has_ended(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        own = factories.add_availability(session, woman, valid_until=clock.now())
        factories.add_availability(session, woman, confirmed_by="coordinator")

        assert tell(session, woman) == [
            ("coordinator", "holds", None),
            ("self", "ran_out", own.valid_until),
        ]


@pytest.mark.parametrize("stranger", [NWM, Actor("account", account_id=9, mediator_id=10**6)])
def test_nobody_else_reads_her_history(database: Database, stranger: Actor) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        with pytest.raises(NotFound):
            list_statements(session, actor=stranger, mediator_id=woman.id, now=clock.now())
