"""Invented rosters of any size as arrays, the same at every call: a million women in seconds.

The values are those of the real vocabulary, a few of them held by many and most by few, and every
table of a profile is filled. Nobody is suspected to be somebody else here: what look-alikes cost is
a matter of the engine alone. Whoever is last proposed at the same instant as another would be
ordered by a lot that no database can draw, so no two are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.codecs import NO_INSTANT, Choices, count_microseconds
from tests.benchmarks import invented_words as words
from tests.matching.builders import NOW, TODAY

SEED = 20261122
DAY = 86_400_000_000
"""Microseconds."""
NOW_AT = count_microseconds(NOW)
TODAY_AT = TODAY.toordinal()
FAR = 9_999_999
"""Later than any day, more than any number of days."""
Array = NDArray[Any]


@dataclass(frozen=True)
class Entries:
    """One table: how many entries each woman has, and their fields one after the other.

    A field named in ``words`` holds places in that tuple; every other holds what a column of the
    engine holds: days since year 1, microseconds, small numbers, -1 or 0 for none.
    """

    counts: Array
    fields: Mapping[str, Array]
    words: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    @property
    def owners(self) -> Array:
        """Return the place of the woman that each entry belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)


@dataclass(frozen=True)
class Roster:
    """Women in the places 0 … ``size`` - 1, by the names that the engine's columns have."""

    size: int
    scalars: Mapping[str, Array]
    tables: Mapping[str, Entries]
    words: Mapping[str, Sequence[Any]]
    """Of single-valued fields that hold places in a tuple."""


def invent_roster(size: int) -> Roster:
    """Return so many women."""
    return _Inventor(size).invent()


