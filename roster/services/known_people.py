"""A network's people as an import meets them: rows taken in before, and who looks like whom.

It knows this network alone, so that no message can speak of another one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import likeness
from matching.names import split_name
from matching.terms import normalise
from roster import clock
from roster.encryption import keyring
from roster.models import ImportRow, SpreadsheetImport, Suspicion
from roster.queries.identities import list_identities
from roster.services.imported_values import Values, compare_by, digest_email, read_name

LARGE_BLOCK = 300
"""More records than this under one key tell nobody apart."""


class SeenRow(NamedTuple):
    """What became of a row of an earlier file."""

    row_id: int
    outcome: str
    verdict: str
    record_id: int | None


@dataclass
class LastFile:
    """What the newest file that spoke of a record said of it."""

    import_id: int
    row_id: int
    digests: set[str] = field(default_factory=set)
    """More than one where a person has said that several rows are this woman."""


@dataclass(frozen=True)
class Alike:
    """A record of this network that may be the woman of a row, with the evidence as codes."""

    record_id: int
    likeness: float
    evidence: tuple[str, ...]


def digest_row(network_code: str, values: Values, raw: Mapping[str, str]) -> str:
    """What a row says, as a keyed digest: the same for a moved column or another day of reading.

    Where nothing could be read it is the text as found.
    """
    said: object = sorted(raw.items())
    if values:
        stated = {**(values.get("availability") or {}), "status": None}
        said = {**values, "availability": stated}
    text = json.dumps([network_code, said], sort_keys=True, ensure_ascii=False, default=str)
    return keyring().seal(text)


class KnownPeople:
    """Look-ups that do not grow with the list; read once, kept up while rows are taken in."""

    def __init__(self, session: Session, network_code: str) -> None:
        self._session = session
        self.network_code = network_code
        self._seen: dict[str, SeenRow] = {}
        self._last: dict[int, LastFile] = {}
        self._people: dict[int, likeness.Identity] = {}
        self._by_address: dict[str, set[int]] = defaultdict(set)
        self._blocks: dict[str, set[int]] = defaultdict(set)
        self._read_rows()
        self._read_people()

    def _read_rows(self) -> None:
        statement = (
            select(
                ImportRow.digest,
                ImportRow.import_id,
                ImportRow.id,
                ImportRow.outcome,
                ImportRow.verdict,
                ImportRow.record_id,
            )
            .join(SpreadsheetImport)
            .where(
                SpreadsheetImport.network_code == self.network_code,
                SpreadsheetImport.state == "confirmed",
            )
            .order_by(SpreadsheetImport.confirmed_at, ImportRow.id)
        )
        for digest, import_id, row_id, outcome, verdict, record_id in self._session.execute(
            statement
        ):
            self._see(digest, SeenRow(row_id, outcome, verdict, record_id))
            if record_id is not None:
                self._note_last(record_id, import_id, row_id, digest)

    def _note_last(self, record_id: int, import_id: int, row_id: int, digest: str) -> None:
        held = self._last.get(record_id)
        if held is None or held.import_id != import_id:
            held = self._last[record_id] = LastFile(import_id, row_id)
        held.row_id = row_id
        held.digests.add(digest)

    def _see(self, digest: str, row: SeenRow) -> None:
        if row.outcome == "same" and row.record_id is None:
            return  # a copy of a row that waits elsewhere, or of a woman who was taken back
        held = self._seen.get(digest)
        if held is None or held.record_id is None or row.record_id is not None:
            self._seen[digest] = row

    def _read_people(self) -> None:
        people = list_identities(self._session, self.network_code, with_leaving=True)
        for record_id, person in people.items():
            self.add(record_id, person)

    def add(self, record_id: int, person: likeness.Identity) -> None:
        """She is on the list from now on."""
        self._people[record_id] = person
        if person.email:
            self._by_address[digest_email(person.email) or ""].add(record_id)
        for key in likeness.list_keys(person):
            self._blocks[key].add(record_id)

    def find_seen(self, digest: str) -> SeenRow | None:
        """What became of the same row in an earlier file, a taken one before a waiting one."""
        return self._seen.get(digest)

    def is_unchanged(self, record_id: int, digest: str) -> bool:
        """The newest file that spoke of this record said the same."""
        return record_id in self._last and digest in self._last[record_id].digests

    def last_values(self, record_ids: Iterable[int]) -> dict[int, Values]:
        """Per record what the list last said of it; a record that no list made is left out."""
        wanted = {self._last[i].row_id: i for i in record_ids if i in self._last}
        found = self._session.execute(
            select(ImportRow.id, ImportRow.values).where(ImportRow.id.in_(sorted(wanted)))
        )
        return {wanted[row_id]: values for row_id, values in found}

    def last_rows(self, record_ids: Iterable[int]) -> dict[int, int]:
        """Per record the row in which the list last spoke of it."""
        return {i: self._last[i].row_id for i in record_ids if i in self._last}

    def find_same(self, values: Values) -> int | None:
        """The one record that bears the same address and the same name, or bore it in the list."""
        name, digest = read_name(values), digest_email(values.get("email"))
        if not name or not digest:
            return None
        near = self._by_address.get(digest, set())
        same = [i for i in near if normalise(name) in map(normalise, self._people[i].names)]
        if not same and near:
            last = self.last_values(near)
            same = [i for i in last if normalise(read_name(last[i]) or "") == normalise(name)]
        return same[0] if len(same) == 1 else None

    def find_alike(self, values: Values) -> list[Alike]:
        """Records that may be the woman of this row, the likeliest first."""
        person = compare_by(values)
        near = self._list_near(person)
        near |= self._by_address.get(digest_email(values.get("email")) or "", set())
        found = (self._compare(person, record_id) for record_id in sorted(near))
        return sorted(
            (alike for alike in found if alike is not None),
            key=lambda alike: (-len(alike.evidence), -alike.likeness, alike.record_id),
        )

    def _list_near(self, person: likeness.Identity) -> set[int]:
        """Who shares a block; a word that too many bear is passed over where another key is left."""
        blocks = [self._blocks.get(key, set()) for key in likeness.list_keys(person)]
        small = [block for block in blocks if len(block) <= LARGE_BLOCK]
        return set().union(*(small or blocks))

    def _compare(self, person: likeness.Identity, record_id: int) -> Alike | None:
        other = self._people[record_id]
        found = likeness.suspect_same_person(person, other)
        if found is not None and (found.is_probable or _is_same_name(found)):
            return Alike(record_id, found.likeness, found.evidence)
        if found is None and _is_renamed(person, other):
            return Alike(record_id, 0.0, ("same_email", "given_name"))
        return None


def _is_same_name(found: likeness.Suspicion) -> bool:
    """Enough for a question where somebody is on the list already: a row without an address, or
    with a new one, must not become a second entry unseen."""
    return "same_name" in found.evidence and "other_nationality" not in found.evidence


def _is_renamed(one: likeness.Identity, other: likeness.Identity) -> bool:
    """The same address and a name in common: perhaps one woman under a new family name."""
    if not one.email or not other.email or one.email.casefold() != other.email.casefold():
        return False
    years = (one.birth_year, other.birth_year)
    if years[0] and years[1] and abs(years[0] - years[1]) > 1:
        return False
    words = [{w for n in each.names for w in split_name(n)} for each in (one, other)]
    return bool(words[0] & words[1])


def note_different(session: Session, network_code: str, record_id: int, other: Alike) -> None:
    """A look-alike was taken in as a new person: the pair is judged and not asked again."""
    first, second = sorted((record_id, other.record_id))
    session.add(
        Suspicion(
            network_code=network_code,
            first_record_id=first,
            second_record_id=second,
            features={"likeness": other.likeness, "evidence": list(other.evidence)},
            state="different",
            noted_at=clock.now(),
            judged_at=clock.now(),
        )
    )
