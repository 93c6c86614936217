"""The look-up by handle: the criteria of the newest run, the rules of the card, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from matching import State
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Handle, Mediator
from roster.roster_index import RosterIndex
from roster.services.requests import change_request
from roster.services.runs import run_request
from roster.services.why_not import explain_handle
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_criteria, make_envoy, session, submit

__all__ = ["session"]


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def find_handle(session: Any, mediator: Mediator) -> str:
    return str(session.query(Handle.code).filter_by(mediator_id=mediator.id).scalar())


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
            return explain_handle(
                session, actor=actor, request_id=request.id, handle=code, index=index
            )

        before = explain(handle)
        assert (before.state, before.posts[0].reasons) == (State.LISTED, ())
        run_request(session, actor=actor, request_id=request.id, index=index)
        session.refresh(request)
        after = explain(handle.lower())
        (reason,) = after.posts[0].reasons
        assert (after.state, reason.evidence.code, reason.hers) == (
            State.NEAR_MISS,
            "L2",
            "raise_level",
        )
        assert session.query(Handle).filter_by(mediator_id=never_shown.id).count() == 0
        assert explain("Z9Z-9Z") is None
        woman.is_hidden = True
        session.flush()
        assert explain(handle) is None


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
