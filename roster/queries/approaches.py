"""Approaches as each side may read them: the requester by handle, a network its own women, she hers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import Approach, Deployment, MatchRequest, Record, Release
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import left_records
from roster.queries.records import visible_networks

TAKEN = ("yes", "released", "selected")
"""States in which her yes stands."""
WAITING = ("queued", "sent", "seen", "later", "question")
OPEN = (*WAITING, "no_answer", "yes")
"""A network may still say its word."""
UNDER_WAY = ("planned", "active")
"""States of a deployment that takes her days; one that is over or did not come about takes none."""
ENDED_REQUESTS = ("closed", "cancelled", "no_match", "expired")


@dataclass(frozen=True)
class Taken:
    """Days for which her yes stands in a request: those of her deployment, once there is one."""

    approach_id: int
    request_id: int
    state: str
    first: date
    last: date

    def overlaps(self, first: date, last: date) -> bool:
        """Whether a day is in both; each is counted from its first to its last day."""
        return self.first <= last and first <= self.last


def get_dates(request: MatchRequest) -> tuple[date, date]:
    """First and last day that a request asks."""
    criteria = request.criteria
    return date.fromisoformat(criteria["start"]), date.fromisoformat(criteria["end"])


def list_taken(session: Session, mediator_id: int, now: datetime) -> list[Taken]:
    """What she has said yes to and stands: a yes alone for as long as it is held."""
    rows = session.execute(
        select(Approach, MatchRequest, Deployment)
        .join(MatchRequest, MatchRequest.id == Approach.request_id)
        .outerjoin(Deployment, Deployment.approach_id == Approach.id)
        .where(
            Approach.mediator_id == mediator_id,
            standing(now),
            or_(Deployment.id.is_(None), Deployment.state.in_(UNDER_WAY)),
        )
        .order_by(Approach.id)
    )
    return [
        Taken(approach.id, request.id, approach.state, *_get_days(request, deployment))
        for approach, request, deployment in rows
    ]


def _get_days(request: MatchRequest, deployment: Deployment | None) -> tuple[date, date]:
    """The days agreed for her work, which may have moved since; else those of the request."""
    if deployment is None:
        return get_dates(request)
    return deployment.starts_on, deployment.ends_on


def standing(now: datetime) -> ColumnElement[bool]:
    """A yes that takes her days: chosen or released, or held until an instant that is to come."""
    return or_(
        Approach.state.in_(("released", "selected")),
        and_(Approach.state == "yes", Approach.held_until > now),
    )


def list_held(
    session: Session, mediator_ids: Iterable[int], now: datetime, *, except_for: int
) -> set[int]:
    """Women whose yes stands in some other live request, of whatever office; never by whom."""
    wanted = sorted(set(mediator_ids))
    return set(
        session.scalars(
            select(Approach.mediator_id)
            .join(MatchRequest, MatchRequest.id == Approach.request_id)
            .where(
                Approach.mediator_id.in_(wanted),
                Approach.request_id != except_for,
                Approach.held_until > now,
                Approach.state.in_(TAKEN),
                MatchRequest.state.not_in(ENDED_REQUESTS),
            )
        )
    )


def is_filled(session: Session, request_id: int, post: str, *, except_for: int = 0) -> bool:
    """Whether somebody was chosen for a post; it is filled once."""
    chosen = select(Approach.id).where(
        Approach.request_id == request_id,
        Approach.post == post,
        Approach.state == "selected",
        Approach.id != except_for,
    )
    return session.scalar(chosen.limit(1)) is not None


def list_of_request(session: Session, actor: Actor, request: MatchRequest) -> Sequence[Approach]:
    """The approaches of one request, for whoever may read it, in the order they were made."""
    if not permissions.decide(
        Permission.READ_REQUEST, actor, Subject(account_id=request.account_id)
    ):
        raise NotFound
    return session.scalars(
        select(Approach).where(Approach.request_id == request.id).order_by(Approach.id)
    ).all()


def list_of_networks(
    session: Session, actor: Actor, *, states: Collection[str] = OPEN
) -> Sequence[Approach]:
    """Approaches on which a network of this actor has said no word yet, the most urgent first."""
    return session.scalars(
        _of_networks(session, actor)
        .where(Approach.state.in_(sorted(states)), Approach.network_word.is_(None))
        .order_by(Approach.answer_by, Approach.id)
    ).all()


def list_judged_lately(session: Session, actor: Actor, *, since: datetime) -> Sequence[Approach]:
    """Approaches on which her networks have said their word, the newest first."""
    return session.scalars(
        _of_networks(session, actor)
        .where(Approach.network_word_at > since)
        .order_by(Approach.network_word_at.desc(), Approach.id.desc())
    ).all()


def count_asking(
    session: Session, networks: Collection[str], since: datetime, now: datetime
) -> int:
    """Approaches without the word of these networks that are new since an instant, or have come
    halfway to the day of the answer since: each is told twice, and not again."""
    rows = session.execute(
        select(Approach.created_at, Approach.answer_by).where(
            Approach.network_code.in_(sorted(networks)),
            Approach.state.in_(OPEN),
            Approach.network_word.is_(None),
        )
    )
    moments = [(asked, asked + (due - asked) / 2) for asked, due in rows]
    return sum(any(since < moment <= now for moment in both) for both in moments)


def _of_networks(session: Session, actor: Actor) -> Select[Approach]:
    return select(Approach).where(Approach.network_code.in_(visible_networks(session, actor)))


def list_of_woman(session: Session, mediator_id: int) -> Sequence[Approach]:
    """Every approach to her, the newest first, with its steps."""
    return session.scalars(
        select(Approach)
        .where(Approach.mediator_id == mediator_id)
        .options(selectinload(Approach.steps))
        .order_by(Approach.created_at.desc(), Approach.id.desc())
    ).all()


def find_approach(session: Session, code: str) -> Approach:
    """The approach of a code, whoever asks; NotFound where there is none."""
    found = session.scalar(select(Approach).where(Approach.code == code))
    if found is None:
        raise NotFound
    return found


def handle_subject(session: Session, code: str, handle: str, **_other: object) -> Subject:
    """The requester of a request that asked a woman of this handle; NotFound otherwise."""
    owner = session.scalar(
        select(MatchRequest.account_id)
        .join(Approach, Approach.request_id == MatchRequest.id)
        .where(MatchRequest.code == code, Approach.handle == handle)
    )
    if owner is None:
        raise NotFound
    return Subject(account_id=owner)


def network_subject(session: Session, approach_code: str) -> Subject:
    """The network that is asked for its word."""
    return Subject(network_code=find_approach(session, approach_code).network_code)


def her_subject(session: Session, approach_code: str) -> Subject:
    """The woman who is asked."""
    return Subject(mediator_id=find_approach(session, approach_code).mediator_id)


def get_of_handle(session: Session, request_id: int, handle: str) -> Approach:
    """The approach to the woman of a handle of this request; NotFound where there is none."""
    found = session.scalar(
        select(Approach).where(Approach.request_id == request_id, Approach.handle == handle)
    )
    if found is None:
        raise NotFound
    return found


def get_of_network(session: Session, actor: Actor, code: str) -> Approach:
    """One approach, for a coordinator of the network that is asked; NotFound otherwise."""
    approach = find_approach(session, code)
    subject = Subject(network_code=approach.network_code)
    if not permissions.decide(Permission.SPEAK_FOR_NETWORK, actor, subject):
        raise NotFound
    return approach


def find_records(session: Session, approaches: Iterable[Approach]) -> dict[int, int]:
    """By approach, the record that the network asked keeps of the woman; none once she leaves it."""
    wanted = {one.id: (one.mediator_id, one.network_code) for one in approaches}
    rows = session.execute(
        select(Record.id, Record.mediator_id, Record.network_code).where(
            Record.mediator_id.in_({her for her, _ in wanted.values()}),
            Record.network_code.is_not(None),
            Record.id.not_in(left_records()),
        )
    )
    found = {(her, network): record_id for record_id, her, network in rows}
    return {number: found[pair] for number, pair in wanted.items() if pair in found}


def find_release(session: Session, approach_id: int) -> Release | None:
    """The release that rests on an approach, live or ended."""
    return session.scalar(select(Release).where(Release.approach_id == approach_id))
