"""A backup of last week knows nothing of who left since; the ledger beside the keys does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text

from roster import clock
from roster.app import create_app
from roster.cli import main
from roster.db import Database
from roster.jobs import Turn, erase
from roster.models import Account, Erasure, MatchRequest, Mediator, Record
from roster.permissions import OPERATOR
from roster.queries.leaving import list_open_erasures
from roster.services.erasure_ledger import append, catch_up, ledger_path, read_ledger
from roster.services.erasures import take_back
from roster.services.shown_cards import list_showable
from roster.services.sign_in import start_session
from roster.settings import Settings
from tests.factories import add_account, add_record
from tests.roster.services.leaving import Left, dump, make_left

WEEK = timedelta(days=8)


@pytest.fixture
def own_settings(settings: Settings, key_file: Path, tmp_path: Path) -> Settings:
    """Settings whose ledger is this test's own; the keys are those of the process."""
    path = tmp_path / "keys" / "field.key"
    path.parent.mkdir()
    path.write_bytes(key_file.read_bytes())
    return replace(settings, key_file=path)


@pytest.fixture
def left(database: Database, own_settings: Settings, tmp_path: Path) -> Left:
    made = make_left(database, tmp_path)
    made.ledger = ledger_path(own_settings)
    return made


Backup = Callable[[], str]


@pytest.fixture
def make_backup(
    database: Database,
    database_url: str,
    database_kind: str,
    make_database_url: Callable[..., str],
) -> Backup:
    """A function that makes a true copy of the whole database and returns its address."""

    def back_up() -> str:
        if database_kind == "postgresql":
            database.dispose()  # a database is copied whole while nobody is connected to it
            return make_database_url(database_url)
        url = make_database_url()
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"VACUUM INTO '{url.removeprefix('sqlite:///')}'")
        return url

    return back_up


def restore(left: Left, url: str) -> Left:
    """The service on the copy."""
    return replace(left, database=Database(url))


def start(restored: Left, own_settings: Settings) -> Flask:
    return create_app(own_settings, restored.database)


def test_who_left_since_the_backup_is_on_no_page_and_erased_by_the_next_job(
    left: Left, own_settings: Settings, make_backup: Backup
) -> None:
    with left.database.writing() as session:
        account = add_account(session, "coordinator", network="nwm")
        account_id = account.id
        code = session.scalars(select(MatchRequest.code)).one()
        owner = session.scalars(select(MatchRequest.account_id)).one()
        session.commit()
    url = make_backup()
    left.leave()
    assert left.erase() == 1
    left.database.dispose()
    restored = restore(left, url)
    with clock.shifted(WEEK):
        with restored.database.reading() as session:
            assert session.get(Mediator, left.her) is not None
        with restored.database.writing() as session:
            keys = {
                who: start_session(session, account=session.get_one(Account, number))[0]
                for who, number in (("coordinator", account_id), ("envoy", owner))
            }
            session.commit()
        app = start(restored, own_settings)
        browser = app.test_client()
        browser.set_cookie("session_key", keys["coordinator"])
        first = browser.get("/people")
        assert first.status_code == 200
        assert f"/people/{left.records['nwm']}" not in first.text
        assert browser.get(f"/people/{left.records['nwm']}").status_code == 404
        browser.set_cookie("session_key", keys["envoy"])
        assert "no longer available" in browser.get(f"/requests/{code}/runs/1").text
        with restored.database.reading() as session:
            assert list_showable(session, [left.her, left.other], clock.now()) == {left.other}
        turn = Turn(restored.database, own_settings, OPERATOR)
        assert erase(turn) == 1
        assert erase(turn) == 0
        with restored.database.reading() as session:
            assert session.get(Mediator, left.her) is None
            assert session.get(Mediator, left.other) is not None
    restored.database.dispose()


def test_a_backup_from_the_days_of_grace_keeps_the_day_on_which_she_asked(
    left: Left, own_settings: Settings, make_backup: Backup
) -> None:
    url = make_backup()
    left.leave("awmn")
    restored = restore(left, url)
    turn = Turn(restored.database, own_settings, OPERATOR)
    assert erase(turn) == 0
    with restored.database.reading() as session:
        (again,) = list_open_erasures(session, left.her)
    with left.database.reading() as session:
        (asked,) = list_open_erasures(session, left.her)
    assert (again.network_code, again.asked_at, again.due_at) == (
        asked.network_code,
        asked.asked_at,
        asked.due_at,
    )
    with clock.shifted(WEEK):
        assert erase(turn) == 1
    with restored.database.reading() as session:
        kept = session.scalars(select(Record.network_code).where(Record.mediator_id == left.her))
        assert set(kept) == {None, "nwm"}
    restored.database.dispose()


