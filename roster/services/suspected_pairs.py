"""The nightly look for one woman in the lists of several networks: what is found is noted, no more.

Nothing of it is said at an import or in a search. A pair that somebody has judged is noted again
only when a compared field has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.duplicates import PEOPLE, Model, Pair, Verdict, link_pairs
from roster.encryption import keyring
from roster.models import CrossSuspicion, Mediator
from roster.permissions import Actor, Permission
from roster.queries.compared_records import ComparedRecord
from roster.queries.pairs import OPEN
from roster.services.pair_candidates import list_pairs
from roster.services.trail import add_audit, add_changes, require

CONFIRMING = frozenset(field.name for field in PEOPLE if field.confirms)
"""Fields that two namesakes rarely share."""


@dataclass(frozen=True)
class FoundPair:
    """Two women of different networks whose records are alike; the elder number first."""

    first_id: int
    second_id: int
    features: dict[str, Any]
    compared: str
    """Keyed digest of what was compared of both."""

    @property
    def women(self) -> tuple[int, int]:
        return self.first_id, self.second_id


@dataclass(frozen=True)
class Plan:
    """What one night changes: pairs to be noted, or noted anew, and suspicions that fell away."""

    to_note: Sequence[FoundPair]
    to_forget: Sequence[int]


@dataclass(frozen=True)
class Findings:
    """The pairs that were found, and what was learnt of all lists while they were compared."""

    pairs: list[FoundPair]
    learnt: Model


def find_pairs(records: Sequence[ComparedRecord]) -> list[FoundPair]:
    """Records of different networks and women that may be one, in all lists."""
    return look_for_pairs(records).pairs


def look_for_pairs(
    records: Sequence[ComparedRecord],
    *,
    changed: Collection[int] | None = None,
    learnt: Model | None = None,
    between: Callable[[], object] = lambda: None,
) -> Findings:
    """Records of different networks and women that may be one, by their likeliest pair of records.

    Noted is what is probable, and what is possible where nothing speaks against it or a year,
    address or telephone is the same: each network often writes to another mailbox of hers.
    ``changed``: only pairs with one of these mediators, by what was ``learnt`` of all lists before.
    ``between`` is called now and then, and may raise to end it.
    """
    found: dict[tuple[int, int], FoundPair] = {}
    places = list_pairs(records, changed)
    between()
    people = [record.person for record in records]
    linked = link_pairs(people, places, model=learnt, between=between)
    for pair in linked.pairs:
        one, other = sorted(
            (records[pair.first], records[pair.second]), key=lambda record: record.mediator_id
        )
        women = (one.mediator_id, other.mediator_id)
        if women not in found and _is_worth_asking(pair):
            found[women] = FoundPair(*women, _describe(pair, one, other), _digest(one, other))
    return Findings(list(found.values()), linked.model)


def _is_worth_asking(pair: Pair) -> bool:
    same = {feature.field for feature in pair.features if feature.level == "same"}
    return pair.verdict is Verdict.PROBABLE or not pair.against or bool(same & CONFIRMING)


def _describe(pair: Pair, one: ComparedRecord, other: ComparedRecord) -> dict[str, Any]:
    """What speaks for it and against it, as codes and weights: no name, no value."""
    return {
        "records": [one.record_id, other.record_id],
        "verdict": pair.verdict.value,
        "score": pair.score,
        "features": [asdict(feature) for feature in pair.features],
    }


def _digest(one: ComparedRecord, other: ComparedRecord) -> str:
    fields = [
        [getattr(record.person, field.name) for field in PEOPLE] + [record.record_id]
        for record in (one, other)
    ]
    return keyring().seal(json.dumps(fields, ensure_ascii=False))


def plan_notes(
    session: Session, found: Iterable[FoundPair], changed: Collection[int] | None = None
) -> Plan:
    """What of ``found`` is news, and which open suspicions nothing speaks for any more.

    ``changed``: of other women than these nothing was compared, and nothing is forgotten.
    """
    rows = session.execute(
        select(
            CrossSuspicion.id,
            CrossSuspicion.first_mediator_id,
            CrossSuspicion.second_mediator_id,
            CrossSuspicion.compared,
            CrossSuspicion.state,
        )
    ).all()
    known = {(first, second): compared for _, first, second, compared, _ in rows}
    pairs = {one.women: one for one in found}
    gone = [
        number
        for number, first, second, _, state in rows
        if state in OPEN
        and (first, second) not in pairs
        and (changed is None or first in changed or second in changed)
    ]
    return Plan([one for one in pairs.values() if known.get(one.women) != one.compared], gone)


def note_pairs(
    session: Session, *, actor: Actor, ids: Iterable[int], now: datetime, found: Sequence[FoundPair]
) -> int:
    """Note those of ``found`` at the places ``ids``; return how many."""
    require(Permission.RUN_JOBS, actor)
    noted = [one for one in (found[place] for place in ids) if _is_still_there(session, one)]
    for one in noted:
        _note(session, one, now)
    session.flush()
    _trace(session, actor, "pairs.noted", [her for one in noted for her in one.women])
    return len(noted)


def _is_still_there(session: Session, found: FoundPair) -> bool:
    """Both are as they were when they were compared: nobody has left or been joined since."""
    states = [session.get(Mediator, her) for her in found.women]
    return all(her is not None and her.state == "active" for her in states)


def _note(session: Session, found: FoundPair, now: datetime) -> None:
    row = session.scalars(
        select(CrossSuspicion).where(
            CrossSuspicion.first_mediator_id == found.first_id,
            CrossSuspicion.second_mediator_id == found.second_id,
        )
    ).one_or_none()
    if row is None:
        row = CrossSuspicion(first_mediator_id=found.first_id, second_mediator_id=found.second_id)
        session.add(row)
    elif row.state not in OPEN:
        _open_again(row)
    row.features, row.compared = found.features, found.compared
    row.noted_at = now


def _open_again(row: CrossSuspicion) -> None:
    """A field has changed since it was judged: what was said then was said of something else."""
    row.state = "noted"
    row.first_said = row.second_said = row.first_word = row.second_word = None
    row.first_word_by = row.second_word_by = None
    row.asked_at = row.settled_at = None


def forget_pairs(session: Session, *, actor: Actor, ids: Iterable[int], now: datetime) -> int:
    """Forget open suspicions for which nothing speaks any more; return how many."""
    require(Permission.RUN_JOBS, actor)
    rows = [session.get(CrossSuspicion, number) for number in ids]
    gone = [row for row in rows if row is not None and row.state in OPEN]
    women = [her for row in gone for her in (row.first_mediator_id, row.second_mediator_id)]
    for row in gone:
        session.delete(row)
    session.flush()
    _trace(session, actor, "pairs.forgotten", women)
    return len(gone)


def _trace(session: Session, actor: Actor, action: str, women: list[int]) -> None:
    """Of whom is told to the columns alone: the trail counts."""
    if women:
        add_changes(session, women)
        add_audit(
            session,
            actor=actor,
            action=action,
            subject_kind="pair",
            detail={"pairs": len(women) // 2},
        )
