"""The newest file of a network can be taken back; what people have done since stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Change, Record, SpreadsheetImport
from roster.permissions import Actor
from roster.services.invitations import invite
from roster.services.records import RecordChange, change_record
from roster.services.undoing_imports import UndoOutcome, undo_import
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    describe_list,
    take_in,
    write_list,
)


def undo(session: Session, staged: SpreadsheetImport, actor: Actor = COORDINATOR) -> UndoOutcome:
    return undo_import(session, actor=actor, import_id=staged.id, expected_version=staged.version)


def test_new_women_go_and_changed_records_say_what_they_said(database: Database) -> None:
    with database.writing() as session:
        take_in(session, write_list([ANNA]))
        before = describe_list(session)
        changed = {**ANNA, "Phone": "+000 1", "Languages": "French B2", "Birth year": ""}
        _, staged = take_in(session, write_list([changed, BRITA, SPOILT]))
        assert describe_list(session) != before
        gone = session.scalars(select(Record.mediator_id).order_by(Record.id.desc())).first()
        assert undo(session, staged) == UndoOutcome(removed=1, set_back=1, kept=0)
        assert describe_list(session) == before
        assert gone in set(session.scalars(select(Change.mediator_id)))
        actions = session.scalars(select(AuditEvent.action)).all()
        assert actions.count("import.undone") == 1


def test_what_was_taken_back_can_be_taken_in_again(database: Database) -> None:
    content = write_list([ANNA, BRITA, SPOILT])
    with database.writing() as session:
        first, staged = take_in(session, content)
        list_then = describe_list(session)
        take_in(session, content)  # changes nothing, so it does not stand in the way
        undo(session, staged)
        assert describe_list(session) == {}
        again, _ = take_in(session, content)
        assert (again.new, again.waiting) == (first.new, first.waiting)
        assert describe_list(session) == list_then


def test_who_was_asked_or_worked_on_since_stays(database: Database) -> None:
    with database.writing() as session:
        _, staged = take_in(session, write_list([ANNA, BRITA]))
        anna, brita = session.scalars(select(Record).order_by(Record.id))
        invite(session, actor=COORDINATOR, record_id=anna.id)
        change_record(
            session,
            actor=COORDINATOR,
            record_id=brita.id,
            expected_version=brita.version,
            change=RecordChange({"display_name": "Brita H."}, {}, (), frozenset()),
        )
        assert undo(session, staged) == UndoOutcome(removed=0, set_back=0, kept=2)
        assert sorted(describe_list(session)) == ["Anna Lindqvist", "Brita H."]


def test_only_the_newest_file_goes_back_within_30_days_and_once(database: Database) -> None:
    with database.writing() as session:
        _, first = take_in(session, write_list([ANNA]))
        _, second = take_in(session, write_list([ANNA, BRITA]))
        with pytest.raises(Refused, match="undo_newer_first"):
            undo(session, first)
        with clock.shifted(timedelta(days=31)), pytest.raises(Refused, match="undo_too_late"):
            undo(session, second)
        seen = second.version
        undo(session, second)
        with pytest.raises(StaleVersion):
            undo_import(session, actor=COORDINATOR, import_id=second.id, expected_version=seen)
        with pytest.raises(Refused, match="import_already_decided"):
            undo(session, second)
        undo(session, first)
        assert describe_list(session) == {}


def test_a_coordinator_of_another_network_takes_nothing_back(database: Database) -> None:
    with database.writing() as session:
        _, staged = take_in(session, write_list([ANNA]))
        with pytest.raises(NotFound):
            undo(session, staged, Actor("account", coordinates=frozenset({"awmn"})))
        assert sorted(describe_list(session)) == ["Anna Lindqvist"]