def test_what_she_took_back_is_taken_back_in_the_backup_too(
    left: Left, own_settings: Settings, make_backup: Backup
) -> None:
    left.leave()
    url = make_backup()
    with left.database.writing() as session:
        (erasure,) = list_open_erasures(session, left.her)
        take_back(
            session,
            actor=left.actor,
            mediator_id=left.her,
            erasure_id=erasure.id,
            ledger=left.ledger,
        )
        session.commit()
    restored = restore(left, url)
    with clock.shifted(WEEK):
        assert erase(Turn(restored.database, own_settings, OPERATOR)) == 0
    with restored.database.reading() as session:
        assert session.get_one(Mediator, left.her).state == "active"
    restored.database.dispose()


def test_who_came_back_to_the_network_after_leaving_is_not_erased(
    left: Left, own_settings: Settings, make_backup: Backup
) -> None:
    left.leave("awmn")
    left.erase()
    with clock.shifted(WEEK), left.database.writing() as session:
        add_record(session, session.get_one(Mediator, left.her), "awmn")
        for erasure in session.scalars(select(Erasure)):
            session.delete(erasure)  # the backup is from before she left, but for the new record
        session.commit()
    restored = restore(left, make_backup())
    with clock.shifted(2 * WEEK):
        assert erase(Turn(restored.database, own_settings, OPERATOR)) == 0
    with restored.database.reading() as session:
        kept = session.scalars(select(Record.network_code).where(Record.mediator_id == left.her))
        assert set(kept) == {None, "nwm", "awmn"}
    restored.database.dispose()


def test_an_id_that_stands_for_somebody_else_in_the_backup_erases_nobody(
    left: Left, own_settings: Settings
) -> None:
    left.leave()
    with left.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM erasure"))
        connection.execute(
            text("UPDATE mediator SET \"key\" = 'another', state = 'active' WHERE id = :id"),
            {"id": left.her},
        )
    before = dump(left.database)["mediator"]
    with clock.shifted(WEEK):
        assert erase(Turn(left.database, own_settings, OPERATOR)) == 0
    assert dump(left.database)["mediator"] == before


def test_a_lost_ledger_is_written_anew_from_the_database(left: Left) -> None:
    left.leave()
    whole = left.ledger.read_text()
    left.ledger.unlink()
    with left.database.reading() as session:
        assert catch_up(session, left.ledger) == 1
        assert catch_up(session, left.ledger) == 0
    assert left.ledger.read_text() == whole


def test_a_torn_or_falsified_line_counts_for_nothing_and_is_named(left: Left) -> None:
    left.leave()
    (line,) = read_ledger(left.ledger).values()
    left.ledger.write_text(
        left.ledger.read_text().replace(left.key, "0" * 32) + '{"mediator_key": "to'
    )
    append(left.ledger, [line])
    damaged: list[int] = []
    assert read_ledger(left.ledger, damaged.append) == {line.asked: line}
    assert damaged == [1, 2]


def test_the_command_line_replays_erases_and_tells_what_waits(
    left: Left, own_settings: Settings, make_backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_backup()
    left.leave()
    monkeypatch.setenv("ROSTER_DATABASE_URL", url)
    monkeypatch.setenv("ROSTER_SECRET_KEY", own_settings.secret_key)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(own_settings.key_file))
    run = CliRunner().invoke
    with clock.shifted(timedelta(days=31)):
        migrated = run(main, ["migrate"])
        assert (migrated.exit_code, "hidden again" in migrated.output) == (0, True)
        assert run(main, ["erase", "replay"]).output == "hidden again: 0\n"
        late = run(main, ["erase", "status"])
        assert (late.exit_code, late.output.splitlines()[0]) == (
            1,
            "waiting: 1, later than promised: 1",
        )
        assert run(main, ["erase", "due"]).output == "erased: 1\n"
        assert run(main, ["erase", "status"]).exit_code == 0
