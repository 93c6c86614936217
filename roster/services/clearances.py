"""A network's word about one of its own women for one request, and for no other.

*Cleared*: a held conflict of hers (C5) does not bar her here. *Put forward*: she is of class 3, and
her own coordinator lets this one requester see her card on screen. Either may be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Columns, Evidence
from matching.vetting import list_held, list_hidden
from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Clearance, MatchRequest, Membership, Record
from roster.permissions import Actor, Permission, Subject
from roster.queries.requests_asked import AskedRequest, asks_any, list_asked
from roster.roster_index import RosterIndex
from roster.services.asked_requests import make_asked
from roster.services.trail import require, trace_mediator

KINDS = ("cleared", "put_forward")


@dataclass(frozen=True)
class Vetted:
    """One woman in one request: what is held, or that she is of class 3; or a word that was said."""

    record_id: int
    mediator_id: int
    kind: str
    held: tuple[Evidence, ...] = ()
    clearance_id: int | None = None
    """Of a word that stands."""


def list_vetted(
    session: Session, *, actor: Actor, index: RosterIndex
) -> list[tuple[AskedRequest, list[Vetted]]]:
    """Requests that ask a network of hers, with those of its women who wait for its word, and the
    words it has said. A reading session suffices; requests without any are left out."""
    require(Permission.SPEAK_FOR_NETWORK, actor)
    now, found = clock.now(), []
    requests = list_asked(session, actor)
    with index.opened(session, now=now) as columns:
        for asked in requests:
            women = _list_own(session, actor, asked)
            waiting = _list_waiting(session, columns, asked, women)
            said = _list_said(session, asked, women)
            if waiting or said:
                found.append((asked, [*waiting, *said]))
    return found


def give_word(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    record_id: int,
    kind: str,
    index: RosterIndex,
) -> Clearance:
    """Clear her or put her forward for this request. Refused where nothing waits for that word."""
    request, record = _get(session, actor, request_id, record_id)
    if kind not in KINDS:
        raise Refused("not_a_choice")
    now, asked = clock.now(), make_asked(session, request)
    with index.opened(session, now=now) as columns:
        looked = list_held if kind == "cleared" else list_hidden
        if record.mediator_id not in looked(columns, asked, now, [record.mediator_id]):
            raise Refused("not_held")
    row = Clearance(
        request_id=request.id,
        mediator_id=record.mediator_id,
        kind=kind,
        network_code=str(record.network_code),
        given_by=actor.account_id,
        given_at=clock.now(),
    )
    session.add(row)
    session.flush()
    _trace(session, actor, row, f"clearance.{kind}")
    return row


def take_word_back(session: Session, *, actor: Actor, clearance_id: int) -> None:
    """It counts no more from the next search on; a card of class 3 is shown no more at once."""
    row = session.get(Clearance, clearance_id)
    if row is None:
        raise NotFound
    require(Permission.SPEAK_FOR_NETWORK, actor, Subject(network_code=row.network_code))
    _trace(session, actor, row, "clearance.taken_back")
    session.delete(row)
    session.flush()


def _get(
    session: Session, actor: Actor, request_id: int, record_id: int
) -> tuple[MatchRequest, Record]:
    record, request = session.get(Record, record_id), session.get(MatchRequest, request_id)
    if record is None or request is None or record.network_code is None:
        raise NotFound
    require(Permission.SPEAK_FOR_NETWORK, actor, Subject(network_code=record.network_code))
    known = {one.id: one for one in list_asked(session, actor)}
    if request.id not in known or record_id not in _list_own(session, actor, known[request.id]):
        raise NotFound
    return request, record


def _list_own(session: Session, actor: Actor, asked: AskedRequest) -> dict[int, int]:
    """Records of present members in those of her networks that the request asks: record -> woman."""
    networks = [one for one in sorted(actor.coordinates) if asks_any(asked.networks, [one])]
    rows = session.execute(
        select(Record.id, Record.mediator_id)
        .join(
            Membership,
            (Membership.mediator_id == Record.mediator_id)
            & (Membership.network_code == Record.network_code),
        )
        .where(Record.network_code.in_(networks), Membership.ended_on.is_(None))
        .order_by(Record.id)
    ).all()
    return {one.id: one.mediator_id for one in rows}


def _list_waiting(
    session: Session, columns: Columns, asked: AskedRequest, women: dict[int, int]
) -> list[Vetted]:
    request, now = session.get_one(MatchRequest, asked.id), clock.now()
    wanted = make_asked(session, request)
    held = list_held(columns, wanted, now, women.values())
    hidden = list_hidden(columns, wanted, now, women.values()) if _has_hidden(columns) else []
    record_of = {woman: record for record, woman in reversed(women.items())}
    return [
        *(Vetted(record_of[one], one, "cleared", evidence) for one, evidence in held.items()),
        *(Vetted(record_of[one], one, "put_forward") for one in hidden),
    ]


def _has_hidden(columns: Columns) -> bool:
    return bool((columns.scalars["safety_class"][columns.rows()] == 3).any())


def _list_said(session: Session, asked: AskedRequest, women: dict[int, int]) -> list[Vetted]:
    record_of = {woman: record for record, woman in reversed(women.items())}
    rows = session.scalars(
        select(Clearance).where(Clearance.request_id == asked.id).order_by(Clearance.id)
    )
    return [
        Vetted(record_of[one.mediator_id], one.mediator_id, one.kind, clearance_id=one.id)
        for one in rows
        if one.mediator_id in record_of
    ]


def _trace(session: Session, actor: Actor, row: Clearance, action: str) -> None:
    trace_mediator(session, actor, row.mediator_id, action, {"request": row.request_id})
