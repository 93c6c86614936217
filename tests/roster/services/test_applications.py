"""A network invites, takes in, asks by the record there is, refuses, asks back; and forgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import local_day
from roster.models import (
    Application,
    AuditEvent,
    Change,
    Consent,
    Entry,
    Link,
    Mediator,
    Membership,
    Network,
    OutboxMessage,
    Record,
    Suspicion,
)
from roster.permissions import Actor
from roster.services.applications import (
    accept,
    ask_to_add,
    find_look_alikes,
    invite_applicant,
    refuse,
    settle_as_known,
)
from roster.services.known_people import KnownPeople
from tests.application_factories import add_application, add_application_link
from tests.factories import add_mediator

COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
STRANGER = Actor("account", account_id=None, coordinates=frozenset({"awmn"}))
Decision = Callable[[Session, Actor, Application, int], object]
DECISIONS: dict[str, Decision] = {
    "accept": lambda s, a, one, v: accept(s, actor=a, application_id=one.id, expected_version=v),
    "refuse": lambda s, a, one, v: refuse(s, actor=a, application_id=one.id, expected_version=v),
    "ask": lambda s, a, one, v: ask_to_add(
        s, actor=a, application_id=one.id, expected_version=v, question="What?"
    ),
    "known": lambda s, a, one, v: settle_as_known(
        s, actor=a, application_id=one.id, expected_version=v, record_id=1
    ),
}


def list_letters(session: Session) -> list[tuple[str, str]]:
    rows = select(OutboxMessage.template, OutboxMessage.recipient).order_by(OutboxMessage.id)
    return [(template, recipient) for template, recipient in session.execute(rows)]


def list_actions(session: Session) -> list[tuple[str, str | None]]:
    rows = select(AuditEvent.action, AuditEvent.network_code).order_by(AuditEvent.id)
    return [(action, network) for action, network in session.execute(rows)]


def test_a_woman_invited_by_name_gets_one_link_and_asked_again_a_fresh_one(
    database: Database,
) -> None:
    with database.writing() as session:
        for name in ("Invented Woman", "Another Spelling"):
            invite_applicant(
                session,
                actor=COORDINATOR,
                network_code="nwm",
                name=name,
                email="her@example.org",
                language="fr",
            )
        session.commit()
        application = session.scalars(select(Application)).one()
        assert (application.state, application.name) == ("invited", "Invented Woman")
        assert list_letters(session) == [("application_invitation", "her@example.org")] * 2
        live = select(Link.id).where(Link.replaced_at.is_(None))
        assert len(session.scalars(live).all()) == 1
        assert list_actions(session) == [("application.invited", "nwm")] * 2


def test_accepting_makes_a_self_declared_member_whom_nobody_sees_before_she_consents(
    database: Database,
) -> None:
    with database.writing() as session:
        application = add_application(session, name="Invented Woman", email="her@example.org")
        application.language = "ar"
        add_application(session, network="awmn", name="Invented Woman", email="her@example.org")
        session.flush()
        record = accept(
            session,
            actor=COORDINATOR,
            application_id=application.id,
            expected_version=application.version,
        )
        session.commit()
        mediator = session.get_one(Mediator, record.mediator_id)
        network = session.get_one(Network, "nwm")
        membership = session.scalars(select(Membership)).one()
        assert (mediator.language, mediator.safety_class) == ("ar", 2)
        assert (membership.network_code, membership.accreditation, membership.since) == (
            "nwm",
            "self_declared",
            local_day(clock.now(), network.time_zone).isoformat(),
        )
        assert (record.identity.display_name, record.identity.email) == (
            "Invented Woman",
            "her@example.org",
        )
        said = session.scalars(select(Entry).where(Entry.record_id == record.id)).all()
        assert {(one.source, one.grade) for one in said} == {("self", Grade.STATED)}
        assert sorted((one.field, one.code) for one in said) == [
            ("biography", ""),
            ("language", "fra"),
            ("language", "swa"),
            ("nationality", "NOR"),
            ("place", "KEN"),
            ("place", "SDN"),
            ("residence", "KEN"),
            ("role_held", "facilitator"),
            ("role_sought", "co_mediator"),
            ("seniority", "senior"),
            ("theme", "ceasefire"),
            ("track", "II"),
        ]
        assert session.scalars(select(Consent)).all() == []
        assert [row.mediator_id for row in session.scalars(select(Change))] == [mediator.id]
        assert list_letters(session) == [("invitation", "her@example.org")]
        assert list_actions(session) == [
            ("application.accepted", "nwm"),
            ("invitation.sent", "nwm"),
        ]


def test_an_accepted_application_keeps_nothing_that_she_wrote(database: Database) -> None:
    with database.writing() as session:
        application = add_application(session)
        token = add_application_link(session, application)
        DECISIONS["accept"](session, COORDINATOR, application, application.version)
        session.commit()
        assert token
        assert (application.state, application.name, application.email, application.answers) == (
            "accepted",
            "",
            "",
            {},
        )
        open_links = select(Link).where(
            Link.application_id == application.id, Link.replaced_at.is_(None)
        )
        assert session.scalars(open_links).all() == []


def test_a_look_alike_is_looked_for_on_her_networks_own_list_alone(database: Database) -> None:
    with database.writing() as session:
        mine = add_mediator(session, network="nwm", name="Ingrid Halvorsen")
        add_mediator(session, network="awmn", name="Ingrid Halvorsen")
        add_mediator(session, network="nwm", name="Someone Different")
        application = add_application(session, name="Ingrid Halvorsen", answers={})
        alike = find_look_alikes(KnownPeople(session, "nwm"), application)
        records = select(Record.id).where(
            Record.mediator_id == mine.id, Record.network_code == "nwm"
        )
        assert [one.record_id for one in alike] == session.scalars(records).all()


def test_she_who_is_on_the_list_is_asked_there_and_the_applicant_reads_a_plain_no(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, name="Ingrid Halvorsen", has_own_record=False)
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        other = add_mediator(session, name="Someone Different", has_own_record=False)
        stranger = session.scalars(select(Record.id).where(Record.mediator_id == other.id)).one()
        application = add_application(
            session, name="Ingrid Halvorsen", email="her@example.org", answers={}
        )
        with pytest.raises(NotFound):
            settle_as_known(
                session,
                actor=COORDINATOR,
                application_id=application.id,
                expected_version=application.version,
                record_id=stranger,
            )
        was_asked = settle_as_known(
            session,
            actor=COORDINATOR,
            application_id=application.id,
            expected_version=application.version,
            record_id=record.id,
        )
        session.commit()
        assert (was_asked, application.state) == (True, "refused")
        assert list_letters(session) == [
            ("application_news", "her@example.org"),
            ("invitation", record.identity.email),
        ]
        assert len(session.scalars(select(Mediator)).all()) == 2


def test_taking_in_a_look_alike_judges_the_pair(database: Database) -> None:
    with database.writing() as session:
        add_mediator(session, name="Ingrid Halvorsen", has_own_record=False)
        application = add_application(session, name="Ingrid Halvorsen", answers={})
        DECISIONS["accept"](session, COORDINATOR, application, application.version)
        session.commit()
        pairs = session.execute(select(Suspicion.state, Suspicion.network_code)).all()
        assert pairs == [("different", "nwm")]


def test_given_back_with_a_question_it_is_hers_again(database: Database) -> None:
    with database.writing() as session:
        application = add_application(session, email="her@example.org")
        DECISIONS["ask"](session, COORDINATOR, application, application.version)
        session.commit()
        assert (application.state, application.answers["question"]) == ("begun", "What?")
        assert list_letters(session) == [("application_news", "her@example.org")]


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_for_her_own_network_and_the_version_that_was_read(
    database: Database, decision: str
) -> None:
    with database.writing() as session:
        application = add_application(session)
        session.commit()
    decide = DECISIONS[decision]
    with database.writing() as session:
        held = session.get_one(Application, application.id)
        with pytest.raises(NotFound):
            decide(session, STRANGER, held, held.version)
        with pytest.raises(StaleVersion):
            decide(session, COORDINATOR, held, held.version + 1)
        held.state = "withdrawn"
        session.flush()
        with pytest.raises(Refused, match="application_decided"):
            decide(session, COORDINATOR, held, held.version)
