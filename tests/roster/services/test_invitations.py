"""An invitation works once, for fourteen days, and is hers alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.encryption import keyring
from roster.errors import Ended, NotFound, Refused
from roster.models import Account, AuditEvent, Link, OutboxMessage, Record
from roster.permissions import OPERATOR, Actor
from roster.services.invitations import (
    accept_invitation,
    hand_over,
    invite,
    invite_many,
    send_renewal,
)
from roster.services.links import find_live_link, take_link
from tests import factories

COORDINATOR = Actor("account", account_id=3, coordinates=frozenset({"nwm"}))


def add_listed(session: Session, **columns: Any) -> Record:
    """A woman whom a network has listed and nobody has asked yet."""
    woman = factories.add_mediator(
        session,
        consents=False,
        availability=False,
        has_own_record=False,
        declares=False,
        **columns,
    )
    return session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()


def token_of(message: OutboxMessage | None) -> str:
    assert message is not None
    return str(message.values["path"]).rpartition("/")[2]


def test_an_invitation_is_one_message_to_one_address_with_the_token_sealed(
    database: Database,
) -> None:
    with database.writing() as session:
        record = add_listed(session, language="ar")
        sent = invite(session, actor=COORDINATOR, record_id=record.id)
        session.commit()
        message = session.scalars(select(OutboxMessage)).one()
        token = token_of(sent.message)

        assert (message.template, message.language, message.recipient) == (
            "invitation",
            "ar",
            record.identity.email,
        )
        assert set(message.values) == {"path", "ends_at", "time_zone"}
        assert sent.token is None
        assert sent.link.token_digest == keyring().seal(token)
        assert sent.link.ends_at - sent.link.created_at == timedelta(days=14)
        stored = session.execute(text("SELECT * FROM outbox_message")).one()
        stored_link = session.execute(text("SELECT * FROM link")).one()
        assert token.encode() not in repr((stored, stored_link)).encode()
        assert session.execute(select(AuditEvent.action, AuditEvent.network_code)).all() == [
            ("invitation.sent", "nwm")
        ]


def test_accepting_makes_her_account_without_a_password(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session, language="fr", time_zone="Africa/Tunis")
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        accepted = accept_invitation(session, token=token)
        session.commit()

        account = session.scalars(select(Account)).one()
        assert account is accepted.account
        assert (accepted.mediator_id, accepted.record_id) == (record.mediator_id, record.id)
        assert (account.email, account.password_hash, account.language, account.time_zone) == (
            record.identity.email,
            None,
            "fr",
            "Africa/Tunis",
        )
        assert [(g.role, g.network_code) for g in account.grants] == [("mediator", None)]
        assert session.scalars(select(AuditEvent.actor)).all() == ["account:3", "link"]


def test_of_twenty_presses_at_once_exactly_one_succeeds(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        session.commit()

    def press(_number: int) -> str:
        with database.writing() as session:
            try:
                accept_invitation(session, token=token)
            except Ended:
                return "ended"
            session.commit()
            return "accepted"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(press, range(20)))

    assert sorted(answers) == ["accepted"] + ["ended"] * 19
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
        taken = select(func.count()).where(AuditEvent.action == "invitation.accepted")
        assert session.scalar(taken) == 1


def test_a_newer_invitation_ends_the_older(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        older = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        newer = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)

        with pytest.raises(Ended):
            accept_invitation(session, token=older)
        assert accept_invitation(session, token=newer).record_id == record.id


@pytest.mark.parametrize(
    ("later", "is_live"),
    [
        (timedelta(days=14, seconds=-5), True),
        (timedelta(days=14), False),
        (timedelta(days=400), False),
    ],
)
def test_a_link_lives_fourteen_days(database: Database, later: timedelta, is_live: bool) -> None:
    with database.writing() as session:
        record = add_listed(session)
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        with clock.shifted(later):
            if is_live:
                assert accept_invitation(session, token=token).record_id == record.id
            else:
                with pytest.raises(Ended):
                    accept_invitation(session, token=token)


def test_looking_at_a_link_spends_nothing(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        for _ in range(5):
            find_live_link(session, token=token, purpose="invitation")

        assert accept_invitation(session, token=token).record_id == record.id
        with pytest.raises(Ended):
            find_live_link(session, token=token, purpose="invitation")


def test_a_token_is_good_for_its_own_purpose_only_and_to_the_last_bit(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        factories.add_availability(session, record.mediator)
        renewal = token_of(
            send_renewal(session, actor=COORDINATOR, mediator_id=record.mediator_id).message
        )
        flipped = ("A" if token[0] != "A" else "B") + token[1:]
        for bad, purpose in [
            (renewal, "invitation"),
            (token, "renewal"),
            (token, "password"),
            (flipped, "invitation"),
            (token.lower(), "invitation"),
            ("", "invitation"),
        ]:
            with pytest.raises(Ended):
                take_link(session, token=bad, purpose=purpose)


def test_a_link_that_was_handed_over_renews_and_never_opens_an_account(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        handed = hand_over(session, actor=COORDINATOR, mediator_id=record.mediator_id)
        assert handed.token is not None
        assert (handed.message, handed.link.purpose, handed.link.was_handed_over) == (
            None,
            "renewal",
            True,
        )
        with pytest.raises(Ended):
            accept_invitation(session, token=handed.token)

        forged = invite(session, actor=COORDINATOR, record_id=record.id)
        forged.link.was_handed_over = True
        session.flush()
        with pytest.raises(Ended):
            accept_invitation(session, token=token_of(forged.message))
        assert session.scalars(select(Account)).all() == []


def test_only_her_own_network_invites(database: Database) -> None:
    with database.writing() as session:
        record = add_listed(session)
        for stranger in (
            Actor("account", account_id=4, coordinates=frozenset({"awmn"})),
            Actor("account", account_id=5, roles=frozenset({"envoy"})),
        ):
            with pytest.raises(NotFound):
                invite(session, actor=stranger, record_id=record.id)
            with pytest.raises(NotFound):
                hand_over(session, actor=stranger, mediator_id=record.mediator_id)
        with pytest.raises(NotFound):
            invite(session, actor=COORDINATOR, record_id=record.id + 1000)
        assert session.scalars(select(Link)).all() == []


def test_once_she_has_an_account_mail_goes_to_its_address_whatever_the_record_says(
    database: Database,
) -> None:
    with database.writing() as session:
        record = add_listed(session)
        first = record.identity.email
        token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        account = accept_invitation(session, token=token).account
        record.identity.email = "somebody.else@example.org"
        again = invite(session, actor=COORDINATOR, record_id=record.id)
        assert again.message is not None
        assert again.message.recipient == first

        account.password_hash = "set"
        with pytest.raises(Refused, match="already_has_account"):
            invite(session, actor=COORDINATOR, record_id=record.id)


def test_a_shared_address_opens_an_account_of_her_own(database: Database) -> None:
    with database.writing() as session:
        one, other = add_listed(session), add_listed(session)
        other.identity.email = one.identity.email
        for record in (one, other):
            token = token_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
            assert accept_invitation(session, token=token).mediator_id == record.mediator_id

        accounts = session.scalars(select(Account).order_by(Account.id)).all()
        assert [a.mediator_id for a in accounts] == [one.mediator_id, other.mediator_id]


def test_of_many_those_who_cannot_be_asked_are_passed_over(database: Database) -> None:
    with database.writing() as session:
        fine, without_mail, gone = (add_listed(session) for _ in range(3))
        without_mail.identity.email = None
        gone.mediator.state = "withdrawn"
        other = add_listed(session)
        record_ids = [fine.id, without_mail.id, gone.id, other.id]
        sent = invite_many(session, actor=OPERATOR, record_ids=record_ids)

        assert [each.link.record_id for each in sent] == [fine.id, other.id]
        for record, code in ((without_mail, "no_address"), (gone, "not_to_be_asked")):
            with pytest.raises(Refused, match=code):
                invite(session, actor=OPERATOR, record_id=record.id)
