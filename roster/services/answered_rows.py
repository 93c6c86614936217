"""Rows of older files that wait for a word, and a newer file that gives it: the row, corrected.

A row is answered by one that two of name, address, telephone and year of birth say to be the same
woman, where none of the last three says otherwise. What two rows could answer stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matching.terms import normalise
from roster.models import ImportRow, SpreadsheetImport
from roster.services.imported_values import Values, read_name

PHONE_DIGITS = 8
"""The last digits of a telephone number, however the country is written before them."""
LEAST_SAME = 2
AT_ONCE = 500
"""Rows that one statement names."""


class WhoSheIs(NamedTuple):
    """What of a row says who is meant; nothing where it says nothing."""

    name: str
    email: str
    phone: str
    birth_year: str

    @classmethod
    def read(cls, values: Values) -> WhoSheIs:
        digits = "".join(filter(str.isdigit, values.get("phone") or ""))
        return cls(
            normalise(read_name(values) or ""),
            (values.get("email") or "").casefold(),
            digits[-PHONE_DIGITS:],
            str(values.get("birth_year") or ""),
        )

    def list_keys(self) -> Iterator[tuple[str, str]]:
        """Each thing said: what agrees in two of them agrees in one."""
        yield from ((field, said) for field, said in self._asdict().items() if said)

    def is_same_woman(self, other: WhoSheIs) -> bool:
        """Two agree, and of address, telephone and year none differs."""
        said = [(a, b) for a, b in zip(self, other, strict=True) if a and b]
        differing = [a for a, b in zip(self[1:], other[1:], strict=True) if a and b and a != b]
        return not differing and sum(a == b for a, b in said) >= LEAST_SAME


class AnsweredRows:
    """The waiting rows of a network's older files; take in the rows of a newer one, then close."""

    def __init__(self, session: Session, network_code: str, import_id: int) -> None:
        self._waiting: dict[int, WhoSheIs] = {}
        self._by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._answers: dict[int, set[int]] = defaultdict(set)
        rows = session.execute(
            select(ImportRow.id, ImportRow.values)
            .join(SpreadsheetImport)
            .where(
                SpreadsheetImport.network_code == network_code,
                SpreadsheetImport.state == "confirmed",
                SpreadsheetImport.id != import_id,
                ImportRow.outcome == "waiting",
            )
        )
        for row_id, values in rows:
            self._waiting[row_id] = who = WhoSheIs.read(values)
            for key in who.list_keys():
                self._by_key[key].add(row_id)

    def note(self, rows: Iterable[ImportRow]) -> None:
        """Look whom rows that were taken in are about."""
        if not self._waiting:
            return
        for row in rows:
            if row.record_id is not None:
                who = WhoSheIs.read(row.values)
                near = {i for key in who.list_keys() for i in self._by_key.get(key, ())}
                for row_id in near:
                    if who.is_same_woman(self._waiting[row_id]):
                        self._answers[row_id].add(row.record_id)

    def close(self, session: Session) -> int:
        """The answered rows wait no longer: each is about the record that was written; how many."""
        closed = {row_id: ids for row_id, ids in self._answers.items() if len(ids) == 1}
        for row_id, (record_id,) in closed.items():
            session.execute(
                update(ImportRow)
                .where(ImportRow.id == row_id, ImportRow.outcome == "waiting")
                .values(outcome="same", record_id=record_id)
            )
        return len(closed)


def reopen_rows(session: Session, import_id: int, record_ids: Iterable[int]) -> None:
    """Rows of other files that were about these records wait again: the records go."""
    ids = sorted(record_ids)
    for start in range(0, len(ids), AT_ONCE):
        session.execute(
            update(ImportRow)
            .where(
                ImportRow.record_id.in_(ids[start : start + AT_ONCE]),
                ImportRow.import_id != import_id,
                ImportRow.outcome == "same",
            )
            .values(outcome="waiting", record_id=None)
        )
