"""A coordinator asks about her own woman: whole codes, the facts of a card, nothing of other walls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matching import State
from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import (
    Consent,
    Declaration,
    Entry,
    Mediator,
    Membership,
    Record,
    Suspicion,
)
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.services.own_reasons import OwnReasons, explain_own
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_availability, add_declaration
from tests.factories import add_account, add_mediator, add_membership, add_record
from tests.roster.services.test_runs import make_envoy, submit


class Asked:
    """A woman of two networks, a request with a side that was searched, and who asks about her."""

    def __init__(self, session: Session, **changes: Any) -> None:
        self.session = session
        self.woman = add_mediator(session, network="nwm", languages={"fra": "C1"}, declares=False)
        add_declaration(session, self.woman, covers=["SDN"])
        add_membership(session, self.woman, "awmn")
        add_record(session, self.woman, "awmn", name=None, entries=[])
        _, envoy = make_envoy(session)
        self.request = submit(session, envoy, **{"parties": [{"country": "SDN"}], **changes})
        self.index = RosterIndex(load_vocabulary())
        run_request(session, actor=envoy, request_id=self.request.id, index=self.index)

    def actor(self, network: str) -> Actor:
        return get_actor(add_account(self.session, "coordinator", network=network))

    def record(self, network: str | None) -> Record:
        mine = select(Record).where(Record.mediator_id == self.woman.id)
        return self.session.scalars(mine.where(Record.network_code == network)).one()

    def explain(self, network: str = "nwm", code: str = "") -> OwnReasons | None:
        self.session.flush()
        self.index = RosterIndex(load_vocabulary())
        return explain_own(
            self.session,
            actor=self.actor(network),
            record_id=self.record(network).id,
            request_code=code or self.request.code,
            index=self.index,
        )

    def list_codes(self, network: str = "nwm") -> list[str]:
        said = self.explain(network)
        assert said is not None
        return [one.evidence.code for one in said.found.posts[0].reasons]


@pytest.fixture
def asked(database: Database) -> Any:
    with database.writing() as session:
        yield Asked(session)
        session.rollback()


def declare(asked: Asked, **interest: Any) -> None:
    hers = delete(Declaration).where(Declaration.mediator_id == asked.woman.id)
    asked.session.execute(hers)
    add_declaration(asked.session, asked.woman, covers=["SDN"], interests=[interest])


def find_membership(asked: Asked, network: str) -> Membership:
    hers = select(Membership).where(Membership.mediator_id == asked.woman.id)
    return asked.session.scalars(hers.where(Membership.network_code == network)).one()


def find_record(asked: Asked, woman: Mediator) -> int:
    hers = select(Record.id).where(Record.mediator_id == woman.id)
    return asked.session.scalars(hers.where(Record.network_code.is_not(None))).one()


def refuse(asked: Asked, network: str) -> None:
    now = clock.now()
    asked.session.add(
        Entry(
            record_id=asked.record(network).id, field="refused_by", code="SDN", detail={},
            grade=1, source="coordinator", entered_at=now,
        )
    )  # fmt: skip


def test_she_who_is_listed_lacks_nothing(asked: Asked) -> None:
    said = asked.explain()
    assert said is not None
    assert (said.mediator_id, said.found.state, said.found.posts[0].reasons) == (
        asked.woman.id,
        State.LISTED,
        (),
    )


def test_a_tie_is_told_by_its_code_and_never_with_whom(asked: Asked) -> None:
    declare(asked, kind="kin", country="SDN")
    said = asked.explain()
    assert said is not None
    [post] = said.found.posts
    [reason] = post.reasons
    assert (said.found.state, reason.evidence.code, dict(reason.evidence.facts)) == (
        State.EXCLUDED,
        "C5",
        {},
    )
    assert (reason.asked, post.request_steps) == (None, None)


def withdraw_consent(asked: Asked) -> None:
    asked.session.execute(delete(Consent).where(Consent.mediator_id == asked.woman.id))


def close(asked: Asked) -> None:
    asked.woman.safety_class = 3


def pause(asked: Asked) -> None:
    asked.woman.paused_until = clock.now() + timedelta(days=3)


def keep(asked: Asked) -> None:
    hers = Membership.mediator_id == asked.woman.id
    asked.session.execute(update(Membership).where(hers).values(pool="exclusive"))


@pytest.mark.parametrize(
    ("happens", "state", "code"),
    [
        (withdraw_consent, State.NOT_VISIBLE, "P1"),
        (close, State.NOT_VISIBLE, "P2"),
        (pause, State.EXCLUDED, "P4"),
        (keep, State.NOT_VISIBLE, "P5"),
    ],
)
def test_what_no_envoy_reads_her_own_network_does(
    asked: Asked, happens: Any, state: State, code: str
) -> None:
    happens(asked)
    said = asked.explain()
    assert said is not None
    [reason] = said.found.posts[0].reasons
    assert (said.found.state, reason.evidence.code, dict(reason.evidence.facts)) == (
        state,
        code,
        {},
    )


def test_a_suspension_is_told_by_the_network_that_made_it_only(asked: Asked) -> None:
    find_membership(asked, "nwm").accreditation = "suspended"
    assert "V3" in asked.list_codes("nwm")
    assert "V3" not in asked.list_codes("awmn")
    assert "not_proposed" in asked.list_codes("awmn")


def test_a_refusal_is_told_by_the_network_that_noted_it_only(asked: Asked) -> None:
    refuse(asked, "nwm")
    assert (asked.list_codes("nwm"), asked.list_codes("awmn")) == (["C6"], ["not_proposed"])


def test_a_finding_is_told_to_nobody(asked: Asked) -> None:
    asked.woman.has_integrity_hold = True
    assert asked.list_codes("nwm") == ["not_proposed"]


def test_that_another_may_be_herself_is_told_to_no_network(asked: Asked) -> None:
    other = add_mediator(asked.session, languages={"fra": "C1"}, declares=False, availability=False)
    add_declaration(asked.session, other, covers=["SDN"])
    add_availability(
        asked.session, other, confirmed_at=clock.now() + timedelta(seconds=1)
    )  # fresher: she stays in the list
    first, second = sorted((asked.record("nwm").id, find_record(asked, other)))
    asked.session.add(
        Suspicion(
            network_code="nwm", first_record_id=first, second_record_id=second, features={},
            state="suspected", noted_at=clock.now(),
        )
    )  # fmt: skip
    assert asked.list_codes("nwm") == ["not_proposed"]


def test_a_request_that_does_not_ask_her_network_is_one_that_does_not_exist(
    database: Database,
) -> None:
    with database.writing() as session:
        asked = Asked(session, networks=["awmn"])
        _, envoy = make_envoy(session)
        draft = submit(session, envoy)
        assert asked.explain("awmn") is not None
        assert asked.explain("nwm") is None
        assert asked.explain("awmn", code=draft.code) is None
        assert asked.explain("awmn", code="R-26-ZZZZZ") is None
        assert asked.explain("awmn", code=f" {asked.request.code.lower()} ") is not None
        session.rollback()


def test_nobody_asks_about_a_woman_of_another_network_or_by_her_own_record(asked: Asked) -> None:
    actor = asked.actor("nwm")
    for record in (asked.record("awmn"), asked.record(None)):
        with pytest.raises(NotFound):
            explain_own(
                asked.session,
                actor=actor,
                record_id=record.id,
                request_code=asked.request.code,
                index=asked.index,
            )
