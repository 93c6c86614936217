"""Exchange: proposed in both directions, a no told to nobody, two yeses told to both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    AuditEvent,
    Consent,
    ExchangeProposal,
    Mediator,
    MessageChoice,
    OutboxMessage,
    Record,
)
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.queries.exchanges import Side
from roster.roster_index import RosterIndex
from roster.services.exchanges import (
    HELD_AT_ONCE,
    KEPT_FOR,
    answer_proposal,
    forget_exchanges,
    seek_partners,
)
from roster.services.shown_exchanges import count_waiting, list_agreed, list_proposed
from roster.vocabulary import load_vocabulary
from tests.exchange_factories import add_exchange, add_learner, herself
from tests.factories import add_mediator

COORDINATOR = Actor("account", account_id=8, coordinates=frozenset({"nwm"}))


def seek(session: Session, woman: Mediator, *learns: str) -> int:
    return seek_partners(
        session,
        actor=herself(woman),
        mediator_id=woman.id,
        index=RosterIndex(load_vocabulary()),
        learns=learns,
    )


def answer(
    session: Session, woman: Mediator, proposal: ExchangeProposal, accepts: bool, version: int = 0
) -> bool:
    return answer_proposal(
        session,
        actor=herself(woman),
        mediator_id=woman.id,
        proposal_id=proposal.id,
        expected_version=version,
        accepts=accepts,
    )


def show(session: Session, woman: Mediator) -> list[tuple[int, str]]:
    """Whom she sees, and how it stands for her."""
    proposed = list_proposed(session, actor=herself(woman), mediator_id=woman.id, now=clock.now())
    return [(one.side.partner_id, _stand(one.side)) for one in proposed]


def _stand(side: Side) -> str:
    return "agreed" if side.is_agreed else "waiting" if side.answer else "open"


def list_told(session: Session) -> list[tuple[str, int | None]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.template, row.mediator_id) for row in rows]


@pytest.fixture
def pair(database: Database) -> tuple[int, int]:
    """Two who take part, beside women who must not be proposed."""
    with database.writing() as session:
        one = add_learner(session, "nwm", "II", entries=[("role_sought", "observer")])
        other = add_learner(session, "mwmn", "I", entries=[("role_held", "observer")])
        add_learner(session, "mwmn", "I", safety_class=3)
        add_learner(session, "mwmn", "I", is_hidden=True)
        add_learner(session, "mwmn", "I", state="withdrawn")
        add_learner(session, "mwmn", "I", paused_until=clock.now() + timedelta(days=9))
        add_learner(session, "mwmn", "I", has_integrity_hold=True)
        add_learner(session, "mwmn", "I", accreditation="suspended")
        add_learner(session, "mwmn", "I", languages=("fra",))
        add_mediator(session, network="mwmn", entries=[("track", "I")])
        session.commit()
        return one.id, other.id


def get_pair(session: Session, pair: tuple[int, int]) -> tuple[Mediator, Mediator]:
    one, other = (session.get_one(Mediator, number) for number in pair)
    return one, other


def test_partners_are_proposed_to_both_each_with_what_speaks_to_her(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        assert seek(session, one) == 1
        assert (show(session, one), show(session, other)) == (
            [(other.id, "open")],
            [(one.id, "open")],
        )
        shared = [
            ("shared_language", ["eng"]),
            ("shared_theme", ["ceasefire"]),
            ("shared_region", ["005"]),
        ]
        (row,) = session.scalars(select(ExchangeProposal)).all()
        grounds = [[(g["ground"], g["found"]) for g in Side(row, is_first).grounds]
                   for is_first in (True, False)]  # fmt: skip
        network = ("other_network", ["other_network"])
        assert grounds[0] == [
            *shared,
            ("other_track", ["I"]),
            network,
            ("wish_to_learn", ["observer"]),
        ]
        assert grounds[1] == [*shared, network]
        assert list_told(session) == [("exchange", other.id)]
        events = session.scalars(select(AuditEvent).where(AuditEvent.action.like("exchange%")))
        assert [(e.subject_id, e.detail) for e in events] == [(one.id, {"exchanges": [row.id]})]


def test_nobody_is_proposed_twice_whatever_became_of_it(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        seek(session, one)
        (row,) = session.scalars(select(ExchangeProposal)).all()
        answer(session, other, row, accepts=False)
        assert (seek(session, one), seek(session, other)) == (0, 0)
        row.expires_at = clock.now()
        session.flush()
        assert seek(session, one) == 0


def test_no_more_wait_with_a_woman_than_she_can_think_about(database: Database) -> None:
    with database.writing() as session:
        her = add_learner(session, "nwm", "II")
        others = [add_learner(session, "mwmn", "I") for _ in range(HELD_AT_ONCE + 2)]
        busy = others[0]
        for _ in range(HELD_AT_ONCE):
            add_exchange(session, busy, add_learner(session, "mwmn", "I", languages=("fra",)))
        session.commit()
    with database.writing() as session:
        her = session.get_one(Mediator, her.id)
        assert seek(session, her) == HELD_AT_ONCE
        assert busy.id not in {partner for partner, _ in show(session, her)}
        with pytest.raises(Refused, match="exchange_full"):
            seek(session, her)
        (first, *_) = session.scalars(
            select(ExchangeProposal).where(ExchangeProposal.first_mediator_id == her.id)
        ).all()
        partner = session.get_one(Mediator, first.second_mediator_id)
        answer(session, partner, first, accepts=False)
        with pytest.raises(Refused, match="exchange_full"):  # the other's no frees nothing
            seek(session, her)
        answer(session, her, first, accepts=False)
        assert seek(session, her) == 1


def test_a_no_looks_like_silence_to_the_other(database: Database, pair: tuple[int, int]) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        row = add_exchange(session, one, other)
        before = show(session, one)
        answer(session, other, row, accepts=False)
        assert (show(session, one), show(session, other)) == (before, [])
        assert answer(session, one, row, accepts=True) is False
        assert show(session, one) == [(other.id, "waiting")]
        assert list_told(session) == []
        assert count_waiting(session, one.id, clock.now()) == 0


def test_two_yeses_are_told_to_both_and_to_coordinators_by_network_only(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        row = add_exchange(session, one, other)
        answer(session, one, row, accepts=True)
        hers = (Record.mediator_id == one.id, Record.network_code == "nwm")
        record = session.scalars(select(Record).where(*hers)).one()

        def agreed() -> list[Any]:
            return list_agreed(session, actor=COORDINATOR, record=record, now=clock.now())

        assert (agreed(), list_told(session)) == ([], [])
        assert answer(session, other, row, accepts=True) is True
        assert (show(session, one), show(session, other)) == (
            [(other.id, "agreed")],
            [(one.id, "agreed")],
        )
        assert sorted(list_told(session)) == [("exchange", one.id), ("exchange", other.id)]
        assert [(each.number, each.networks) for each in agreed()] == [(row.id, ("mwmn",))]
        with pytest.raises(StaleVersion):
            answer(session, one, row, accepts=False, version=1)
        with pytest.raises(NotFound):
            elsewhere = Actor("account", account_id=9, coordinates=frozenset({"mwmn"}))
            list_agreed(session, actor=elsewhere, record=record, now=clock.now())
        other.is_hidden = True
        session.flush()
        assert agreed() == []


@pytest.mark.parametrize(
    "change",
    [
        {"is_hidden": True},
        {"safety_class": 3},
        {"state": "withdrawn"},
        {"paused_until": clock.now() + timedelta(days=400)},
        {"has_integrity_hold": True},
        "consent",
    ],
)
def test_who_no_longer_takes_part_is_gone_from_every_list_at_once(
    database: Database, pair: tuple[int, int], change: Any
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        row = add_exchange(session, one, other)
        answer(session, other, row, accepts=True)
        if change == "consent":
            hers = (Consent.mediator_id == other.id, Consent.purpose == "mentoring")
            session.execute(update(Consent).where(*hers).values(withdrawn_at=clock.now()))
        else:
            for name, value in change.items():
                setattr(other, name, value)
        session.flush()
        assert (show(session, one), count_waiting(session, one.id, clock.now())) == ([], 0)
        with pytest.raises(Refused, match="exchange_over"):
            answer(session, one, row, accepts=True)
        if other.state == "active":
            assert show(session, other) == []
            with pytest.raises(Refused, match="exchange_not_open"):
                seek(session, other)


def test_only_the_two_answer_and_only_once_unless_it_is_taken_back(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        stranger = add_learner(session, "awmn")
        row = add_exchange(session, one, other)
        for actor, mediator_id in ((herself(stranger), stranger.id), (herself(stranger), one.id)):
            with pytest.raises(NotFound):
                answer_proposal(
                    session, actor=actor, mediator_id=mediator_id, proposal_id=row.id,
                    expected_version=0, accepts=True,
                )  # fmt: skip
        answer(session, one, row, accepts=True)
        with pytest.raises(StaleVersion):
            answer(session, one, row, accepts=False)
        answer(session, one, row, accepts=False, version=1)
        with pytest.raises(NotFound):
            answer(session, one, row, accepts=True, version=1)
        assert row.first_accepts is False and row.second_accepts is None


def test_what_has_ended_is_not_shown_and_a_year_later_forgotten(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        row = add_exchange(session, one, other, expires_at=clock.now())
        assert show(session, one) == []
        with pytest.raises(NotFound):
            answer(session, one, row, accepts=True)
        kept = add_exchange(session, one, add_learner(session, "awmn"))
        later = clock.now() + KEPT_FOR
        assert forget_exchanges(session, actor=SCHEDULER, now=later - timedelta(seconds=9)) == 0
        assert forget_exchanges(session, actor=OPERATOR, now=later + timedelta(seconds=9)) == 1
        assert session.scalars(select(ExchangeProposal.id)).all() == [kept.id]
        with pytest.raises(NotFound):
            forget_exchanges(session, actor=herself(one), now=later)


def test_one_who_wants_no_messages_finds_it_on_her_page(
    database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        one, other = get_pair(session, pair)
        session.add(MessageChoice(mediator_id=other.id, channel="mail", cadence="none"))
        session.flush()
        assert seek(session, one) == 1
        assert (list_told(session), count_waiting(session, other.id, clock.now())) == ([], 1)
