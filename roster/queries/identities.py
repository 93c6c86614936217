"""Who the records of one network say that they are, as the search for look-alikes compares them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import likeness
from roster.models import Entry, Identity, Record
from roster.queries.leaving import left_records

COMPARED = ("birth_year", "nationality")
"""Entries that speak for or against two records being one woman."""


def list_identities(
    session: Session, network_code: str, *, with_leaving: bool
) -> dict[int, likeness.Identity]:
    """By number of record; of women who are leaving only where asked, for nobody is shown them."""
    ours = select(Record.id).where(Record.network_code == network_code)
    if not with_leaving:
        ours = ours.where(Record.id.not_in(left_records()))
    facts: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for record_id, name, code, detail in session.execute(
        select(Entry.record_id, Entry.field, Entry.code, Entry.detail).where(
            Entry.record_id.in_(ours), Entry.field.in_(COMPARED)
        )
    ):
        facts[record_id][name].append(code or detail.get("number"))
    rows = session.execute(
        select(
            Identity.record_id,
            Identity.display_name,
            Identity.original_name,
            Identity.other_names,
            Identity.email,
            Identity.phone,
        ).where(Identity.record_id.in_(ours))
    )
    return {
        record_id: likeness.Identity(
            names=tuple(each for each in (name, original, *(others or ())) if each),
            birth_year=next(iter(facts[record_id]["birth_year"]), None),
            email=email,
            phone=phone,
            nationalities=tuple(facts[record_id]["nationality"]),
        )
        for record_id, name, original, others, email, phone in rows
    }
