"""All facts of many women, in a fixed number of queries and a constant amount of memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from matching.facts import (
    Language,
    Mediator,
    Nationality,
    Place,
    Skill,
    Training,
)
from roster import clock
from roster.facts import rows, standing
from roster.facts.choice import (
    Statement,
    choose,
    choose_single,
    leave_out_what_she_left_out,
    read_experience,
    read_statement,
)
from roster.facts.levels import SKILLS, as_entered, read_levels
from roster.facts.rows import AnyRow
from roster.vocabulary import load_vocabulary
from roster.vocabulary.used_codes import read_code

Statements = dict[str, list[Statement]]


def load_mediators(
    session: Session, *, ids: Sequence[int] | None = None, now: datetime | None = None
) -> Iterator[Mediator]:
    """The facts of all women, or of those among ``ids`` that exist, ascending by id.

    ``now`` (the clock's, unless given) only chooses between two statements of availability and
    gives the band of age; whether a statement still counts is the engine's question.
    """
    instant = now or clock.now()
    streams = {
        name: rows.Stream(session, statement(ids))
        for name, statement in (
            ("memberships", rows.select_memberships),
            ("consents", rows.select_consents),
            ("availabilities", rows.select_availabilities),
            ("declarations", rows.select_declarations),
            ("entries", rows.select_entries),
            ("experiences", rows.select_experiences),
            ("look_alikes", rows.select_look_alikes),
        )
    }
    recognised = rows.load_recognised(session)
    people = session.execute(rows.select_mediators(ids).execution_options(yield_per=rows.CHUNK))
    for person in people:
        yield _make_mediator(
            person,
            {name: stream.take(person.id) for name, stream in streams.items()},
            instant,
            recognised,
        )


def _make_mediator(
    person: AnyRow, of_her: dict[str, list[AnyRow]], now: datetime, recognised: standing.Recognised
) -> Mediator:
    memberships = of_her["memberships"]
    accreditations = standing.list_accreditations(memberships, now.date(), recognised)
    declaration, interests = standing.read_declaration(of_her["declarations"])
    said = collect_statements(of_her["entries"], of_her["experiences"])
    residence = choose_single(said["residence"])
    return Mediator(
        id=person.id,
        safety_class=person.safety_class,
        is_hidden=person.is_hidden or person.state != "active" or _has_died(memberships),
        paused_until=person.paused_until,
        is_suspended=any(row.accreditation == "suspended" for row in memberships),
        has_integrity_hold=person.has_integrity_hold,
        consents=standing.list_consents(of_her["consents"]),
        networks=tuple(one.network for one in accreditations),
        kept_by=standing.list_keepers(memberships, now.date()),
        accreditations=accreditations,
        nationalities=read_nationalities(said["nationality"]),
        residence=residence.code if residence and residence.code != "undisclosed" else None,
        residence_since=residence.detail.get("since_year") if residence else None,
        birth_band=band_of_age(choose_single(said["birth_year"]), now.date()),
        seniority=_seniority(said),
        tracks=_skills(said["track"]),
        roles_held=_skills(said["role_held"]),
        roles_sought=_skills(said["role_sought"]),
        themes=_skills(said["theme"]),
        phases=_skills(said["phase"]),
        places=tuple(_place(one) for one in choose(said["place"])),
        languages=_languages(said["language"]),
        trainings=tuple(_training(one) for one in choose(said["training"])),
        availability=standing.choose_availability(
            of_her["availabilities"], now, keeps_free=_codes(said["keeps_free"])
        ),
        interests=interests,
        declaration=declaration,
        communities=_codes(said["community"]),
        refused_by=_codes(said["refused_by"]),
        look_alikes=frozenset(row.other for row in of_her["look_alikes"]),
        last_proposed_at=person.last_proposed_at,
    )


def _codes(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset(one.code for one in statements)


def _has_died(memberships: Iterable[AnyRow]) -> bool:
    return any(row.accreditation == "deceased" for row in memberships)


def collect_statements(entries: Iterable[AnyRow], experiences: Iterable[AnyRow]) -> Statements:
    """Everything said of her by field; an experience speaks for track, role, phase and place."""
    said: Statements = defaultdict(list)
    for row in entries:
        said[row.field].append(read_statement(row))
    for row in experiences:
        for field, code in (
            ("track", row.track),
            ("role_held", row.role),
            ("phase", row.phase),
            ("place", row.country),
        ):
            if code:
                said[field].append(read_experience(row, field, code))
    return defaultdict(list, leave_out_what_she_left_out(_as_read(said)))


def _as_read(said: Statements) -> Statements:
    """A code that was merged into another says what the other says."""
    if not load_vocabulary().merged:
        return said
    return {
        field: [replace(one, code=read_code(field, one.code)) for one in statements]
        for field, statements in said.items()
    }


STATELESS = "stateless"
"""Code of a nationality entry that says: known to have none."""


def read_nationalities(statements: Iterable[Statement]) -> tuple[Nationality, ...] | None:
    """All nationalities anybody states; () is known to be stateless, None is unknown."""
    chosen = [one for one in choose(statements) if one.code != "unknown"]
    if not chosen:
        return None
    return tuple(
        Nationality(one.code, one.detail.get("is_current", True), one.detail.get("ended_year"))
        for one in chosen
        if one.code != STATELESS
    )


BANDS = ((30, "under_30"), (40, "30_39"), (50, "40_49"), (60, "50_59"))


def band_of_age(birth_year: Statement | None, today: date) -> str | None:
    """Band of the age reached in this calendar year; None is unknown."""
    return band_of_year(birth_year.detail.get("number") if birth_year else None, today)


def band_of_year(year: object, today: date) -> str | None:
    """Band of the age that somebody born in ``year`` reaches this year; None where none is said."""
    if not isinstance(year, int):
        return None
    age = today.year - year
    return next((band for limit, band in BANDS if age < limit), "60_plus")


def _seniority(said: Statements) -> Skill | None:
    chosen = choose_single(said["seniority"])
    return _skill(chosen) if chosen else None


def _skills(statements: list[Statement]) -> tuple[Skill, ...]:
    return tuple(_skill(one) for one in choose(statements, _depth_supports))


def _skill(one: Statement) -> Skill:
    return Skill(one.code, one.grade, one.detail.get("depth") or 1, one.last_year, one.source)


def _depth_supports(one: Statement, other: Statement) -> bool:
    return (other.detail.get("depth") or 1) >= (one.detail.get("depth") or 1)


def _place(one: Statement) -> Place:
    return Place(one.code, one.detail.get("first_year"), one.last_year, one.grade, one.source)


def _languages(statements: list[Statement]) -> tuple[Language, ...]:
    """Where anybody gives a level on a scale, a free word or a bare name says nothing beside it."""
    levelled = {one.code for one in statements if any(read_levels(one.detail).values())}
    heard = [
        one
        for one in statements
        if one.code not in levelled or any(read_levels(one.detail).values())
    ]
    return tuple(_language(one) for one in choose(heard, _levels_support))


def _language(one: Statement) -> Language:
    return Language(
        code=one.code,
        **read_levels(one.detail),
        as_entered=as_entered(one.detail),
        grade=one.grade,
        has_mediated=bool(one.detail.get("has_mediated")),
        source=one.source,
    )


def _levels_support(one: Statement, other: Statement) -> bool:
    """The other gives a level no lower in every skill for which she gives one."""
    own, others = read_levels(one.detail), read_levels(other.detail)
    return all((others[skill] or 0) >= (own[skill] or 0) for skill in SKILLS)


def _training(one: Statement) -> Training:
    expires = one.detail.get("expires_on")
    return Training(one.code, date.fromisoformat(expires) if expires else None)
