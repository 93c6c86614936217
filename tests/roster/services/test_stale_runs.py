"""The guard of old answers: everything that no longer holds is listed, and nothing that does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Availability, Consent, Declaration, Mediator, Membership
from roster.services.stale_runs import (
    ChangesToAccept,
    RunChange,
    digest_changes,
    list_changes_since,
    require_accepted,
)
from tests.answer_factories import add_declaration
from tests.approach_factories import Office, add_french, add_office, get_handle, search

SIDES = [{"code": "party_x", "country": "SDN"}]


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def add_declared(session: Session, **values: Any) -> Mediator:
    woman = add_french(session, declares=False, **values)
    add_declaration(session, woman, covers=["party_x", "SDN"])
    return woman


def list_changes(session: Session, office: Office) -> list[tuple[str, str]]:
    session.flush()
    changes = list_changes_since(session, office.request.runs[-1], clock.now())
    return [(one.handle, one.code) for one in changes]


def hide(session: Session, her: Mediator) -> None:
    her.is_hidden = True


def pause(session: Session, her: Mediator) -> None:
    her.paused_until = clock.now() + timedelta(days=9)


def raise_class(session: Session, her: Mediator) -> None:
    her.safety_class = 3


def hold(session: Session, her: Mediator) -> None:
    her.has_integrity_hold = True


def leave(session: Session, her: Mediator) -> None:
    her.state = "withdrawn"


def erase(session: Session, her: Mediator) -> None:
    session.execute(delete(Mediator).where(Mediator.id == her.id))
    session.expire_all()


def end_consent(session: Session, her: Mediator) -> None:
    session.execute(
        update(Consent)
        .where(Consent.mediator_id == her.id, Consent.purpose == "matching")
        .values(withdrawn_at=clock.now())
    )


def set_membership(**values: Any) -> Callable[[Session, Mediator], None]:
    def act(session: Session, her: Mediator) -> None:
        session.execute(update(Membership).where(Membership.mediator_id == her.id).values(**values))

    return act


def set_availability(**values: Any) -> Callable[[Session, Mediator], None]:
    def act(session: Session, her: Mediator) -> None:
        hers = update(Availability).where(Availability.mediator_id == her.id)
        session.execute(hers.values(**values))

    return act


def declare(**tie: Any) -> Callable[[Session, Mediator], None]:
    def act(session: Session, her: Mediator) -> None:
        session.execute(delete(Declaration).where(Declaration.mediator_id == her.id))
        today = clock.now().date().isoformat()
        add_declaration(
            session, her, covers=["party_x", "SDN"], interests=[{"started_on": today, **tie}]
        )

    return act


def undeclare(session: Session, her: Mediator) -> None:
    session.execute(delete(Declaration).where(Declaration.mediator_id == her.id))


LAST_YEAR = clock.now().date() - timedelta(days=20)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (hide, "gone"),
        (pause, "gone"),
        (raise_class, "gone"),
        (hold, "gone"),
        (leave, "gone"),
        (erase, "gone"),
        (end_consent, "gone"),
        (set_membership(accreditation="suspended"), "gone"),
        (declare(kind="kin", party="party_x"), "gone"),
        (set_membership(lapses_on=LAST_YEAR), "V2"),
        (set_availability(valid_until=clock.now() - timedelta(days=1)), "A1"),
        (set_availability(window_to=clock.now().date() + timedelta(days=40)), "A2"),
        (set_availability(modalities=["remote"]), "A5"),
        (declare(kind="office", country="SDN"), "conflict_rule"),
        (declare(kind="public_statement", party="party_x"), "conflict_rule"),
        (undeclare, "N0"),
    ],
)
def test_what_no_longer_holds_is_listed_in_public_codes_of_her_alone(
    session: Session, act: Callable[[Session, Mediator], None], code: str
) -> None:
    her, noise, near = (
        add_declared(session),
        add_declared(session),
        add_declared(session, languages={"fra": "B1"}),
    )
    office = add_office(session, parties=SIDES)
    assert list_changes(session, office) == []
    handle = get_handle(session, office, her.id)
    act(session, her)
    assert list_changes(session, office) == [(handle, code)]
    assert noise.id != near.id


def test_what_has_become_better_is_no_danger(session: Session) -> None:
    her = add_french(session, availability=clock.now() - timedelta(days=3))
    office = add_office(session)
    assert [row.state for row in office.request.runs[-1].rows] == ["near_miss"]
    set_availability(valid_until=clock.now() + timedelta(days=90))(session, her)
    assert list_changes(session, office) == []


def test_only_the_women_who_are_asked_about_are_looked_at(session: Session) -> None:
    one, other = add_french(session), add_french(session)
    office = add_office(session)
    for woman in (one, other):
        hide(session, woman)
    session.flush()
    handle = get_handle(session, office, one.id)
    run = office.request.runs[-1]
    changes = list_changes_since(session, run, clock.now(), handles={handle})
    assert changes == (RunChange(handle, "post-1", "gone"),)


def test_an_accepted_list_is_good_for_itself_alone_and_a_newer_change_asks_again(
    session: Session,
) -> None:
    one, other = add_french(session), add_french(session)
    office = add_office(session)
    search(session, office)
    run, earlier = office.request.runs[-1], office.request.runs[0]
    handles = {get_handle(session, office, woman.id) for woman in (one, other)}

    def require(accepted: str) -> int:
        session.flush()
        return len(require_accepted(session, run, clock.now(), handles=handles, accepted=accepted))

    assert require("") == 0
    assert require("0" * 64) == 0
    hide(session, one)
    session.flush()
    read = list_changes_since(session, run, clock.now())
    digest = digest_changes(run, read)
    for wrong in ("", digest[:-1], digest_changes(earlier, read), digest_changes(run, ())):
        with pytest.raises(ChangesToAccept):
            require(wrong)
    assert require(digest) == 1
    hide(session, other)
    with pytest.raises(ChangesToAccept) as again:
        require(digest)
    assert len(again.value.changes) == 2
