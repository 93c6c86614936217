"""The rows that one profile of a file becomes: mediator, record, consents, availability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.models import (
    Availability,
    Consent,
    Declaration,
    Entry,
    Experience,
    Identity,
    Mediator,
    Membership,
    Network,
    Record,
)

CONSENT_DAYS = 365
Profile = Mapping[str, Any]


def home_network(profile: Profile) -> str | None:
    """The network whose record holds the values: her first; her own record where she has none."""
    members = profile["memberships"]
    return members[0]["network"] if members else None


def make_mediator(
    session: Session, profile: Profile, network: str | None, is_invented: bool
) -> Mediator:
    """The woman with her memberships, not yet added to the session."""
    seat = session.get_one(Network, network).time_zone if network else "UTC"
    mediator = Mediator(
        safety_class=profile["safety_class"],
        is_hidden=profile["is_hidden"],
        paused_until=profile["paused_until"],
        has_integrity_hold=profile["has_integrity_hold"],
        last_proposed_at=profile["last_proposed_at"],
        language=profile["language"],
        time_zone=profile["time_zone"] or seat,
        created_at=clock.now(),
        is_invented=is_invented,
    )
    for member in profile["memberships"]:
        values = {key: value for key, value in member.items() if key != "network"}
        mediator.memberships.append(Membership(network_code=member["network"], **values))
    return mediator


def make_record(profile: Profile, network: str | None, digest: str | None) -> Record:
    """The record with names, entries and experiences; ``digest`` is that of the address."""
    names, contacts = profile["names"], profile["contacts"] or {}
    record = Record(network_code=network, created_at=clock.now())
    record.identity = Identity(
        display_name=names["display_name"],
        original_name=names["original_name"],
        title=names["title"],
        other_names=names["other_names"] or None,
        email=contacts.get("email"),
        email_digest=digest,
        phone=contacts.get("phone"),
        safe_contact=contacts.get("safe_contact"),
    )
    record.entries = list(_list_entries(profile))
    record.experiences = [
        Experience(**values, entered_at=clock.now()) for values in profile["experiences"]
    ]
    return record


CLAIMS = {
    "tracks": ("track", "code"),
    "roles_held": ("role_held", "code"),
    "roles_sought": ("role_sought", "code"),
    "themes": ("theme", "code"),
    "phases": ("phase", "code"),
    "places": ("place", "country"),
    "languages": ("language", "code"),
    "nationalities": ("nationality", "country"),
    "trainings": ("training", "code"),
}
"""Lists of a profile: the field of their entries, and the key that holds the code."""
WORDS = {"communities": "community", "refused_by": "refused_by"}
SINGLES = {"residence": ("residence", "country"), "seniority": ("seniority", "code")}


def _list_entries(profile: Profile) -> Iterator[Entry]:
    for name, (field, key) in CLAIMS.items():
        for item in _one_per_code(profile[name] or (), key):
            yield _make_entry(field, item[key], item, key)
    if profile["nationalities"] == []:
        yield _make_entry("nationality", "stateless", {}, "")
    for name, (field, key) in SINGLES.items():
        if profile[name]:
            yield _make_entry(field, profile[name][key], profile[name], key)
    for name, field in WORDS.items():
        for word in dict.fromkeys(profile[name]):
            yield _make_entry(field, word, {}, "")
    for habit in dict.fromkeys((profile["availability"] or {}).get("keeps_free", ())):
        yield _make_entry("keeps_free", habit, {}, "")
    if profile["birth_year"]:
        yield _make_entry("birth_year", "", {"number": profile["birth_year"]}, "")


def _one_per_code(items: Sequence[Profile], key: str) -> list[Profile]:
    return list({item[key]: item for item in items}.values())


NOT_DETAIL = frozenset({"grade", "source", "on"})


def _make_entry(field: str, code: str, item: Profile, key: str) -> Entry:
    detail = {
        name: _plain(value)
        for name, value in item.items()
        if value is not None and name != key and name not in NOT_DETAIL
    }
    grade = Grade[item.get("grade", "stated").upper()]
    day: date = item.get("on") or clock.now().date()
    return Entry(
        field=field,
        code=code,
        detail=detail,
        grade=int(grade),
        source=item.get("source", "operator"),
        entered_at=clock.now(),
        confirmed_on=day if item.get("on") or grade > Grade.STATED else None,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def add_standing(session: Session, profile: Profile, mediator_id: int) -> None:
    """Consents, availability and declaration of a woman who has her number."""
    now = clock.now()
    for consent in profile["consents"]:
        given_at = consent["given_at"] or now
        until = consent["valid_until"] or given_at + timedelta(days=CONSENT_DAYS)
        session.add(
            Consent(
                mediator_id=mediator_id,
                purpose=consent["purpose"],
                text_version="attested",
                language=profile["language"],
                channel="operator",
                given_at=given_at,
                valid_until=until,
            )
        )
    if profile["availability"]:
        values = {k: v for k, v in profile["availability"].items() if k != "keeps_free"}
        session.add(Availability(mediator_id=mediator_id, **values))
    if profile["declaration"]:
        session.add(_make_declaration(profile["declaration"], mediator_id))


def _make_declaration(values: Profile, mediator_id: int) -> Declaration:
    interests = [
        {key: _plain(value) for key, value in interest.items() if value is not None}
        for interest in values["interests"]
    ]
    return Declaration(
        mediator_id=mediator_id,
        declared_on=values["declared_on"],
        covers=values["covers"],
        interests=interests,
    )
