"""After an erasure not one byte of her is in the files of the database: text or ciphertext."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import LargeBinary, make_url, select, type_coerce

from roster import clock
from roster.db import Database
from roster.jobs import Turn, erase
from roster.models import Identity, Membership
from roster.permissions import OPERATOR
from roster.settings import Settings
from tests.factories import canary
from tests.roster.services.leaving import make_left

SUFFIXES = ("", "-wal", "-shm")


def count_bytes(database: Database, wanted: bytes) -> int:
    """How often these bytes stand in the file, its log or the log's index: as grep -a would."""
    path = str(make_url(str(database.engine.url)).database)
    files = [Path(f"{path}{suffix}") for suffix in SUFFIXES]
    return sum(file.read_bytes().count(wanted) for file in files if file.exists())


def ciphertext_of(database: Database, record_id: int) -> bytes:
    """Her name as it stands in the file."""
    sealed = select(type_coerce(Identity.display_name, LargeBinary))
    with database.reading() as session:
        found = session.scalars(sealed.where(Identity.record_id == record_id)).one()
    return bytes(found)[40:120]  # the middle, so that no header is counted


def test_no_byte_of_her_is_left_in_the_file_or_its_log(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    left = make_left(database, tmp_path)
    with database.writing() as session:
        own = session.scalars(
            select(Membership).where(
                Membership.mediator_id == left.her, Membership.network_code == "nwm"
            )
        ).one()
        own.antenna = canary("plain", left.her)
        session.commit()
    probes = {
        "plain": canary("plain", left.her).encode(),
        "antenna": canary("antenna", left.her).encode(),
        **{f"name {record}": ciphertext_of(database, record) for record in left.records.values()},
    }
    stays = canary("antenna", left.other).encode()
    assert all(count_bytes(database, probe) for probe in probes.values())
    left.leave()
    turn = Turn(database, replace(settings, key_file=tmp_path / "field.key"), OPERATOR)
    with clock.shifted(timedelta(days=8)):
        assert erase(turn) == 1
    assert {name: count_bytes(database, probe) for name, probe in probes.items()} == dict.fromkeys(
        probes, 0
    )
    assert count_bytes(database, stays) > 0


def test_the_log_is_emptied_later_where_a_reader_still_needs_it(
    database: Database, tmp_path: Path
) -> None:
    left = make_left(database, tmp_path)
    with database.reading() as session:
        session.scalars(select(Membership)).all()
        left.leave()
        left.erase()
        assert database.empty_log() is False
    assert database.empty_log() is True
    assert count_bytes(database, canary("antenna", left.her).encode()) == 0
