"""A network shows cards to another by its own choice: one class, no name, and no longer than it wants."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Consent, Erasure, Mediator, Membership, Sharing
from roster.permissions import Actor
from roster.queries.cards import Card
from roster.roster_index import RosterIndex
from roster.services.shared_cards import list_shared_cards
from roster.services.sharing import end_sharing, share_cards
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator, add_membership

NORDIC = Actor("account", coordinates=frozenset({"nwm"}))
ARAB = Actor("account", coordinates=frozenset({"awmn"}))
AFRICAN = Actor("account", coordinates=frozenset({"femwise"}))


def share(
    session: Session, actor: Actor = NORDIC, network: str = "nwm", to: str = "awmn", level: int = 1
) -> Sharing:
    return share_cards(session, actor=actor, network_code=network, with_code=to, safety_class=level)


def list_seen(session: Session, actor: Actor = ARAB) -> list[tuple[str, int]]:
    cards = list_shared_cards(
        session, actor=actor, index=RosterIndex(load_vocabulary()), now=clock.now()
    )
    assert all(one.card != Card() for one in cards)
    return sorted((one.network_code, one.mediator_id) for one in cards)


def test_only_the_class_and_the_network_that_were_chosen_are_shown_and_nothing_comes_back(
    database: Database,
) -> None:
    with database.writing() as session:
        women = [add_mediator(session, safety_class=level) for level in (0, 1, 2, 3)]
        theirs = add_mediator(session, network="awmn")
        assert list_seen(session) == []
        share(session)
        assert list_seen(session) == [("nwm", women[1].id)]
        assert (list_seen(session, NORDIC), list_seen(session, AFRICAN)) == ([], [])
        share(session, level=0)
        share(session, ARAB, "awmn", "nwm")
        assert list_seen(session) == [("nwm", women[0].id), ("nwm", women[1].id)]
        assert list_seen(session, NORDIC) == [("awmn", theirs.id)]


def hide(session: Session, her: Mediator) -> None:
    her.is_hidden = True


def raise_class(session: Session, her: Mediator) -> None:
    her.safety_class = 2


def withdraw_consent(session: Session, her: Mediator) -> None:
    card = Consent.mediator_id == her.id, Consent.purpose == "card"
    session.scalars(select(Consent).where(*card)).one().withdrawn_at = clock.now()


def keep_exclusive(session: Session, her: Mediator) -> None:
    get_membership(session, her).pool = "exclusive"


def end_membership(session: Session, her: Mediator) -> None:
    get_membership(session, her).ended_on = clock.now().date()


def suspend(session: Session, her: Mediator) -> None:
    add_membership(session, her, "femwise", accreditation="suspended")


def pause(session: Session, her: Mediator) -> None:
    her.paused_until = clock.now() + timedelta(days=3)


def leave(session: Session, her: Mediator) -> None:
    now = clock.now()
    session.add(
        Erasure(
            mediator_key=her.key, network_code="nwm", asked_at=now, due_at=now + timedelta(days=30)
        )
    )


def join_theirs(session: Session, her: Mediator) -> None:
    """Who reads the card would learn of her other network."""
    add_membership(session, her, "awmn")


def get_membership(session: Session, her: Mediator) -> Membership:
    return session.scalars(select(Membership).where(Membership.mediator_id == her.id)).one()


@pytest.mark.parametrize(
    "change",
    [
        hide, raise_class, withdraw_consent, keep_exclusive, end_membership, suspend, pause,
        leave, join_theirs,
    ],
)  # fmt: skip
def test_who_may_not_be_shown_is_gone_at_the_next_look(database: Database, change: object) -> None:
    with database.writing() as session:
        her, other = add_mediator(session), add_mediator(session)
        share(session)
        assert list_seen(session) == [("nwm", her.id), ("nwm", other.id)]
        assert callable(change)
        change(session, her)
        session.flush()
        assert list_seen(session) == [("nwm", other.id)]


def test_an_end_holds_at_once_is_traced_and_can_be_begun_anew(database: Database) -> None:
    with database.writing() as session:
        her = add_mediator(session)
        sharing = share(session)
        assert share(session) is sharing  # a second press is no second decision
        end_sharing(session, actor=NORDIC, sharing_id=sharing.id, expected_version=1)
        assert list_seen(session) == []
        for version, told in ((1, StaleVersion), (2, Refused)):
            with pytest.raises(told):
                end_sharing(session, actor=NORDIC, sharing_id=sharing.id, expected_version=version)
        assert share(session).id == sharing.id
        assert list_seen(session) == [("nwm", her.id)]
        events = session.execute(
            select(AuditEvent.action, AuditEvent.network_code, AuditEvent.detail).where(
                AuditEvent.subject_kind == "sharing"
            )
        ).all()
        said = {"with": "awmn", "safety_class": 1}
        steps = ("sharing.begun", "sharing.ended", "sharing.begun")
        assert events == [(step, "nwm", said) for step in steps]


@pytest.mark.parametrize(
    ("to", "level", "code"),
    [
        ("nwm", 1, "no_such_partner"),
        ("nowhere", 1, "no_such_partner"),
        ("global_alliance", 1, "no_such_partner"),
        ("awmn", 2, "class_not_shared"),
        ("awmn", 3, "class_not_shared"),
        ("awmn", -1, "class_not_shared"),
    ],
)
def test_what_may_not_be_shared_is_refused(
    database: Database, to: str, level: int, code: str
) -> None:
    with database.writing() as session:
        with pytest.raises(Refused) as told:
            share(session, to=to, level=level)
        assert told.value.code == code
        assert session.scalars(select(Sharing)).all() == []


def test_only_a_coordinator_of_the_network_decides(database: Database) -> None:
    with database.writing() as session:
        sharing = share(session)
        for actor in (ARAB, Actor("account", 1, roles=frozenset({"administrator"}))):
            with pytest.raises(NotFound):
                share(session, actor)
            with pytest.raises(NotFound):
                end_sharing(session, actor=actor, sharing_id=sharing.id, expected_version=1)
        with pytest.raises(NotFound):
            list_seen(session, Actor("account", 1))
