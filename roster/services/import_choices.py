"""What a coordinator decides about her files: which column is what, which word means what.

A decision is kept for her network and used at the next file. The file in hand is read again at
once from its kept text; a long one waits for the job that reads long files.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import ColumnChoice, ImportRow, SpreadsheetImport, WordChoice
from roster.permissions import Actor, Permission, Subject
from roster.queries.import_choices import find_choice
from roster.services.import_rows import judge_rows, note_judgement, row_columns
from roster.services.import_summaries import Tally
from roster.services.imports import audit_import, check_state, open_import
from roster.services.known_people import KnownPeople
from roster.services.trail import add_audit, require
from roster.spreadsheets import FIELDS, Choices
from roster.spreadsheets.choices import KINDS, fold
from roster.spreadsheets.crossing import Crossing, cross
from roster.spreadsheets.rereading import KeptRow, keep_findings, plan_again
from roster.vocabulary import load_vocabulary

MOST_READ_AT_ONCE = 300
"""Rows that are read again while she waits; more are left to the job."""


def load_choices(session: Session, network_code: str) -> Choices:
    """The decisions of this network."""
    columns = session.execute(
        select(ColumnChoice.heading, ColumnChoice.field).where(
            ColumnChoice.network_code == network_code
        )
    )
    words = session.execute(
        select(WordChoice.field, WordChoice.word, WordChoice.meaning).where(
            WordChoice.network_code == network_code
        )
    )
    return Choices(
        columns=dict(columns.all()),
        words={
            (asked, word): meaning["code"] if meaning else None for asked, word, meaning in words
        },
    )


def decide_meanings(
    session: Session,
    *,
    actor: Actor,
    import_id: int,
    expected_version: int,
    columns: Mapping[str, str | None],
    words: Mapping[tuple[str, str], str | None],
) -> SpreadsheetImport:
    """Keep what she has decided, and read the file in hand again by it.

    ``columns``: heading -> field, ``words``: (what is asked, word) -> code; None: to be passed over
    or left. Where somebody else has decided otherwise meanwhile she is told of it.
    """
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read")
    if not columns and not words:
        raise Refused("nothing_decided")
    for heading, field in columns.items():
        _keep_column(session, actor, staged.network_code, fold(heading), field)
    for (asked, word), code in words.items():
        _keep_word(session, actor, staged.network_code, asked, fold(word), code)
    session.flush()
    if sum(staged.summary["table_rows"]) > MOST_READ_AT_ONCE:
        staged.state, staged.rows_read = "queued", 0
    else:
        read_again(session, staged)
    counted = {"columns": len(columns), "words": len(words)}
    audit_import(session, actor, "import.meanings_decided", staged, counted)
    return staged


def _keep_column(
    session: Session, actor: Actor, network_code: str, heading: str, field: str | None
) -> None:
    if not heading or (field is not None and field not in FIELDS):
        raise Refused("meaning_unknown")
    held = session.scalar(
        select(ColumnChoice).where(
            ColumnChoice.network_code == network_code, ColumnChoice.heading == heading
        )
    )
    if held is None:
        session.add(
            ColumnChoice(
                network_code=network_code,
                heading=heading,
                field=field,
                decided_by=actor.account_id,
                decided_at=clock.now(),
            )
        )
    elif held.field != field:
        raise StaleVersion({"column": heading, "field": held.field}, {"field": field})


def keep_new_columns(
    session: Session, actor: Actor, network_code: str, columns: Mapping[str, str]
) -> None:
    """Keep what headings stand for of which the network has decided nothing yet."""
    known = load_choices(session, network_code).columns
    new = {fold(heading): field for heading, field in columns.items()}
    for heading, field in new.items():
        if heading and heading not in known:
            _keep_column(session, actor, network_code, heading, field)


def _keep_word(
    session: Session, actor: Actor, network_code: str, asked: str, word: str, code: str | None
) -> None:
    if asked not in KINDS or not word:
        raise Refused("meaning_unknown")
    if code is not None and not load_vocabulary().has(KINDS[asked], code):
        raise Refused("meaning_unknown")
    meaning = {"code": code} if code is not None else None
    held = session.scalar(
        select(WordChoice).where(
            WordChoice.network_code == network_code,
            WordChoice.field == asked,
            WordChoice.word == word,
        )
    )
    if held is None:
        session.add(
            WordChoice(
                network_code=network_code,
                field=asked,
                word=word,
                meaning=meaning,
                decided_by=actor.account_id,
                decided_at=clock.now(),
            )
        )
    elif held.meaning != meaning:
        raise StaleVersion({"word": word, "meaning": held.meaning}, {"meaning": meaning})


def read_again(session: Session, staged: SpreadsheetImport) -> None:
    """Read the kept rows of a short list anew, by what the office has decided since."""
    rows = staged.rows
    kept = [KeptRow(row.row, row.raw, row.problems) for row in rows]
    plan = plan_again(staged.summary, kept, load_choices(session, staged.network_code))
    crossing, tally = Crossing(plan.head), Tally()
    read = [keep_findings(row, was) for row, was in zip(plan.read_rows(), kept, strict=True)]
    for one in read:
        crossing.note(one)
    found = crossing.find()
    for place, (row, one) in enumerate(zip(rows, read, strict=True)):
        crossed = cross(one, found[place]) if place in found else one
        tally.note(crossed)
        _rewrite(row, row_columns(staged.network_code, crossed))
    staged.summary = tally.summarise(crossing.complete_head())
    known = KnownPeople(session, staged.network_code)
    for row, judgement in zip(rows, judge_rows(rows, known), strict=True):
        note_judgement(row, judgement)


def _rewrite(row: ImportRow, columns: Mapping[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def forget_choice(
    session: Session, *, actor: Actor, kind: str, choice_id: int, expected_version: int
) -> None:
    """Decide anew at the next file. ``kind``: column or word. Files read before stay as they are."""
    held = find_choice(session, kind, choice_id)
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=held.network_code))
    if held.version != expected_version:
        raise StaleVersion({"version": held.version}, {"version": expected_version})
    session.delete(held)
    add_audit(
        session,
        actor=actor,
        action="import.choice_forgotten",
        subject_kind=f"{kind}_choice",
        subject_id=choice_id,
        network_code=held.network_code,
    )
