"""Six ways to falsify the trail with full access to the database; each is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select, text

from roster import clock
from roster.cli import main
from roster.db import Database
from roster.encryption import use_key_file
from roster.errors import NotFound
from roster.models import AuditEvent
from roster.permissions import ANONYMOUS, OPERATOR
from roster.services.anchors import (
    add_anchor,
    anchor_path,
    find_trail_fault,
    read_anchors,
)
from roster.services.trail import add_audit, chain_digest
from roster.settings import Settings

EVENTS = 6


@pytest.fixture
def trail(database: Database) -> Database:
    """Six events, each of its own transaction."""
    for number in range(1, EVENTS + 1):
        with database.writing() as session:
            detail = {"count": number, "code": "é"}
            add_audit(
                session,
                actor=OPERATOR,
                action="test.done",
                subject_kind="mediator",
                subject_id=number,
                detail=detail,
            )
            session.commit()
    return database


@pytest.fixture
def anchors(trail: Database, tmp_path: Path) -> Path:
    """The anchor of the whole trail, outside the database."""
    path = tmp_path / "trail.anchors"
    with trail.reading() as session:
        add_anchor(session, path, actor=OPERATOR, now=clock.now())
    return path


@contextmanager
def without_triggers(database: Database) -> Iterator[Connection]:
    """What somebody can do who owns the database itself."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for action in ("UPDATE", "DELETE"):
                connection.execute(text(f"DROP TRIGGER audit_event_refuses_{action}"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
        yield connection


def find(database: Database, anchors: Path) -> tuple[str, int | None] | None:
    with database.reading() as session:
        fault = find_trail_fault(session, actor=OPERATOR, anchors=read_anchors(anchors))
    return None if fault is None else (fault.code, fault.event_id)


def edit(connection: Connection) -> None:
    connection.execute(text("UPDATE audit_event SET actor = 'account:9' WHERE id = 3"))


def delete_middle(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit_event WHERE id = 3"))


def delete_tail(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit_event WHERE id > 4"))


def reorder(connection: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(text(f"UPDATE audit_event SET id = {new} WHERE id = {old}"))


def put_in(connection: Connection) -> None:
    for number in (6, 5, 4):
        connection.execute(text(f"UPDATE audit_event SET id = {number + 1} WHERE id = {number}"))
    columns = "n, at, actor, action, subject_kind, subject_id, network_code, detail, digest"
    copied = f"INSERT INTO audit_event (id, {columns}) SELECT 4, {columns} FROM audit_event"
    connection.execute(text(f"{copied} WHERE id = 3"))


@pytest.mark.parametrize(
    ("falsify", "found"),
    [
        (edit, ("changed", 3)),
        (delete_middle, ("changed", 4)),
        (delete_tail, ("missing", 6)),
        (reorder, ("changed", 3)),
        (put_in, ("changed", 4)),
    ],
)
def test_the_first_bad_event_is_named(
    trail: Database,
    anchors: Path,
    falsify: Callable[[Connection], None],
    found: tuple[str, int],
) -> None:
    assert find(trail, anchors) is None
    with without_triggers(trail) as connection:
        falsify(connection)
    assert find(trail, anchors) == found


def rechain(database: Database, first: int) -> None:
    """Edit one event and seal it and all that follow again, with the keys of this process."""
    with database.reading() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    before, digests = "", {}
    for row in rows:
        if row.id == first:
            row.actor = "account:9"
        before = digests[row.id] = chain_digest(before, row) if row.id >= first else row.digest
    with without_triggers(database) as connection:
        edit(connection)
        for number, digest in digests.items():
            connection.execute(
                text("UPDATE audit_event SET digest = :digest WHERE id = :id"),
                {"digest": digest, "id": number},
            )


def test_a_chain_sealed_again_without_the_key_is_found(
    trail: Database, anchors: Path, tmp_path: Path, key_file: Path
) -> None:
    use_key_file(tmp_path / "other.key")
    rechain(trail, 3)
    use_key_file(key_file)
    assert find(trail, anchors) == ("changed", 3)


def test_a_chain_sealed_again_with_the_key_is_found_by_an_anchor_kept_elsewhere(
    trail: Database, anchors: Path
) -> None:
    rechain(trail, 3)
    assert find(trail, Path("no anchor")) is None
    assert find(trail, anchors) == ("changed", 6)


def test_an_anchor_that_was_rewritten_is_named(trail: Database, anchors: Path) -> None:
    line = json.loads(anchors.read_text())
    anchors.write_text(json.dumps({**line, "last_id": 4, "events": 4}) + "\n")
    assert find(trail, anchors) == ("anchor", 4)


def test_anchors_are_one_a_day_and_only_when_the_trail_grew(trail: Database, anchors: Path) -> None:
    def anchor_after(days: int) -> bool:
        with trail.writing() as session:
            add_audit(session, actor=OPERATOR, action="more", subject_kind="mediator")
            session.commit()
        with trail.reading() as session:
            now = clock.now().replace(hour=12)
            return add_anchor(session, anchors, actor=OPERATOR, now=now + timedelta(days=days))

    assert [anchor_after(0), anchor_after(0), anchor_after(1)] == [True, True, True]
    with trail.reading() as session:
        assert add_anchor(session, anchors, actor=OPERATOR, now=clock.now()) is False
    assert [anchor.events for anchor in read_anchors(anchors)] == [EVENTS + 2, EVENTS + 3]
    assert find(trail, anchors) is None


def test_only_an_auditor_or_the_operator_may_check(trail: Database) -> None:
    with trail.reading() as session, pytest.raises(NotFound):
        find_trail_fault(session, actor=ANONYMOUS, anchors=[])


def test_the_command_names_the_first_bad_event_and_fails(
    trail: Database, settings: Settings
) -> None:
    environment = {
        "ROSTER_DATABASE_URL": settings.database_url,
        "ROSTER_SECRET_KEY": settings.secret_key,
        "ROSTER_KEY_FILE": str(settings.key_file),
    }
    run = CliRunner(env=environment)
    path = anchor_path(settings)
    path.unlink(missing_ok=True)
    assert run.invoke(main, ["audit", "anchor"]).output == f"{path}\n"
    whole = run.invoke(main, ["audit", "verify"])
    assert (whole.exit_code, whole.output) == (
        0,
        "the trail is whole, anchored up to event 6\n",
    )
    at = read_anchors(path)[0].at
    with without_triggers(trail) as connection:
        delete_tail(connection)
    cut = run.invoke(main, ["audit", "verify"])
    assert (cut.exit_code, cut.output) == (1, f"event 6 is gone: the anchor of {at} saw it\n")
    path.unlink()
