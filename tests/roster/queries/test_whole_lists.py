"""A list that a process remembers is never older than what the database says at this moment."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Consent, Erasure, Identity, Mediator, Record
from roster.permissions import OPERATOR, Actor
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.queries.whole_lists import WholeLists
from roster.services.trail import trace_mediator
from tests.factories import add_mediator

NORDIC = Actor("account", coordinates=frozenset({"nwm"}))
BOTH = Actor("account", coordinates=frozenset({"nwm", "awmn"}))
NOBODY = Actor("account")


def look(session: Session, lists: WholeLists, actor: Actor, **wishes: str) -> list[str]:
    wanted = PersonFilter(**wishes)
    found = list_people(session, actor=actor, wanted=wanted, now=clock.now(), lists=lists)
    return [f"{one.name} {one.state}" for one in found.people]


def test_a_remembered_list_is_the_one_that_a_fresh_look_finds(database: Database) -> None:
    lists = WholeLists()

    def both(**wishes: str) -> list[str]:
        with database.reading() as session:
            found = look(session, lists, NORDIC, **wishes)
            assert found == look(session, WholeLists(), NORDIC, **wishes)
            return found

    with database.writing() as session:
        anna = add_mediator(session, name="Anna", availability=clock.now() + timedelta(days=20))
        brita = add_mediator(session, name="Brita")
        add_mediator(session, name="Carla", network="awmn")
        session.commit()
    assert both() == both() == ["Anna fresh", "Brita fresh"]
    with database.writing() as session:
        identity = session.scalars(
            select(Identity)
            .join(Record)
            .where(Record.mediator_id == brita.id, Record.network_code == "nwm")
        ).one()
        identity.display_name = "Ada"
        session.get_one(Mediator, anna.id).is_hidden = True
        trace_mediator(session, OPERATOR, anna.id, "mediator.hidden")
        session.commit()
    assert both() == ["Ada fresh", "Anna hidden"]
    assert both(text="brita") == []
    with database.writing() as session:
        now = clock.now()
        key = session.get_one(Mediator, anna.id).key
        session.add(Erasure(mediator_key=key, asked_at=now, due_at=now))
        trace_mediator(session, OPERATOR, anna.id, "erasure.asked")
        session.commit()
    assert both() == ["Ada fresh"]
    with database.writing() as session:
        session.get_one(Mediator, brita.id).safety_class = 3
        trace_mediator(session, OPERATOR, brita.id, "mediator.class_changed")
        session.commit()
    assert (both(safety="3"), both(safety="1")) == (["Ada fresh"], [])


def test_a_remembered_list_ends_with_the_next_answer_or_consent(database: Database) -> None:
    now, lists = clock.now(), WholeLists()
    with database.writing() as session:
        add_mediator(session, name="Due soon", availability=now + timedelta(days=14, minutes=5))
        add_mediator(session, name="Ends", availability=now + timedelta(minutes=10))
        lapsing = add_mediator(session, name="Lapsing")
        for row in session.scalars(select(Consent).where(Consent.mediator_id == lapsing.id)):
            row.valid_until = now + timedelta(minutes=20)
        session.commit()
    seen = []
    for minutes in (0, 6, 11, 21, 0):
        with clock.shifted(timedelta(minutes=minutes)), database.reading() as session:
            seen.append(look(session, lists, NORDIC))
            assert seen[-1] == look(session, WholeLists(), NORDIC)
    assert [[words.split()[-1] for words in one] for one in seen] == [
        ["fresh", "due", "fresh"],
        ["due", "due", "fresh"],
        ["due", "expired", "fresh"],
        ["due", "expired", "uninvited"],
        ["fresh", "due", "fresh"],
    ]


def test_whoever_coordinates_less_sees_less_at_once(database: Database) -> None:
    lists = WholeLists()
    with database.writing() as session:
        add_mediator(session, name="Anna")
        add_mediator(session, name="Carla", network="awmn")
        session.commit()
    with database.reading() as session:
        assert look(session, lists, BOTH) == ["Anna fresh", "Carla fresh"]
        assert look(session, lists, NORDIC) == ["Anna fresh"]
        assert look(session, lists, NOBODY) == []
        assert look(session, lists, BOTH, network="awmn", text="carla") == ["Carla fresh"]
