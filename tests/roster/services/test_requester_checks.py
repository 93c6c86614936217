"""A requester is verified by her office's address and two persons, and by nothing less."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Account, OutboxMessage, RequesterCheck
from roster.permissions import OPERATOR, Actor
from roster.queries.accounts import get_actor
from roster.queries.requesters import list_waiting_requesters
from roster.services.requester_checks import add_person, confirm_address, take_back_checks
from roster.services.staff_invitations import (
    Invited,
    accept,
    invite_member,
    join,
    send_address_link,
)
from roster.vocabulary.free_mail import is_free_mail
from tests.factories import add_account

NEW = Invited("envoy@mission.example", "New Envoy", "envoy", office="Mission", is_checked=True)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def make_people(session: Session) -> tuple[Account, Actor, Actor]:
    """A requester nobody has checked, an administrator and a coordinator."""
    return (
        add_account(session, "envoy", is_verified=False),
        get_actor(add_account(session, "administrator")),
        get_actor(add_account(session, "coordinator", network="nwm")),
    )


def read_token(session: Session) -> str:
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    path: str = session.scalars(newest).one().values["path"]
    return path.rpartition("/")[2]


def test_only_all_three_checks_verify_in_whatever_order_they_come(session: Session) -> None:
    for order in permutations(["address", "first", "second"]):
        account, keeper, other = make_people(session)
        persons = iter([keeper, other])
        seen = []
        for step in order:
            if step == "address":
                confirm_address(session, account=account)
            else:
                add_person(session, actor=next(persons), account_id=account.id)
            seen.append(account.verified_at is not None)
        assert seen == [False, False, True], order


def test_two_checks_do_not_verify(session: Session) -> None:
    for made in combinations(["address", "first", "second"], 2):
        account, keeper, other = make_people(session)
        persons = iter([keeper, other])
        for step in made:
            if step == "address":
                confirm_address(session, account=account)
            else:
                add_person(session, actor=next(persons), account_id=account.id)
        assert account.verified_at is None


def test_the_second_person_is_another_than_the_first_and_neither_is_herself(
    session: Session,
) -> None:
    account, keeper, other = make_people(session)
    with pytest.raises(Refused, match="person_check_missing"):
        add_person(session, actor=other, account_id=account.id)
    add_person(session, actor=keeper, account_id=account.id)
    with pytest.raises(Refused, match="same_person_twice"):
        add_person(session, actor=keeper, account_id=account.id)
    both = add_account(session, "envoy", is_verified=False)
    herself = Actor("account", both.id, roles=frozenset({"envoy", "administrator"}))
    with pytest.raises(Refused, match="own_account"):
        add_person(session, actor=herself, account_id=both.id)
    add_person(session, actor=other, account_id=account.id)
    with pytest.raises(Refused, match="checked_before"):
        add_person(session, actor=OPERATOR, account_id=account.id)
    made = session.scalars(select(RequesterCheck).order_by(RequesterCheck.id)).all()
    assert [(one.kind, one.made_by) for one in made] == [
        ("person", keeper.account_id),
        ("second_person", other.account_id),
    ]


def test_neither_an_envoy_nor_an_auditor_checks_anybody_and_only_requesters_are_checked(
    session: Session,
) -> None:
    account, keeper, _ = make_people(session)
    for role in ("envoy", "auditor"):
        with pytest.raises(NotFound):
            add_person(session, actor=get_actor(add_account(session, role)), account_id=account.id)
    with pytest.raises(NotFound):
        add_person(session, actor=keeper, account_id=add_account(session, "auditor").id)


def test_the_link_of_an_invitation_proves_the_address_once_it_is_pressed(session: Session) -> None:
    _, keeper, other = make_people(session)
    account = invite_member(session, actor=keeper, invited=NEW)
    assert (account.verified_at, session.scalars(select(RequesterCheck.kind)).all()) == (
        None,
        ["person"],
    )
    add_person(session, actor=other, account_id=account.id)
    assert account.verified_at is None
    join(session, token=read_token(session), new_hash="$argon2id$")
    assert account.verified_at is not None


def test_an_account_that_came_in_before_is_mailed_a_link_to_prove_its_address(
    session: Session,
) -> None:
    account, keeper, _ = make_people(session)
    account.password_hash = "$argon2id$"
    send_address_link(session, actor=keeper, account_id=account.id)
    accept(session, token=read_token(session))
    assert session.scalars(select(RequesterCheck.kind)).all() == ["address"]
    with pytest.raises(Refused, match="checked_before"):
        send_address_link(session, actor=keeper, account_id=account.id)


@pytest.mark.parametrize("address", ["a@gmail.com", "a@GMAIL.com", "a@mail.yahoo.fr", "a@mail.ru"])
def test_an_address_of_a_free_mail_service_is_no_requesters(session: Session, address: str) -> None:
    _, keeper, _ = make_people(session)
    with pytest.raises(Refused, match="free_mail_address"):
        invite_member(session, actor=keeper, invited=Invited(address, "Somebody", "envoy"))
    invite_member(session, actor=keeper, invited=Invited(address, "Somebody", "auditor"))
    account = add_account(session, "envoy", email=f"b{address}", is_verified=False)
    confirm_address(session, account=account)
    assert session.scalars(select(RequesterCheck)).all() == []


@pytest.mark.parametrize("address", ["a@un.org", "a@notgmail.com", "a@gmail.com.example", "a@me"])
def test_other_addresses_are_no_free_mail(address: str) -> None:
    assert not is_free_mail(address)


def test_what_is_taken_back_ends_at_once_and_takes_two_persons_again(session: Session) -> None:
    account, keeper, other = make_people(session)
    confirm_address(session, account=account)
    add_person(session, actor=keeper, account_id=account.id)
    add_person(session, actor=other, account_id=account.id)
    take_back_checks(session, actor=keeper, account_id=account.id)
    assert account.verified_at is None
    assert session.scalars(select(RequesterCheck.kind)).all() == ["address"]
    with pytest.raises(NotFound):
        take_back_checks(session, actor=other, account_id=account.id)


def test_who_waits_for_a_second_person_is_shown_to_others_than_the_first(session: Session) -> None:
    account, keeper, other = make_people(session)
    make_people(session)
    add_person(session, actor=keeper, account_id=account.id)
    shown = list_waiting_requesters(session, other.account_id)
    assert [(one.account_id, one.domain) for one in shown] == [(account.id, "example.org")]
    assert list_waiting_requesters(session, keeper.account_id) == []
    assert list_waiting_requesters(session, account.id) == []
    add_person(session, actor=other, account_id=account.id)
    assert list_waiting_requesters(session, None) == []
