"""A long list is taken in by the job as a short one is at once; nobody sees a part of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import Refused, StaleVersion
from roster.facts import load_mediators
from roster.jobs import Turn, get_job
from roster.models import (
    AuditEvent,
    Availability,
    Change,
    Mediator,
    Membership,
    Network,
    Record,
    SpreadsheetImport,
)
from roster.permissions import SCHEDULER
from roster.services import created_people, taking_in
from roster.services.imports import confirm_import, count_outcomes, discard_import
from roster.services.records import RecordChange, change_record
from roster.services.taking_back import queue_undo
from roster.services.taking_in import MOST_TRIES, queue_confirmation
from roster.services.waiting_rows import decide_row
from roster.settings import Settings
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    Woman,
    describe_list,
    import_women,
    stage,
    take_in,
    write_list,
)

DORA: Woman = {**ANNA, "Name": "Dora Wikander", "E-mail": "dora@example.org", "Phone": "",
               "Birth year": "1966"}  # fmt: skip
WOMEN = [{**ANNA, "Tracks": "I"}, SPOILT, BRITA, DORA]
MakeTurn = Callable[..., Turn]


@pytest.fixture
def make_turn(database: Database, settings: Settings) -> MakeTurn:
    return lambda **values: Turn(database, settings, SCHEDULER, **values)


def queue(database: Database, women: list[Woman]) -> int:
    with database.writing() as session:
        staged = stage(session, write_list(women))
        queue_confirmation(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        session.commit()
        return staged.id


def describe_tables(session: Session) -> dict[str, object]:
    """All that anybody could see of the network's list, and who is told of it."""
    return {
        "list": describe_list(session),
        "members": sorted(session.scalars(select(Membership.mediator_id))),
        "facts": [one for one in load_mediators(session) if not one.is_hidden],
        "changes": session.scalars(select(Change.mediator_id).order_by(Change.id)).all(),
        "times": session.scalar(
            select(func.count(Availability.id)).where(Availability.superseded_at.is_(None))
        ),
    }


def take_at_once(database: Database, women: list[Woman]) -> dict[str, dict[str, object]]:
    """What the list is once it is taken in, and nothing of it afterwards."""
    with database.writing() as session:
        take_in(session, write_list(women))
        return describe_list(session)


def stop_after(looks: int) -> Callable[[], bool]:
    told = iter([False] * looks)
    return lambda: next(told, True)


@pytest.fixture
def tiny_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.services.pace.FIRST", 1)
    monkeypatch.setattr("roster.services.pace.MOST", 1)
    monkeypatch.setattr("roster.services.pace.LEAST", 1)
    monkeypatch.setattr("roster.services.pace.SHORTEST_REST_SECONDS", 0)


@pytest.mark.usefixtures("tiny_steps")
def test_it_becomes_what_a_file_becomes_that_is_taken_in_at_once(
    database: Database, make_turn: MakeTurn
) -> None:
    import_women(database, ANNA)
    wanted = take_at_once(database, WOMEN)
    import_id = queue(database, WOMEN)
    assert get_job("take_in").run(make_turn()) == 1
    with database.reading() as session:
        staged = session.get_one(SpreadsheetImport, import_id)
        outcome = count_outcomes(session, import_id)
        assert describe_list(session) == wanted
        assert (staged.state, staged.rows_read, staged.rows_total) == ("confirmed", 4, 4)
        assert {"step", "asked_by", "tries"}.isdisjoint(staged.summary)
        assert (outcome.new, outcome.updated, outcome.waiting) == (2, 1, 1)
        actions = select(AuditEvent.action).where(AuditEvent.subject_id == import_id)
        assert session.scalars(actions.order_by(AuditEvent.id)).all()[-2:] == [
            "import.confirmation_asked",
            "import.confirmed",
        ]
    assert get_job("take_in").run(make_turn()) == 0


@pytest.mark.usefixtures("tiny_steps")
def test_broken_off_anywhere_it_shows_nobody_and_goes_on_to_the_same_list(
    database: Database, make_turn: MakeTurn
) -> None:
    import_women(database, SPOILT)  # noise: a list before, with a row that waits
    women = [BRITA, DORA, {**DORA, "Name": "Elin Moe", "E-mail": "elin@example.org"}]
    with database.reading() as session:
        before = describe_tables(session)
    wanted = take_at_once(database, women)
    queue(database, women)
    for looks in (2, 3, 3, 4):
        get_job("take_in").run(make_turn(is_stopping=stop_after(looks)))
        with database.reading() as session:
            assert describe_tables(session) == before
    with database.reading() as session:
        assert session.scalar(select(func.count(Mediator.id))) == len(women)
    get_job("take_in").run(make_turn())
    with database.reading() as session:
        assert describe_list(session) == wanted
        assert session.scalar(select(func.count(Mediator.id))) == len(women)
        assert set(session.scalars(select(Change.mediator_id))) == set(
            session.scalars(select(Mediator.id))
        )


