"""Old beside new, before a file is taken in: exactly what the taking in then does."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import Identity, Record
from roster.services.import_differences import Difference, list_differences
from roster.services.imports import confirm_import
from roster.services.problem_files import write_problem_file
from roster.services.records import RecordChange, WantedEntry, change_record
from roster.services.undoing_imports import undo_import
from roster.spreadsheets import read_spreadsheet
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    DAY,
    HEADERS,
    SPOILT,
    describe_list,
    import_women,
    stage,
    take_in,
    write_list,
)

CHANGED = {
    **ANNA,
    "Phone": "+000 999 0000",
    "Nationality": "Sweden, Norway",
    "Languages": "Swedish C2, English C2",
    "Tracks": "",
}


def find_anna(session: Session) -> Record:
    return session.scalars(
        select(Record).join(Identity).where(Record.network_code == "nwm", Record.id == 1)
    ).one()


def list_said(session: Session, content: bytes) -> list[tuple[int, set[tuple[object, ...]]]]:
    """Per row of a file what it would change, as plain values."""
    staged = stage(session, content)
    found = list_differences(session, actor=COORDINATOR, staged=staged, first=0, limit=10)
    return [(one.row, {_plain(each) for each in one.differences}) for one in found]


def _plain(one: Difference) -> tuple[object, ...]:
    return one.field, one.code, str(one.before), str(one.after), one.is_taken


def test_each_difference_stands_old_beside_new(database: Database) -> None:
    import_women(database, ANNA, BRITA)
    with database.writing() as session:
        assert list_said(session, write_list([BRITA, CHANGED])) == [
            (
                3,
                {
                    ("phone", "", "+0001112233", "+0009990000", True),
                    ("nationality", "NOR", "None", "({}, None)", True),
                    ("track", "II", "({}, None)", "None", True),
                    (
                        "language",
                        "eng",
                        "({'speaking': 'C1', 'listening': 'C1'}, None)",
                        "({'speaking': 'C2', 'listening': 'C2'}, None)",
                        True,
                    ),
                },
            )
        ]


def test_what_a_person_wrote_is_shown_as_staying_and_stays(database: Database) -> None:
    import_women(database, ANNA, BRITA)
    with database.writing() as session:
        record = find_anna(session)
        hers = RecordChange(
            identity={"phone": "+000 123 4567"},
            membership={},
            entries=(WantedEntry("language", "eng", {"speaking": "B2", "listening": "B2"}),),
            fields=frozenset({"language"}),
        )
        change_record(
            session,
            actor=COORDINATOR,
            record_id=record.id,
            expected_version=record.version,
            change=hers,
        )
        session.flush()
        ((row, said),) = list_said(session, write_list([BRITA, CHANGED]))
        assert row == 3
        assert {one[0]: one[4] for one in said} == {
            "phone": False,
            "nationality": True,
            "track": True,
            "language": False,
        }
        take_in(session, write_list([BRITA, CHANGED]))
        session.flush()
        session.expire_all()
        anna = find_anna(session)
        held = {(e.field, e.code): e.detail for e in anna.entries}
        assert anna.identity.phone == "+000 123 4567"
        assert held["language", "eng"] == {"speaking": "B2", "listening": "B2"}
        assert ("nationality", "NOR") in held
        assert ("track", "II") not in held


def test_a_file_that_updated_is_taken_back_with_all_it_changed(database: Database) -> None:
    import_women(database, ANNA, BRITA)
    with database.writing() as session:
        before = describe_list(session)
        outcome, staged = take_in(session, write_list([BRITA, CHANGED]))
        assert outcome.updated == 1
        assert describe_list(session) != before
        undo_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        session.flush()
        assert describe_list(session) == before


def test_the_rows_to_correct_are_read_again_as_they_stood(database: Database) -> None:
    odd = {**SPOILT, "Name": "=1+1", "Phone": "+000 555 1212"}
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, SPOILT, odd]))
        confirm_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        content = write_problem_file(
            session,
            actor=COORDINATOR,
            import_id=staged.id,
            heading="What is to be corrected",
            word=lambda row: f"row {row.row}",
        )
        faults = [(row.raw, row.problems) for row in staged.rows if row.verdict != "ok"]
        text = content.decode("utf-8-sig")
        assert text.splitlines()[0] == ",".join([*HEADERS, "What is to be corrected"])
        assert "\n'=1+1," in text
        assert ",row 3" in text
        assert "Anna" not in text
        again = read_spreadsheet(content, file_name="x.csv", network="nwm", reference_day=DAY)
        assert [c.field for c in again.columns][-1] == "ignore"
        assert [{p.code for p in row.problems} for row in again.rows] == [
            {p["code"] for p in problems} for _, problems in faults
        ]
        corrected = content.replace(b"Zzyzxland", b"Norway").replace(b"'=1+1", b"Dagny Holm")
        outcome, _ = take_in(session, corrected)
        assert (outcome.new, outcome.waiting) == (2, 0)
