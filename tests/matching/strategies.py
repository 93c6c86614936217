"""Random women and requests over few codes, so that they meet, miss and clash often.

Each starts from one that fits (``builders``) and has some of its fields thrown anew from one drawn
number: hypothesis draws numbers only, which keeps hundreds of examples to a second, and shrinks a
failing roster by dropping women.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from matching import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Exclusions,
    Grade,
    Interest,
    Language,
    LanguageWish,
    Mediator,
    Nationality,
    Party,
    Place,
    PlaceWish,
    Post,
    Request,
    Requester,
    Skill,
    Source,
    ThemeWish,
    Training,
)
from tests.matching.builders import NOW, TODAY, days, make_mediator, make_request

COUNTRIES = ("SSD", "SDN", "KEN", "NOR", "FRA")
LANGUAGES = ("eng", "fra", "ara", "arb", "apd", "msa", "zsm", "ind")
ROLES = ("co_mediator", "observer", "mentee")
TRACKS = ("I", "I.5", "II", "III")
THEMES = ("ceasefire", "borders")
PHASES = ("ceasefire", "pre_negotiation")
NETWORKS = ("nwm", "mwmn")
PARTIES = ("gov", "opposition", "friends")
KINDS = ("office", "security_service", "kin", "funding", "public_statement")
STATES = ("needs_update", "interviewed", "draft", "withdrawn", "suspended")

T = TypeVar("T")


class Dice:
    """Throws values from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, *values: T) -> T:
        return self._random.choice(values)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def maybe(self, value: T) -> T | None:
        return None if self.chance(0.2) else value

    def some(self, make: Callable[[], T], most: int = 3) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.number(0, most)))

    def subset(self, values: Sequence[str], most: int = 1) -> frozenset[str]:
        return frozenset(self._random.sample(values, self.number(0, most)))

    def change(self, base: T, share: float, fields: dict[str, Callable[[], Any]]) -> T:
        """Throw each field anew with this chance."""
        thrown = {name: make() for name, make in fields.items() if self.chance(share)}
        return replace(base, **thrown)  # type: ignore[type-var]

    def grade(self) -> Grade:
        return self.pick(*Grade)

    def instant(self) -> datetime:
        return NOW + days(self.pick(-3, -1, 0, 1, 2, 30))

    def day(self, low: int, high: int) -> date:
        return TODAY + timedelta(days=self.number(low, high))

    def year(self) -> int:
        return self.number(2012, 2026)

    def source(self) -> Source:
        return Source(self.pick("self", "coordinator"), self.maybe(self.day(-400, 0)))


def throw_skills(dice: Dice, codes: Sequence[str]) -> tuple[Skill, ...]:
    def throw() -> Skill:
        depth, year = dice.number(1, 3), dice.maybe(dice.year())
        return Skill(dice.pick(*codes), dice.grade(), depth, year, dice.source())

    return dice.some(throw)


def throw_language(dice: Dice) -> Language:
    levels = [dice.maybe(dice.number(1, 7)) for _ in range(4)]
    word = dice.pick(None, "C1", "courant")
    code, grade = dice.pick(*LANGUAGES), dice.grade()
    return Language(code, *levels, word, grade, dice.chance(0.5), dice.source())


def throw_availability(dice: Dice) -> Availability | None:
    if dice.chance(0.1):
        return None
    ways = ("in_person", "remote", "hybrid", "home_country_only")
    base = make_mediator().availability
    assert base is not None
    fields: dict[str, Callable[[], Any]] = {
        "status": lambda: dice.pick("partly", "on_assignment", "unavailable", "unknown"),
        "confirmed_at": lambda: NOW - days(dice.number(1, 100)),
        "valid_until": dice.instant,
        "confirmed_by": lambda: dice.pick("coordinator", "import"),
        "window_from": lambda: dice.maybe(dice.day(35, 45)),
        "window_to": lambda: dice.maybe(dice.day(30, 70)),
        "notice_days": lambda: dice.maybe(dice.number(10, 18)),
        "longest_stay_days": lambda: dice.maybe(dice.number(15, 30)),
        "days_per_month": lambda: dice.maybe(dice.number(8, 12)),
        "modalities": lambda: dice.maybe(dice.subset(ways, 3)),
        "refused": lambda: dice.subset(("SSD", "014", "150")),
        "keeps_free": lambda: dice.subset(("friday_noon", "ramadan"), 2),
    }
    return dice.change(base, 0.15, fields)


