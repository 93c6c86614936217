"""A message whose time has passed, or which might harm her, does not leave any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Consent, Link, Mediator, MessageChoice, OutboxMessage
from roster.permissions import OPERATOR, SCHEDULER
from roster.services.due_reminders import remind
from roster.services.invitations import hand_over, send_renewal
from roster.services.outbox import ClaimedMessage, claim_message
from roster.services.writing import write_to_her
from tests import factories


def add_reminded(session: Session) -> tuple[Mediator, OutboxMessage]:
    """A woman to whom a reminder of two things is queued."""
    woman = factories.add_mediator(session, availability=False)
    factories.add_availability(
        session,
        woman,
        valid_until=clock.now() + timedelta(days=6),
        confirmed_at=clock.now() - timedelta(days=40),
    )
    for row in session.scalars(select(Consent).where(Consent.mediator_id == woman.id)):
        row.valid_until = clock.now() + timedelta(days=20)
        row.given_at = clock.now() - timedelta(days=300)
    session.flush()
    remind(session, actor=SCHEDULER, ids=[woman.id], now=clock.now())
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.mediator_id == woman.id)
    ).one()
    message.due_at = clock.now()
    session.flush()
    return woman, message


def claim(session: Session, by: timedelta = timedelta()) -> ClaimedMessage | None:
    with clock.shifted(by):
        return claim_message(session, actor=SCHEDULER, now=clock.now())


def test_what_is_still_right_goes_out_whole(database: Database) -> None:
    with database.writing() as session:
        _, message = add_reminded(session)
        claimed = claim(session)
        assert claimed is not None and claimed.id == message.id
        assert [item["about"] for item in claimed.values["items"]] == ["availability", "consent"]


@pytest.mark.parametrize("newer", [send_renewal, hand_over])
def test_a_link_that_was_replaced_is_taken_out_and_the_other_goes(
    database: Database, newer: object
) -> None:
    with database.writing() as session:
        woman, message = add_reminded(session)
        newer(session, actor=OPERATOR, mediator_id=woman.id)  # type: ignore[operator]
        claimed = claim(session)
        assert claimed is not None and claimed.id == message.id
        assert [item["about"] for item in claimed.values["items"]] == ["consent"]


def test_a_message_of_used_links_is_cancelled_and_forgets_them(database: Database) -> None:
    with database.writing() as session:
        _, message = add_reminded(session)
        _, other = add_reminded(session)
        for link in session.scalars(select(Link).where(Link.mediator_id == message.mediator_id)):
            link.used_at = clock.now()
        session.flush()
        claimed = claim(session)
        assert claimed is not None and claimed.id == other.id
        assert (message.state, message.values, other.state) == ("cancelled", {}, "sending")


def test_after_a_leap_of_the_clock_no_ended_link_is_sent(database: Database) -> None:
    with database.writing() as session:
        messages = [add_reminded(session)[1] for _ in range(3)]
        assert claim(session, timedelta(days=3650)) is None
        assert {message.state for message in messages} == {"cancelled"}


@pytest.mark.parametrize("template", ["renewal", "sign_in"])
def test_she_who_has_hidden_herself_gets_only_what_she_asked_for(
    database: Database, template: str
) -> None:
    with database.writing() as session:
        woman, message = add_reminded(session)
        values = {"path": "/s/token", "ends_at": clock.now().isoformat()}
        other = write_to_her(
            session, mediator=woman, template=template, values=values, ignores_quiet_hours=True
        )
        woman.is_hidden = True
        session.flush()
        claimed = claim(session)
        assert other is not None
        assert (claimed.id if claimed else None) == (other.id if template == "sign_in" else None)
        assert message.state == "cancelled"


def test_to_a_hidden_woman_nothing_is_written_unasked(database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, is_hidden=True)
        with pytest.raises(Refused, match="she_is_hidden"):
            send_renewal(session, actor=OPERATOR, mediator_id=woman.id)
        assert write_to_her(session, mediator=woman, template="renewal", values={}) is None
        assert session.scalars(select(Link)).all() == []


def test_a_reminder_does_not_reach_her_who_has_paused_or_taken_her_consent_back(
    database: Database,
) -> None:
    with database.writing() as session:
        paused, first = add_reminded(session)
        withdrew, second = add_reminded(session)
        paused.paused_until = clock.now() + timedelta(days=3)
        for row in session.scalars(select(Consent).where(Consent.mediator_id == withdrew.id)):
            row.withdrawn_at = clock.now()
        session.flush()
        assert claim(session) is None
        assert {first.state, second.state} == {"cancelled"}


def test_once_her_coordinator_is_her_channel_nothing_leaves(database: Database) -> None:
    with database.writing() as session:
        woman, message = add_reminded(session)
        session.add(MessageChoice(mediator_id=woman.id, channel="coordinator"))
        session.flush()
        assert (claim(session), message.state) == (None, "cancelled")
