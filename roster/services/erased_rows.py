"""Rows of an office's files, of somebody who is erased: their place stays, what they said goes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from roster.models import ImportRow, SpreadsheetImport
from roster.services.imported_values import digest_email


def blank_rows(session: Session, records: Select[int], unlinked: Collection[int]) -> int:
    """Blank the rows that became ``records``, and those that ``find_unlinked`` had found.

    A file's samples of what its columns hold are taken from its first row: they go as well. Return
    how many rows were blanked.
    """
    found = set(session.scalars(select(ImportRow.id).where(ImportRow.record_id.in_(records))))
    for row_id in sorted(found.union(unlinked)):
        row = session.get(ImportRow, row_id)
        if row is None:  # its file was thrown away since it was found
            continue
        row.raw, row.values, row.problems, row.record_id = {}, {}, [], None
        row.digest = secrets.token_hex(32)  # the old one would know her row in another file
        if row_id in unlinked or row.outcome == "waiting":
            row.verdict, row.outcome = "reject", "left_out"  # a later decision takes in nobody
    session.flush()
    _blank_samples(session, found.union(unlinked))
    return len(found.union(unlinked))


def find_unlinked(
    session: Session, addresses: Sequence[str], network_codes: Sequence[str]
) -> set[int]:
    """Rows with one of these addresses that have become no record: not decided on, left out, or of
    a file that is not taken in yet and would bring her back.

    Each row must be opened, a second for some thousands: look while nobody waits.
    """
    wanted = {digest_email(address) for address in addresses}
    if not wanted:
        return set()
    rows = session.execute(
        select(ImportRow.id, ImportRow.values)
        .join(SpreadsheetImport)
        .where(
            ImportRow.record_id.is_(None),
            SpreadsheetImport.network_code.in_(network_codes),
        )
    )
    return {row_id for row_id, values in rows if digest_email(values.get("email")) in wanted}


def _blank_samples(session: Session, row_ids: Iterable[int]) -> None:
    files = select(ImportRow.import_id).where(ImportRow.id.in_(sorted(row_ids))).distinct()
    for import_id, summary in session.execute(
        select(SpreadsheetImport.id, SpreadsheetImport.summary).where(
            SpreadsheetImport.id.in_(files)
        )
    ).all():
        columns = [{**column, "sample": ""} for column in summary.get("columns", [])]
        # without a new version: a coordinator at work on the file is not stopped by it
        session.execute(
            update(SpreadsheetImport)
            .where(SpreadsheetImport.id == import_id)
            .values(summary={**summary, "columns": columns})
        )