def test_who_came_onto_the_list_meanwhile_is_not_entered_twice(
    database: Database, make_turn: MakeTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = queue(database, [ANNA, BRITA])
    mark = taking_in.mark_list
    taken: list[str] = []

    def look_late(session: Session, network_code: str) -> tuple[int, int]:
        if not taken and session.info.get("n"):
            taken.append("once")
            created_people.create_people(
                session,
                actor=COORDINATOR,
                network=session.get_one(Network, "nwm"),
                rows=stage(session, write_list([ANNA]), name="other.csv").rows,
            )
        return mark(session, network_code)

    monkeypatch.setattr(taking_in, "mark_list", look_late)
    get_job("take_in").run(make_turn())
    with database.reading() as session:
        names = sorted(describe_list(session))
        outcome = count_outcomes(session, import_id)
        assert session.scalar(select(func.count(Record.id))) == len(names)
    assert names == ["Anna Lindqvist", "Brita Hovland"]
    assert (outcome.new, outcome.same + outcome.updated) == (1, 1)


@pytest.mark.usefixtures("tiny_steps")
def test_a_list_over_which_the_job_dies_again_and_again_is_taken_back(
    database: Database, make_turn: MakeTurn
) -> None:
    import_women(database, ANNA)
    with database.reading() as session:
        before = describe_list(session)
    import_id = queue(database, WOMEN)
    get_job("take_in").run(make_turn(is_stopping=stop_after(4)))
    for _ in range(MOST_TRIES + 1):
        with database.writing() as session:
            taking_in.begin_work(session, actor=SCHEDULER)
            session.commit()
    get_job("take_in").run(make_turn())
    with database.writing() as session:
        staged = session.get_one(SpreadsheetImport, import_id)
        assert (staged.state, staged.confirmed_at, staged.summary["gave_up"]) == (
            "read",
            None,
            True,
        )
        assert describe_list(session) == before
        assert session.scalar(select(func.count(Mediator.id))) == 1
        confirm_import(
            session, actor=COORDINATOR, import_id=import_id, expected_version=staged.version
        )
        assert len(describe_list(session)) == 3


def test_a_list_in_the_hands_of_the_job_cannot_be_decided_on_again(database: Database) -> None:
    import_women(database, SPOILT)
    import_id = queue(database, [ANNA])
    with database.writing() as session:
        version = session.get_one(SpreadsheetImport, import_id).version
        other = stage(session, write_list([BRITA]))
        with pytest.raises(Refused):
            discard_import(
                session, actor=COORDINATOR, import_id=import_id, expected_version=version
            )
        with pytest.raises(StaleVersion):
            queue_confirmation(
                session, actor=COORDINATOR, import_id=import_id, expected_version=version - 1
            )
        for decide in (confirm_import, queue_confirmation):
            with pytest.raises(Refused, match="import_another_in_hand"):
                decide(session, actor=COORDINATOR, import_id=other.id, expected_version=1)
        row_id = session.get_one(SpreadsheetImport, 1).rows[0].id
        with pytest.raises(Refused, match="import_another_in_hand"):
            decide_row(session, actor=COORDINATOR, import_id=1, row_id=row_id, choice="new")


@pytest.mark.usefixtures("tiny_steps")
def test_a_long_list_is_taken_back_part_by_part_and_what_people_did_stays(
    database: Database, make_turn: MakeTurn
) -> None:
    import_women(database, ANNA)
    with database.reading() as session:
        before = describe_list(session)
    import_id = queue(database, WOMEN)
    get_job("take_in").run(make_turn())
    with database.writing() as session:
        dora = session.scalars(
            select(Record).join(Record.identity).order_by(Record.id.desc()).limit(1)
        ).one()
        change = RecordChange({"display_name": "Dora W."}, {}, (), frozenset())
        change_record(
            session,
            actor=COORDINATOR,
            record_id=dora.id,
            expected_version=dora.version,
            change=change,
        )
        staged = session.get_one(SpreadsheetImport, import_id)
        queue_undo(session, actor=COORDINATOR, import_id=import_id, expected_version=staged.version)
        session.commit()
    get_job("take_in").run(make_turn(is_stopping=stop_after(3)))
    assert get_job("take_in").run(make_turn()) == 1
    with database.reading() as session:
        assert session.get_one(SpreadsheetImport, import_id).state == "undone"
        after = describe_list(session)
        assert after.pop("Dora W.")
        assert after == before
        newest = select(AuditEvent.detail).order_by(AuditEvent.id.desc()).limit(1)
        detail = session.scalar(newest)
    assert detail is not None and (detail["removed"], detail["kept"]) == (1, 1)
