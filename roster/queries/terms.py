"""The vocabulary as administrators have changed it, and who uses its terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from matching.terms import Terms
from roster.models import Entry, Experience, MatchRequest, Record, SavedSearch, TermChange
from roster.queries.leaving import left_records
from roster.vocabulary import load_shipped_vocabulary, use_vocabulary
from roster.vocabulary.changes import ChangedTerm, Place, change_vocabulary, read_words
from roster.vocabulary.used_codes import KIND_OF_FIELD, list_used, list_wished

EXPERIENCE_COLUMNS = {
    "track": Experience.track,
    "role": Experience.role,
    "phase": Experience.phase,
}
"""Kind -> where an experience holds its code."""


@dataclass(frozen=True)
class Uses:
    """Women whose records hold a term, and requests and kept searches that name it."""

    women: int
    requests: int
    searches: int


def load_terms(session: Session) -> Terms | None:
    """The vocabulary as the session sees it: the same object as long as nothing more is changed.

    None while nobody has changed anything: the data files need not be read to know that.
    """
    changes = tuple(
        ChangedTerm(
            row.scheme,
            row.code,
            row.is_retired,
            row.merged_into,
            tuple(sorted(row.labels.items())),
            read_words(row.synonyms),
        )
        for row in session.execute(_select_changes())
    )
    return change_vocabulary(load_shipped_vocabulary(), changes) if changes else None


def follow_vocabulary(session: Session) -> None:
    """Put the vocabulary as the session sees it in force for this unit of work."""
    use_vocabulary(load_terms(session))


def _select_changes() -> Select[bool, str, str, str | None, dict[str, str], dict[str, list[str]]]:
    t = TermChange
    return select(t.is_retired, t.scheme, t.code, t.merged_into, t.labels, t.synonyms).order_by(
        t.scheme, t.code
    )


def find_change(session: Session, place: Place) -> TermChange | None:
    """The row that holds what was changed of a term; None where nothing ever was."""
    kind, code = place
    statement = select(TermChange).where(TermChange.scheme == kind, TermChange.code == code)
    return session.scalars(statement).one_or_none()


def list_changes(session: Session, kind: str) -> dict[str, TermChange]:
    """Code -> the row that holds what was changed, of one list."""
    rows = session.scalars(select(TermChange).where(TermChange.scheme == kind))
    return {row.code: row for row in rows}


def count_women(session: Session, kind: str) -> dict[str, int]:
    """Stored code -> women whose records hold it; what a woman keeps secret is not counted."""
    held = _select_held(kind).subquery()
    statement = select(held.c.code, func.count(held.c.mediator_id.distinct())).group_by(held.c.code)
    return {row.code: row[1] for row in session.execute(statement)}


def list_women(session: Session, kind: str, codes: Iterable[str]) -> list[int]:
    """Ids of the women whose records hold one of these codes, to tell every worker of them."""
    held = _select_held(kind).subquery()
    statement = select(held.c.mediator_id).where(held.c.code.in_(list(codes))).distinct()
    return sorted(session.scalars(statement))


def _select_held(kind: str) -> Select[int, str]:
    fields = [field for field, of in KIND_OF_FIELD.items() if of == kind]
    entries = (
        select(Record.mediator_id, Entry.code)
        .join(Entry, Entry.record_id == Record.id)
        .where(Entry.field.in_(fields), Record.id.not_in(left_records()))
    )
    column = EXPERIENCE_COLUMNS.get(kind)
    if column is None:
        return select(entries.subquery())
    experiences = (
        select(Record.mediator_id, column.label("code"))
        .join(Experience, Experience.record_id == Record.id)
        .where(
            column.is_not(None),
            Experience.disclosure != "secret",
            Record.id.not_in(left_records()),
        )
    )
    return select(union_all(entries, experiences).subquery())


def count_uses(session: Session, kind: str, codes: Iterable[str]) -> Uses:
    """How far a change of a term with these stored codes reaches; every request is opened."""
    wanted = {(kind, code) for code in codes}
    return Uses(
        len(list_women(session, kind, [code for _, code in wanted])),
        sum(
            bool(list_used(one) & wanted) for one in session.scalars(select(MatchRequest.criteria))
        ),
        sum(
            bool(list_wished(one) & wanted) for one in session.scalars(select(SavedSearch.criteria))
        ),
    )
