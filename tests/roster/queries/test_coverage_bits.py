"""The bits follow the database: after any change they are what a fresh look would give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Mediator
from roster.permissions import Actor
from roster.queries import coverage_bits
from roster.queries.coverage import Cell, Coverage, count_coverage
from roster.queries.coverage_bits import NetworkBits
from roster.services.availability import Statement, state_availability
from roster.services.consents import hide
from roster.services.erasures import leave_networks
from tests.answer_factories import add_consents
from tests.factories import add_mediator
from tests.roster.queries.test_people import count_statements

DAY = timedelta(days=1)
KENYA = [("track", "II"), ("place", "KEN"), ("theme", "ceasefire")]


def look(bits: NetworkBits, database: Database, days: int = 0) -> Coverage:
    with database.reading() as session:
        return count_coverage(bits.at(session, now=clock.now() + days * DAY), {})


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


def add_three(session: Session) -> list[Mediator]:
    """Noise: another network's woman, who counts among all networks' only."""
    add_mediator(session, network="awmn", entries=KENYA)
    ends = (clock.now() + 3 * DAY, False, True)
    return [add_mediator(session, entries=KENYA, availability=end) for end in ends]


@pytest.fixture
def women(database: Database) -> list[Mediator]:
    with database.writing() as session:
        made = add_three(session)
        session.commit()
    return made


def test_the_clock_alone_makes_an_answer_unknown(database: Database, women: list[Mediator]) -> None:
    bits = NetworkBits("nwm")
    found = [look(bits, database, days).whole for days in (0, 2, 3, 400)]
    assert found == [Cell(2, 3), Cell(2, 3), Cell(1, 3), Cell(0, 3)]
    assert look(NetworkBits(None), database).whole == Cell(3, 4)


def test_every_change_is_followed(
    database: Database, women: list[Mediator], tmp_path: Path
) -> None:
    bits = NetworkBits("nwm")
    look(bits, database)
    changes: dict[str, Callable[[Session], object]] = {
        "answers": lambda session: state_availability(
            session,
            actor=herself(women[1]),
            mediator_id=women[1].id,
            expected_id=None,
            statement=Statement("available"),
        ),
        "hides": lambda session: hide(session, actor=herself(women[0]), mediator_id=women[0].id),
        "joins": lambda session: add_mediator(session, entries=[*KENYA, ("theme", "borders")]),
        "leaves": lambda session: leave_networks(
            session,
            actor=herself(women[2]),
            mediator_id=women[2].id,
            expected_version=women[2].version,
            network_codes=["nwm"],
            ledger=tmp_path / "erasures.ledger",
        ),
    }
    counted = []
    for change in changes.values():
        with database.writing() as session:
            change(session)
            session.commit()
        found = look(bits, database)
        assert found == look(NetworkBits("nwm"), database)
        counted.append(found.whole)
    assert counted == [Cell(3, 3), Cell(2, 2), Cell(3, 3), Cell(2, 2)]


def test_a_look_without_a_change_reads_one_number(
    database: Database, women: list[Mediator]
) -> None:
    bits = NetworkBits("nwm")
    look(bits, database)
    with count_statements(database) as said:
        look(bits, database)
    assert len([one for one in said if one.startswith("SELECT")]) == 1


def test_when_very_many_changed_everybody_is_read_again(
    database: Database, women: list[Mediator], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage_bits, "READ_ONE_BY_ONE", 1)
    bits = NetworkBits("nwm")
    look(bits, database)
    with database.writing() as session:
        add_three(session)
        session.commit()
    assert look(bits, database).whole == Cell(4, 6)


def test_who_agreed_to_be_counted_is_known_apart(database: Database, women: list[Mediator]) -> None:
    with database.writing() as session:
        add_consents(session, women[0], ["statistics"])
        add_mediator(session, consents=["statistics"], is_hidden=True)
        session.commit()
    with database.reading() as session:
        found = NetworkBits("nwm").at(session, now=clock.now())
    assert (found.agreed.bit_count(), found.agreed & ~found.women) == (1, 0)
