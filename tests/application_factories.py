"""Invented calls and applications, with a canary in every text, as ``tests.factories`` has them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import Application, OpenCall
from roster.services.links import make_link
from tests.factories import canary

ANSWERS: dict[str, Any] = {
    "languages": [{"language": "fra", "level": "C1"}, {"language": "swa"}],
    "track": ["II"],
    "theme": ["ceasefire"],
    "role_held": ["facilitator"],
    "role_sought": ["co_mediator"],
    "nationality": ["NOR"],
    "residence": "KEN",
    "place": ["KEN", "SDN"],
    "seniority": "senior",
    "ties": "none",
}
"""Whatever can be said, but for the free text."""


def add_call(session: Session, *, network: str = "nwm", slug: str = "a-call") -> OpenCall:
    """A call that has been open since yesterday and is for a month."""
    today = clock.now().date()
    call = OpenCall(
        network_code=network,
        slug=slug,
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=30),
        created_at=clock.now(),
    )
    session.add(call)
    session.flush()
    return call


def add_application(
    session: Session,
    *,
    network: str = "nwm",
    state: str = "submitted",
    name: str | None = None,
    email: str | None = None,
    answers: dict[str, Any] | None = None,
    **columns: Any,
) -> Application:
    """An application with all answers; handed in now, unless it is in a state before that."""
    is_unfinished = state in ("invited", "begun")
    application = Application(
        network_code=network,
        state=state,
        name="",
        email="",
        email_digest="",
        answers={},
        created_at=clock.now(),
        submitted_at=None if is_unfinished else clock.now(),
    )
    session.add(application)
    session.flush()
    number = application.id
    application.name = name or f"Invented {canary('applicant', number)}"
    application.email = email or f"{canary('applicantaddress', number)}@example.org"
    application.email_digest = keyring().digest(application.email)
    said = ANSWERS if answers is None else answers
    application.answers = {**said, "biography": canary("applicantwords", number)}
    for column, value in columns.items():
        setattr(application, column, value)
    session.flush()
    return application


def add_application_link(session: Session, application: Application) -> str:
    """The token of a fresh link to an application."""
    _, token = make_link(session, "application", application_id=application.id)
    return token
