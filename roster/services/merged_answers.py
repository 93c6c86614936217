"""What she had answered on both sides when two are joined: of each the narrower stands.

Her own word goes along only where she has said herself that both are her. Where coordinators joined
them nobody learns by it what she told another network: her availability ends, and she is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Availability, Consent, Declaration, MessageChoice, Record
from roster.services.consents import FILE, REST_ON_THE_FILE

CADENCES = ("three", "one", "weekly", "none")
"""From the most messages to none."""


def close_own_record(session: Session, kept_id: int) -> dict[str, Any] | None:
    """Her own words are read by no network until she opens them again: there are more of these now."""
    own = _find_own(session, kept_id)
    if own is None:
        return None
    before = {"id": own.id, "is_shared": own.is_shared}
    own.is_shared = False
    return before


def open_own_record(session: Session, before: dict[str, Any] | None) -> None:
    """As it stood before, unless she has opened it since."""
    own = session.get(Record, before["id"]) if before else None
    if own is not None and before and not own.is_shared:
        own.is_shared = before["is_shared"]


def _find_own(session: Session, mediator_id: int) -> Record | None:
    return session.scalars(
        select(Record).where(Record.mediator_id == mediator_id, Record.network_code.is_(None))
    ).one_or_none()


def join_consents(
    session: Session, kept_id: int, merged_id: int, *, is_hers: bool
) -> dict[str, Any]:
    """A purpose stands as long as it stands on both sides; where one side has none it ends.

    A side that never answered narrows nothing if she has said herself that it is her.
    """
    now = clock.now()
    ours, theirs = (_list_consents(session, each) for each in (kept_id, merged_id))
    narrowed: list[dict[str, Any]] = []
    if not is_hers or (ours and theirs):
        ends = [_list_ends(rows, now) for rows in (ours, theirs)]
        for row in (*ours, *(theirs if is_hers else ())):
            narrowed += _narrow(row, _find_end(row.purpose, ends), now)
    moved = [row.id for row in theirs] if is_hers else []
    for row in theirs if is_hers else ():
        row.mediator_id = kept_id
    session.flush()
    return {"moved": moved, "narrowed": narrowed, "at": now.isoformat()}


def _list_consents(session: Session, mediator_id: int) -> Sequence[Consent]:
    return session.scalars(
        select(Consent).where(Consent.mediator_id == mediator_id).order_by(Consent.id)
    ).all()


def _list_ends(rows: Iterable[Consent], now: datetime) -> dict[str, datetime]:
    """Until when each purpose stands."""
    ends: dict[str, datetime] = {}
    for row in rows:
        if row.withdrawn_at is None and row.valid_until > now:
            ends[row.purpose] = max(row.valid_until, ends.get(row.purpose, now))
    return ends


def _find_end(purpose: str, ends: Sequence[dict[str, datetime]]) -> datetime | None:
    """The earlier of both; None where one has none, or the file on which it rests has none."""
    rests_on = [purpose, FILE] if purpose in REST_ON_THE_FILE else [purpose]
    found = [end.get(one) for one in rests_on for end in ends]
    known = [one for one in found if one is not None]
    return min(known) if len(known) == len(found) else None


def _narrow(row: Consent, end: datetime | None, now: datetime) -> list[dict[str, Any]]:
    """End the row, or let it end earlier; return what it said before, if anything changed."""
    if row.withdrawn_at is not None or row.valid_until <= now:
        return []
    before = {"id": row.id, "purpose": row.purpose, "valid_until": row.valid_until.isoformat()}
    if end is None:
        row.withdrawn_at = now
    elif end < row.valid_until:
        row.valid_until = end
    else:
        return []
    return [before]


def part_consents(session: Session, moved: dict[str, Any], kept_id: int, merged_id: int) -> None:
    """Each side's own answers again; but what she took back or was asked since is not revived."""
    joined_at = datetime.fromisoformat(moved["at"])
    answered = _list_answered_since(session, kept_id, joined_at)
    for before in moved["narrowed"]:
        row = session.get(Consent, before["id"])
        was_ended_by_us = row is not None and row.withdrawn_at in (None, joined_at)
        if row is not None and was_ended_by_us and row.purpose not in answered:
            row.withdrawn_at = None
            row.valid_until = datetime.fromisoformat(before["valid_until"])
    for number in moved["moved"]:
        row = session.get(Consent, number)
        if row is not None and row.mediator_id == kept_id:
            row.mediator_id = merged_id
    session.flush()


def _list_answered_since(session: Session, mediator_id: int, joined_at: datetime) -> set[str]:
    """Purposes that she has given or taken back since the two were joined."""
    rows = session.scalars(select(Consent).where(Consent.mediator_id == mediator_id))
    return {
        row.purpose
        for row in rows
        if row.given_at > joined_at
        or (row.withdrawn_at is not None and row.withdrawn_at > joined_at)
    }


