"""A night compares whom something has changed of since the night before, and finds what all would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.duplicates import PEOPLE
from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import AuditEvent, CrossSuspicion, Identity, Mediator
from roster.permissions import OPERATOR, SCHEDULER
from roster.queries.compared_records import list_compared
from roster.services import comparing_nights
from roster.services.comparing_nights import plan_night
from roster.services.comparison_agreements import agree_to_compare
from roster.services.pair_candidates import list_pairs
from roster.services.suspected_pairs import look_for_pairs
from roster.services.trail import trace_mediator
from roster.settings import Settings
from tests.pair_factories import NAME, add_listed, add_strangers, coordinator, get_record_of


@pytest.fixture
def turn(database: Database, settings: Settings) -> Turn:
    with database.writing() as session:
        add_strangers(session)
        add_listed(session, "nwm")
        session.commit()
    return Turn(database, settings, SCHEDULER)


@pytest.fixture
def session(database: Database, turn: Turn) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def run(turn: Turn) -> list[tuple[int, int]]:
    """One night; the pairs that are noted after it."""
    get_job("compare_networks").run(turn)
    one = CrossSuspicion
    with turn.database.reading() as session:
        rows = session.execute(select(one.first_mediator_id, one.second_mediator_id))
        return [(first, second) for first, second in rows]


def list_nights(turn: Turn) -> list[bool]:
    """Whether each night so far compared everybody."""
    with turn.database.reading() as session:
        rows = select(AuditEvent.detail).where(AuditEvent.action == "networks.compared")
        return [detail["is_whole"] for detail in session.scalars(rows.order_by(AuditEvent.id))]


def add_second(turn: Turn, network: str, name: str = NAME) -> int:
    with turn.database.writing() as session:
        woman = add_listed(session, network, name=name)
        trace_mediator(session, OPERATOR, woman.id, "test.added")
        session.commit()
        return woman.id


def test_the_second_night_looks_at_what_changed_and_keeps_the_rest(turn: Turn) -> None:
    first = add_second(turn, "mwmn")
    assert len(run(turn)) == 1
    second = add_second(turn, "femwise")
    pairs = run(turn)
    assert {women for pair in pairs for women in pair} >= {first, second}
    assert len(pairs) == 3
    assert list_nights(turn) == [True, False]
    assert run(turn) == pairs


def test_what_one_night_finds_of_the_changed_is_what_it_finds_of_all(turn: Turn) -> None:
    changed = {add_second(turn, "mwmn"), add_second(turn, "femwise", "Oyelaran A. Brightwater")}
    with turn.database.reading() as session:
        records = list_compared(session)
    of_all = look_for_pairs(records)
    of_some = look_for_pairs(records, changed=changed, learnt=of_all.learnt)
    expected = [pair for pair in of_all.pairs if changed & set(pair.women)]
    assert expected and of_some.pairs == expected
    assert look_for_pairs(records, changed=set(), learnt=of_all.learnt).pairs == []


def test_a_suspicion_falls_away_once_one_of_the_two_has_changed(turn: Turn) -> None:
    other = add_second(turn, "mwmn")
    assert len(run(turn)) == len(run(turn)) == 1  # what is noted is a change, too
    with turn.database.writing() as session:
        record = get_record_of(session, session.get_one(Mediator, other), "mwmn")
        session.get_one(Identity, record.id).display_name = "Someone Quite Different"
        session.commit()
    assert len(run(turn)) == 1  # nobody was told that she changed
    with turn.database.writing() as session:
        trace_mediator(session, OPERATOR, other, "test.renamed")
        session.commit()
    assert run(turn) == []


def test_what_networks_agree_on_between_two_nights_is_no_night(turn: Turn) -> None:
    add_second(turn, "mwmn")
    run(turn)
    with turn.database.writing() as session:
        networks = {"network_code": "nwm", "other_code": "mwmn"}
        agree_to_compare(session, actor=coordinator("nwm"), **networks, expected_version=0)
        session.commit()
    assert (len(run(turn)), list_nights(turn)) == (1, [True, False])


def test_everybody_is_compared_again_after_a_month_and_where_many_changed(turn: Turn) -> None:
    run(turn)
    with clock.shifted(timedelta(days=31)):
        run(turn)
        with turn.database.writing() as session:
            for her in {record.mediator_id for record in list_compared(session)}:
                trace_mediator(session, OPERATOR, her, "test.touched")
            session.commit()
        run(turn)
        run(turn)
    assert list_nights(turn) == [True, True, True, False]


def test_a_night_that_was_told_to_stop_is_done_again(turn: Turn) -> None:
    add_second(turn, "mwmn")
    told = Turn(turn.database, turn.settings, SCHEDULER, is_stopping=lambda: True)
    assert (run(told), list_nights(turn)) == ([], [])
    assert len(run(turn)) == 1


def test_what_was_learnt_of_other_fields_is_not_used(
    turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(turn)
    with turn.database.reading() as session:
        assert plan_night(session, 100).changed == frozenset()
        monkeypatch.setattr(comparing_nights, "PEOPLE", PEOPLE[:1])
        assert plan_night(session, 100).changed is None


@pytest.mark.parametrize(
    ("values", "is_compared"),
    [
        ({}, True),
        ({"birth_year": 1962}, False),
        ({"birth_year": 1962, "email": "one@example.or"}, True),
        ({"birth_year": 1983}, False),
        ({"birth_year": 1983, "email": "one@example.org"}, True),
        ({"birth_year": None, "email": "quite.another@example.org"}, False),
        ({"email": "quite.another@example.org"}, True),
        ({"name": "Someone Quite Different"}, False),
        ({"name": "Someone Quite Different", "email": "one@example.org"}, True),
    ],
)
def test_namesakes_who_differ_in_all_else_are_not_compared(
    session: Session, values: dict[str, Any], is_compared: bool
) -> None:
    one = add_listed(session, "femwise", email="one@example.org", name="Tala Ruhi Ansari")
    given = {"name": "Tala Ruhi Ansari", "birth_year": 1961, **values}
    other = add_listed(session, "mwmn", **given)
    assert get_record_of(session, other, "mwmn").id
    records = list_compared(session)
    pairs = [{records[a].mediator_id, records[b].mediator_id} for a, b in list_pairs(records)]
    assert ({one.id, other.id} in pairs) is is_compared
