"""What is known of one woman."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum


class Grade(IntEnum):
    """How well a statement is known. Less than asked for counts as unknown."""

    STATED = 1
    """She or a list says so."""
    CONFIRMED = 2
    """A coordinator confirmed it, with a date."""
    RECORDED = 3
    """An experience entry with a verifier, or a test result."""


@dataclass(frozen=True)
class Source:
    """Where a value comes from: printed beside every piece of evidence."""

    by: str = "self"
    """self, coordinator, import or operator."""
    on: date | None = None
    network: str | None = None


@dataclass(frozen=True)
class Skill:
    """One claim of a vocabulary code: a theme, track, phase, or a role held."""

    code: str
    grade: Grade = Grade.STATED
    depth: int = 1
    """Themes only: 1 practitioner, 2 specialist, 3 authority."""
    last_year: int | None = None
    source: Source = Source()


@dataclass(frozen=True)
class Language:
    """One language. Levels are floors on the published scale (A1=1 … C2=6, native=7)."""

    code: str
    speaking: int | None = None
    listening: int | None = None
    reading: int | None = None
    writing: int | None = None
    as_entered: str | None = None
    """The level or word as it was given: ``C1``, ``UN-III``, ``courant``."""
    grade: Grade = Grade.STATED
    has_mediated: bool = False
    source: Source = Source()

    def level(self, skill: str) -> int | None:
        """The floor for ``speaking``, ``listening``, ``reading`` or ``writing``; None is unknown."""
        levels = {
            "speaking": self.speaking,
            "listening": self.listening,
            "reading": self.reading,
            "writing": self.writing,
        }
        return levels[skill]


@dataclass(frozen=True)
class Nationality:
    country: str
    is_current: bool = True
    ended_year: int | None = None
    """For a former nationality; None is unknown."""


@dataclass(frozen=True)
class Place:
    """A country worked in."""

    country: str
    first_year: int | None = None
    last_year: int | None = None
    grade: Grade = Grade.STATED
    source: Source = Source()


@dataclass(frozen=True)
class Interest:
    """One declared office, post, payment or tie.

    ``kind``: office, party_post, security_service, government_employment, funding, business,
    kin, public_statement, future_employment.
    """

    kind: str
    country: str | None = None
    party: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    """None is: still so, or unknown; both count as current."""


@dataclass(frozen=True)
class Declaration:
    """Her conflict-of-interest declaration; good for 12 months for what it covers."""

    declared_on: date
    covers: frozenset[str]
    """Countries and party codes she was asked about."""


@dataclass(frozen=True)
class Accreditation:
    network: str
    state: str
    """draft, self_declared, documents_checked, references_checked, interviewed, accredited,
    needs_update, suspended, withdrawn."""
    accredited_on: date | None = None
    lapses_on: date | None = None


@dataclass(frozen=True)
class Consent:
    """A purpose she agreed to; counts until ``until``."""

    purpose: str
    until: datetime


@dataclass(frozen=True)
class Training:
    code: str
    expires_on: date | None = None


@dataclass(frozen=True)
class Availability:
    """Her dated statement. Past ``valid_until`` it says nothing, whatever any job has done."""

    status: str
    """available, partly, on_assignment, unavailable or unknown."""
    confirmed_at: datetime
    valid_until: datetime
    confirmed_by: str = "self"
    """self, coordinator or import; an import never counts."""
    window_from: date | None = None
    window_to: date | None = None
    """Inclusive; None is: no end said."""
    notice_days: int | None = None
    longest_stay_days: int | None = None
    days_per_month: int | None = None
    modalities: frozenset[str] | None = None
    """in_person, remote, hybrid, home_country_only; None is unknown."""
    refused: frozenset[str] = frozenset()
    """Countries and regions where she will not go."""
    keeps_free: frozenset[str] = frozenset()
    """Codes of weekdays, seasons and observances she keeps free (friday_noon, ramadan)."""


@dataclass(frozen=True)
class Mediator:
    """All that the engine may know of one woman. ``id`` is opaque; there is no name here."""

    id: int
    safety_class: int = 2
    is_hidden: bool = False
    """Quick-hide, withdrawn, deceased or merged away: not visible to anybody's run."""
    paused_until: datetime | None = None
    is_suspended: bool = False
    has_integrity_hold: bool = False
    consents: tuple[Consent, ...] = ()
    networks: tuple[str, ...] = ()
    kept_by: frozenset[str] = frozenset()
    """Her networks, where each of them puts her forward only if a request asks it; else empty."""
    accreditations: tuple[Accreditation, ...] = ()
    nationalities: tuple[Nationality, ...] | None = None
    residence: str | None = None
    residence_since: int | None = None
    birth_band: str | None = None
    seniority: Skill | None = None
    """``code`` is emerging, mid, senior or eminent."""
    tracks: tuple[Skill, ...] = ()
    roles_held: tuple[Skill, ...] = ()
    roles_sought: tuple[Skill, ...] = ()
    themes: tuple[Skill, ...] = ()
    phases: tuple[Skill, ...] = ()
    places: tuple[Place, ...] = ()
    languages: tuple[Language, ...] = ()
    trainings: tuple[Training, ...] = ()
    availability: Availability | None = None
    interests: tuple[Interest, ...] = ()
    declaration: Declaration | None = None
    communities: frozenset[str] = frozenset()
    """Communities she declared herself, for the request at hand only."""
    refused_by: frozenset[str] = frozenset()
    """Party codes that refused her before, as her own network holds it."""
    look_alikes: frozenset[int] = frozenset()
    """Ids of unmerged women suspected to be the same person."""
    last_proposed_at: datetime | None = None
