"""She decides once what a word means; the file in hand and the next one are read by it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, ColumnChoice, SpreadsheetImport, WordChoice
from roster.permissions import Actor
from roster.queries.import_choices import list_word_choices
from roster.services.import_choices import decide_meanings, forget_choice, load_choices
from roster.services.imports import stage_import
from roster.spreadsheets import Choices, read_spreadsheet
from roster.spreadsheets.choices import NO_CHOICES
from tests.office_factories import add_word_choice
from tests.roster.services.lists import COORDINATOR, DAY, HEADERS, write_list

EVA = {
    "Name": "Eva Berg",
    "Nationality": "Ruritania",
    "Languages": "French courant",
    "E-mail": "eva@example.org",
    "Fame": "Kenya",
}
OTHER = Actor("account", coordinates=frozenset({"awmn"}), roles=frozenset({"coordinator"}))


def stage(
    session: Session, choices: Choices = NO_CHOICES, network: str = "nwm"
) -> SpreadsheetImport:
    content = write_list([EVA], (*HEADERS, "Fame"))
    result = read_spreadsheet(
        content, file_name="l.csv", network=network, reference_day=DAY, choices=choices
    )
    actor = Actor("account", coordinates=frozenset({network}))
    return stage_import(
        session,
        actor=actor,
        network_code=network,
        file_name="l.csv",
        content=content,
        result=result,
    )


def decide(
    session: Session,
    staged: SpreadsheetImport,
    words: Mapping[tuple[str, str], str | None],
    columns: Mapping[str, str | None] | None = None,
    actor: Actor = COORDINATOR,
) -> None:
    decide_meanings(
        session,
        actor=actor,
        import_id=staged.id,
        expected_version=staged.version,
        columns=columns or {},
        words=words,
    )


def test_the_file_in_hand_is_read_again_and_the_next_one_by_itself(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session)
        assert [(row.verdict, row.outcome) for row in staged.rows] == [("review", "waiting")]
        assert {(asked, word) for asked, word, _ in staged.summary["words"]} == {
            ("countries", "Ruritania"),
            ("levels", "courant"),
        }
        words = {("countries", "Ruritania"): "NOR", ("levels", "courant"): "C1"}
        decide(session, staged, words, {"Fame": "worked_in"})
        session.flush()
        (row,) = staged.rows
        read = {name: row.values[name] for name in ("nationalities", "languages", "worked_in")}
        assert (row.verdict, row.outcome, row.problems, read, staged.summary["words"]) == (
            "ok",
            "new",
            [],
            {
                "nationalities": ["NOR"],
                "languages": [{"code": "fra", "level": "C1"}],
                "worked_in": ["KEN"],
            },
            [],
        )
        again = stage(session, load_choices(session, "nwm"))
        assert [r.values for r in again.rows] == [row.values]
        assert [r.digest for r in again.rows] == [row.digest]
        (event,) = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "import.meanings_decided")
        )
        assert event.detail == {"columns": 1, "words": 2}


def test_what_one_network_decides_says_nothing_to_another(database: Database) -> None:
    with database.writing() as session:
        decide(session, stage(session), {("countries", "Ruritania"): "NOR"})
        session.flush()
        assert load_choices(session, "awmn") == NO_CHOICES
        other = stage(session, load_choices(session, "awmn"), network="awmn")
        assert [row.verdict for row in other.rows] == ["review"]


def test_who_decides_otherwise_than_a_colleague_is_told_of_it(database: Database) -> None:
    with database.writing() as session:
        first, second = stage(session), stage(session)
        decide(session, first, {("levels", "courant"): "C1"})
        with pytest.raises(StaleVersion) as told:
            decide(session, second, {("levels", "courant"): "B2"})
        assert told.value.current == {"word": "courant", "meaning": {"code": "C1"}}


def test_an_old_page_decides_nothing(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session)
        with pytest.raises(StaleVersion):
            decide_meanings(
                session,
                actor=COORDINATOR,
                import_id=staged.id,
                expected_version=staged.version + 1,
                columns={},
                words={("levels", "courant"): "C1"},
            )
        assert session.scalars(select(WordChoice)).all() == []


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, {}),
        ({"Fame": "no_such_field"}, {}),
        ({"Fame": "do_not_import"}, {}),
        ({"…": "notes"}, {}),
        ({}, {("levels", "courant"): "Z9"}),
        ({}, {("no_such_question", "courant"): "C1"}),
        ({}, {("levels", " - "): "C1"}),
    ],
)
def test_what_was_not_offered_is_refused(
    database: Database,
    columns: dict[str, str | None],
    words: dict[tuple[str, str], str | None],
) -> None:
    with database.writing() as session:
        staged = stage(session)
        with pytest.raises(Refused):
            decide(session, staged, words, columns)
        assert session.scalars(select(ColumnChoice)).all() == []


def test_a_decision_is_forgotten_by_its_own_network_only(database: Database) -> None:
    with database.writing() as session:
        choice = add_word_choice(session, "nwm")
        noise = add_word_choice(session, "awmn")
        with pytest.raises(NotFound):
            forget_choice(
                session, actor=OTHER, kind="word", choice_id=choice.id, expected_version=1
            )
        with pytest.raises(StaleVersion):
            forget_choice(
                session, actor=COORDINATOR, kind="word", choice_id=choice.id, expected_version=2
            )
        forget_choice(
            session, actor=COORDINATOR, kind="word", choice_id=choice.id, expected_version=1
        )
        session.flush()
        assert list_word_choices(session, ["nwm", "awmn"]) == [noise]
