"""A message that did not arrive is seen by whom its address is the business of, until it is mended."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import Mediator, OutboxMessage, Record
from roster.permissions import Actor
from roster.queries.records import visible_to
from roster.queries.undelivered import list_undelivered
from roster.services.trail import add_message
from tests import factories

NORDIC = Actor("account", account_id=3, coordinates=frozenset({"nwm"}))
AFRICAN = Actor("account", account_id=4, coordinates=frozenset({"femwise"}))


def add_sent(session: Session, woman: Mediator, address: str, state: str) -> OutboxMessage:
    message = add_message(
        session,
        template="renewal",
        language="en",
        recipient=address,
        values={},
        message_id=f"m-{session.info.setdefault('sent', iter(range(10**6))).__next__()}",
        mediator_id=woman.id,
    )
    message.state, message.problem = state, None if state == "sent" else "5.1.1"
    session.flush()
    return message


def record_of(session: Session, woman: Mediator, network: str | None) -> Record:
    which = Record.network_code == network if network else Record.network_code.is_(None)
    return session.scalars(select(Record).where(Record.mediator_id == woman.id, which)).one()


def seen_by(session: Session, actor: Actor) -> list[tuple[int, str]]:
    found = list_undelivered(session, visible_to(session, actor))
    return [(one.record_id, one.code) for one in found]


def add_woman_of_two(session: Session) -> Mediator:
    woman = factories.add_mediator(session, network="nwm")
    factories.add_membership(session, woman, "femwise")
    factories.add_record(session, woman, "femwise")
    return woman


def test_the_address_of_one_networks_record_is_that_networks_business(database: Database) -> None:
    with database.writing() as session:
        woman, noise = add_woman_of_two(session), factories.add_mediator(session)
        record = record_of(session, woman, "femwise")
        add_sent(session, woman, str(record.identity.email).upper(), "bounced")
        add_sent(session, noise, str(record_of(session, noise, "nwm").identity.email), "sent")
        assert (seen_by(session, AFRICAN), seen_by(session, NORDIC)) == (
            [(record.id, "5.1.1")],
            [],
        )


def test_the_address_that_she_gave_herself_is_all_her_networks_business(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_woman_of_two(session)
        add_sent(session, woman, str(record_of(session, woman, None).identity.email), "failed")
        ids = [record_of(session, woman, code).id for code in ("nwm", "femwise")]
        assert seen_by(session, NORDIC) == [(ids[0], "5.1.1")]
        assert seen_by(session, AFRICAN) == [(ids[1], "5.1.1")]
        assert seen_by(session, Actor("account", coordinates=frozenset({"awmn"}))) == []


def test_a_message_that_arrives_or_a_changed_address_clears_the_notice(database: Database) -> None:
    with database.writing() as session:
        arrived, changed, again = (factories.add_mediator(session) for _ in range(3))
        own = {one.id: record_of(session, one, None).identity for one in (arrived, changed, again)}
        for woman in (arrived, changed, again):
            add_sent(session, woman, str(own[woman.id].email), "bounced")
        add_sent(session, arrived, str(own[arrived.id].email), "sent")
        own[changed.id].email = "new@example.org"
        add_sent(session, again, "elsewhere@example.org", "sent")
        add_sent(session, again, str(own[again.id].email), "queued")
        assert seen_by(session, NORDIC) == [(record_of(session, again, "nwm").id, "5.1.1")]
