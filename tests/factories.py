"""Invented people for tests. Every text about a woman holds a canary: a string that occurs in one
field of one record only, so that a test can say exactly which field of whom it sees.

The factories write rows as they would stand after the use cases, in the session they are given;
the caller commits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import (
    Account,
    Change,
    Entry,
    Experience,
    Identity,
    MatchRequest,
    Mediator,
    Membership,
    Record,
    RoleGrant,
)
from tests.answer_factories import add_availability, add_consents, add_declaration

CANARY = re.compile(r"zz([a-z]+)(\d+)zz", re.IGNORECASE)
"""Finds canaries in any text: the field's name without underscores, the record's id."""

PASSWORD = "correct horse battery staple"


def canary(field: str, record_id: int) -> str:
    """The string that stands in ``field`` of this record and nowhere else."""
    return f"zz{field.replace('_', '')}{record_id}zz"


def find_canaries(text: str) -> set[tuple[str, int]]:
    """Which fields of which records show in ``text``: pairs of field and record id."""
    return {(field.lower(), int(number)) for field, number in CANARY.findall(text)}


def add_account(
    session: Session,
    role: str = "envoy",
    *,
    network: str | None = None,
    email: str | None = None,
    password_hash: str | None = None,
    mediator: Mediator | None = None,
    country: str | None = None,
    office: str | None = None,
    is_verified: bool = True,
    language: str = "en",
) -> Account:
    """An account with one role; a coordinator needs her ``network``, a mediator is herself."""
    number = _next_number(session)
    address = email or f"account{number}@example.org"
    account = Account(
        email=address,
        email_digest=keyring().digest(address),
        display_name=f"Invented {role.title()} {number}",
        password_hash=password_hash,
        language=language,
        requester_country=country,
        requester_office=office,
        verified_at=clock.now() if is_verified else None,
        mediator_id=mediator.id if mediator else None,
        created_at=clock.now(),
        grants=[RoleGrant(role=role, network_code=network if role == "coordinator" else None)],
    )
    session.add(account)
    session.flush()
    return account


def add_mediator(
    session: Session,
    *,
    network: str | None = "nwm",
    name: str | None = None,
    safety_class: int = 1,
    consents: bool | Iterable[str] = True,
    availability: bool | datetime = True,
    languages: Mapping[str, str] | Sequence[str] = ("eng",),
    entries: Iterable[tuple[str, str]] = (),
    accreditation: str = "accredited",
    time_zone: str = "UTC",
    has_own_record: bool = True,
    declares: bool = True,
    **columns: Any,
) -> Mediator:
    """A woman who has answered: record of her network, her own record, consents, availability.

    ``consents``: all three of matching, or the purposes named. ``availability``: False for none,
    an instant for the end of its validity. ``languages``: code to CEFR level, or codes (C1).
    ``entries``: further (field, code) pairs. ``columns``: other columns of the mediator.
    """
    mediator = Mediator(
        safety_class=safety_class,
        time_zone=time_zone,
        created_at=clock.now(),
        is_invented=True,
        **columns,
    )
    session.add(mediator)
    session.flush()
    codes = _entries_of(languages, entries)
    if network is not None:
        add_membership(session, mediator, network, accreditation=accreditation)
        add_record(session, mediator, network, name=name, entries=codes)
    if has_own_record:
        add_record(session, mediator, None, name=name, entries=codes)
    add_consents(session, mediator, consents)
    if availability:
        valid_until = availability if isinstance(availability, datetime) else None
        add_availability(session, mediator, valid_until=valid_until)
    if declares:
        add_declaration(session, mediator)
    add_change(session, mediator)
    return mediator


def _entries_of(
    languages: Mapping[str, str] | Sequence[str], entries: Iterable[tuple[str, str]]
) -> list[tuple[str, str, dict[str, Any]]]:
    levels = languages if isinstance(languages, Mapping) else dict.fromkeys(languages, "C1")
    spoken = [("language", code, {"level": level}) for code, level in levels.items()]
    return [*spoken, *((field, code, {}) for field, code in entries)]


def add_membership(
    session: Session, mediator: Mediator, network: str, *, accreditation: str = "accredited"
) -> Membership:
    """She is a member of ``network``, accredited a year ago for three years."""
    today = clock.now().date()
    membership = Membership(
        mediator_id=mediator.id,
        network_code=network,
        since=str(today.year - 3),
        accreditation=accreditation,
        accredited_on=today - timedelta(days=365),
        lapses_on=today + timedelta(days=730),
    )
    session.add(membership)
    session.flush()
    return membership


def add_record(
    session: Session,
    mediator: Mediator,
    network: str | None,
    *,
    name: str | None = None,
    entries: Iterable[tuple[str, str, dict[str, Any]]] = (),
) -> Record:
    """What ``network`` (None: she herself) says of her, with a canary in each field of text."""
    record = Record(mediator_id=mediator.id, network_code=network, created_at=clock.now())
    session.add(record)
    session.flush()
    session.add(_identity_of(record, name))
    source = "self" if network is None else "coordinator"
    given = [(field, code, detail, None) for field, code, detail in entries]
    texts = [(f, "", {}, canary(f, record.id)) for f in ("note", "biography", "unmapped")]
    for field, code, detail, sealed in [*given, *texts]:
        session.add(
            Entry(
                record_id=record.id,
                field=field,
                code=code,
                detail=detail,
                sealed=sealed,
                grade=2,
                source=source,
                entered_at=clock.now(),
                confirmed_on=clock.now().date(),
            )
        )
    session.add(_experience_of(record))
    session.flush()
    return record


def _identity_of(record: Record, name: str | None) -> Identity:
    address = f"{canary('email', record.id)}@example.org"
    return Identity(
        record_id=record.id,
        display_name=name or f"Invented {canary('display_name', record.id)}",
        original_name=canary("original_name", record.id),
        title=canary("title", record.id),
        other_names=[canary("other_names", record.id)],
        email=address,
        email_digest=keyring().digest(address),
        phone=f"+000 {canary('phone', record.id)}",
        safe_contact=canary("safe_contact", record.id),
    )


def _experience_of(record: Record) -> Experience:
    return Experience(
        record_id=record.id,
        process=canary("process", record.id),
        country="COL",
        first_year=2014,
        last_year=2016,
        track="II",
        role="facilitator",
        phase="talks",
        mandating_body=canary("mandating_body", record.id),
        contribution=canary("contribution", record.id),
        entered_at=clock.now(),
    )


def add_change(session: Session, mediator: Mediator) -> None:
    """Workers that hold columns in memory read her again, if the session has its number."""
    if "n" in session.info:
        session.add(Change(n=session.info["n"], mediator_id=mediator.id))
        session.flush()


def add_request(
    session: Session, account: Account, *, criteria: dict[str, Any], state: str = "submitted"
) -> MatchRequest:
    """A request of ``account``, with a canary in its title."""
    number = _next_number(session)
    row = MatchRequest(
        code=f"R-26-T{number:04d}",
        account_id=account.id,
        title=f"Request {canary('request_title', number)}",
        criteria=criteria,
        state=state,
        created_at=clock.now(),
        submitted_at=clock.now() if state != "draft" else None,
    )
    session.add(row)
    session.flush()
    return row


def _next_number(session: Session) -> int:
    numbers = session.info.setdefault("factory_numbers", iter(range(1, 10**6)))
    return int(next(numbers)) + int(session.info.get("n", 0)) * 1000
