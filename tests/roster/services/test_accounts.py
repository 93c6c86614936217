"""Accounts: who may open them, for whom, and what the trail keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Account, AuditEvent
from roster.permissions import ANONYMOUS, OPERATOR, Actor
from roster.queries.accounts import get_actor
from roster.services.accounts import Grant, NewAccount, change_roles, create_account
from tests.factories import add_account

NEW = NewAccount(
    email="Somebody@Example.ORG",
    display_name="Somebody invented",
    grants=(Grant("coordinator", "nwm"), Grant("coordinator", "awmn"), Grant("envoy")),
    is_verified=True,
)


def test_an_account_acts_in_its_roles_and_networks(database: Database) -> None:
    with database.writing() as session:
        account = create_account(session, actor=OPERATOR, new=NEW, password_hash=None)
        assert get_actor(account) == Actor(
            "account",
            account_id=account.id,
            roles=frozenset({"coordinator", "envoy"}),
            coordinates=frozenset({"nwm", "awmn"}),
            is_verified=True,
        )
        assert account.email == "Somebody@example.org"


def test_the_trail_keeps_roles_and_no_address(database: Database) -> None:
    with database.writing() as session:
        account = create_account(session, actor=OPERATOR, new=NEW, password_hash=None)
        (event,) = session.scalars(select(AuditEvent)).all()
        said = (event.actor, event.action, event.subject_id, event.detail)
        grants = ["coordinator:nwm", "coordinator:awmn", "envoy"]
        assert said == ("operator", "create_account", account.id, {"grants": grants})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "somebody@example.org"}, "address_taken"),
        ({"email": "no address"}, "not_an_address"),
        ({"email": "a@b.org\nBcc: x@y.org"}, "not_an_address"),
        ({"grants": (Grant("coordinator"),)}, "coordinator_needs_network"),
        ({"grants": (Grant("envoy", "nwm"),)}, "coordinator_needs_network"),
        ({"grants": (Grant("coordinator", "nowhere"),)}, "no_such_network"),
        ({"grants": (Grant("owner"),)}, "no_such_role"),
    ],
)
def test_an_account_that_breaks_a_rule_is_refused(
    database: Database, change: dict[str, object], code: str
) -> None:
    with database.writing() as session:
        create_account(session, actor=OPERATOR, new=NEW, password_hash=None)
        second = replace(NEW, **{"email": "second@example.org", **change})
        with pytest.raises(Refused) as refusal:
            create_account(session, actor=OPERATOR, new=second, password_hash=None)
    assert refusal.value.code == code


def test_nobody_but_the_operator_opens_accounts_or_changes_roles(database: Database) -> None:
    with database.writing() as session:
        accounts = [
            add_account(session, role, network="nwm")
            for role in ("administrator", "coordinator", "envoy", "auditor", "mediator")
        ]
        for actor in (ANONYMOUS, Actor("link", mediator_id=1), *map(get_actor, accounts)):
            with pytest.raises(NotFound):
                create_account(session, actor=actor, new=NEW, password_hash=None)
            with pytest.raises(NotFound):
                change_roles(
                    session, actor=actor, account_id=accounts[0].id, grants=(Grant("auditor"),)
                )
        assert len(session.scalars(select(Account)).all()) == len(accounts)
