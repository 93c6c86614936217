"""A call is open between two days, for its own network to open and end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent
from roster.permissions import Actor
from roster.services.open_calls import end_call, open_call

COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
STRANGER = Actor("account", account_id=None, coordinates=frozenset({"awmn"}))


def test_a_call_is_opened_and_ended_by_its_own_network(database: Database) -> None:
    today = clock.now().date()
    days = {"opens_on": today, "closes_on": today + timedelta(days=30)}
    with database.writing() as session:
        call = open_call(session, actor=COORDINATOR, network_code="nwm", **days)
        for act in (
            lambda: open_call(session, actor=STRANGER, network_code="nwm", **days),
            lambda: end_call(session, actor=STRANGER, call_id=call.id, expected_version=1),
        ):
            with pytest.raises(NotFound):
                act()
        with pytest.raises(StaleVersion):
            end_call(session, actor=COORDINATOR, call_id=call.id, expected_version=9)
        end_call(session, actor=COORDINATOR, call_id=call.id, expected_version=call.version)
        with pytest.raises(Refused, match="call_has_ended"):
            end_call(session, actor=COORDINATOR, call_id=call.id, expected_version=call.version)
        assert session.execute(select(AuditEvent.action, AuditEvent.network_code)).all() == [
            ("call.opened", "nwm"),
            ("call.ended", "nwm"),
        ]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(5, 4, "window_out_of_order"), (-5, -1, "call_in_the_past"), (0, 367, "call_too_long")],
)
def test_the_days_of_a_call_make_sense(
    database: Database, first: int, last: int, code: str
) -> None:
    today = clock.now().date()
    with database.writing() as session, pytest.raises(Refused, match=code):
        open_call(
            session,
            actor=COORDINATOR,
            network_code="nwm",
            opens_on=today + timedelta(days=first),
            closes_on=today + timedelta(days=last),
        )
