"""From what an applicant said to a mediator and her network's record: her own words, as stated."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.local_days import local_day
from roster.models import Application, Entry, Identity, Mediator, Membership, Network, Record
from roster.services.profiles import choose_level
from roster.services.records import WantedEntry
from roster.services.trail import add_change

LISTS = ("track", "theme", "role_held", "role_sought", "nationality", "place")
SINGLE = ("residence", "seniority")


def create_person(session: Session, application: Application) -> Record:
    """A new mediator, self-declared from today on; invisible until she consents."""
    network = session.get_one(Network, application.network_code)
    mediator = Mediator(
        language=application.language, time_zone=network.time_zone, created_at=clock.now()
    )
    session.add(mediator)
    session.flush()
    record = Record(
        mediator_id=mediator.id,
        network_code=network.code,
        created_at=clock.now(),
        entries=[_as_entry(application, wanted) for wanted in _read_answers(application)],
    )
    record.identity = Identity(
        display_name=application.name,
        email=application.email,
        email_digest=application.email_digest,
    )
    membership = Membership(
        mediator_id=mediator.id,
        network_code=network.code,
        since=local_day(clock.now(), network.time_zone).isoformat(),
        accreditation="self_declared",
    )
    session.add_all((record, membership))
    session.flush()
    add_change(session, mediator.id)
    return record


def _read_answers(application: Application) -> Iterable[WantedEntry]:
    answers = application.answers
    for field in LISTS:
        for code in answers.get(field, ()):
            yield WantedEntry(field, code)
    for field in SINGLE:
        if answers.get(field):
            yield WantedEntry(field, answers[field])
    for row in answers.get("languages", ()):
        yield WantedEntry("language", row["language"], choose_level({}, row.get("level")))
    if answers.get("biography"):
        yield WantedEntry("biography", "", {}, answers["biography"])


def _as_entry(application: Application, wanted: WantedEntry) -> Entry:
    """Said by herself when she handed it in; nobody has confirmed anything of it."""
    return Entry(
        field=wanted.field,
        code=wanted.code,
        detail=dict(wanted.detail),
        sealed=wanted.sealed,
        grade=Grade.STATED,
        source="self",
        entered_at=application.submitted_at or clock.now(),
    )
