"""The look-up by handle: the criteria of the newest run, the rules of the card, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matching import State
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Change, Consent, Declaration, Handle, Mediator, Membership
from roster.roster_index import RosterIndex
from roster.services.requests import change_request
from roster.services.runs import run_request
from roster.services.why_not import NOT_PROPOSED, LookUp, explain_handle
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_declaration
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_criteria, make_envoy, submit


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def find_handle(session: Session, mediator: Mediator) -> str:
    return str(session.scalars(select(Handle.code).where(Handle.mediator_id == mediator.id)).one())


def test_a_handle_of_an_earlier_run_says_what_the_newest_run_lacks_in_her(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, languages={"fra": "C1"})
        never_shown = add_mediator(session, languages={"eng": "C1"})
        _, actor = make_envoy(session)
        request = submit(session, actor)
        run_request(session, actor=actor, request_id=request.id, index=index)
        handle = find_handle(session, woman)
        changed = make_criteria(posts=[{"languages": [{"any_of": ["fra"], "level": "C2"}]}])
        change_request(
            session,
            actor=actor,
            request_id=request.id,
            expected_version=request.version,
            criteria=changed,
        )

        def explain(code: str) -> Any:
            found = explain_handle(
                session, actor=actor, request_id=request.id, handle=code, index=index
            )
            return found and found.found

        before = explain(handle)
        assert (before.state, before.posts[0].reasons) == (State.LISTED, ())
        run_request(session, actor=actor, request_id=request.id, index=index)
        session.refresh(request)
        after = explain(f" {handle.lower().replace('-', ' – ')}")
        (reason,) = after.posts[0].reasons
        assert (after.state, reason.evidence.code, reason.hers) == (
            State.NEAR_MISS,
            "L2",
            "raise_level",
        )
        assert session.query(Handle).filter_by(mediator_id=never_shown.id).count() == 0
        session.rollback()


def test_a_handle_of_another_request_and_one_of_nobody_are_not_found_alike(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        add_mediator(session, languages={"fra": "C1"})
        _, actor = make_envoy(session)
        own, other = submit(session, actor), submit(session, actor)
        for request in (own, other):
            run_request(session, actor=actor, request_id=request.id, index=index)
        foreign = session.scalars(select(Handle.code).where(Handle.request_id == other.id)).one()
        said = [
            explain_handle(session, actor=actor, request_id=own.id, handle=one, index=index)
            for one in (foreign, "Z9Z9Z", "", "K7-Q2M or any other", "%", "K7-Q2\x00")
        ]
        assert said == [None] * 6
        session.rollback()


def withdraw_consent(session: Session, woman: Mediator) -> None:
    session.execute(delete(Consent).where(Consent.mediator_id == woman.id))


def hide(session: Session, woman: Mediator) -> None:
    woman.is_hidden = True


def close(session: Session, woman: Mediator) -> None:
    woman.safety_class = 3


def pause(session: Session, woman: Mediator) -> None:
    woman.paused_until = clock.now() + timedelta(days=3)


def hold(session: Session, woman: Mediator) -> None:
    woman.has_integrity_hold = True


def suspend(session: Session, woman: Mediator) -> None:
    membership = session.scalars(select(Membership).where(Membership.mediator_id == woman.id)).one()
    membership.accreditation = "suspended"


def tie(session: Session, woman: Mediator) -> None:
    session.execute(delete_declarations(woman))
    add_declaration(session, woman, covers=["SDN"], interests=[{"kind": "kin", "country": "SDN"}])


def delete_declarations(woman: Mediator) -> Any:
    return delete(Declaration).where(Declaration.mediator_id == woman.id)


def erase(session: Session, woman: Mediator) -> None:
    session.delete(woman)


@pytest.mark.parametrize(
    "happens", [withdraw_consent, hide, close, pause, hold, suspend, tie, erase]
)
def test_whatever_may_not_be_told_reads_not_proposed_and_no_more(
    database: Database, index: RosterIndex, happens: Any
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, languages={"fra": "C1"})
        add_declaration_for(session, woman)
        number = woman.id
        _, actor = make_envoy(session)
        request = submit(session, actor, parties=[{"country": "SDN"}])
        run_request(session, actor=actor, request_id=request.id, index=index)
        handle = find_handle(session, woman)
        session.commit()
    with database.writing() as session:
        woman = session.get_one(Mediator, number)
        happens(session, woman)
        session.flush()
        add_change_of(session, number)
        session.commit()
    with database.reading() as session:
        said = explain_handle(
            session, actor=actor, request_id=request.id, handle=handle, index=index
        )
        kept = None if happens is erase else number
        assert said is not None
        assert said == LookUp(handle, kept, said.asked, NOT_PROPOSED)


def add_declaration_for(session: Session, woman: Mediator) -> None:
    session.execute(delete_declarations(woman))
    add_declaration(session, woman, covers=["SDN"])


def add_change_of(session: Session, number: int) -> None:
    session.add(Change(n=session.info["n"], mediator_id=number))


def test_only_who_reads_the_request_asks_and_only_after_a_run(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, languages={"fra": "C1"})
        _, actor = make_envoy(session)
        _, stranger = make_envoy(session)
        request = submit(session, actor)
        with pytest.raises(Refused):
            explain_handle(session, actor=actor, request_id=request.id, handle="A", index=index)
        run_request(session, actor=actor, request_id=request.id, index=index)
        handle = find_handle(session, woman)
        with pytest.raises(NotFound):
            explain_handle(
                session, actor=stranger, request_id=request.id, handle=handle, index=index
            )
        session.rollback()
