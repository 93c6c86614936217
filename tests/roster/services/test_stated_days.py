"""Days that a statement may name: neither over where she lives, nor out of order, nor far off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.local_days import local_day
from roster.models import Availability, Mediator
from roster.permissions import Actor
from roster.services.availability import FURTHEST_DAYS, Statement, state_availability
from roster.services.availability_ends import move_last_day
from tests import factories

TODAY = clock.now().date()


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


def add_woman(
    session: Session, zone: str = "UTC", **statement: Any
) -> tuple[Mediator, Availability]:
    woman = factories.add_mediator(session, availability=False, time_zone=zone)
    return woman, factories.add_availability(session, woman, **statement)


@pytest.mark.parametrize(
    ("begins", "ends", "code", "field"),
    [
        (None, -1, "window_over", "window_to"),
        (-30, -1, "window_over", "window_to"),
        (5, 4, "window_out_of_order", "window_to"),
        (-FURTHEST_DAYS - 1, None, "day_too_far", "window_from"),
        (None, FURTHEST_DAYS + 1, "day_too_far", "window_to"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_with_their_field(
    database: Database, begins: int | None, ends: int | None, code: str, field: str
) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        statement = Statement("available", _day(begins), _day(ends))
        with pytest.raises(Refused, match=code) as refused:
            state_availability(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_id=row.id,
                statement=statement,
            )

        assert refused.value.values["field"] == field
        assert row.superseded_at is None


def _day(number: int | None) -> date | None:
    return None if number is None else TODAY + timedelta(days=number)


def test_a_day_is_over_where_she_lives_and_not_elsewhere(database: Database) -> None:
    with database.writing() as session:
        for zone in ("Pacific/Apia", "Pacific/Pago_Pago"):
            woman, row = add_woman(session, zone, window_from=None)
            today = local_day(clock.now(), zone)
            new = move_last_day(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_id=row.id,
                last_day=today,
            )
            with pytest.raises(Refused, match="window_over"):
                move_last_day(
                    session,
                    actor=herself(woman),
                    mediator_id=woman.id,
                    expected_id=new.id,
                    last_day=today - timedelta(days=1),
                )
