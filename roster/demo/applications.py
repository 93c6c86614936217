"""Invented applicants of the demo: one new woman, and one who looks like somebody on the list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Application, Identity, OutboxMessage, Record
from roster.permissions import Actor
from roster.services.applying import PERSON_FIELDS, WORK_FIELDS, begin, save_answers, submit
from roster.services.open_calls import open_call

NETWORK = "nwm"
OPEN_FOR = timedelta(days=60)
WORK: dict[str, Any] = {
    "languages": [{"language": "eng", "level": "C1"}, {"language": "nob", "level": "C2"}],
    "track": ["II"],
    "theme": ["reconciliation", "gender_inclusion"],
    "role_held": ["facilitator"],
    "role_sought": ["co_mediator"],
}
PERSON: dict[str, Any] = {
    "residence": "NOR",
    "place": ["COL"],
    "seniority": "mid",
    "biography": "Four years of dialogue between villages (invented).",
    "ties": "none",
}


def add_demo_applications(session: Session, *, coordinator: Actor, today: date) -> None:
    """A call of one network, and two applications that were handed in to it."""
    call = open_call(
        session,
        actor=coordinator,
        network_code=NETWORK,
        opens_on=today,
        closes_on=today + OPEN_FOR,
    )
    for name, email in (
        ("Thyra Aldersund", "thyra.applies@example.org"),
        (_name_on_list(session), "second.applies@example.org"),
    ):
        made = begin(session, slug=call.slug, name=name, email=email, language="en")
        _hand_in(session, made)


def _name_on_list(session: Session) -> str:
    named = select(Identity.display_name).join(Record).where(Record.network_code == NETWORK)
    return session.scalars(named.order_by(Record.id).limit(1)).one()


def _hand_in(session: Session, application: Application) -> None:
    """Both pages and the last press, each by her link, as on a telephone."""
    session.flush()
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    token = session.scalars(newest).one().values["path"].rpartition("/")[2]
    for fields, answers in ((WORK_FIELDS, WORK), (PERSON_FIELDS, PERSON)):
        save_answers(
            session,
            token=token,
            expected_version=application.version,
            fields=fields,
            answers=answers,
        )
    submit(session, token=token, expected_version=application.version)
