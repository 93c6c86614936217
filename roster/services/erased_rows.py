"""Rows of an office's files, of somebody who is erased: their place stays, what they said goes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from roster.models import ImportRow, SpreadsheetImport
from roster.services.imported_values import digest_email


def blank_rows(
    session: Session,
    records: Select[int],
    addresses: Sequence[str],
    network_codes: Sequence[str],
) -> int:
    """Blank the rows that became ``records``, and those of these networks that bear an address.

    A file's samples of what its columns hold are taken from its first row: they go as well. Return
    how many rows were blanked.
    """
    linked = set(session.scalars(select(ImportRow.id).where(ImportRow.record_id.in_(records))))
    waiting = _find_unlinked(session, addresses, network_codes)
    for row_id in sorted(linked | waiting):
        row = session.get_one(ImportRow, row_id)
        row.raw, row.values, row.problems, row.record_id = {}, {}, [], None
        row.digest = secrets.token_hex(32)  # the old one would know her row in another file
        if row_id in waiting or row.outcome == "waiting":
            row.verdict, row.outcome = "reject", "left_out"
    session.flush()
    _blank_samples(session, linked | waiting)
    return len(linked | waiting)


def _find_unlinked(
    session: Session, addresses: Sequence[str], network_codes: Sequence[str]
) -> set[int]:
    """Rows that nobody has decided on, or that were left out, with one of these addresses."""
    wanted = {digest_email(address) for address in addresses}
    if not wanted:
        return set()
    rows = session.execute(
        select(ImportRow.id, ImportRow.values)
        .join(SpreadsheetImport)
        .where(
            ImportRow.record_id.is_(None),
            ImportRow.outcome.in_(("waiting", "left_out")),
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
