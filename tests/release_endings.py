"""Everything that ends a release before its thirty days are over, each through its own use case."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Consent, Mediator, Membership
from roster.services.approach_answers import withdraw
from roster.services.consents import hide, withdraw_consent
from roster.services.releases import end_release
from tests.approach_factories import Office, get_approach, herself

Ending = Callable[[Session, Mediator, Office], None]


def take_file_back(session: Session, her: Mediator, office: Office) -> None:
    withdraw_consent(session, actor=herself(her.id), mediator_id=her.id, purpose="membership_file")


def take_naming_back(session: Session, her: Mediator, office: Office) -> None:
    withdraw_consent(session, actor=herself(her.id), mediator_id=her.id, purpose="naming")


def press_hide(session: Session, her: Mediator, office: Office) -> None:
    hide(session, actor=herself(her.id), mediator_id=her.id)


def take_back(session: Session, her: Mediator, office: Office) -> None:
    approach = get_approach(session, office, her.id)
    withdraw(
        session,
        actor=herself(her.id),
        approach_id=approach.id,
        expected_version=approach.version,
    )


def suspend(session: Session, her: Mediator, office: Office) -> None:
    session.execute(
        update(Membership).where(Membership.mediator_id == her.id).values(accreditation="suspended")
    )


def leave(session: Session, her: Mediator, office: Office) -> None:
    her.state = "withdrawn"


def raise_class(session: Session, her: Mediator, office: Office) -> None:
    her.safety_class = 3


def hold(session: Session, her: Mediator, office: Office) -> None:
    her.has_integrity_hold = True


def run_out(session: Session, her: Mediator, office: Office) -> None:
    session.execute(
        update(Consent)
        .where(Consent.mediator_id == her.id, Consent.purpose == "card")
        .values(valid_until=clock.now())
    )


def end(session: Session, her: Mediator, office: Office) -> None:
    approach = get_approach(session, office, her.id)
    end_release(
        session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
    )


ENDINGS: tuple[Ending, ...] = (
    take_file_back,
    take_naming_back,
    press_hide,
    take_back,
    suspend,
    leave,
    raise_class,
    hold,
    run_out,
    end,
)
