"""The invented people of the tests can be told apart, field by field."""

from __future__ import annotations

from sqlalchemy import select

from roster.db import Database
from roster.models import Identity, Record
from tests.factories import add_mediator, find_canaries


def test_each_text_of_each_record_shows_where_it_comes_from(database: Database) -> None:
    with database.writing() as session:
        add_mediator(session)
        add_mediator(session, network="mwmn")
        session.commit()
    with database.reading() as session:
        ids = sorted(session.scalars(select(Record.id)))
        emails = " ".join(session.scalars(select(Identity.email)))  # type: ignore[arg-type]
    assert len(ids) == 4
    assert find_canaries(emails) == {("email", number) for number in ids}
