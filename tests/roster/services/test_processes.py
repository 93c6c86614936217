"""A process is kept by its requester alone; a side's objection bears on its own requests only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Handle, MatchRequest, Objection, Process, Run, RunRow
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.queries.processes import list_objections, list_phases
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.objections import note_objection, withdraw_objection
from roster.services.processes import (
    KeptProcess,
    add_phase,
    change_process,
    close_process,
    create_process,
    place_request,
)
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.services.why_not import explain_handle
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator

SIDES = [
    {"country": "SSD", "name": "The government", "offices": ["army"]},
    {"code": "movement", "stance": "party"},
]


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def make_process(session: Session, **values: Any) -> tuple[Process, Actor]:
    actor = get_actor(add_account(session, "envoy"))
    kept = KeptProcess(**{"title": "Talks", "countries": ["SSD"], "parties": SIDES, **values})
    return create_process(session, actor=actor, kept=kept), actor


def ask(session: Session, actor: Actor, process: Process | None, **changes: Any) -> MatchRequest:
    """A submitted request for anybody, of this process or of none."""
    start = clock.now().date() + timedelta(days=30)
    document = {"start": str(start), "end": str(start + timedelta(days=30)), "posts": [{}]}
    criteria = load_criteria({**document, **changes})
    made = create_request(session, actor=actor, criteria=criteria)
    place_request(session, actor=actor, request=made, process_code=process.code if process else "")
    return submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)


def list_answer(session: Session, run: Run) -> list[tuple[Any, ...]]:
    """All that was stored of an answer, but for its instant."""
    rows = session.scalars(
        select(RunRow).where(RunRow.run_id == run.id).order_by(RunRow.position)
    ).all()
    listed = [
        (one.mediator_id, one.handle, one.state, one.post, one.points, one.out_of, one.evidence)
        for one in rows
    ]
    return [*listed, (run.considered, run.not_visible, run.funnel, run.criteria)]


def get_handle(session: Session, request: MatchRequest, mediator_id: int) -> str:
    return session.scalars(
        select(Handle.code).where(
            Handle.request_id == request.id, Handle.mediator_id == mediator_id
        )
    ).one()


def test_a_process_is_kept_with_its_sides_and_a_state_is_its_own_code(session: Session) -> None:
    process, _ = make_process(session)
    assert process.code.startswith(f"P-{clock.now():%y}-")
    assert process.parties == [
        {
            "code": "SSD",
            "country": "SSD",
            "stance": "party",
            "name": "The government",
            "offices": ["army"],
        },
        {"code": "movement", "country": None, "stance": "party", "name": "", "offices": []},
    ]


def test_a_second_editor_is_told_of_the_first_and_a_side_stands_once(session: Session) -> None:
    process, actor = make_process(session)
    seen = process.version
    kept = KeptProcess("Other talks", countries=["SDN"], sensitivity="confidential")
    values = {"process_id": process.id, "expected_version": seen}
    change_process(session, actor=actor, kept=kept, **values)
    with pytest.raises(StaleVersion):
        change_process(session, actor=actor, kept=kept, **values)
    with pytest.raises(Refused, match="same_code_twice"):
        change_process(
            session,
            actor=actor,
            process_id=process.id,
            expected_version=process.version,
            kept=KeptProcess("Talks", parties=[{"code": "SSD"}, {"country": "SSD"}]),
        )


def test_phases_come_back_and_none_is_of_a_day_to_come(session: Session) -> None:
    process, actor = make_process(session)
    today = clock.now().date()
    for phase, days in (("ceasefire", 90), ("prevention", 30), ("ceasefire", 1)):
        add_phase(
            session,
            actor=actor,
            process_id=process.id,
            expected_version=process.version,
            phase=phase,
            since=today - timedelta(days=days),
        )
    found = list_phases(session, process.id)
    assert [one.phase for one in found] == ["ceasefire", "prevention", "ceasefire"]
    with pytest.raises(Refused, match="day_to_come"):
        add_phase(
            session,
            actor=actor,
            process_id=process.id,
            expected_version=process.version,
            phase="ceasefire",
            since=today + timedelta(days=1),
        )


def test_anothers_process_is_as_if_it_were_not_there(session: Session, index: RosterIndex) -> None:
    process, owner = make_process(session)
    _, stranger = make_process(session)
    request = ask(session, owner, process)
    theirs = ask(session, stranger, None)
    uses: list[Callable[..., object]] = [
        lambda: close_process(session, actor=stranger, process_id=process.id, expected_version=1),
        lambda: place_request(session, actor=stranger, request=theirs, process_code=process.code),
        lambda: place_request(session, actor=stranger, request=request, process_code=""),
        lambda: note_objection(
            session,
            actor=stranger,
            process_id=process.id,
            request_code=request.code,
            handle="A2-B3C",
            party_code="SSD",
        ),
        lambda: withdraw_objection(session, actor=stranger, process_id=process.id, objection_id=1),
    ]
    for use in uses:
        with pytest.raises(NotFound):
            use()


def test_a_closed_process_takes_no_request_and_no_change(session: Session) -> None:
    process, actor = make_process(session)
    close_process(session, actor=actor, process_id=process.id, expected_version=process.version)
    with pytest.raises(Refused, match="process_closed"):
        ask(session, actor, process)
    with pytest.raises(Refused, match="process_closed"):
        close_process(session, actor=actor, process_id=process.id, expected_version=process.version)


def test_a_side_objects_and_no_other_request_changes_by_a_single_bit(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        women = [add_mediator(session, last_proposed_at=clock.now()).id for _ in range(4)]
        session.commit()
    with database.writing() as session:
        process, actor = make_process(session)
        sister, stranger = make_process(session)
        colleague, _ = make_process(session)
        requests = [
            ask(session, actor, process),
            ask(session, actor, process),
            ask(session, actor, None),
            ask(session, stranger, sister),
            ask(session, stranger, None, parties=[{"country": "SSD"}]),
        ]
        owners = [actor, actor, actor, stranger, stranger]

        def search() -> list[list[tuple[Any, ...]]]:
            found = []
            for owner, request in zip(owners, requests, strict=True):
                run = run_request(session, actor=owner, request_id=request.id, index=index)
                found.append(list_answer(session, run))
            return found

        search()  # from now on all were proposed at the same places
        before = search()
        handle = get_handle(session, requests[0], women[1])
        note = {"process_id": process.id, "request_code": requests[0].code, "handle": handle}
        noted = note_objection(session, actor=actor, party_code="movement", **note)
        with pytest.raises(Refused, match="objection_noted_before"):
            note_objection(session, actor=actor, party_code="movement", **note)
        after = search()
        assert after[2:] == before[2:]
        for old, new in zip(before[:2], after[:2], strict=True):
            assert [row[0] for row in new[:-1]] == [
                row[0] for row in old[:-1] if row[0] != women[1]
            ]
        said = explain_handle(
            session, actor=actor, request_id=requests[0].id, handle=handle, index=index
        )
        assert said is not None
        assert (said.found.is_withheld, said.found.posts) == (True, ())
        [known] = list_objections(session, process.id)
        assert (known.party_code, known.handles[0]) == ("movement", (requests[0].code, handle))
        assert len(known.handles) == 2
        withdraw_objection(session, actor=actor, process_id=process.id, objection_id=noted.id)
        again = search()
        assert [[row[0] for row in one[:-1]] for one in again] == [
            [row[0] for row in one[:-1]] for one in before
        ]
        assert colleague.id != process.id
        told = session.scalars(
            select(AuditEvent.subject_kind).where(AuditEvent.action.startswith("objection."))
        ).all()
        assert told == ["process", "process"]
        session.rollback()


def test_an_objection_names_a_handle_that_an_answer_of_the_process_has_shown(
    session: Session, index: RosterIndex
) -> None:
    her = add_mediator(session).id
    process, actor = make_process(session)
    request, other = ask(session, actor, process), ask(session, actor, None)
    for one in (request, other):
        run_request(session, actor=actor, request_id=one.id, index=index)
    for code, handle in (
        (request.code, get_handle(session, other, her)),
        (other.code, get_handle(session, other, her)),
        (request.code, "no handle"),
    ):
        with pytest.raises(Refused, match="handle_unknown"):
            note_objection(
                session,
                actor=actor,
                process_id=process.id,
                request_code=code,
                handle=handle,
                party_code="SSD",
            )
    with pytest.raises(Refused, match="not_a_choice"):
        note_objection(
            session,
            actor=actor,
            process_id=process.id,
            request_code=request.code,
            handle=get_handle(session, request, her),
            party_code="another",
        )
    assert session.scalars(select(Objection)).all() == []
