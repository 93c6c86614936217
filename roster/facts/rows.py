"""The rows behind the facts: one streamed query per table, in the order of mediators.

Only columns that matching may know are read: no name, contact or free text is ever decrypted here
except the declaration of interests, which decides conflicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from roster.models import (
    Availability,
    Consent,
    CrossSuspicion,
    Declaration,
    Entry,
    Experience,
    Mediator,
    Membership,
    Recognition,
    Record,
    Suspicion,
)
from roster.queries.leaving import left_records
from roster.queries.pairs import OPEN

CHUNK = 2_000
"""Rows held at a time of each stream."""

Ids = Sequence[int] | None
AnyRow = Row[*tuple[Any, ...]]
Rows = Select[*tuple[Any, ...]]


class Stream:
    """Rows of one table, the mediator's id first and ascending; taken woman by woman."""

    def __init__(self, session: Session, statement: Rows) -> None:
        result = session.execute(statement.execution_options(yield_per=CHUNK))
        self._rows: Iterator[AnyRow] = iter(result)
        self._next: AnyRow | None = next(self._rows, None)

    def take(self, mediator_id: int) -> list[AnyRow]:
        """The rows of this woman; those of women before her are passed over."""
        taken = []
        while self._next is not None and self._next[0] <= mediator_id:
            if self._next[0] == mediator_id:
                taken.append(self._next)
            self._next = next(self._rows, None)
        return taken


def select_mediators(ids: Ids) -> Rows:
    """id, safety_class, state, is_hidden, paused_until, has_integrity_hold, last_proposed_at."""
    m = Mediator
    return (
        select(
            m.id,
            m.safety_class,
            m.state,
            m.is_hidden,
            m.paused_until,
            m.has_integrity_hold,
            m.last_proposed_at,
        )
        .where(_among(m.id, ids))
        .order_by(m.id)
    )


def select_memberships(ids: Ids) -> Rows:
    m = Membership
    return (
        select(
            m.mediator_id,
            m.network_code,
            m.ended_on,
            m.accreditation,
            m.accredited_on,
            m.lapses_on,
            m.pool,
        )
        .where(_among(m.mediator_id, ids))
        .order_by(m.mediator_id, m.id)
    )


def load_recognised(session: Session) -> dict[str, frozenset[str]]:
    """Network -> the networks whose accreditation it takes as its own today."""
    r = Recognition
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(
        select(r.network_code, r.recognised_code).where(r.ended_on.is_(None))
    ):
        found[row.network_code].add(row.recognised_code)
    return {code: frozenset(others) for code, others in found.items()}


def select_consents(ids: Ids) -> Rows:
    c = Consent
    return (
        select(c.mediator_id, c.purpose, c.valid_until)
        .where(c.withdrawn_at.is_(None), _among(c.mediator_id, ids))
        .order_by(c.mediator_id, c.purpose, c.valid_until)
    )


def select_availabilities(ids: Ids) -> Rows:
    """Statements in force of women and coordinators; what a list says is no statement."""
    a = Availability
    return (
        select(
            a.mediator_id,
            a.status,
            a.window_from,
            a.window_to,
            a.notice_days,
            a.longest_stay_days,
            a.days_per_month,
            a.modalities,
            a.refused,
            a.confirmed_at,
            a.confirmed_by,
            a.valid_until,
        )
        .where(a.superseded_at.is_(None), a.confirmed_by != "import", _among(a.mediator_id, ids))
        .order_by(a.mediator_id, a.id)
    )


def select_declarations(ids: Ids) -> Rows:
    d = Declaration
    return (
        select(d.mediator_id, d.declared_on, d.covers, d.interests)
        .where(_among(d.mediator_id, ids))
        .order_by(d.mediator_id)
    )


MATCHED_FIELDS = (
    "nationality",
    "residence",
    "birth_year",
    "track",
    "role_held",
    "role_sought",
    "theme",
    "phase",
    "place",
    "language",
    "seniority",
    "training",
    "community",
    "refused_by",
    "keeps_free",
)


def select_entries(ids: Ids) -> Rows:
    e = Entry
    return (
        select(
            Record.mediator_id,
            Record.network_code,
            e.field,
            e.code,
            e.detail,
            e.grade,
            e.source,
            e.entered_at,
            e.confirmed_on,
        )
        .join(Record, Record.id == e.record_id)
        .where(
            e.field.in_(MATCHED_FIELDS),
            _among(Record.mediator_id, ids),
            Record.id.not_in(left_records()),
        )
        .order_by(Record.mediator_id, e.id)
    )


def select_experiences(ids: Ids) -> Rows:
    """What she keeps secret is nobody's evidence: a code alone could give it away."""
    x = Experience
    return (
        select(
            Record.mediator_id,
            Record.network_code,
            x.country,
            x.first_year,
            x.last_year,
            x.track,
            x.role,
            x.phase,
            x.verified_on,
            x.entered_at,
        )
        .join(Record, Record.id == x.record_id)
        .where(
            x.disclosure != "secret",
            _among(Record.mediator_id, ids),
            Record.id.not_in(left_records()),
        )
        .order_by(Record.mediator_id, x.id)
    )


def select_look_alikes(ids: Ids) -> Rows:
    """Pairs of women suspected to be one, within a network or across two; each from both sides."""
    first, second = Record.__table__.alias("first"), Record.__table__.alias("second")
    pairs = and_(Suspicion.state == "suspected", first.c.mediator_id != second.c.mediator_id)

    def side(one: Any, other: Any) -> Rows:
        return (
            select(one.c.mediator_id.label("mediator_id"), other.c.mediator_id.label("other"))
            .select_from(Suspicion)
            .join(first, first.c.id == Suspicion.first_record_id)
            .join(second, second.c.id == Suspicion.second_record_id)
            .where(pairs, _among(one.c.mediator_id, ids))
        )

    x = CrossSuspicion
    across = (x.first_mediator_id, x.second_mediator_id)
    both = union_all(
        side(first, second), side(second, first), _across(*across, ids), _across(*across[::-1], ids)
    ).subquery()
    return select(both.c.mediator_id, both.c.other).order_by(both.c.mediator_id, both.c.other)


def _across(one: Any, other: Any, ids: Ids) -> Rows:
    """Suspicions between networks that nobody has settled, from one side."""
    return select(one.label("mediator_id"), other.label("other")).where(
        CrossSuspicion.state.in_(sorted(OPEN)), _among(one, ids)
    )


def _among(column: Any, ids: Ids) -> ColumnElement[bool]:
    """``column`` is one of ``ids``; anything where no ids are asked.

    The ids, plain numbers, stand in the statement's text: databases limit parameters, and the
    driver of one takes seconds to prepare thousands of them.
    """
    if ids is None:
        return column.is_not(None)  # type: ignore[no-any-return]
    named = bindparam(None, list(ids), type_=Integer, expanding=True, literal_execute=True)
    return column.in_(named)  # type: ignore[no-any-return]
