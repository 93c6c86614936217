"""The applicant's side: she begins, goes on by the link in her mail, hands in, takes back.

Her link is her proof in every step, since she has no account; handing in spends it. What she gets
to read after the first step does not depend on whether her address is known to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Ended, Refused, StaleVersion
from roster.models import Application
from roster.permissions import ANONYMOUS, Actor
from roster.queries.applications import find_open_call, find_undecided
from roster.services.application_letters import (
    erase_answers,
    find_ended_link,
    send_link,
    trace,
)
from roster.services.links import find_live_link, take_link
from roster.services.sign_in import raise_counter

PER_ADDRESS = 5
"""Letters to one address in one window of sign-in; more are not sent, and nobody is told."""
PER_CLIENT = 60
"""First steps from one network address in one window: a village shares one."""

UNFINISHED = ("invited", "begun")
TAKEN_BACK_FROM = (*UNFINISHED, "submitted", "refused")
"""The states in which what she wrote can still be taken back by her link."""
WORK_FIELDS = frozenset({"languages", "track", "theme", "role_held", "role_sought"})
PERSON_FIELDS = frozenset({"nationality", "residence", "place", "seniority", "biography", "ties"})
"""What the two steps ask for."""
NEEDED = ("languages", "ties")
"""One answer of each step: without them an application cannot be handed in."""
QUESTION = "question"
"""What her coordinator asks her to add; it stands among the answers since it may name things."""


def count_first_step(session: Session, *, email: str, client: str) -> tuple[bool, bool]:
    """Count one first step: may a letter go to this address, may this client go on?"""
    of_address = raise_counter(session, f"apply-address:{email}")
    of_client = raise_counter(session, f"apply-client:{client}")
    return of_address <= PER_ADDRESS, of_client <= PER_CLIENT


def begin(session: Session, *, slug: str, name: str, email: str, language: str) -> Application:
    """Begin an application, or find the one that this address has begun; send a link to it.

    Ended where no call is open at this address.
    """
    call = find_open_call(session, slug=slug, now=clock.now())
    if call is None:
        raise Ended("link_ended")
    application = find_undecided(session, network_code=call.network_code, email=email)
    if application is None:
        application = Application(
            network_code=call.network_code,
            call_id=call.id,
            name=name,
            email=email,
            email_digest=keyring().digest(email),
            language=language,
            answers={},
            created_at=clock.now(),
        )
        session.add(application)
        session.flush()
    send_link(session, application, "application")
    trace(session, ANONYMOUS, "application.begun", application)
    return application


def find_by_link(session: Session, *, token: str) -> Application:
    """The application of a live link; Ended where there is none."""
    link = find_live_link(session, token=token, purpose="application")
    application = session.get(Application, link.application_id)
    if application is None:
        raise Ended("link_ended")
    return application


def open_application(session: Session, *, token: str, language: str | None = None) -> Application:
    """She pressed: from here on her answers are shown. ``language`` is the one she chose."""
    application = find_by_link(session, token=token)
    if application.state == "invited":
        application.state = "begun"
    if language is not None:
        application.language = language
    trace(session, _applicant(), "application.opened", application)
    session.flush()
    return application


def send_again(session: Session, *, token: str) -> None:
    """A fresh link to the address on file for one that has run out; each serves for one.

    Nothing happens for any other link, and nobody is told: the page says the same.
    """
    link = find_ended_link(session, token)
    application = session.get(Application, link.application_id) if link else None
    if application is None or application.state not in TAKEN_BACK_FROM:
        return
    send_link(session, application, "application")
    trace(session, _applicant(), "application.link_renewed", application)


def save_answers(
    session: Session,
    *,
    token: str,
    expected_version: int,
    fields: frozenset[str],
    answers: Mapping[str, Any],
    name: str | None = None,
) -> Application:
    """Keep the answers of one step: ``fields`` are those that it asks for. ``name``: if it asks.

    The same answers again change nothing. StaleVersion when another page of hers was saved since.
    """
    application = find_by_link(session, token=token)
    if application.state not in UNFINISHED:
        raise Refused("application_handed_in")
    kept = {name: value for name, value in application.answers.items() if name not in fields}
    said = {name: answers[name] for name in sorted(fields & answers.keys()) if answers[name]}
    name = name or application.name
    if (application.name, application.answers) == (name, {**kept, **said}):
        return application
    if application.version != expected_version:
        raise StaleVersion(application.answers, said)
    application.name, application.answers = name, {**kept, **said}
    application.state = "begun"
    trace(session, _applicant(), "application.answered", application, fields=sorted(said))
    session.flush()
    return application


def submit(session: Session, *, token: str, expected_version: int) -> Application:
    """Hand it in. Her link is spent; by a new one she can read it and take it back."""
    application = find_by_link(session, token=token)
    if application.state not in UNFINISHED:
        raise Refused("application_handed_in")
    if application.version != expected_version:
        raise StaleVersion({"state": application.state}, {"state": "submitted"})
    if not all(application.answers.get(name) for name in NEEDED):
        raise Refused("application_incomplete")
    take_link(session, token=token, purpose="application")
    application.answers = {k: v for k, v in application.answers.items() if k != QUESTION}
    application.state, application.submitted_at = "submitted", clock.now()
    send_link(session, application, "application_received")
    trace(session, _applicant(), "application.submitted", application)
    session.flush()
    return application


def withdraw(session: Session, *, token: str) -> None:
    """Take it back: all that she wrote is erased at once, and her links end."""
    application = find_by_link(session, token=token)
    if application.state not in TAKEN_BACK_FROM:
        raise Ended("link_ended")
    take_link(session, token=token, purpose="application")
    erase_answers(session, application)
    application.state, application.decided_at = "withdrawn", clock.now()
    trace(session, _applicant(), "application.withdrawn", application)
    session.flush()


def _applicant() -> Actor:
    return Actor("link")
