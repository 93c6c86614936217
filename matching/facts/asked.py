"""What is asked: a request, its posts, wishes, parties and exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matching.facts.woman import Grade


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
    dates_are_open: bool = False
    """Any days will do: first and last day tell only how many are needed in a row."""
    modality: str = "in_person"
    """in_person, remote or hybrid; ``any`` asks nothing."""
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
    objected: frozenset[int] = frozenset()
    """Women to whom a side of this request's process has objected."""
