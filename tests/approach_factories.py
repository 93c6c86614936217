"""A request with its answer, women asked for it, and both words: through the use cases themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Addendum,
    Appraisal,
    Approach,
    ApproachMessage,
    ApproachStep,
    ConflictCheck,
    Deployment,
    Handle,
    MatchRequest,
    Mediator,
    Release,
    RunRow,
)
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.approach_answers import answer_approach
from roster.services.approaches import Asked, approach_women
from roster.services.network_words import agree_to_approach
from roster.services.releases import release
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_consents
from tests.factories import add_account, add_mediator, canary

TERMS: Mapping[str, Any] = {
    "who": "The office of an envoy",
    "purpose": "Talks on a corridor",
    "place": "By the river",
    "effort": "Eight weeks",
    "risk": "some",
    "pay": "fee",
    "languages": ["fra"],
}
COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
POST = "post-1"


@dataclass
class Office:
    """A requester and her request."""

    actor: Actor
    request: MatchRequest


def herself(mediator_id: int) -> Actor:
    """The account by which she acts."""
    return Actor("account", account_id=None, mediator_id=mediator_id)


def add_office(session: Session, *, index: RosterIndex | None = None, **criteria: Any) -> Office:
    """A verified requester whose submitted request for French was searched once."""
    actor = get_actor(add_account(session, "envoy"))
    start = clock.now().date() + timedelta(days=30)
    document = {
        "start": start.isoformat(),
        "end": (start + timedelta(days=60)).isoformat(),
        "posts": [{"languages": [{"any_of": ["fra"], "level": "B2"}]}],
        **criteria,
    }
    made = create_request(session, actor=actor, criteria=load_criteria(document))
    submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)
    search(session, Office(actor, made), index)
    return Office(actor, made)


def search(session: Session, office: Office, index: RosterIndex | None = None) -> None:
    """Search once more."""
    used = index or RosterIndex(load_vocabulary())
    run_request(session, actor=office.actor, request_id=office.request.id, index=used)
    session.refresh(office.request, ["runs"])


def add_french(session: Session, **values: Any) -> Mediator:
    """A woman who meets the request."""
    return add_mediator(session, **{"languages": {"fra": "C1"}, **values})


def get_handle(session: Session, office: Office, mediator_id: int) -> str:
    statement = select(Handle.code).where(
        Handle.request_id == office.request.id, Handle.mediator_id == mediator_id
    )
    return session.scalars(statement).one()


def ask(
    session: Session, office: Office, women: Iterable[int], *, post: str = POST, accepted: str = ""
) -> Asked:
    """Ask these women for the post."""
    return approach_women(
        session,
        actor=office.actor,
        request_id=office.request.id,
        expected_version=office.request.version,
        handles={get_handle(session, office, one): post for one in women},
        terms=TERMS,
        accepted_changes=accepted,
    )


def get_approach(session: Session, office: Office, mediator_id: int) -> Approach:
    return session.scalars(
        select(Approach).where(
            Approach.request_id == office.request.id, Approach.mediator_id == mediator_id
        )
    ).one()


def answer(
    session: Session, approach: Approach, said: str = "yes", *, allows: Iterable[str] = ("email",)
) -> Approach:
    """Her answer."""
    return answer_approach(
        session,
        actor=herself(approach.mediator_id),
        approach_id=approach.id,
        expected_version=approach.version,
        answer=said,
        allows=allows if said == "yes" else (),
    )


def agree(session: Session, approach: Approach) -> Approach:
    """Her network's word."""
    return agree_to_approach(
        session,
        actor=Actor("account", coordinates=frozenset({approach.network_code})),
        approach_id=approach.id,
        expected_version=approach.version,
    )


def add_ready(session: Session, office: Office, mediator_id: int, **values: Any) -> Approach:
    """Asked, her yes and her network's."""
    ask(session, office, [mediator_id])
    approach = get_approach(session, office, mediator_id)
    answer(session, approach, **values)
    return agree(session, approach)


def add_released(session: Session, office: Office, mediator_id: int, **values: Any) -> Approach:
    """Her name shown to the requester for thirty days."""
    approach = add_ready(session, office, mediator_id, **values)
    release(
        session,
        actor=office.actor,
        approach_id=approach.id,
        expected_version=approach.version,
    )
    return approach


def put_approach(
    session: Session, request: MatchRequest, mediator_id: int, *, handle: str, **columns: Any
) -> Approach:
    """An approach as it would stand after the use cases, without a run of its own."""
    now = clock.now()
    values: dict[str, Any] = {
        "state": "sent",
        "network_code": "nwm",
        "post": POST,
        "answer_by": now + timedelta(hours=72),
        "run_id": request.runs[-1].id if request.runs else None,
        **columns,
    }
    approach = Approach(
        code=f"A-{request.id}-{handle}",
        request_id=request.id,
        mediator_id=mediator_id,
        handle=handle,
        terms=dict(TERMS),
        created_at=now,
        steps=[ApproachStep(to_state="queued", taken_by="requester", taken_at=now)],
        **values,
    )
    session.add(approach)
    session.flush()
    return approach


def add_shown(
    session: Session, request: MatchRequest, woman: Mediator, network_code: str
) -> Approach:
    """A woman of the newest answer, released to its requester with her name and address."""
    add_consents(session, woman, ("naming",))
    rows = select(RunRow).where(
        RunRow.run_id == request.runs[-1].id, RunRow.mediator_id == woman.id
    )
    row = session.scalars(rows).first()
    approach = put_approach(
        session,
        request,
        woman.id,
        handle=row.handle if row else "AA-AAA",
        state="released",
        post=row.post if row else POST,
        network_code=network_code,
        network_word="agreed",
        network_word_at=clock.now(),
        allows=["display_name", "email"],
        held_until=clock.now() + timedelta(days=30),
    )
    session.add(
        Release(
            approach_id=approach.id,
            fields=["display_name", "email"],
            released_at=clock.now(),
            ends_at=clock.now() + timedelta(days=30),
        )
    )
    session.flush()
    return approach


def add_asked_and_done(session: Session, request: MatchRequest, woman: Mediator) -> Approach:
    """What is over, with a row in every table that follows an approach; a canary in every text."""
    now, number = clock.now(), woman.id
    approach = put_approach(session, request, number, handle=f"Z{number}", state="closed")
    deployment = Deployment(
        approach_id=approach.id,
        state="ended",
        starts_on=now.date(),
        ends_on=now.date(),
        reminded=[],
        created_at=now,
    )
    session.add_all(
        [
            deployment,
            ApproachMessage(
                approach_id=approach.id,
                is_hers=True,
                text=canary("asked", number),
                written_at=now,
            ),
            ConflictCheck(
                approach_id=approach.id,
                moment="approach",
                verdict="clear",
                findings=[],
                checked_at=now,
            ),
            Release(
                approach_id=approach.id,
                fields=["display_name"],
                released_at=now,
                ends_at=now,
                withdrawn_at=now,
            ),
        ]
    )
    session.flush()
    said = Appraisal(
        deployment_id=deployment.id,
        given_by="requester",
        answers={"again": "yes", "text": canary("appraisal", number)},
        given_at=now,
        reply=canary("reply", number),
        replied_at=now,
    )
    session.add(said)
    session.flush()
    more = {"text": canary("addendum", number), "written_at": now}
    session.add(Addendum(appraisal_id=said.id, written_by="requester", **more))
    session.flush()
    return approach
