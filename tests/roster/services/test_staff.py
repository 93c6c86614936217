"""Accounts of the staff: invited, given and denied roles, closed; one administrator always remains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Account, AuditEvent, OutboxMessage, WebSession
from roster.permissions import ANONYMOUS, OPERATOR, Actor
from roster.queries.accounts import get_actor
from roster.queries.staff import list_staff
from roster.services import staff
from roster.services.sign_in import start_session
from roster.services.staff_invitations import Invited, invite_again, invite_member
from tests.factories import add_account, add_mediator
from tests.office_factories import add_invited

NEW = Invited("New@Example.org", "New Invented", "coordinator", "nwm", language="fr")
CHANGES: list[tuple[Callable[..., Account], dict[str, Any]]] = [
    (staff.give_role, {"role": "auditor", "network_code": None}),
    (staff.take_role, {"role": "envoy", "network_code": None}),
    (staff.close_account, {}),
    (staff.open_account, {}),
    (staff.end_all_sessions, {}),
]


def add_administrator(session: Session, **values: Any) -> Account:
    return add_account(session, "administrator", password_hash="$argon2id$", **values)


def change(session: Session, account: Account, how: Callable[..., Account], **more: Any) -> Account:
    """By an administrator who read the account as it stands."""
    session.flush()
    actor = more.pop("actor", OPERATOR)
    version = more.pop("expected_version", account.version)
    return how(session, actor=actor, account_id=account.id, expected_version=version, **more)


def grants(account: Account) -> set[tuple[str, str | None]]:
    return {(one.role, one.network_code) for one in account.grants}


def list_open(session: Session) -> list[int]:
    """Whose sessions are open."""
    still = select(WebSession.account_id).where(WebSession.ended_at.is_(None))
    return sorted(session.scalars(still))


def test_an_invitation_opens_an_account_without_a_password_and_mails_one_link(
    database: Database,
) -> None:
    with database.writing() as session:
        keeper = get_actor(add_administrator(session))
        account = invite_member(session, actor=keeper, invited=NEW)
        assert (account.email, account.display_name) == ("New@example.org", "New Invented")
        assert (account.password_hash, grants(account)) == (None, {("coordinator", "nwm")})
        (letter,) = session.scalars(select(OutboxMessage))
        said = (letter.recipient, letter.language, letter.template, letter.mediator_id)
        assert said == ("New@example.org", "fr", "invitation", None)
        assert letter.values["path"].startswith("/j/")
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "staff.invited"))
        assert (event.actor, event.detail) == (keeper.name, {"role": "coordinator"})


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "no address"}, "not_an_address"),
        ({"email": "a@b.org\nBcc: x@y.org"}, "not_an_address"),
        ({"email": "there@example.org"}, "address_taken"),
        ({"network_code": None}, "coordinator_needs_network"),
        ({"role": "envoy"}, "coordinator_needs_network"),
        ({"network_code": "global_alliance"}, "coordinator_needs_network"),
        ({"network_code": "nowhere"}, "coordinator_needs_network"),
        ({"role": "mediator", "network_code": None}, "not_a_choice"),
        ({"role": "owner", "network_code": None}, "not_a_choice"),
    ],
)
def test_an_invitation_against_a_rule_is_refused(
    database: Database, values: dict[str, Any], code: str
) -> None:
    with database.writing() as session:
        add_account(session, "auditor", email="there@example.org")
        with pytest.raises(Refused) as refusal:
            invite_member(session, actor=OPERATOR, invited=Invited(**{**vars(NEW), **values}))
        assert refusal.value.code == code


def test_whether_an_address_is_a_mediators_does_not_show(database: Database) -> None:
    with database.writing() as session:
        woman = add_mediator(session)
        hers = add_account(session, "mediator", mediator=woman, email="new@example.org")
        invite_member(session, actor=OPERATOR, invited=NEW)
        other = Invited(**{**vars(NEW), "email": "other@example.org"})
        invite_member(session, actor=OPERATOR, invited=other)
        seen = [(m.display_name, m.grants, m.state) for m in list_staff(session, clock.now())]
        assert seen == [("New Invented", (("coordinator", "nwm"),), "invited")] * 2
        assert grants(hers) == {("mediator", None), ("coordinator", "nwm")}


def test_the_list_holds_the_staff_alone_each_with_her_state(database: Database) -> None:
    with database.writing() as session:
        add_account(session, "mediator", mediator=add_mediator(session))
        first = add_account(session, "envoy")
        add_invited(session, "waits")
        closed = change(session, add_account(session, "auditor"), staff.close_account)
        found = {one.id: one.state for one in list_staff(session, clock.now())}
        assert (len(found), found[first.id], found[closed.id]) == (3, "open", "closed")
        assert sorted(found.values()) == ["closed", "invited", "open"]


@pytest.mark.parametrize(("how", "more"), CHANGES)
def test_every_change_ends_the_sessions_of_this_account_and_raises_its_version(
    database: Database, how: Callable[..., Account], more: dict[str, Any]
) -> None:
    with database.writing() as session:
        account, other = add_account(session, "envoy"), add_account(session, "envoy")
        for one in (account, other):
            start_session(session, account=one)
        before = account.version
        change(session, account, how, **more)
        session.flush()
        assert (list_open(session), account.version > before) == ([other.id], True)


@pytest.mark.parametrize(("how", "more"), CHANGES)
def test_nobody_but_an_administrator_changes_an_account_and_she_not_her_own(
    database: Database, how: Callable[..., Account], more: dict[str, Any]
) -> None:
    with database.writing() as session:
        account, keeper = add_account(session, "envoy"), add_administrator(session)
        others = [
            get_actor(add_account(session, role, network="nwm"))
            for role in ("coordinator", "envoy", "auditor", "mediator")
        ]
        for actor in (ANONYMOUS, *others):
            with pytest.raises(NotFound):
                change(session, account, how, actor=actor, **more)
        hers = add_account(session, "mediator", mediator=add_mediator(session))
        with pytest.raises(NotFound):
            change(session, hers, how, actor=get_actor(keeper), **more)
        with pytest.raises(Refused, match="own_account"):
            change(session, keeper, how, actor=get_actor(keeper), **more)
        with pytest.raises(StaleVersion):
            change(session, account, how, expected_version=account.version - 1, **more)


def test_a_role_that_is_taken_leaves_the_others_and_a_womans_own_account(
    database: Database,
) -> None:
    with database.writing() as session:
        hers = add_account(session, "mediator", mediator=add_mediator(session))
        invite_member(
            session, actor=OPERATOR, invited=Invited(**{**vars(NEW), "email": hers.email})
        )
        change(session, hers, staff.give_role, role="coordinator", network_code="awmn")
        change(session, hers, staff.take_role, role="coordinator", network_code="nwm")
        assert grants(hers) == {("mediator", None), ("coordinator", "awmn")}
        with pytest.raises(Refused, match="not_a_choice"):
            change(session, hers, staff.take_role, role="mediator", network_code=None)
        with pytest.raises(Refused, match="has_role_already"):
            change(session, hers, staff.give_role, role="coordinator", network_code="awmn")
        change(session, hers, staff.take_role, role="coordinator", network_code="awmn")
        assert (grants(hers), hers.is_active) == ({("mediator", None)}, True)
        assert list_staff(session, clock.now()) == []


def close_or_lower(session: Session, account: Account, *, closes: bool) -> None:
    if closes:
        change(session, account, staff.close_account)
    else:
        change(session, account, staff.take_role, role="administrator", network_code=None)


@pytest.mark.parametrize("closes", [True, False])
def test_the_last_administrator_who_can_come_in_stays(database: Database, closes: bool) -> None:
    with database.writing() as session:
        last = add_administrator(session)
        add_account(session, "administrator")  # has not chosen a password yet
        change(session, add_administrator(session), staff.close_account)
        with pytest.raises(Refused, match="last_administrator"):
            close_or_lower(session, last, closes=closes)
        add_administrator(session)
        close_or_lower(session, last, closes=closes)


def test_a_new_link_is_sent_until_she_has_come_in(database: Database) -> None:
    with database.writing() as session:
        keeper: Actor = get_actor(add_administrator(session))
        waiting = add_invited(session, "first")
        invite_again(session, actor=keeper, account_id=waiting.id)
        assert len(list(session.scalars(select(OutboxMessage)))) == 1
        came, closed = add_account(session, "envoy"), add_invited(session, "closed")
        change(session, closed, staff.close_account)
        for account in (came, closed):
            with pytest.raises(Refused, match="came_in_already"):
                invite_again(session, actor=keeper, account_id=account.id)
        with pytest.raises(NotFound):
            invite_again(session, actor=get_actor(came), account_id=waiting.id)
