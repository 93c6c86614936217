"""The nightly look for one woman in two lists: what is noted, who is asked, what is asked again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Change, CrossSuspicion, Identity, Mediator, OutboxMessage
from roster.permissions import SCHEDULER
from roster.queries.compared_records import list_compared
from roster.services.suspected_pairs import find_pairs, note_pairs, plan_notes
from tests.factories import add_membership
from tests.pair_factories import (
    NAME,
    add_listed,
    add_own_account,
    add_strangers,
    agree,
    compare,
    get_record_of,
    suspect,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        add_strangers(session)
        yield session


def list_pairs(rows: list[CrossSuspicion]) -> list[tuple[int, int, str]]:
    return [(row.first_mediator_id, row.second_mediator_id, row.state) for row in rows]


def list_told(session: Session) -> list[tuple[str, int | None]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.template, row.mediator_id) for row in rows]


def test_one_woman_of_two_networks_is_noted_and_nobody_else(session: Session) -> None:
    one = add_listed(session, "nwm")
    other = add_listed(session, "mwmn", name="Brightwater, Oyelaran A.")
    add_listed(session, "nwm")  # of the first one's network: its own matter
    add_listed(session, "mwmn", name="Someone Quite Different")
    add_listed(session, "awmn", birth_year=1990)  # a namesake
    add_listed(session, "awmn", state="withdrawn")
    second_of_nwm = one.id + 2
    assert list_pairs(compare(session)) == [
        (one.id, other.id, "noted"),
        (other.id, second_of_nwm, "noted"),
    ]


def test_two_memberships_of_one_mediator_are_no_pair(session: Session) -> None:
    one = add_listed(session, "nwm")
    add_membership(session, one, "mwmn")
    assert compare(session) == []


def test_until_it_is_settled_each_is_the_others_look_alike(session: Session) -> None:
    one, other, third = (add_listed(session, code) for code in ("nwm", "mwmn", "awmn"))
    row = suspect(session, one, other, ("nwm", "mwmn"))
    suspect(session, one, third, ("nwm", "awmn"), state="different")

    def look_alikes() -> list[set[int]]:
        found = {one.id: one.look_alikes for one in load_mediators(session)}
        return [set(found[woman.id]) for woman in (one, other, third)]

    for state in ("noted", "asked", "same"):
        row.state = state
        session.flush()
        assert look_alikes() == [{other.id}, {one.id}, set()]
    for state in ("different", "merged", "undone"):
        row.state = state
        session.flush()
        assert look_alikes() == [set(), set(), set()]


def test_what_is_noted_is_told_to_the_columns(session: Session) -> None:
    one, other = add_listed(session, "nwm"), add_listed(session, "mwmn")
    before = len(session.scalars(select(Change)).all())
    compare(session)
    news = session.scalars(select(Change.mediator_id).order_by(Change.id)).all()[before:]
    assert news == [one.id, other.id]


@pytest.mark.parametrize("state", ["different", "undone"])
def test_a_judged_pair_is_asked_again_only_when_a_compared_field_changed(
    session: Session, state: str
) -> None:
    add_listed(session, "nwm")
    other = add_listed(session, "mwmn")
    (row,) = compare(session)
    row.state, row.first_said, row.second_word = state, "different", "different"
    session.flush()
    assert list_pairs(compare(session)) == [(row.first_mediator_id, other.id, state)]
    session.get_one(Identity, get_record_of(session, other, "mwmn").id).phone = "+47 555 0101"
    session.flush()
    (again,) = compare(session)
    assert (again.id, again.state, again.first_said, again.second_word) == (
        row.id,
        "noted",
        None,
        None,
    )


def test_a_suspicion_for_which_nothing_speaks_any_more_is_forgotten(session: Session) -> None:
    add_listed(session, "nwm")
    other = add_listed(session, "mwmn")
    assert len(compare(session)) == 1
    identity = session.get_one(Identity, get_record_of(session, other, "mwmn").id)
    identity.display_name = "Someone Quite Different"
    session.flush()
    assert compare(session) == []


def test_who_has_left_between_comparing_and_noting_is_not_noted(session: Session) -> None:
    one, _ = add_listed(session, "nwm"), add_listed(session, "mwmn")
    plan = plan_notes(session, find_pairs(list_compared(session)))
    session.get_one(Mediator, one.id).state = "withdrawn"
    session.flush()
    noted = note_pairs(session, actor=SCHEDULER, ids=[0], now=clock.now(), found=plan.to_note)
    assert (len(plan.to_note), noted) == (1, 0)


def test_she_is_asked_where_both_records_name_the_mailbox_that_is_hers(session: Session) -> None:
    one = add_listed(session, "nwm", email="a@example.org")
    add_listed(session, "mwmn", email="a@example.org", has_own_record=False, consents=False)
    add_own_account(session, one, "a@example.org")
    (row,) = compare(session)
    assert row.state == "asked"
    assert list_told(session) == [("exchange", one.id)]
    compare(session)
    assert list_told(session) == [("exchange", one.id)]


def test_a_name_alone_asks_nobody_so_that_a_planted_entry_learns_nothing(session: Session) -> None:
    """A coordinator lists a stranger's name with a mailbox of her own and waits for the question."""
    stranger = add_listed(session, "mwmn", email="stranger@example.org")
    planted = add_listed(session, "nwm", email="planted@example.org")
    add_own_account(session, stranger, "stranger@example.org")
    add_own_account(session, planted, "planted@example.org")
    (row,) = compare(session)
    assert (row.state, list_told(session)) == ("noted", [])


@pytest.mark.parametrize(("safety_class", "state"), [(0, "asked"), (1, "asked"), (2, "noted")])
def test_where_both_networks_agreed_listed_women_are_asked_at_any_mailbox(
    session: Session, safety_class: int, state: str
) -> None:
    one = add_listed(session, "nwm", email="a@example.org")
    other = add_listed(session, "mwmn", email="b@example.org", safety_class=safety_class)
    add_own_account(session, one, "a@example.org")
    add_own_account(session, other, "b@example.org")
    agree(session, "nwm", "mwmn")
    (row,) = compare(session)
    assert row.state == state
    told = [("exchange", one.id), ("exchange", other.id)]
    assert list_told(session) == (told if state == "asked" else [])


def test_a_hidden_woman_is_not_written_to(session: Session) -> None:
    one = add_listed(session, "nwm", email="a@example.org", is_hidden=True)
    add_listed(session, "mwmn", email="a@example.org")
    add_own_account(session, one, "a@example.org")
    compare(session)
    assert list_told(session) == []


def test_the_features_hold_codes_and_no_name(session: Session) -> None:
    add_listed(session, "nwm"), add_listed(session, "mwmn")
    (row,) = compare(session)
    assert sorted(row.features) == ["features", "records", "score", "verdict"]
    assert NAME.split()[0] not in str(row.features)
    fields = [one["field"] for one in row.features["features"]]
    assert fields == ["names", "birth_year", "nationalities", "email", "phone"]
