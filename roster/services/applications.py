"""The network's side: it invites an applicant, and decides on what she hands in.

An accepted applicant becomes a mediator whom nobody sees before she has read her record and given
her consents, by the usual invitation. A look-alike is looked for in this network alone.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Application, Record
from roster.permissions import Actor, Permission, Subject
from roster.queries.applications import find_undecided
from roster.services.accepted_applicants import create_person
from roster.services.application_letters import erase_answers, send_link, trace
from roster.services.applying import QUESTION
from roster.services.invitations import invite
from roster.services.known_people import Alike, KnownPeople, note_different
from roster.services.trail import require


def invite_applicant(
    session: Session, *, actor: Actor, network_code: str, name: str, email: str, language: str
) -> Application:
    """Ask one woman, by name and address, to apply; asked again, she gets a fresh link."""
    require(Permission.KEEP_CALLS, actor, Subject(network_code=network_code))
    application = find_undecided(session, network_code=network_code, email=email)
    if application is None:
        application = Application(
            network_code=network_code,
            state="invited",
            name=name,
            email=email,
            email_digest=keyring().digest(email),
            language=language,
            answers={},
            created_at=clock.now(),
        )
        session.add(application)
        session.flush()
    if application.state == "submitted":
        raise Refused("application_waits")
    send_link(session, application, "application_invitation")
    trace(session, actor, "application.invited", application)
    return application


def find_look_alikes(people: KnownPeople, application: Application) -> list[Alike]:
    """Records of her network that may be she, the likeliest first; she is never told of them."""
    return people.find_alike(
        {
            "name": application.name,
            "email": application.email,
            "nationalities": application.answers.get("nationality", []),
        }
    )


def accept(session: Session, *, actor: Actor, application_id: int, expected_version: int) -> Record:
    """Take her in: a mediator with this network's record, in her own words, and an invitation."""
    application = _get_submitted(session, actor, application_id, expected_version, "accepted")
    alike = find_look_alikes(KnownPeople(session, application.network_code), application)
    record = create_person(session, application)
    for other in alike:
        note_different(session, application.network_code, record.id, other)
    _decide(application, actor, "accepted")
    application.mediator_id = record.mediator_id
    erase_answers(session, application)
    trace(session, actor, "application.accepted", application)
    session.flush()
    invite(session, actor=actor, record_id=record.id)
    return record


def settle_as_known(
    session: Session, *, actor: Actor, application_id: int, expected_version: int, record_id: int
) -> bool:
    """She is on the list already: ask her by the record that is there; whether she could be asked.

    The applicant reads what every refused one reads, since she may not be who she says she is.
    """
    application = _get_submitted(session, actor, application_id, expected_version, "refused")
    people = KnownPeople(session, application.network_code)
    if record_id not in {alike.record_id for alike in find_look_alikes(people, application)}:
        raise NotFound
    _decide(application, actor, "refused")
    send_link(session, application, "application_news")
    trace(session, actor, "application.settled_as_known", application)
    session.flush()
    with suppress(Refused):
        invite(session, actor=actor, record_id=record_id)
        return True
    return False


def refuse(session: Session, *, actor: Actor, application_id: int, expected_version: int) -> None:
    """Do not take her in. She reads it behind a link, without a reason; the mail says nothing."""
    application = _get_submitted(session, actor, application_id, expected_version, "refused")
    _decide(application, actor, "refused")
    send_link(session, application, "application_news")
    trace(session, actor, "application.refused", application)
    session.flush()


def ask_to_add(
    session: Session, *, actor: Actor, application_id: int, expected_version: int, question: str
) -> None:
    """Give it back to her with a question; it is hers again until she hands it in once more."""
    application = _get_submitted(session, actor, application_id, expected_version, "begun")
    application.state = "begun"
    application.answers = {**application.answers, QUESTION: question}
    send_link(session, application, "application_news")
    trace(session, actor, "application.asked", application)
    session.flush()


def _get_submitted(
    session: Session, actor: Actor, application_id: int, expected_version: int, wanted: str
) -> Application:
    application = session.get(Application, application_id)
    if application is None:
        raise NotFound
    subject = Subject(network_code=application.network_code)
    require(Permission.DECIDE_APPLICATION, actor, subject)
    if application.version != expected_version:
        raise StaleVersion({"state": application.state}, {"state": wanted})
    if application.state != "submitted":
        raise Refused("application_decided")
    return application


def _decide(application: Application, actor: Actor, state: str) -> None:
    application.state = state
    application.decided_at, application.decided_by = clock.now(), actor.account_id