class _Inventor:
    def __init__(self, size: int) -> None:
        self._dice = np.random.default_rng([SEED, size])
        self._size = size

    def invent(self) -> Roster:
        scalars = self._throw_scalars()
        tables = {**self._throw_standing(scalars["knows_nationalities"]), **self._throw_work()}
        tables |= {**self._throw_time(), **self._throw_ties()}
        return Roster(
            self._size,
            scalars,
            tables,
            {"residence": words.RESIDENCES, "birth_band": words.BIRTH_BANDS},
        )

    def _throw_scalars(self) -> dict[str, Array]:
        size, dice = self._size, self._dice
        pauses = self._pick([NO_INSTANT, NOW_AT + 30 * DAY, NOW_AT - 10 * DAY], [0.94, 0.03, 0.03])
        return {
            "id": np.arange(1, size + 1),
            "safety_class": self._pick([0, 1, 2, 3], [0.02, 0.25, 0.68, 0.05]),
            "is_hidden": self._chance(0.03),
            "paused_until": pauses,
            "is_suspended": self._chance(0.01),
            "has_integrity_hold": self._chance(0.005),
            "knows_nationalities": self._chance(0.95),
            "residence": self._skew(len(words.RESIDENCES), size),
            "residence_since": dice.integers(1990, 2025, size),
            "birth_band": dice.integers(0, len(words.BIRTH_BANDS), size),
            "last_proposed_at": NOW_AT - (1 + dice.permutation(size)) * (DAY // 1440),
        }

    def _throw_standing(self, knows_nationalities: Array) -> dict[str, Entries]:
        """Throw what admits her at all: consents, networks, accreditation, nationalities."""
        dice = self._dice
        counts = np.where(self._chance(0.95), 2, 0)
        consents = {
            "purpose": np.tile([0, 1], int(counts.sum()) // 2),
            "until": NOW_AT + dice.integers(-15, 350, int(counts.sum())) * DAY,
        }
        accredited = self._count([0.03, 0.87, 0.1])
        held = int(accredited.sum())
        states = self._pick(range(6), [0.84, 0.04, 0.05, 0.04, 0.01, 0.02], held)
        accreditations = {
            "network": self._skew(len(words.NETWORKS), held),
            "state": states,
            "accredited_on": TODAY_AT - dice.integers(1, 700, held),
            "lapses_on": TODAY_AT + dice.integers(-70, 730, held),
        }
        nations = np.where(knows_nationalities, self._count([0, 0.88, 0.12]), 0)
        passports = int(nations.sum())
        is_current = self._chance(0.95, passports)
        ended = np.where(is_current, -1, dice.integers(1990, 2026, passports))
        countries = self._skew(len(words.COUNTRIES), passports)
        nationalities = {"country": countries, "is_current": is_current, "ended_year": ended}
        return {
            "consents": Entries(counts, consents, {"purpose": ("matching", "card")}),
            "accreditations": Entries(
                accredited,
                accreditations,
                {"network": words.NETWORKS, "state": words.ACCREDITATION_STATES},
            ),
            "nationalities": Entries(nations, nationalities, {"country": words.COUNTRIES}),
            "networks": self._name(words.NETWORKS, [0, 0.8, 0.2]),
            "kept_by": self._name(words.NETWORKS, [0.96, 0.04]),
            "look_alikes": Entries(np.zeros(self._size, np.int64), {"value": np.zeros(0, int)}),
        }

    def _throw_work(self) -> dict[str, Entries]:
        """Throw what she has done and knows."""
        return {
            "seniority": self._skill(words.SENIORITIES, [0.05, 0.95], even=True),
            "tracks": self._skill(words.TRACKS, [0.02, 0.4, 0.4, 0.18], even=True),
            "roles_held": self._skill(words.ROLES, [0.03, 0.3, 0.3, 0.2, 0.17]),
            "roles_sought": self._skill(words.ROLES, [0.2, 0.5, 0.3]),
            "themes": self._skill(words.THEMES, [0.02, 0.1, 0.25, 0.3, 0.2, 0.1, 0.03]),
            "phases": self._skill(words.PHASES, [0.1, 0.4, 0.3, 0.2], even=True),
            "places": self._throw_places(),
            "languages": self._throw_languages(),
            "trainings": self._throw_trainings(),
            "communities": self._name(words.COMMUNITIES, [0.99, 0.01]),
        }

    def _throw_places(self) -> Entries:
        counts = self._count([0.05, 0.25, 0.3, 0.2, 0.15, 0.05])
        total = int(counts.sum())
        last = self._year(total)
        places = {
            "country": self._skew(len(words.COUNTRIES), total),
            "first_year": np.where(last < 0, -1, last - self._dice.integers(0, 8, total)),
            "last_year": last,
            **self._prove(total),
        }
        return Entries(counts, places, {"country": words.COUNTRIES, "source": words.SOURCES})

    def _throw_languages(self) -> Entries:
        counts = self._count([0, 0.1, 0.3, 0.35, 0.2, 0.05])
        total = int(counts.sum())
        level = self._dice.choice(
            [-1, 2, 3, 4, 5, 6, 7], total, p=[0.05, 0.06, 0.12, 0.2, 0.25, 0.2, 0.12]
        )
        languages = {
            "code": self._skew(len(words.LANGUAGES), total),
            "speaking": level,
            "listening": level,
            "reading": np.maximum(level - 1, -1),
            "writing": np.maximum(level - 1, -1),
            "as_entered": level + 1,
            "has_mediated": self._chance(0.3, total),
            **self._prove(total),
        }
        named = {"code": words.LANGUAGES, "as_entered": words.LEVELS, "source": words.SOURCES}
        return Entries(counts, languages, named)

    def _throw_trainings(self) -> Entries:
        counts = self._count([0.7, 0.3])
        total = int(counts.sum())
        ends = TODAY_AT + self._dice.integers(-300, 900, total)
        return Entries(
            counts, {"code": np.zeros(total, int), "expires_on": ends}, {"code": ("security",)}
        )

    def _throw_time(self) -> dict[str, Entries]:
        """Throw what she says of her time and of where she will not go."""
        counts = self._count([0.06, 0.94])
        total, dice = int(counts.sum()), self._dice
        begins = TODAY_AT + dice.integers(-60, 75, total)
        ends = TODAY_AT + dice.integers(40, 400, total)
        availability = {
            "status": self._pick(range(5), [0.76, 0.12, 0.05, 0.05, 0.02], total),
            "confirmed_at": NOW_AT - dice.integers(1, 100, total) * DAY,
            "valid_until": NOW_AT + dice.integers(-9, 81, total) * DAY,
            "confirmed_by": self._pick(range(3), [0.78, 0.17, 0.05], total),
            "window_from": np.where(self._chance(0.5, total), 0, begins),
            "window_to": np.where(self._chance(0.5, total), 0, ends),
            "notice_days": self._pick(
                [3, 7, 14, 30, 60, -1], [0.2, 0.3, 0.25, 0.12, 0.08, 0.05], total
            ),
            "longest_stay_days": np.where(
                self._chance(0.6, total), -1, dice.integers(14, 180, total)
            ),
            "days_per_month": self._pick(
                [5, 10, 15, 20, 30, -1], [0.08, 0.2, 0.27, 0.25, 0.16, 0.04], total
            ),
            "modalities": self._pick(
                [1, 2, 3, 5, 7, 8, 10, Choices.unknown],
                [0.1, 0.12, 0.4, 0.05, 0.2, 0.04, 0.06, 0.03],
                total,
            ),
        }
        named = {"status": words.STATUSES, "confirmed_by": words.SPEAKERS}
        return {
            "availability": Entries(counts, availability, named),
            "refused": self._name(words.REFUSABLE, [0.8, 0.15, 0.05]),
            "keeps_free": self._name(words.OBSERVANCES, [0.8, 0.15, 0.05]),
        }

    def _throw_ties(self) -> dict[str, Entries]:
        """Throw what a party could hold against her. Ties end with a year, for the peers' sake."""
        counts = self._count([0.7, 0.22, 0.08])
        total, dice = int(counts.sum()), self._dice
        last_days = np.array([date(year, 12, 31).toordinal() for year in range(2008, 2026)])
        is_over = self._chance(0.6, total)
        is_nameless = self._chance(0.03, total)
        kinds = self._skew(len(words.TIES), total)
        ended_on = np.where(is_over, dice.choice(last_days, total), 0)
        interests = {
            "kind": kinds,
            "country": np.where(is_nameless, 0, 1 + self._skew(len(words.COUNTRIES), total)),
            "party": np.zeros(total, int),
            "started_on": np.zeros(total, int),
            "ended_on": ended_on,
            "binds": np.isin(kinds, [words.TIES.index(kind) for kind in words.BINDING]),
            "binds_until": np.where(is_over, ended_on, FAR),
        }
        named = {"kind": words.TIES, "country": (None, *words.COUNTRIES), "party": (None,)}
        has_declared = self._chance(0.85)
        declared_on = TODAY_AT - dice.integers(0, 400, int(has_declared.sum()))
        covers = self._name(words.COUNTRIES, [0.05] + [0.095] * 10)
        kept = np.repeat(has_declared, covers.counts)
        covered = Entries(
            np.where(has_declared, covers.counts, 0),
            {"value": covers.fields["value"][kept]},
            covers.words,
        )
        return {
            "interests": Entries(counts, interests, named),
            "declaration": Entries(has_declared.astype(np.int64), {"declared_on": declared_on}),
            "covers": covered,
            "refused_by": self._name(words.PARTIES, [0.99, 0.01]),
        }

    def _skill(
        self, codes: Sequence[str], shares: Sequence[float], *, even: bool = False
    ) -> Entries:
        counts = self._count(shares)
        total = int(counts.sum())
        even_codes = self._dice.integers(0, len(codes), total)
        skill = {
            "code": even_codes if even else self._skew(len(codes), total),
            "depth": self._pick([1, 2, 3], [0.4, 0.4, 0.2], total),
            "last_year": self._year(total),
            **self._prove(total),
        }
        return Entries(counts, skill, {"code": codes, "source": words.SOURCES})

    def _name(self, codes: Sequence[str], shares: Sequence[float]) -> Entries:
        counts = self._count(shares)
        value = self._skew(len(codes), int(counts.sum()))
        return Entries(counts, {"value": value}, {"value": codes})

    def _prove(self, total: int) -> dict[str, Array]:
        grades = self._pick([1, 2, 3], [0.25, 0.55, 0.2], total)
        return {"grade": grades, "source": self._dice.integers(0, len(words.SOURCES), total)}

    def _year(self, total: int) -> Array:
        return np.where(self._chance(0.1, total), -1, self._dice.integers(2008, 2027, total))

    def _count(self, shares: Sequence[float]) -> Array:
        return self._pick(range(len(shares)), shares)

    def _pick(
        self, values: Sequence[int], shares: Sequence[float], size: int | None = None
    ) -> Array:
        size = self._size if size is None else size
        return self._dice.choice(np.array(values), size, p=shares)

    def _chance(self, share: float, size: int | None = None) -> Array:
        return self._dice.random(self._size if size is None else size) < share

    def _skew(self, codes: int, size: int) -> Array:
        """Return places among so many codes, the first ones more often than the last."""
        return (codes * self._dice.random(size) ** 2.2).astype(np.int64)
