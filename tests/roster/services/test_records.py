"""A coordinator's words stand with their source and day; nothing of two editors is lost unseen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Change, Entry, Identity, Membership, Record
from roster.permissions import Actor
from roster.services.records import RecordChange, WantedEntry, change_record
from tests.factories import add_mediator

COORDINATOR = Actor("account", coordinates=frozenset({"nwm"}))
NOTHING = RecordChange({}, {}, (), frozenset())


def add_woman(session: Session, network: str = "nwm") -> Record:
    her = add_mediator(session, network=network, entries=[("theme", "ceasefire")])
    return session.scalars(
        select(Record).where(Record.mediator_id == her.id, Record.network_code == network)
    ).one()


def change(session: Session, record: Record, wanted: RecordChange, **given: Any) -> Record:
    return change_record(
        session,
        actor=given.get("actor", COORDINATOR),
        record_id=record.id,
        expected_version=given.get("version", record.version),
        change=wanted,
    )


def entries(*wanted: WantedEntry, fields: str = "theme") -> RecordChange:
    return RecordChange({}, {}, wanted, frozenset(fields.split()))


def read_entry(session: Session, record: Record, field: str, code: str = "") -> Entry:
    return session.scalars(
        select(Entry).where(Entry.record_id == record.id, Entry.field == field, Entry.code == code)
    ).one()


def test_a_confirmed_value_carries_the_day_and_loses_it_when_it_changes(
    database: Database,
) -> None:
    levels = {"speaking": "B2", "listening": "B2"}
    with database.writing() as session:
        record = add_woman(session)

        def say(detail: dict[str, Any], *, confirm: bool) -> tuple[int, date | None, str]:
            wanted = WantedEntry("language", "fra", detail, confirm=confirm)
            change(session, record, entries(wanted, fields="language"))
            entry = read_entry(session, record, "language", "fra")
            return entry.grade, entry.confirmed_on, entry.source

        today = clock.now().date()
        assert say(levels, confirm=False) == (Grade.STATED, None, "coordinator")
        assert say(levels, confirm=True) == (Grade.CONFIRMED, today, "coordinator")
        with clock.shifted(timedelta(days=10)):
            assert say(levels, confirm=False) == (Grade.CONFIRMED, today, "coordinator")
            assert say({**levels, "speaking": "C1"}, confirm=False) == (
                Grade.STATED, None, "coordinator",
            )  # fmt: skip


def test_an_untouched_value_keeps_who_said_it_and_when(database: Database) -> None:
    with database.writing() as session:
        record = add_woman(session)
        old = read_entry(session, record, "theme", "ceasefire")
        old.source, old.grade, old.confirmed_on = "import", Grade.STATED, None
        session.flush()
        said_at = old.entered_at
        with clock.shifted(timedelta(days=10)):
            change(
                session,
                record,
                entries(WantedEntry("theme", "ceasefire"), WantedEntry("theme", "elections")),
            )
        kept = read_entry(session, record, "theme", "ceasefire")
        assert (kept.source, kept.entered_at) == ("import", said_at)
        assert read_entry(session, record, "theme", "elections").source == "coordinator"


def test_fields_that_a_form_does_not_name_stay(database: Database) -> None:
    with database.writing() as session:
        record = add_woman(session)
        change(session, record, entries())
        fields = set(session.scalars(select(Entry.field).where(Entry.record_id == record.id)))
        assert fields == {"language", "note", "biography", "unmapped"}


def test_a_second_editor_is_told_of_the_first_and_nothing_is_overwritten(
    database: Database,
) -> None:
    with database.writing() as session:
        record = add_woman(session)
        seen = record.version
        change(session, record, entries(WantedEntry("theme", "elections")))
        with pytest.raises(StaleVersion) as told:
            change(session, record, entries(WantedEntry("theme", "borders")), version=seen)
        assert told.value.current["theme"] == ["elections"]
        assert told.value.wanted == {"theme": ["borders"]}
        assert record.version == seen + 1
        codes = session.scalars(select(Entry.code).where(Entry.field == "theme"))
        assert set(codes) == {"elections", "ceasefire"}  # hers, and her own record's


@pytest.mark.parametrize(
    ("accredited_on", "lapses_on"),
    [("2026-01-15", "2028-01-15"), ("2024-02-29", "2026-03-01"), ("2026-12-31", "2028-12-31")],
)
def test_an_accreditation_lapses_after_24_months_unless_a_day_is_set(
    database: Database, accredited_on: str, lapses_on: str
) -> None:
    with database.writing() as session:
        record = add_woman(session)
        membership = session.scalars(select(Membership)).one()
        membership.accreditation, membership.lapses_on = "interviewed", None
        day = date.fromisoformat(accredited_on)
        wanted = {"accreditation": "accredited", "accredited_on": day, "lapses_on": None}
        change(session, record, RecordChange({}, wanted, (), frozenset()))
        assert str(membership.lapses_on) == lapses_on


def test_an_address_is_found_by_its_digest_after_a_change(database: Database) -> None:
    with database.writing() as session:
        record = add_woman(session)
        before = record.identity.email_digest
        change(session, record, RecordChange({"email": "new@example.org"}, {}, (), frozenset()))
        assert record.identity.email_digest not in (None, before)
        change(session, record, RecordChange({"email": None}, {}, (), frozenset()))
        assert record.identity.email_digest is None


def test_a_name_is_never_emptied(database: Database) -> None:
    with database.writing() as session:
        record = add_woman(session)
        with pytest.raises(Refused, match="name_missing"):
            change(session, record, RecordChange({"display_name": None}, {}, (), frozenset()))


@pytest.mark.parametrize("network", ["awmn", None])
def test_nobody_changes_another_networks_or_a_womans_own_record(
    database: Database, network: str | None
) -> None:
    with database.writing() as session:
        her = add_mediator(session, network="awmn")
        record = session.scalars(
            select(Record).where(
                Record.mediator_id == her.id, Record.network_code.is_not_distinct_from(network)
            )
        ).one()
        with pytest.raises(NotFound):
            change(session, record, NOTHING)


def test_a_change_leaves_one_event_without_values_and_no_change_leaves_none(
    database: Database,
) -> None:
    with database.writing() as session:
        record = add_woman(session)
        version = record.version
        before = len(session.scalars(select(Change)).all())
        change(session, record, NOTHING)
        assert session.scalars(select(AuditEvent)).all() == []
        assert record.version == version
        change(session, record, RecordChange({"phone": "+000 5"}, {}, (), frozenset()))
        (said,) = session.scalars(select(AuditEvent))
        assert (said.action, said.subject_id, said.detail) == (
            "record.changed", record.id, {"fields": ["phone"]},
        )  # fmt: skip
        assert len(session.scalars(select(Change)).all()) == before + 1


def test_without_its_event_nothing_is_changed(database: Database) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no room for the trail")

    with database.writing() as session:
        record_id = add_woman(session).id
        session.commit()
    event.listen(AuditEvent, "before_insert", fail)
    try:
        with pytest.raises(RuntimeError, match="no room"), database.writing() as session:
            record = session.get_one(Record, record_id)
            change(session, record, RecordChange({"phone": "+000 5"}, {}, (), frozenset()))
            session.commit()
    finally:
        event.remove(AuditEvent, "before_insert", fail)
    with database.reading() as session:
        assert "+000 5" not in session.scalars(select(Identity.phone)).all()
