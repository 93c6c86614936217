"""The rows of an import as they are kept, and what is to become of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from roster.models import ImportRow
from roster.services.imported_values import read_name
from roster.services.known_people import Alike, KnownPeople, digest_row
from roster.spreadsheets import ReadResult, ReadRow, problems_as_json

SUSPECTED = "DUP_SUSPECTED"
"""Code of the finding that a row looks like somebody on the network's list."""


@dataclass(frozen=True)
class Judgement:
    """What is to become of a row. ``updated`` turns into *same* where no value differs."""

    outcome: str
    record_id: int | None = None
    alike: tuple[Alike, ...] = ()
    twin_row: int | None = None
    """The row of this file that says exactly the same."""


def stage_rows(result: ReadResult) -> list[ImportRow]:
    """The rows of a reading as they are kept: text as found, values, problems, verdict."""
    return [
        ImportRow(ordinal=ordinal, **row_columns(result.network, read))
        for ordinal, read in enumerate(result.rows)
    ]


def row_columns(network_code: str, read: ReadRow) -> dict[str, Any]:
    """A row of a reading by the columns of ``ImportRow``, but for its place."""
    return {
        "digest": digest_row(network_code, read.values, read.raw),
        "row": read.row,
        "verdict": read.verdict,
        "raw": dict(read.raw),
        "values": dict(read.values),
        "problems": problems_as_json(read.problems),
    }


def judge_rows(
    rows: Sequence[ImportRow], known: KnownPeople, first_rows: dict[str, int] | None = None
) -> list[Judgement]:
    """What is to become of each row, against what the network's list says now.

    ``first_rows``: the row of this file that first said so, by digest; kept from part to part of a
    long file.
    """
    first_rows = {} if first_rows is None else first_rows
    judgements = []
    for row in rows:
        judgement = _judge(row, known)
        if judgement.outcome == "new" and row.digest in first_rows:
            judgement = Judgement("waiting", twin_row=first_rows[row.digest])
        first_rows.setdefault(row.digest, row.row)
        judgements.append(judgement)
    return judgements


def _judge(row: ImportRow, known: KnownPeople) -> Judgement:
    seen = known.find_seen(row.digest)
    if seen is not None and seen.record_id is not None:
        return _matched(seen.record_id, row, known)
    if seen is not None and seen.outcome == "left_out" and seen.verdict != "reject":
        return Judgement("left_out")  # a person has decided so
    if row.verdict != "ok":
        if row.verdict == "reject":
            return Judgement("left_out")
        return Judgement("waiting" if seen is None else "same", alike=tuple(_alike(row, known)))
    same = known.find_same(row.values)
    if same is not None:
        return _matched(same, row, known)
    alike = tuple(_alike(row, known))
    if not alike:
        return Judgement("new")
    return Judgement("waiting" if seen is None else "same", alike=alike)


def _matched(record_id: int, row: ImportRow, known: KnownPeople) -> Judgement:
    is_same = known.is_unchanged(record_id, row.digest)
    return Judgement("same" if is_same else "updated", record_id)


def _alike(row: ImportRow, known: KnownPeople) -> list[Alike]:
    return known.find_alike(row.values) if read_name(row.values) else []


def note_judgement(row: ImportRow, judgement: Judgement) -> None:
    """Write the judgement into the row, in place of an earlier one."""
    row.outcome = judgement.outcome
    kept = [problem for problem in row.problems if problem["code"] != SUSPECTED]
    found = []
    if judgement.alike:
        evidence = list(dict.fromkeys(code for a in judgement.alike for code in a.evidence))
        ids = [alike.record_id for alike in judgement.alike]
        found = [{**_SUSPECTED, "note": ", ".join(evidence), "records": ids}]
    elif judgement.twin_row is not None:
        found = [{**_SUSPECTED, "note": "same_text", "rows": [judgement.twin_row]}]
    if found or len(kept) != len(row.problems):
        row.problems = [*kept, *found]


_SUSPECTED: dict[str, Any] = {"code": SUSPECTED, "severity": "warning", "field": "name"}
