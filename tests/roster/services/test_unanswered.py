"""After 90 days what an import brought and nobody answered to is gone, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.jobs import ASKS_ABOVE_ROWS, Asks, Turn, get_job
from roster.models import Availability, ImportRow, Mediator, Record, SpreadsheetImport
from roster.permissions import ANONYMOUS, OPERATOR
from roster.services.imports import confirm_import, stage_import
from roster.services.invitations import invite
from roster.services.unanswered import forget_files, forget_unanswered
from roster.settings import Settings
from roster.spreadsheets import read_spreadsheet
from tests.answer_factories import add_consents
from tests.factories import add_account, add_mediator

LONG_AGO = timedelta(days=91)
NAMES = ("Amara", "Bisi", "Chidi", "Dalia", "Esther")


def take_in(database: Database, *, names: tuple[str, ...] = NAMES, confirm: bool = True) -> int:
    """A file of these women, and one row that waits for a person."""
    rows = "".join(f"{name} Zz;{name}@example.org;Kenya;English C1\n" for name in names)
    waits = "Nobody Sure;not-an-address;Nowhere;Klingon\n"
    content = f"Name;E-mail;Country;Languages\n{rows}{waits}".encode()
    with database.writing() as session:
        staged = stage_import(
            session,
            actor=OPERATOR,
            network_code="nwm",
            file_name="list.csv",
            content=content,
            result=read_spreadsheet(
                content, file_name="list.csv", network="nwm", reference_day=clock.now().date()
            ),
        )
        if confirm:
            confirm_import(
                session, actor=OPERATOR, import_id=staged.id, expected_version=staged.version
            )
        session.commit()
        return staged.id


def names_left(database: Database) -> set[str]:
    with database.reading() as session:
        records = session.scalars(select(Record).where(Record.network_code.is_not(None)))
        return {record.identity.display_name.split()[0] for record in records}


def run(database: Database, settings: Settings, *, yes: bool = False) -> int:
    turn = Turn(database, settings, OPERATOR, is_confirmed=yes)
    return get_job("forget_imports").run(turn)


def test_who_answered_in_any_way_or_still_may_is_kept(
    database: Database, settings: Settings
) -> None:
    take_in(database)
    with database.writing() as session:
        add_mediator(session, network="nwm", name="Fatou, of no file", consents=False)
        by_name = {
            record.identity.display_name.split()[0]: record
            for record in session.scalars(select(Record).where(Record.network_code == "nwm"))
        }
        add_consents(session, by_name["Bisi"].mediator, ("membership_file",))
        add_account(session, "mediator", mediator=by_name["Chidi"].mediator)
        session.add(
            Availability(
                mediator_id=by_name["Dalia"].mediator_id,
                status="available",
                confirmed_by="coordinator",
                confirmed_at=clock.now(),
                valid_until=clock.now() + timedelta(days=30),
            )
        )
        session.commit()
    with clock.shifted(LONG_AGO - timedelta(days=2)):
        assert run(database, settings) == 0
        with database.writing() as session:
            record = session.scalars(
                select(Record).where(Record.mediator_id == by_name["Esther"].mediator_id)
            ).one()
            invite(session, actor=OPERATOR, record_id=record.id)
            session.commit()
    kept = {"Bisi", "Chidi", "Dalia", "Esther", "Fatou,"}
    with clock.shifted(LONG_AGO):
        assert run(database, settings) == 2  # the file with the waiting row, and Amara
        assert names_left(database) == kept
        assert run(database, settings) == 0
    with clock.shifted(LONG_AGO + timedelta(days=14)):
        assert run(database, settings) == 1
        assert names_left(database) == kept - {"Esther"}


def test_a_file_that_was_never_taken_in_is_thrown_away(
    database: Database, settings: Settings
) -> None:
    read, taken = take_in(database, confirm=False), take_in(database, names=("Grace",))
    with clock.shifted(LONG_AGO):
        run(database, settings)
    with database.reading() as session:
        gone = session.get_one(SpreadsheetImport, read)
        assert (gone.state, gone.rows, gone.summary, gone.file_name) == ("discarded", [], {}, "")
        rows = session.scalars(select(ImportRow).where(ImportRow.import_id == taken)).all()
        assert {(row.outcome, str(row.raw), str(row.values)) for row in rows} == {
            ("new", "{}", "{}"),
            ("left_out", "{}", "{}"),
        }
        assert session.scalars(select(Mediator.id)).all() == []


def test_a_job_that_would_forget_most_of_a_roster_asks_first(
    database: Database, settings: Settings
) -> None:
    take_in(database, names=tuple(f"Name{number}" for number in range(ASKS_ABOVE_ROWS + 1)))
    with clock.shifted(LONG_AGO):
        with pytest.raises(Asks):
            run(database, settings)
        assert len(names_left(database)) == ASKS_ABOVE_ROWS + 1
        assert run(database, settings, yes=True) == ASKS_ABOVE_ROWS + 2
        assert names_left(database) == set()


def test_only_a_job_forgets(database: Database) -> None:
    with database.writing() as session:
        for forget in (forget_files, forget_unanswered):
            with pytest.raises(NotFound):
                forget(session, actor=ANONYMOUS, now=clock.now())
