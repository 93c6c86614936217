"""Her links, made for the tests of the pages behind them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Availability, Link, Mediator, OutboxMessage, Record
from roster.permissions import Actor
from roster.services.availability import read_statement
from roster.services.hide_links import make_hide_link
from roster.services.invitations import hand_over, invite, send_renewal
from roster.services.links import PATHS, make_link
from roster.services.sign_in_links import send_sign_in_link
from roster.services.writing import find_address
from tests import factories

COORDINATOR = Actor("account", coordinates=frozenset({"nwm"}))
PRESS = {
    "invitation": {"answer": "open"},
    "renewal": {"answer": "same"},
    "hide": {"answer": "hide"},
    "sign_in": {"answer": "open"},
    "consent": {"answer": "none"},
}
"""What the button of each kind of page sends."""
DONE = {"invitation": 303, "renewal": 200, "hide": 200, "sign_in": 303}


def add_woman(session: Session, **values: Any) -> Mediator:
    """A woman with an account of her own and an answer that can be renewed."""
    woman = factories.add_mediator(session, **values)
    factories.add_account(session, "mediator", mediator=woman)
    return woman


def path_of(message: OutboxMessage | None) -> str:
    assert message is not None
    return str(message.values["path"])


def add_links(session: Session, woman: Mediator) -> dict[str, str]:
    """The path of a live link of each kind, by purpose."""
    her = Actor("account", mediator_id=woman.id)
    wanted = select(Record.id).where(Record.mediator_id == woman.id, Record.network_code == "nwm")
    record_id = session.scalars(wanted).one()
    _, hide_token = make_hide_link(session, actor=her, mediator_id=woman.id)
    _, consent_token = make_link(session, "consent", woman.id)
    email = find_address(session, woman.id) or ""
    send_sign_in_link(session, email=email, is_counted=True)
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    sign_in = session.scalars(newest).one()
    return {
        "invitation": path_of(invite(session, actor=COORDINATOR, record_id=record_id).message),
        "renewal": path_of(send_renewal(session, actor=COORDINATOR, mediator_id=woman.id).message),
        "hide": PATHS["hide"] + hide_token,
        "consent": PATHS["consent"] + consent_token,
        "sign_in": path_of(sign_in),
    }


def add_handed_over(session: Session, woman: Mediator) -> str:
    """The path of a renewal link that a coordinator passed on."""
    made = hand_over(session, actor=COORDINATOR, mediator_id=woman.id)
    return f"{PATHS['renewal']}{made.token}"


def find_link(session: Session, purpose: str) -> Link:
    """The newest link of a purpose."""
    newest = select(Link).where(Link.purpose == purpose).order_by(Link.id.desc()).limit(1)
    return session.scalars(newest).one()


def describe_standing(session: Session, mediator_id: int) -> tuple[str, dict[str, Any]]:
    """By whom and what the statement that stands says."""
    row = session.scalars(
        select(Availability).where(
            Availability.mediator_id == mediator_id, Availability.superseded_at.is_(None)
        )
    ).one()
    return row.confirmed_by, vars(read_statement(row))
