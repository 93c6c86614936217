"""The whole roster as columns in memory: built once, changed row by row, read back one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.codecs import Choices, Codec, Day, Instant, Interned, Member, Number, Truth
from matching.facts import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Grade,
    Interest,
    Language,
    Mediator,
    Nationality,
    Place,
    Skill,
    Training,
)
from matching.tables import Ints, Table, grow
from matching.terms import Terms

MODALITIES = ("in_person", "remote", "hybrid", "home_country_only")
"""Bits of ``Availability.modalities`` in this order, lowest first."""

TUPLES = [
    "consents",
    "accreditations",
    "tracks",
    "roles_held",
    "roles_sought",
    "themes",
    "phases",
    "places",
    "languages",
    "trainings",
    "interests",
    "networks",
]
SETS = ["communities", "refused_by", "look_alikes"]
SINGLES = ("seniority",)


class Columns:
    """Every fact of every woman, column by column.

    ``scalars`` holds one array per single-valued field, ``tables`` one ``Table`` per many-valued
    one. Rows are numbered as women come; a removed woman's row is given to the next one. Nothing
    here says anything about a person's rank: order is decided in ``matching.shortlist``.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.version = 0
        """Grows with every change; an answer given before may no longer be asked for reasons."""
        self.codes = Interned("uint16")
        self._words = Interned("uint32")
        self._sources = Interned("uint32")
        self._rows: dict[int, int] = {}
        self._free: list[int] = []
        self._is_used = np.zeros(0, np.bool_)
        self._codecs = _list_scalar_codecs(self.codes)
        self.scalars = {name: np.zeros(0, one.dtype) for name, one in self._codecs.items()}
        self.tables = _make_tables(self.codes, self._words, self._sources)

    @classmethod
    def build(cls, mediators: Iterable[Mediator], terms: Terms) -> Columns:
        """Return columns of these women, read one by one; the last of one id counts."""
        columns = cls(terms)
        for mediator in mediators:
            columns.apply(mediator)
        return columns

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, mediator_id: int) -> bool:
        return mediator_id in self._rows

    @property
    def nbytes(self) -> int:
        """Bytes held in arrays, spare room included; without the dictionary from id to row."""
        own = sum(array.nbytes for array in self.scalars.values()) + self._is_used.nbytes
        return own + sum(table.nbytes for table in self.tables.values())

    def apply(self, mediator: Mediator) -> None:
        """Add a woman, or put these facts in the place of what was known of her."""
        row = self._rows.get(mediator.id)
        if row is None:
            row = self._take_row()
            self._rows[mediator.id] = row
        for name, codec in self._codecs.items():
            self.scalars[name][row] = codec.encode(_read_scalar(mediator, name))
        for name, table in self.tables.items():
            table.put(row, _list_entries(mediator, name))
        self._is_used[row] = True
        self.version += 1

    def remove(self, mediator_id: int) -> None:
        """Forget a woman; KeyError if she is not here."""
        row = self._rows.pop(mediator_id)
        self._is_used[row] = False
        for array in self.scalars.values():
            array[row] = 0
        for table in self.tables.values():
            table.put(row, ())
        self._free.append(row)
        self.version += 1

    def forget_found(self) -> None:
        """Let go of what look-ups kept for the answer at hand, so that memory stays bounded."""
        for table in self.tables.values():
            table.forget_found()

    def rows(self) -> Ints:
        """Return the numbers of all rows in use."""
        return np.flatnonzero(self._is_used)

    def row(self, mediator_id: int) -> int:
        """Return a woman's row; KeyError if she is not here."""
        return self._rows[mediator_id]

    def ids(self, rows: Ints) -> NDArray[np.int64]:
        """Return the mediator ids of rows."""
        ids: NDArray[np.int64] = self.scalars["id"][rows]
        return ids

    def mediator(self, mediator_id: int) -> Mediator:
        """Return the facts of one woman as they were given; KeyError if she is not here."""
        return self.read(self._rows[mediator_id])

    def read(self, row: int) -> Mediator:
        """Return the facts kept in a row."""
        values: dict[str, Any] = {
            name: codec.decode(self.scalars[name][row]) for name, codec in self._codecs.items()
        }
        knows_nationalities = values.pop("knows_nationalities")
        entries = {name: table.list_values(row) for name, table in self.tables.items()}
        for name in TUPLES:
            values[name] = entries[name]
        for name in SETS:
            values[name] = frozenset(entries[name])
        values["nationalities"] = entries["nationalities"] if knows_nationalities else None
        values["seniority"] = entries["seniority"][0] if entries["seniority"] else None
        values["availability"] = _join_availability(entries)
        values["declaration"] = _join_declaration(entries)
        return Mediator(**values)

    def _take_row(self) -> int:
        if self._free:
            return self._free.pop()
        row = len(self._rows)
        self._is_used = grow(self._is_used, row + 1)
        self.scalars = {name: grow(array, row + 1) for name, array in self.scalars.items()}
        return row


