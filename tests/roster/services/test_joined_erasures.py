"""She leaves after she was joined: what stayed behind goes with her, and from old backups, too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import (
    Account,
    Consent,
    CrossSuspicion,
    Erasure,
    Identity,
    Mediator,
    Membership,
    Merge,
    Record,
    RoleGrant,
)
from roster.permissions import SCHEDULER
from roster.services.asking_pairs import answer_pair
from roster.services.erasing import erase_due, plan_erasures
from roster.services.erasure_replay import replay
from roster.services.erasures import GRACE, leave_networks, leave_service, take_back
from tests.pair_factories import add_listed, add_own_account, agree, suspect

LEAVING: dict[str | None, Any] = {None: leave_service, "mwmn": leave_networks}


class Joined:
    """Two with accounts and records of their own, joined; a third whom nothing touches."""

    def __init__(self, database: Database, ledger: Path) -> None:
        self.database, self.ledger = database, ledger
        with database.writing() as session:
            one = add_listed(session, "nwm", email="a@example.org")
            other = add_listed(session, "mwmn", email="b@example.org")
            self.third = add_listed(session, "awmn").id
            _, self.actor = add_own_account(session, one, "a@example.org")
            add_own_account(session, other, "b@example.org")
            agree(session, "nwm", "mwmn")
            self.kept, self.merged = one.id, other.id
            self.keys = {one.key, other.key}
            self.pair = suspect(
                session, one, other, ("nwm", "mwmn"), state="asked", second_said="same"
            ).id
            session.commit()

    def join(self) -> None:
        with self.database.writing() as session:
            assert answer_pair(
                session,
                actor=self.actor,
                mediator_id=self.kept,
                pair_id=self.pair,
                expected_version=0,
                is_me=True,
            )
            session.commit()

    def leave(self, network: str | None) -> None:
        with self.database.writing() as session:
            values: dict[str, Any] = {"network_codes": [network]} if network else {}
            LEAVING[network](
                session,
                actor=self.actor,
                mediator_id=self.kept,
                expected_version=session.get_one(Mediator, self.kept).version,
                ledger=self.ledger,
                **values,
            )
            session.commit()

    def erase(self) -> None:
        later = clock.now() + GRACE + timedelta(hours=1)
        with self.database.writing() as session:
            plan = plan_erasures(session, now=later)
            erase_due(session, actor=SCHEDULER, now=later, plan=plan)
            session.commit()


@pytest.fixture
def world(database: Database, tmp_path: Path) -> Joined:
    return Joined(database, tmp_path / "erasures.ledger")


def count(session: Session, table: Any, *where: Any) -> int:
    return len(session.scalars(select(table).where(*where)).all())


def test_who_leaves_the_service_leaves_nothing_of_what_was_joined(world: Joined) -> None:
    world.join()
    world.leave(None)
    world.erase()
    with world.database.reading() as session:
        assert session.scalars(select(Mediator.id)).all() == [world.third]
        assert set(session.scalars(select(Record.mediator_id))) == {world.third}
        assert set(session.scalars(select(Consent.mediator_id))) == {world.third}
        assert [count(session, one) for one in (Account, Merge, CrossSuspicion)] == [0, 0, 0]
        assert count(session, Identity) == 2
        assert count(session, Erasure, Erasure.done_at.is_(None)) == 0


def test_who_leaves_a_network_keeps_the_rest(world: Joined) -> None:
    world.join()
    world.leave("mwmn")
    world.erase()
    with world.database.reading() as session:
        hers = Record.mediator_id == world.kept
        assert set(session.scalars(select(Record.network_code).where(hers))) == {"nwm", None}
        member = select(Membership.network_code).where(Membership.mediator_id == world.kept)
        assert session.scalars(member).all() == ["nwm"]
        assert session.get_one(Mediator, world.kept).state == "active"


@pytest.mark.parametrize("network", [None, "mwmn"])
def test_who_takes_it_back_stays_joined(world: Joined, network: str | None) -> None:
    world.join()
    world.leave(network)
    with world.database.writing() as session:
        asked = select(Erasure.id).order_by(Erasure.id).limit(1)
        take_back(
            session,
            actor=world.actor,
            mediator_id=world.kept,
            erasure_id=session.scalars(asked).one(),
            ledger=world.ledger,
        )
        session.commit()
    world.erase()
    with world.database.reading() as session:
        states = {one.id: one.state for one in session.scalars(select(Mediator))}
        assert states == {world.kept: "active", world.merged: "merged", world.third: "active"}
        assert count(session, Record, Record.mediator_id == world.kept) == 3


@pytest.mark.parametrize("network", [None, "mwmn"])
def test_a_backup_of_before_the_merge_forgets_both(
    world: Joined, network: str | None, database: Database
) -> None:
    """What is asked for after the merge stands in the ledger under both keys."""
    world.join()
    world.leave(network)
    with database.writing() as session:  # the backup: two women, and nobody has left
        for row in session.scalars(select(Erasure)):
            session.delete(row)
        for merge in session.scalars(select(Merge)):
            session.delete(merge)
        for her in (world.kept, world.merged):
            session.get_one(Mediator, her).state = "active"
        moved = select(Record).where(Record.network_code == "mwmn")
        session.scalars(moved).one().mediator_id = world.merged
        member = select(Membership).where(Membership.network_code == "mwmn")
        session.scalars(member).one().mediator_id = world.merged
        session.flush()
        replay(session, actor=SCHEDULER, ledger=world.ledger, now=clock.now())
        session.commit()
    world.erase()
    with database.reading() as session:
        left = {world.third} if network is None else {world.kept, world.merged, world.third}
        assert set(session.scalars(select(Mediator.id))) == left
        assert count(session, Record, Record.network_code == "mwmn") == 0


def test_nobody_else_s_account_is_erased_with_hers(world: Joined) -> None:
    """An account that does other work as well stays open and belongs to nobody's entry."""
    with world.database.writing() as session:
        account = session.scalars(select(Account).where(Account.mediator_id == world.merged)).one()
        session.add(RoleGrant(account_id=account.id, role="envoy"))
        session.commit()
    world.join()
    world.leave(None)
    world.erase()
    with world.database.reading() as session:
        rows = session.scalars(select(Account)).all()
        assert [(one.mediator_id, one.is_active) for one in rows] == [(None, True)]
