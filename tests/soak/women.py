"""A roster of a million, made inside the database: three in ten of its answers end tonight."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, cast, insert, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import CTE

from roster import clock
from roster.db import Database
from roster.encryption import Encrypted
from roster.models import Availability, Base, Consent, Identity, Mediator, Record
from roster.models.base import Instant

COUNT = int(os.environ.get("ROSTER_SOAK_WOMEN", "1000000"))
ENDING_IN_TEN = 3
ENDING = COUNT // 10 * ENDING_IN_TEN

PURPOSES = ("membership_file", "matching")


def fill(database: Database) -> None:
    """Women numbered from 1; those whose number ends in 0, 1 or 2 have an answer that has ended.

    These have a record with an address and the consents without which nothing is written to them.
    All addresses are equal, since encrypting each would take longer than the night itself.
    """
    now = clock.now()
    past, later = instant(now - timedelta(hours=1)), instant(now + timedelta(days=40))
    with database.writing() as session:
        everybody = count_to(COUNT)
        number = everybody.c.number
        key = literal("soak") + cast(number, String)
        put(session, everybody, Mediator, id=number, key=key, created_at=instant(now))
        for is_ending, end in (
            (is_one_that_ends(number), past),
            (~is_one_that_ends(number), later),
        ):
            values = {
                "mediator_id": number,
                "status": literal("available"),
                "refused": literal([], JSON),
                "confirmed_at": instant(now - timedelta(days=90)),
                "confirmed_by": literal("self"),
                "valid_until": end,
            }
            put(session, everybody, Availability, where=is_ending, **values)
        _add_files(session, everybody)
        session.commit()


def _add_files(session: Session, everybody: CTE) -> None:
    now, number = clock.now(), everybody.c.number
    that_ends = is_one_that_ends(number)
    about_her = {"mediator_id": number, "created_at": instant(now)}
    put(session, everybody, Record, where=that_ends, id=number, **about_her)
    name, email = (literal(text, Encrypted) for text in ("Invented", "soak@example.org"))
    contact = {"record_id": number, "display_name": name, "email": email}
    put(session, everybody, Identity, where=that_ends, **contact)
    for purpose in PURPOSES:
        given = {
            "mediator_id": number,
            "purpose": literal(purpose),
            "text_version": literal("1"),
            "language": literal("en"),
            "given_at": instant(now),
            "valid_until": instant(now + timedelta(days=365)),
        }
        put(session, everybody, Consent, where=that_ends, **given)


def is_one_that_ends(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Spread evenly: the job must find them among the others."""
    return number % 10 < ENDING_IN_TEN


def instant(moment: Any) -> ColumnElement[Any]:
    return literal(moment, Instant())


def count_to(last: int) -> CTE:
    """The numbers from 1 on, as a table."""
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < last))


def put(
    session: Session,
    source: CTE,
    model: type[Base],
    *,
    where: ColumnElement[bool] | None = None,
    **columns: ColumnElement[Any],
) -> None:
    """One row for each number; columns with a default of their own may be left out."""
    rows = select(*columns.values()).select_from(source)
    chosen = rows if where is None else rows.where(where)
    session.execute(insert(model).from_select(list(columns), chosen))