def _read_scalar(mediator: Mediator, name: str) -> Any:
    if name == "knows_nationalities":
        return mediator.nationalities is not None
    return getattr(mediator, name)


def _list_entries(mediator: Mediator, name: str) -> tuple[Any, ...]:
    """Return the entries of one table, sets in a fixed order."""
    if name in TUPLES:
        return tuple(getattr(mediator, name))
    if name in SETS:
        return tuple(sorted(getattr(mediator, name)))
    if name == "nationalities":
        return mediator.nationalities or ()
    if name == "covers":
        return () if mediator.declaration is None else tuple(sorted(mediator.declaration.covers))
    if name in ("refused", "keeps_free"):
        place = mediator.availability
        return () if place is None else tuple(sorted(getattr(place, name)))
    single = getattr(mediator, name)
    return () if single is None else (single,)


def _join_availability(entries: dict[str, tuple[Any, ...]]) -> Availability | None:
    if not entries["availability"]:
        return None
    refused, keeps_free = frozenset(entries["refused"]), frozenset(entries["keeps_free"])
    return Availability(**entries["availability"][0], refused=refused, keeps_free=keeps_free)


def _join_declaration(entries: dict[str, tuple[Any, ...]]) -> Declaration | None:
    if not entries["declaration"]:
        return None
    return Declaration(**entries["declaration"][0], covers=frozenset(entries["covers"]))


def _list_scalar_codecs(codes: Interned) -> dict[str, Codec]:
    return {
        "id": Number("int64"),
        "safety_class": Number("int8"),
        "is_hidden": Truth(),
        "paused_until": Instant(),
        "is_suspended": Truth(),
        "has_integrity_hold": Truth(),
        "knows_nationalities": Truth(),
        "residence": codes,
        "residence_since": Number(),
        "birth_band": codes,
        "last_proposed_at": Instant(),
    }


def _make_tables(codes: Interned, words: Interned, sources: Interned) -> dict[str, Table]:
    skill: dict[str, Codec] = {
        "code": codes,
        "grade": Member(Grade),
        "depth": Number("int8"),
        "last_year": Number(),
        "source": sources,
    }
    skills = ["seniority", "tracks", "roles_held", "roles_sought", "themes", "phases"]
    word_sets = ["networks", "refused", "keeps_free", "covers", "communities", "refused_by"]
    return {
        **{name: Table(Skill, skill) for name in skills},
        **{name: Table(str, {"value": words}) for name in word_sets},
        "look_alikes": Table(int, {"value": Number("int64")}),
        "consents": Table(Consent, {"purpose": codes, "until": Instant()}),
        "accreditations": Table(
            Accreditation,
            {"network": codes, "state": codes, "accredited_on": Day(), "lapses_on": Day()},
        ),
        "nationalities": Table(
            Nationality, {"country": codes, "is_current": Truth(), "ended_year": Number()}
        ),
        "places": Table(
            Place,
            {
                "country": codes,
                "first_year": Number(),
                "last_year": Number(),
                "grade": Member(Grade),
                "source": sources,
            },
        ),
        "languages": Table(
            Language,
            {
                "code": codes,
                **{skill: Number("int8") for skill in LANGUAGE_SKILLS},
                "as_entered": words,
                "grade": Member(Grade),
                "has_mediated": Truth(),
                "source": sources,
            },
        ),
        "trainings": Table(Training, {"code": codes, "expires_on": Day()}),
        "availability": Table(
            dict,
            {
                "status": codes,
                "confirmed_at": Instant(),
                "valid_until": Instant(),
                "confirmed_by": codes,
                "window_from": Day(),
                "window_to": Day(),
                "notice_days": Number(),
                "longest_stay_days": Number(),
                "days_per_month": Number(),
                "modalities": Choices(*MODALITIES),
            },
        ),
        "interests": Table(
            Interest,
            {
                "kind": codes,
                "country": codes,
                "party": words,
                "started_on": Day(),
                "ended_on": Day(),
            },
        ),
        "declaration": Table(dict, {"declared_on": Day()}),
    }


LANGUAGE_SKILLS = ("speaking", "listening", "reading", "writing")
