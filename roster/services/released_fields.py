"""What a release shows: the fields she ticked, as the table of visibility lets a requester see them.

Her own words go before her network's. Nothing of another network's record is ever read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.facts import band_of_year
from roster.models import Approach, Entry, Identity, Record, Release
from roster.visibility import Viewer, may_see

OF_IDENTITY = ("display_name", "original_name", "title", "email", "phone", "safe_contact")
OF_ENTRIES = {
    "biography": "text",
    "nationality": "country",
    "residence": "country",
    "birth_band": "age",
}
"""Fields that are entries: a text, codes of this kind of the vocabulary, or a band of age."""
STORED_AS = {"birth_band": "birth_year"}
"""The entry that a field is worked out from. The year itself is shown to no requester."""
NOT_SAID = frozenset({"undisclosed", "unknown", "stateless", ""})


def list_released_fields(session: Session, release: Release) -> list[tuple[str, tuple[str, ...]]]:
    """Each field with its values, texts or codes, in the order of the form; nothing for an empty one.

    The caller has seen that the release is live.
    """
    approach = session.get_one(Approach, release.approach_id)
    records = _list_records(session, approach)
    found = [
        (name, _find(session, records, name))
        for name in (*OF_IDENTITY, *OF_ENTRIES)
        if name in release.fields and may_see(name, Viewer.ENVOY_AFTER)
    ]
    return [(name, values) for name, values in found if values]


def _list_records(session: Session, approach: Approach) -> list[int]:
    """Her own record, then that of the network that agreed."""
    rows = session.execute(
        select(Record.id, Record.network_code).where(Record.mediator_id == approach.mediator_id)
    )
    by_network = {network: number for number, network in rows}
    wanted = (None, approach.network_code)
    return [by_network[one] for one in wanted if one in by_network]


def _find(session: Session, records: Sequence[int], name: str) -> tuple[str, ...]:
    """What the first of the records says that says anything."""
    read = _read_identity if name in OF_IDENTITY else _read_entries
    return next((values for one in records if (values := read(session, one, name))), ())


def _read_identity(session: Session, record_id: int, name: str) -> tuple[str, ...]:
    value = session.scalar(select(getattr(Identity, name)).where(Identity.record_id == record_id))
    return (str(value),) if value else ()


def _read_entries(session: Session, record_id: int, name: str) -> tuple[str, ...]:
    rows = session.scalars(
        select(Entry)
        .where(Entry.record_id == record_id, Entry.field == STORED_AS.get(name, name))
        .order_by(Entry.code, Entry.id)
    ).all()
    if OF_ENTRIES[name] == "text":
        return tuple(row.sealed for row in rows if row.sealed)
    if OF_ENTRIES[name] == "age":
        return _band_ages(rows)
    current = [row for row in rows if (row.detail or {}).get("is_current", True)]
    return tuple(row.code for row in current if row.code not in NOT_SAID)


def _band_ages(rows: Iterable[Entry]) -> tuple[str, ...]:
    """The code of her band of ten years, as matching reads it today."""
    today = clock.now().date()
    bands = (band_of_year((row.detail or {}).get("number"), today) for row in rows)
    return tuple(band for band in bands if band)[:1]
