"""Consent by voice, for women without mail: one person writes it down, a second one confirms it.

Good for file, matching and card, for six months; naming always needs her own answer. Her own word
goes first: what she took back or left open herself, nobody says in her place (product, section 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.local_days import end_of_day, local_day, start_of_day
from roster.models import Consent, Mediator, Record, SpokenConsent
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import get_record
from roster.queries.spoken_consents import spoken_subject
from roster.services.consents import FILE, list_live_consents
from roster.services.own_word import may_speak
from roster.services.reminders import stop_reminders
from roster.services.trail import add_audit, require, trace_mediator
from roster.wording.consent_texts import CURRENT_VERSION, SPOKEN_CHANNELS, list_text_languages

SPOKEN_PURPOSES = (FILE, "matching", "card")
LIFE_DAYS = 183
"""Six months from the day on which she spoke."""
LATEST_DAYS = 30
"""What was said longer ago is not written down any more: ask her again."""


@dataclass(frozen=True)
class Spoken:
    """What she said: to which texts, read to her in which language, how and on which day of hers."""

    purposes: tuple[str, ...]
    language: str
    text_version: str
    channel: str
    spoken_on: date


def record_spoken_consent(
    session: Session, *, actor: Actor, record_id: int, spoken: Spoken
) -> SpokenConsent:
    """Write down what she said. It counts for nothing before a second person confirms it."""
    record = _get_record(session, actor, record_id)
    mediator = record.mediator
    _check_form(spoken)
    _check_day(spoken.spoken_on, local_day(clock.now(), mediator.time_zone))
    if find_waiting(session, mediator.id, record.network_code or "") is not None:
        raise Refused("spoken_waits_already")
    _check_her_word(session, mediator, spoken.purposes)
    row = SpokenConsent(
        mediator_id=mediator.id,
        network_code=record.network_code,
        purposes=[one for one in SPOKEN_PURPOSES if one in spoken.purposes],
        language=spoken.language,
        text_version=spoken.text_version,
        channel=spoken.channel,
        spoken_on=spoken.spoken_on,
        recorded_by=actor.account_id,
        recorded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    _trace(session, actor, row, "spoken_consent.recorded")
    return row


def confirm_spoken_consent(
    session: Session, *, actor: Actor, spoken_id: int, expected_version: int
) -> SpokenConsent:
    """The second person says that it was so: the consents hold, six months from that day."""
    row = _get_waiting(session, actor, spoken_id, expected_version)
    if actor.account_id == row.recorded_by:
        raise Refused("second_person_needed")
    mediator = _get_active(session, row.mediator_id)
    _check_her_word(session, mediator, row.purposes)
    until = end_of_day(row.spoken_on + timedelta(days=LIFE_DAYS), mediator.time_zone)
    if until <= clock.now():
        raise Refused("spoken_too_long_ago", days=LATEST_DAYS)
    _decide(session, actor, row, "confirmed")
    for purpose in row.purposes:
        session.add(
            Consent(
                mediator_id=mediator.id,
                purpose=purpose,
                text_version=row.text_version,
                language=row.language,
                channel="voice",
                given_at=start_of_day(row.spoken_on, mediator.time_zone),
                valid_until=until,
                spoken_consent_id=row.id,
            )
        )
        trace_mediator(session, actor, mediator.id, "consent.given", {"purpose": purpose})
    stop_reminders(session, mediator.id, "consent")
    return row


def decline_spoken_consent(
    session: Session, *, actor: Actor, spoken_id: int, expected_version: int
) -> SpokenConsent:
    """It was not so. Whoever wrote it down may throw it away alone: nothing follows from it."""
    row = _get_waiting(session, actor, spoken_id, expected_version)
    _decide(session, actor, row, "declined")
    return row


def take_back_spoken_consents(session: Session, *, actor: Actor, record_id: int) -> None:
    """She has said no: at once, by one person, and whoever wrote her yes down.

    Only what was given by voice ends, and what waits; her own answers are hers to take back. The
    rows of it read *declined*, so that she may say yes by voice again, which she could not after a
    no of her own hand.
    """
    mediator = _get_record(session, actor, record_id).mediator
    given = session.scalars(
        select(Consent).where(
            Consent.mediator_id == mediator.id,
            Consent.channel == "voice",
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    resting = {row.spoken_consent_id for row in given}
    spoken = session.scalars(
        select(SpokenConsent).where(
            SpokenConsent.mediator_id == mediator.id,
            SpokenConsent.state.in_(("recorded", "confirmed")),
        )
    )
    ended = [row for row in spoken if row.state == "recorded" or row.id in resting]
    if not given and not ended:
        raise Refused("nothing_spoken")
    for consent in given:
        consent.withdrawn_at = clock.now()
        trace_mediator(
            session, actor, mediator.id, "consent.withdrawn", {"purpose": consent.purpose}
        )
    for row in ended:
        row.state = "declined"
        _trace(session, actor, row, "spoken_consent.taken_back")


def find_waiting(session: Session, mediator_id: int, network_code: str) -> SpokenConsent | None:
    """What this network has written down of her and nobody has decided on yet."""
    return session.scalar(
        select(SpokenConsent).where(
            SpokenConsent.mediator_id == mediator_id,
            SpokenConsent.network_code == network_code,
            SpokenConsent.state == "recorded",
        )
    )


def _check_her_word(session: Session, mediator: Mediator, purposes: Iterable[str]) -> None:
    named = frozenset(purposes)
    if FILE not in named and FILE not in list_live_consents(session, mediator.id, clock.now()):
        raise Refused("spoken_needs_the_file")
    if not may_speak(session, mediator.id, named):
        raise Refused("she_answers_herself")


def _check_form(spoken: Spoken) -> None:
    if not spoken.purposes or not set(spoken.purposes) <= set(SPOKEN_PURPOSES):
        raise Refused("unknown_purpose")
    if spoken.text_version != CURRENT_VERSION:
        raise Refused("texts_changed")
    if spoken.language not in list_text_languages() or spoken.channel not in SPOKEN_CHANNELS:
        raise Refused("not_a_choice")


def _check_day(spoken_on: date, today: date) -> None:
    if spoken_on > today:
        raise Refused("spoken_in_the_future")
    if (today - spoken_on).days > LATEST_DAYS:
        raise Refused("spoken_too_long_ago", days=LATEST_DAYS)


def _get_record(session: Session, actor: Actor, record_id: int) -> Record:
    record = get_record(session, actor=actor, record_id=record_id)
    require(Permission.HEAR_CONSENTS, actor, Subject(network_code=record.network_code))
    _get_active(session, record.mediator_id)
    return record


def _get_active(session: Session, mediator_id: int) -> Mediator:
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise Refused("not_to_be_asked")
    return mediator


def _get_waiting(session: Session, actor: Actor, spoken_id: int, version: int) -> SpokenConsent:
    require(Permission.HEAR_CONSENTS, actor, spoken_subject(session, spoken_id))
    row = session.get_one(SpokenConsent, spoken_id)
    if row.version != version or row.state != "recorded":
        raise StaleVersion({"state": row.state}, {})
    return row


def _decide(session: Session, actor: Actor, row: SpokenConsent, state: str) -> None:
    """Whoever wrote it down decides on nothing: thrown away by the same person, nobody decided."""
    row.state = state
    row.decided_by = None if actor.account_id == row.recorded_by else actor.account_id
    row.decided_at = clock.now()
    session.flush()
    _trace(session, actor, row, f"spoken_consent.{state}")


def _trace(session: Session, actor: Actor, row: SpokenConsent, action: str) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="mediator",
        subject_id=row.mediator_id,
        network_code=row.network_code,
        detail={"spoken_consent": row.id},
    )
