"""What the engine knows: frozen values, made by the caller, never changed here.

Countries are ISO 3166-1 alpha-3, languages ISO 639-3, regions UN M49. Instants are aware UTC
datetimes, dates are the woman's own local dates. ``None`` always means *unknown*; an empty tuple
means *known to be none* (a stateless woman has ``nationalities == ()``).
"""

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


@dataclass(frozen=True)
class Party:
    """A side, guarantor, facilitator or sponsor of the process."""

    code: str
    country: str | None = None
    """The state itself or the state whose party it is."""
    stance: str = "party"
    """party, guarantor, facilitator or sponsor."""


@dataclass(frozen=True)
class LanguageWish:
    any_of: tuple[str, ...]
    skill: str = "speaking"
    level: int = 4
    """Floor on the published scale; 4 is B2."""
    accepts_family: bool = True
    """A macrolanguage code is met by the varieties of the published list."""
    grade: Grade = Grade.CONFIRMED


@dataclass(frozen=True)
class ThemeWish:
    any_of: tuple[str, ...]
    depth: int = 1
    grade: Grade = Grade.STATED


@dataclass(frozen=True)
class PlaceWish:
    """Worked in any of these countries or regions, since a year if said."""

    any_of: tuple[str, ...]
    since_year: int | None = None
    grade: Grade = Grade.STATED


@dataclass(frozen=True)
class Exclusions:
    """Whom the request keeps out. A post's own exclusions take the place of the request's."""

    nationalities: frozenset[str] = frozenset()
    former_within_years: int | None = None
    """None: former nationalities are only flagged."""
    second_passport_flag_only: bool = False
    residences: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    """Countries or party codes whose office-holders and employees are kept out."""
    office_years: int = 5
    """Look-back in years."""


@dataclass(frozen=True)
class Post:
    """One place to fill. An empty tuple or None asks nothing."""

    code: str
    roles: tuple[str, ...] = ()
    role_grade: Grade = Grade.CONFIRMED
    tracks: tuple[str, ...] = ()
    track_grade: Grade | None = None
    """None: confirmed for I and I.5, stated for II and III."""
    phases: tuple[str, ...] = ()
    phase_grade: Grade = Grade.STATED
    themes: tuple[ThemeWish, ...] = ()
    themes_nice: tuple[ThemeWish, ...] = ()
    languages: tuple[LanguageWish, ...] = ()
    languages_nice: tuple[LanguageWish, ...] = ()
    places: tuple[PlaceWish, ...] = ()
    places_nice: tuple[PlaceWish, ...] = ()
    seniority: str | None = None
    origin: str | None = None
    """insider or outsider."""
    origin_is_hard: bool = False
    community: str | None = None
    trainings: tuple[str, ...] = ()
    exclusions: Exclusions | None = None


@dataclass(frozen=True)
class Requester:
    """Who asks: decides whose cards may be in the answer."""

    country: str | None = None
    """The state she serves; a party's envoy never gets class 2 or 3."""
    is_verified: bool = True
    party: str | None = None
    """Code of the party she serves, where that is no state."""


@dataclass(frozen=True)
class Request:
    """An envoy's request as the engine reads it."""

    code: str
    start: date
    end: date
    posts: tuple[Post, ...]
    countries: tuple[str, ...] = ()
    """Countries of the process."""
    parties: tuple[Party, ...] = ()
    place: str | None = None
    """Country of the work."""
    modality: str = "in_person"
    days_per_month: int | None = None
    notice_days: int | None = None
    """Days from the answer until she is needed; None asks nothing."""
    rhythm: frozenset[str] = frozenset()
    """Codes of weekdays, seasons and observances on which the work falls."""
    networks: frozenset[str] = frozenset()
    """Networks asked: only their accreditation counts. Empty: any network's."""
    accreditation_floor: str = "accredited"
    """Least state of an accreditation; ``none`` asks nothing."""
    exclusions: Exclusions = Exclusions()
    requester: Requester = Requester()
    is_submitted: bool = True
    put_forward: frozenset[int] = frozenset()
    """Class-3 women whom their own coordinator put forward for this request."""
    cleared: frozenset[int] = frozenset()
    """Women whose held conflict a vetter cleared for this request."""
