"""Nothing is done with her record without her yes; her no acts at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Change, Consent, Mediator
from roster.permissions import OPERATOR, Actor
from roster.services.consents import (
    answer_consents,
    change_class,
    give_consent,
    hide,
    list_live_consents,
    unhide,
    withdraw_consent,
)
from tests import factories


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


COORDINATOR = Actor("account", account_id=8, coordinates=frozenset({"nwm"}))


def add_woman(session: Session, **columns: Any) -> Mediator:
    return factories.add_mediator(session, consents=False, **columns)


def answer(session: Session, woman: Mediator, *purposes: str, **values: Any) -> None:
    answer_consents(
        session,
        actor=herself(woman),
        mediator_id=woman.id,
        expected_version=woman.version,
        purposes=purposes,
        language="fr",
        **values,
    )


def live(session: Session, woman: Mediator) -> set[str]:
    return set(list_live_consents(session, woman.id, clock.now()))


def test_what_is_ticked_is_given_for_twelve_months_in_the_words_she_read(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        answer(session, woman, "membership_file", "matching")
        session.commit()

        rows = session.scalars(select(Consent).order_by(Consent.id)).all()
        now = clock.now()
        assert [
            (r.purpose, r.text_version, r.language, r.channel, r.valid_until - r.given_at)
            for r in rows
        ] == [
            ("membership_file", "2026-11", "fr", "link", timedelta(days=365)),
            ("matching", "2026-11", "fr", "link", timedelta(days=365)),
        ]
        assert live(session, woman) == {"membership_file", "matching"}
        assert list_live_consents(session, woman.id, now + timedelta(days=365)) == {}
        details = session.scalars(
            select(AuditEvent.detail).where(AuditEvent.action == "consent.given")
        )
        assert details.all() == [{"purpose": "membership_file"}, {"purpose": "matching"}]
        assert session.scalars(select(Change.mediator_id)).all().count(woman.id) >= 2


def test_what_is_no_longer_ticked_is_withdrawn_and_the_rest_is_left_alone(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        answer(session, woman, "membership_file", "matching", "card")
        answer(session, woman, "membership_file")
        answer(session, woman, "membership_file", "card")

        assert live(session, woman) == {"membership_file", "card"}
        rows = session.scalars(select(Consent).order_by(Consent.id)).all()
        assert [(r.purpose, r.withdrawn_at is None) for r in rows] == [
            ("membership_file", True),
            ("matching", False),
            ("card", False),
            ("card", True),
        ]


@pytest.mark.parametrize("by_page", [True, False])
def test_without_a_file_nothing_rests_on_it_any_more(database: Database, by_page: bool) -> None:
    with database.writing() as session:
        woman, other = add_woman(session), add_woman(session)
        for each in (woman, other):
            answer(session, each, "membership_file", "matching", "card", "statistics")
        if by_page:
            answer(session, woman, "matching", "card", "statistics")
        else:
            withdraw_consent(
                session, actor=herself(woman), mediator_id=woman.id, purpose="membership_file"
            )
        session.flush()
        assert (live(session, woman), live(session, other)) == (
            {"statistics"},
            {"membership_file", "matching", "card", "statistics"},
        )


def test_near_its_end_the_same_yes_is_a_new_one(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        answer(session, woman, "statistics")
        with clock.shifted(timedelta(days=340)):
            answer(session, woman, "statistics")
            assert len(session.scalars(select(Consent)).all()) == 2
            withdraw_consent(
                session, actor=herself(woman), mediator_id=woman.id, purpose="statistics"
            )
            assert live(session, woman) == set()


def test_a_second_page_open_at_the_same_time_is_told(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        seen = woman.version
        answer(session, woman, "statistics")
        with pytest.raises(StaleVersion) as told:
            answer_consents(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_version=seen,
                purposes=[],
                language="en",
            )
        assert told.value.current["purposes"] == ["statistics"]
        assert live(session, woman) == {"statistics"}


def test_only_asked_purposes_are_taken(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        with pytest.raises(Refused, match="unknown_purpose"):
            answer(session, woman, "naming")


@pytest.mark.parametrize(
    "stranger", [COORDINATOR, Actor("account", account_id=9, mediator_id=0), Actor("anonymous")]
)
def test_nobody_consents_or_hides_in_her_place(database: Database, stranger: Actor) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        with pytest.raises(NotFound):
            give_consent(
                session, actor=stranger, mediator_id=woman.id, purpose="matching", language="en"
            )
        with pytest.raises(NotFound):
            hide(session, actor=stranger, mediator_id=woman.id)
        assert (live(session, woman), woman.is_hidden) == (set(), False)


@pytest.mark.parametrize("to_class", [0, 1, 3])
def test_she_sets_her_class_either_way(database: Database, to_class: int) -> None:
    with database.writing() as session:
        woman = add_woman(session, safety_class=2)
        answer(session, woman, safety_class=to_class)
        assert woman.safety_class == to_class


def test_a_coordinator_may_raise_her_class_and_nobody_else_lowers_it(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session, safety_class=1)
        change_class(session, actor=COORDINATOR, mediator_id=woman.id, safety_class=3)
        assert woman.safety_class == 3

        with pytest.raises(Refused, match="only_she_lowers_her_class"):
            change_class(session, actor=COORDINATOR, mediator_id=woman.id, safety_class=2)
        elsewhere = Actor("account", account_id=9, coordinates=frozenset({"awmn"}))
        for stranger in (elsewhere, Actor("account", account_id=9, mediator_id=woman.id + 1)):
            with pytest.raises(NotFound):
                change_class(session, actor=stranger, mediator_id=woman.id, safety_class=3)
        with pytest.raises((NotFound, Refused)):
            change_class(session, actor=OPERATOR, mediator_id=woman.id, safety_class=0)
        assert woman.safety_class == 3


def test_hiding_takes_one_press_and_can_be_undone(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        for _ in range(2):
            hide(session, actor=herself(woman), mediator_id=woman.id)
        assert woman.is_hidden
        unhide(session, actor=herself(woman), mediator_id=woman.id)
        assert not woman.is_hidden
        actions = session.scalars(select(AuditEvent.action)).all()
        assert actions == ["mediator.hidden", "mediator.shown"]
