"""The one missing thing is asked for: neutrally, once a day, and the envoy reads the same always."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, TooMany
from roster.models import AuditEvent, Mediator, MessageChoice, OutboxMessage, Run
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services import near_miss_asks
from roster.services.near_miss_asks import ask_for, find_askable
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_declaration
from tests.factories import add_account, add_mediator


class Scene:
    """One near miss of each sort, and somebody who has asked."""

    def __init__(self, session: Session) -> None:
        past = clock.now() - timedelta(days=1)
        plain = {"network": "nwm", "declares": False}
        spoken: dict[str, Any] = {"languages": {"fra": "C1"}, **plain}
        self.women = {
            "A1": add_mediator(session, availability=past, **spoken).id,
            "N0": add_mediator(session, **spoken).id,
            "V1": add_mediator(session, accreditation="interviewed", **spoken).id,
            "L2": add_mediator(session, languages={"fra": "B1"}, **plain).id,
        }
        for code, her in self.women.items():
            if code != "N0":
                add_declaration(session, session.get_one(Mediator, her), covers=["TCD"])
        self.coordinator = add_account(session, "coordinator", network="nwm").email
        add_account(session, "coordinator", network="awmn")
        self.envoy = get_actor(add_account(session, country="NOR", office="Office"))
        self.run = self.ask_roster(session, self.envoy)

    def ask_roster(self, session: Session, actor: Actor) -> Run:
        start = clock.now().date() + timedelta(days=30)
        post = {"languages": [{"any_of": ["fra"], "level": "B2"}]}
        days = {"start": str(start), "end": str(start + timedelta(days=9))}
        criteria = load_criteria({**days, "parties": [{"country": "TCD"}], "posts": [post]})
        made = create_request(session, actor=actor, criteria=criteria)
        submit_request(session, actor=actor, request_id=made.id, expected_version=1)
        index = RosterIndex(load_vocabulary())
        return run_request(session, actor=actor, request_id=made.id, index=index)

    def place(self, code: str) -> int:
        return next(o.position for o in self.run.rows if o.mediator_id == self.women[code])

    def ask(self, session: Session, code: str) -> None:
        ask_for(session, actor=self.envoy, run_id=self.run.id, position=self.place(code))


def list_messages(session: Session) -> list[tuple[str, int | None, str]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    return [(one.template, one.mediator_id, one.recipient) for one in rows]


def test_she_is_asked_for_what_is_hers_and_her_office_for_what_it_confirms(
    database: Database,
) -> None:
    with database.writing() as session:
        scene = Scene(session)
        found = {row.mediator_id: find_askable(row) for row in scene.run.rows}
        assert found == {her: code for code, her in scene.women.items()}
        for code in ("A1", "N0", "V1", "L2"):
            scene.ask(session, code)
        sent = list_messages(session)
        assert [one[:2] for one in sent] == [
            ("renewal", scene.women["A1"]),
            ("exchange", scene.women["N0"]),
            ("to_confirm", None),
            ("to_confirm", None),
        ]
        assert {one[2] for one in sent[2:]} == {scene.coordinator}


def test_once_a_day_whoever_asks(database: Database) -> None:
    with database.writing() as session:
        scene = Scene(session)
        other = get_actor(add_account(session, country="SWE", office="Other"))
        theirs = scene.ask_roster(session, other)
        for _ in range(2):
            scene.ask(session, "A1")
            ask_for(
                session,
                actor=other,
                run_id=theirs.id,
                position=next(
                    o.position for o in theirs.rows if o.mediator_id == scene.women["A1"]
                ),
            )
        assert len(list_messages(session)) == 1
        with clock.shifted(timedelta(days=1, minutes=1)):
            scene.ask(session, "A1")
        assert len(list_messages(session)) == 2
        said = session.scalars(
            select(AuditEvent.detail).where(AuditEvent.action.like("%asked_for"))
        )
        assert all(detail == {} for detail in said)


@pytest.mark.parametrize("choice", [{"channel": "coordinator"}, {"cadence": "none"}])
def test_whom_no_mail_reaches_is_asked_through_her_office(
    database: Database, choice: dict[str, str]
) -> None:
    with database.writing() as session:
        scene = Scene(session)
        session.add(MessageChoice(mediator_id=scene.women["A1"], **choice))
        session.flush()
        scene.ask(session, "A1")
        assert list_messages(session) == [("to_confirm", None, scene.coordinator)]


def test_who_may_not_be_shown_and_what_cannot_be_asked_are_refused_alike(
    database: Database,
) -> None:
    with database.writing() as session:
        scene = Scene(session)
        session.get_one(Mediator, scene.women["A1"]).is_hidden = True
        session.flush()
        for position in (scene.place("A1"), 99):
            with pytest.raises(Refused, match="nothing_to_ask"):
                ask_for(session, actor=scene.envoy, run_id=scene.run.id, position=position)
        stranger = get_actor(add_account(session, country="SWE", office="Other"))
        with pytest.raises(NotFound):
            ask_for(session, actor=stranger, run_id=scene.run.id, position=scene.place("N0"))
        assert list_messages(session) == []


def test_an_envoy_asks_so_often_a_day_and_no_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_miss_asks, "ASKS_PER_REQUEST", 2)
    with database.writing() as session:
        scene = Scene(session)
        scene.ask(session, "A1")
        scene.ask(session, "N0")
        with pytest.raises(TooMany):
            scene.ask(session, "V1")
