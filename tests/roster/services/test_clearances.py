"""A network's word about its own woman counts for one request and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Declaration, MatchRequest, Mediator, Record, RunRow
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.asked_requests import list_cleared
from roster.services.clearances import give_word, list_vetted, take_word_back
from roster.services.runs import run_request
from roster.services.shown_cards import list_showable
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator, add_request


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def ask(session: Session, **changes: Any) -> tuple[MatchRequest, Actor]:
    start = clock.now().date() + timedelta(days=30)
    document = {
        "start": str(start),
        "end": str(start + timedelta(days=30)),
        "posts": [{}],
        "parties": [{"country": "SSD"}],
        **changes,
    }
    owner = add_account(session, "envoy", country="NOR")
    request = add_request(session, owner, criteria=load_criteria(document))
    return request, get_actor(owner)


def add_held(session: Session, network: str = "nwm", **values: Any) -> Mediator:
    """A woman whose kin is in office with a side."""
    her = add_mediator(session, network=network, **values)
    declared = session.scalars(select(Declaration).where(Declaration.mediator_id == her.id)).one()
    declared.interests = [{"kind": "kin", "country": "SSD"}]
    session.flush()
    return her


def get_record(session: Session, her: Mediator, network: str = "nwm") -> int:
    return session.scalars(
        select(Record.id).where(Record.mediator_id == her.id, Record.network_code == network)
    ).one()


def list_proposed(session: Session, run: int) -> set[int | None]:
    return set(session.scalars(select(RunRow.mediator_id).where(RunRow.run_id == run)))


def test_her_network_reads_who_is_held_or_hidden_and_no_other_network_does(
    session: Session, index: RosterIndex
) -> None:
    held, hidden = add_held(session), add_mediator(session, safety_class=3)
    foreign = add_held(session, "awmn")
    add_mediator(session)
    request, _ = ask(session)
    ask(session, networks=["awmn"])
    keeper = get_actor(add_account(session, "coordinator", network="nwm"))
    other = get_actor(add_account(session, "coordinator", network="awmn"))
    [(asked, women)] = list_vetted(session, actor=keeper, index=index)
    assert asked.code == request.code
    assert [(one.mediator_id, one.kind) for one in women] == [
        (held.id, "cleared"),
        (hidden.id, "put_forward"),
    ]
    theirs = list_vetted(session, actor=other, index=index)
    assert [[one.mediator_id for one in women] for _, women in theirs] == [[foreign.id]] * 2
    with pytest.raises(NotFound):
        list_vetted(session, actor=get_actor(add_account(session, "envoy")), index=index)


@pytest.mark.parametrize("kind", ["cleared", "put_forward"])
def test_a_word_brings_her_into_this_request_alone_until_it_is_taken_back(
    session: Session, index: RosterIndex, kind: str
) -> None:
    her = add_held(session) if kind == "cleared" else add_mediator(session, safety_class=3)
    (request, owner), (other, stranger) = ask(session), ask(session)
    keeper = get_actor(add_account(session, "coordinator", network="nwm"))

    def search(one: MatchRequest, actor: Actor) -> set[int | None]:
        run = run_request(session, actor=actor, request_id=one.id, index=index)
        return list_proposed(session, run.id)

    assert search(request, owner) == set()
    record = get_record(session, her)
    word = {"actor": keeper, "request_id": request.id, "record_id": record, "index": index}
    given = give_word(session, kind=kind, **word)
    with pytest.raises(Refused, match="not_held"):
        give_word(session, kind=kind, **word)
    assert search(request, owner) == {her.id}
    assert search(other, stranger) == set()
    forward = list_cleared(session, request.id, "put_forward")
    now = clock.now()
    assert list_showable(session, [her.id], now, put_forward=forward) == {her.id}
    assert list_showable(session, [her.id], now) == ({her.id} if kind == "cleared" else set())
    [(_, [said]), _] = list_vetted(session, actor=keeper, index=index)[::-1]
    assert (said.kind, said.clearance_id) == (kind, given.id)
    take_word_back(session, actor=keeper, clearance_id=given.id)
    assert search(request, owner) == set()


def test_nobody_speaks_for_another_networks_woman_or_where_it_is_not_asked(
    session: Session, index: RosterIndex
) -> None:
    her, foreign, plain = add_held(session), add_held(session, "awmn"), add_mediator(session)
    request, _ = ask(session)
    elsewhere, _ = ask(session, networks=["awmn"])
    keeper = get_actor(add_account(session, "coordinator", network="nwm"))
    other = get_actor(add_account(session, "coordinator", network="awmn"))
    hers, theirs = get_record(session, her), get_record(session, foreign, "awmn")

    def speak(actor: Actor, one: MatchRequest, record: int, kind: str = "cleared") -> object:
        return give_word(
            session, actor=actor, request_id=one.id, record_id=record, kind=kind, index=index
        )

    for actor, one, record in (
        (keeper, request, theirs),
        (other, request, hers),
        (keeper, elsewhere, hers),
        (keeper, request, 999_999),
    ):
        with pytest.raises(NotFound):
            speak(actor, one, record)
    for record, kind in ((get_record(session, plain), "cleared"), (hers, "put_forward")):
        with pytest.raises(Refused, match="not_held"):
            speak(keeper, request, record, kind)
    with pytest.raises(Refused, match="not_a_choice"):
        speak(keeper, request, hers, "kind")
    given = speak(keeper, request, hers)
    with pytest.raises(NotFound):
        take_word_back(session, actor=other, clearance_id=given.id)  # type: ignore[attr-defined]
