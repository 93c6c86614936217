"""Her own record and her declaration are hers, dated, and never overwritten unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.facts import load_mediators
from roster.models import AuditEvent, Change, Entry, Mediator, Record
from roster.permissions import Actor
from roster.services.declarations import declare
from roster.services.profiles import change_own_record, keep_record
from roster.services.records import RecordChange, WantedEntry
from tests import factories

COORDINATOR = Actor("account", account_id=8, coordinates=frozenset({"nwm"}))


def herself(mediator: Mediator) -> Actor:
    return Actor("account", mediator_id=mediator.id)


def add_listed(session: Session) -> Mediator:
    return factories.add_mediator(
        session, has_own_record=False, declares=False, languages={}, entries=[("theme", "youth")]
    )


def change(name: str, *themes: str) -> RecordChange:
    return RecordChange(
        identity={"display_name": name},
        membership={},
        entries=tuple(WantedEntry("theme", theme) for theme in themes),
        fields=frozenset({"theme"}),
    )


def test_keeping_a_record_makes_its_values_hers_and_leaves_notes_behind(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_listed(session)
        own = keep_record(session, actor=herself(woman), mediator_id=woman.id, expected_version=0)
        session.commit()

        kept = sorted((e.field, e.code, e.source, int(e.grade)) for e in own.entries)
        assert kept == [("biography", "", "self", 1), ("theme", "youth", "self", 1)]
        assert session.scalars(select(AuditEvent.action)).all() == ["own_record.changed"]
        assert woman.id in session.scalars(select(Change.mediator_id)).all()


def test_a_level_that_she_chose_stands_beside_the_word_of_the_list(database: Database) -> None:
    with database.writing() as session:
        woman = add_listed(session)
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        word = Entry(
            field="language",
            code="fra",
            detail={"word": "courant"},
            source="import",
            entered_at=clock.now(),
        )
        record.entries.append(word)
        session.flush()
        keep_record(
            session,
            actor=herself(woman),
            mediator_id=woman.id,
            expected_version=0,
            levels={"fra": "C1"},
        )
        session.commit()

        [language] = next(load_mediators(session, ids=[woman.id])).languages
        assert (language.code, language.speaking, language.source.by) == ("fra", 5, "self")
        assert word.detail == {"word": "courant"}


def test_a_second_page_of_hers_is_told_and_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        woman = add_listed(session)
        actor = herself(woman)
        for version, theme in ((0, "youth"), (1, "ceasefire")):
            own = change_own_record(
                session,
                actor=actor,
                mediator_id=woman.id,
                expected_version=version,
                change=change("Ingrid Ny", theme),
            )
        with pytest.raises(StaleVersion) as told:
            change_own_record(
                session,
                actor=actor,
                mediator_id=woman.id,
                expected_version=1,
                change=change("Somebody", "elections"),
            )

        assert (told.value.current["theme"], told.value.wanted["theme"]) == (
            ["ceasefire"],
            ["elections"],
        )
        assert [e.code for e in own.entries] == ["ceasefire"]


def test_a_record_needs_a_name(database: Database) -> None:
    with database.writing() as session:
        woman = add_listed(session)
        with pytest.raises(Refused, match="name_missing"):
            change_own_record(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_version=0,
                change=change(""),
            )


@pytest.mark.parametrize("stranger", [COORDINATOR, Actor("account", mediator_id=0)])
def test_nobody_writes_or_declares_in_her_place(database: Database, stranger: Actor) -> None:
    with database.writing() as session:
        woman = add_listed(session)
        with pytest.raises(NotFound):
            keep_record(session, actor=stranger, mediator_id=woman.id, expected_version=0)
        with pytest.raises(NotFound):
            declare(session, actor=stranger, mediator_id=woman.id, expected_version=0, interests=[])


def test_declaring_again_is_dated_anew_and_knows_its_version(database: Database) -> None:
    interest = {"kind": "kin", "country": "SDN", "party": None}
    with database.writing() as session:
        woman = add_listed(session)
        first = declare(
            session, actor=herself(woman), mediator_id=woman.id, expected_version=0, interests=[]
        )
        with clock.shifted(timedelta(days=200)):
            day = clock.now().date()
            declare(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_version=first.version,
                interests=[interest],
            )
        with pytest.raises(StaleVersion):
            declare(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_version=1,
                interests=[],
            )

        assert (first.declared_on, first.interests, len(first.covers) > 240) == (
            day,
            [interest],
            True,
        )