def throw_interest(dice: Dice) -> Interest:
    country, party = dice.pick(None, *COUNTRIES), dice.pick(None, None, *PARTIES, "nobody")
    ended = dice.pick(None, dice.day(-3000, -30), TODAY.replace(year=2021))
    return Interest(dice.pick(*KINDS), country, party, None, ended)


def throw_accreditation(dice: Dice) -> Accreditation:
    state = dice.pick(*["accredited"] * 6, *STATES)
    return Accreditation(dice.pick(*NETWORKS), state, TODAY, dice.maybe(dice.day(-400, 400)))


def throw_consent(dice: Dice) -> Consent:
    return Consent(dice.pick("matching", "card"), dice.instant())


def throw_nationality(dice: Dice) -> Nationality:
    return Nationality(dice.pick(*COUNTRIES), dice.chance(0.6), dice.maybe(dice.year()))


def throw_place(dice: Dice) -> Place:
    year = dice.maybe(dice.year())
    return Place(dice.pick(*COUNTRIES), None, year, dice.grade(), dice.source())


def throw_declaration(dice: Dice) -> Declaration | None:
    covers = dice.subset((*COUNTRIES, *PARTIES), 8)
    return dice.maybe(Declaration(dice.day(-400, 0), covers))


def make_random_mediator(seed: int, mediator_id: int) -> Mediator:
    dice = Dice(seed)
    fields: dict[str, Callable[[], Any]] = {
        "safety_class": lambda: dice.pick(0, 1, 2, 3),
        "is_hidden": lambda: dice.chance(0.2),
        "paused_until": lambda: dice.pick(NOW, NOW + days(1), None),
        "is_suspended": lambda: dice.chance(0.2),
        "has_integrity_hold": lambda: dice.chance(0.2),
        "consents": lambda: (*make_mediator().consents, *dice.some(lambda: throw_consent(dice)))[
            dice.number(0, 2) :
        ],
        "networks": lambda: dice.some(lambda: dice.pick(*NETWORKS), 2),
        "kept_by": lambda: dice.subset(NETWORKS) if dice.chance(0.2) else frozenset(),
        "accreditations": lambda: dice.some(lambda: throw_accreditation(dice)),
        "nationalities": lambda: dice.maybe(dice.some(lambda: throw_nationality(dice))),
        "residence": lambda: dice.pick(None, "undisclosed", *COUNTRIES),
        "residence_since": lambda: dice.maybe(dice.year()),
        "birth_band": lambda: dice.pick(None, "30-39"),
        "seniority": lambda: dice.maybe(Skill(dice.pick("emerging", "mid", "eminent"))),
        "tracks": lambda: throw_skills(dice, TRACKS),
        "roles_held": lambda: throw_skills(dice, ROLES),
        "roles_sought": lambda: throw_skills(dice, ROLES),
        "themes": lambda: throw_skills(dice, THEMES),
        "phases": lambda: throw_skills(dice, PHASES),
        "places": lambda: dice.some(lambda: throw_place(dice)),
        "languages": lambda: dice.some(lambda: throw_language(dice), 4),
        "trainings": lambda: dice.some(
            lambda: Training("security", dice.maybe(dice.day(30, 70))), 2
        ),
        "availability": lambda: throw_availability(dice),
        "interests": lambda: dice.some(lambda: throw_interest(dice), 2),
        "declaration": lambda: throw_declaration(dice),
        "communities": lambda: dice.subset(("nuer", "dinka")),
        "refused_by": lambda: dice.subset(PARTIES),
        "last_proposed_at": lambda: dice.maybe(dice.instant()),
    }
    return dice.change(make_mediator(mediator_id), dice.pick(0.05, 0.2, 0.6), fields)


def throw_language_wish(dice: Dice) -> LanguageWish:
    codes = dice.pick(*LANGUAGES), dice.pick(*LANGUAGES)
    skill = dice.pick("speaking", "reading")
    return LanguageWish(codes, skill, dice.number(2, 6), dice.chance(0.5), dice.grade())


