"""Two networks compare once both have said yes; either ends it at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, StaleVersion
from roster.models import Network
from roster.permissions import Actor
from roster.queries.pairs import list_agreed
from roster.services.comparison_agreements import (
    agree_to_compare,
    end_comparing,
    list_standings,
)
from tests.pair_factories import agree, coordinator

OFFICES = {code: coordinator(code) for code in ("nwm", "mwmn", "awmn")}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        agree(session, "awmn", "femwise")  # of others, and stays so
        yield session


def read_state(session: Session, one: str, other: str) -> tuple[str, int]:
    found = {each.other_code: each for each in list_standings(session, one)}
    return found[other].state, found[other].version


def say_yes(session: Session, one: str, other: str, version: int) -> None:
    agree_to_compare(
        session,
        actor=OFFICES[one],
        network_code=one,
        other_code=other,
        expected_version=version,
    )


def test_it_holds_once_both_have_said_yes(session: Session) -> None:
    say_yes(session, "nwm", "mwmn", 0)
    assert read_state(session, "nwm", "mwmn") == ("asked", 1)
    assert read_state(session, "mwmn", "nwm") == ("waits", 1)
    assert list_agreed(session) == {("awmn", "femwise")}
    say_yes(session, "mwmn", "nwm", 1)
    assert read_state(session, "nwm", "mwmn") == ("agreed", 2)
    assert list_agreed(session) == {("awmn", "femwise"), ("mwmn", "nwm")}
    assert read_state(session, "nwm", "awmn") == ("none", 0)


@pytest.mark.parametrize("who", ["nwm", "mwmn"])
def test_either_ends_it(session: Session, who: str) -> None:
    agree(session, "nwm", "mwmn")
    other = "mwmn" if who == "nwm" else "nwm"
    end_comparing(
        session, actor=OFFICES[who], network_code=who, other_code=other, expected_version=1
    )
    assert list_agreed(session) == {("awmn", "femwise")}
    assert read_state(session, who, other) == ("waits", 2)


def test_nobody_says_yes_for_another_network_or_to_one_that_keeps_nobody(session: Session) -> None:
    session.get_one(Network, "awpr").has_members = False
    session.flush()
    administrator = Actor("account", account_id=1, roles=frozenset({"administrator"}))
    for actor, one, other in (
        (OFFICES["nwm"], "mwmn", "nwm"),
        (administrator, "nwm", "mwmn"),
        (OFFICES["nwm"], "nwm", "nwm"),
        (OFFICES["nwm"], "nwm", "no_such_network"),
        (OFFICES["nwm"], "nwm", "awpr"),
    ):
        with pytest.raises(NotFound):
            agree_to_compare(
                session, actor=actor, network_code=one, other_code=other, expected_version=0
            )


def test_who_read_an_older_state_is_told(session: Session) -> None:
    say_yes(session, "nwm", "mwmn", 0)
    with pytest.raises(StaleVersion):
        say_yes(session, "mwmn", "nwm", 0)