def join_availability(
    session: Session, kept_id: int, merged_id: int, *, is_hers: bool
) -> dict[str, list[int]]:
    """The fresher statement of each kind stands; none where coordinators joined the two."""
    ours, theirs = (_list_current(session, each) for each in (kept_id, merged_id))
    fresher = {
        kind: row
        for kind, row in (theirs if is_hers else {}).items()
        if kind not in ours or row.confirmed_at > ours[kind].confirmed_at
    }
    ended = [row for kind, row in ours.items() if kind in fresher or not is_hers]
    for row in ended:
        row.superseded_at = clock.now()
    session.flush()
    for row in fresher.values():
        row.mediator_id = kept_id
    session.flush()
    return {"moved": [row.id for row in fresher.values()], "ended": [row.id for row in ended]}


def part_availability(
    session: Session, moved: dict[str, list[int]], kept_id: int, merged_id: int
) -> None:
    """The statements go back; one that was answered anew since is not revived."""
    for number in moved["moved"]:
        row = session.get(Availability, number)
        if row is not None and row.mediator_id == kept_id:
            row.mediator_id = merged_id
    session.flush()
    standing = _list_current(session, kept_id)
    for number in moved["ended"]:
        row = session.get(Availability, number)
        if row is not None and row.confirmed_by not in standing:
            row.superseded_at = None
    session.flush()


def _list_current(session: Session, mediator_id: int) -> dict[str, Availability]:
    rows = session.scalars(
        select(Availability).where(
            Availability.mediator_id == mediator_id, Availability.superseded_at.is_(None)
        )
    )
    return {row.confirmed_by: row for row in rows}


def join_declaration(
    session: Session, kept_id: int, merged_id: int, *, is_hers: bool
) -> dict[str, Any]:
    """The ties of both, of the elder day, for what both cover.

    Where coordinators joined the two hers covers nothing any more: she declares anew.
    """
    ours, theirs = (_find_declaration(session, each) for each in (kept_id, merged_id))
    if ours is None:
        if theirs is not None and is_hers:
            theirs.mediator_id = kept_id
            return {"moved": theirs.id, "before": None}
        return {"moved": None, "before": None}
    if theirs is None and is_hers:
        return {"moved": None, "before": None}
    before = {
        "declared_on": ours.declared_on.isoformat(),
        "covers": ours.covers,
        "interests": ours.interests,
    }
    if theirs is not None and is_hers:
        ours.declared_on = min(ours.declared_on, theirs.declared_on)
        ours.covers = [code for code in ours.covers if code in theirs.covers]
        new = [one for one in theirs.interests if one not in ours.interests]
        ours.interests = [*ours.interests, *new]
    else:
        ours.covers = []
    return {"moved": None, "before": before, "version": ours.version + 1}


def part_declaration(session: Session, moved: dict[str, Any], kept_id: int, merged_id: int) -> None:
    """As it stood; what she has declared since stands."""
    row = session.get(Declaration, moved["moved"]) if moved["moved"] else None
    if row is not None and row.mediator_id == kept_id:
        row.mediator_id = merged_id
    before, ours = moved["before"], _find_declaration(session, kept_id)
    if before and ours is not None and ours.version == moved["version"]:
        ours.declared_on = datetime.fromisoformat(before["declared_on"]).date()
        ours.covers, ours.interests = before["covers"], before["interests"]
    session.flush()


def _find_declaration(session: Session, mediator_id: int) -> Declaration | None:
    return session.scalars(
        select(Declaration).where(Declaration.mediator_id == mediator_id)
    ).one_or_none()


def join_choice(session: Session, kept_id: int, merged_id: int) -> dict[str, Any] | None:
    """Fewer messages, and none by mail if one of the two mailboxes is not safe."""
    ours, theirs = (session.get(MessageChoice, each) for each in (kept_id, merged_id))
    if theirs is None:
        return None
    if ours is None:
        ours = MessageChoice(mediator_id=kept_id, quiet_from=21, quiet_until=7)
        ours.channel, ours.cadence = "mail", "three"
        session.add(ours)
    before = {"channel": ours.channel, "cadence": ours.cadence}
    if theirs.channel == "coordinator":
        ours.channel = "coordinator"
    ours.cadence = max(ours.cadence, theirs.cadence, key=CADENCES.index)
    session.flush()
    return {"before": before, "after": {"channel": ours.channel, "cadence": ours.cadence}}


def part_choice(session: Session, moved: dict[str, Any] | None, kept_id: int) -> None:
    """As she had chosen, unless she has chosen anew since."""
    ours = session.get(MessageChoice, kept_id)
    if moved and ours is not None:
        now = {"channel": ours.channel, "cadence": ours.cadence}
        if now == moved["after"]:
            ours.channel, ours.cadence = moved["before"]["channel"], moved["before"]["cadence"]