def throw_theme_wish(dice: Dice) -> ThemeWish:
    return ThemeWish((dice.pick(*THEMES),), dice.number(1, 3), dice.grade())


def throw_place_wish(dice: Dice) -> PlaceWish:
    codes = dice.pick(*COUNTRIES), dice.pick("002", "150", "KEN")
    return PlaceWish(codes, dice.pick(None, dice.year()), dice.grade())


def throw_exclusions(dice: Dice) -> Exclusions:
    return Exclusions(
        dice.subset(COUNTRIES, 2),
        dice.pick(None, 0, 5, 10),
        dice.chance(0.5),
        dice.subset(COUNTRIES),
        dice.subset(("KEN", "gov")),
        dice.number(0, 8),
    )


def make_random_post(dice: Dice, code: str) -> Post:
    fields: dict[str, Callable[[], Any]] = {
        "roles": lambda: dice.some(lambda: dice.pick(*ROLES), 2),
        "role_grade": dice.grade,
        "tracks": lambda: dice.some(lambda: dice.pick(*TRACKS), 2),
        "track_grade": lambda: dice.maybe(dice.grade()),
        "phases": lambda: dice.some(lambda: dice.pick(*PHASES), 2),
        "phase_grade": dice.grade,
        "themes": lambda: dice.some(lambda: throw_theme_wish(dice), 2),
        "themes_nice": lambda: dice.some(lambda: throw_theme_wish(dice), 2),
        "languages": lambda: dice.some(lambda: throw_language_wish(dice), 2),
        "languages_nice": lambda: dice.some(lambda: throw_language_wish(dice), 2),
        "places": lambda: dice.some(lambda: throw_place_wish(dice), 2),
        "places_nice": lambda: dice.some(lambda: throw_place_wish(dice), 2),
        "seniority": lambda: dice.pick("mid", "senior", "eminent"),
        "origin": lambda: dice.pick("insider", "outsider"),
        "origin_is_hard": lambda: True,
        "community": lambda: "nuer",
        "trainings": lambda: ("security",),
        "exclusions": lambda: throw_exclusions(dice),
    }
    return dice.change(Post(code), dice.pick(0.1, 0.3), fields)


def throw_party(dice: Dice, code: str) -> Party:
    return Party(code, dice.maybe(dice.pick(*COUNTRIES)), dice.pick("party", "guarantor"))


def make_random_request(seed: int) -> Request:
    dice = Dice(seed)
    fields: dict[str, Callable[[], Any]] = {
        "code": lambda: "R-2",
        "end": lambda: dice.day(42, 65),
        "countries": lambda: dice.some(lambda: dice.pick(*COUNTRIES), 2),
        "parties": lambda: tuple(throw_party(dice, code) for code in PARTIES[: dice.number(0, 3)]),
        "place": lambda: dice.maybe(dice.pick(*COUNTRIES)),
        "modality": lambda: dice.pick("remote", "hybrid"),
        "days_per_month": lambda: dice.maybe(dice.number(8, 12)),
        "notice_days": lambda: dice.maybe(dice.number(0, 18)),
        "rhythm": lambda: frozenset({"friday_noon"}),
        "networks": lambda: dice.subset(NETWORKS),
        "accreditation_floor": lambda: dice.pick("none", "interviewed", "documents_checked"),
        "exclusions": lambda: throw_exclusions(dice),
        "requester": lambda: Requester(
            dice.pick(None, *COUNTRIES), dice.chance(0.7), dice.pick(None, "gov")
        ),
        "is_submitted": lambda: dice.chance(0.5),
        "put_forward": lambda: frozenset({1, 2, 3}),
        "cleared": lambda: frozenset({1, 2}),
        "objected": lambda: frozenset({2, 3}),
    }
    posts = tuple(make_random_post(dice, code) for code in "abc"[: dice.pick(1, 1, 2, 3)])
    return dice.change(make_request(*posts), dice.pick(0.1, 0.3), fields)


seeds = st.integers(0, 2**32)
requests: st.SearchStrategy[Request] = st.builds(make_random_request, seeds)
rosters: st.SearchStrategy[list[Mediator]] = st.lists(seeds, max_size=12).map(
    lambda drawn: [make_random_mediator(seed, number) for number, seed in enumerate(drawn, 1)]
)
