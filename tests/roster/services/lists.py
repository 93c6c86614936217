"""Small lists of invented women as a network would send them, and the import of them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import Entry, Identity, Record, SpreadsheetImport
from roster.permissions import Actor
from roster.services.imports import ImportOutcome, confirm_import, stage_import
from roster.spreadsheets import read_spreadsheet

DAY = date(2026, 12, 1)
COORDINATOR = Actor("account", coordinates=frozenset({"nwm"}), roles=frozenset({"coordinator"}))
HEADERS = ("Name", "Birth year", "Nationality", "Languages", "Tracks", "E-mail", "Phone")
Woman = Mapping[str, str]

ANNA: Woman = {
    "Name": "Anna Lindqvist",
    "Birth year": "1961",
    "Nationality": "Sweden",
    "Languages": "Swedish C2, English C1",
    "Tracks": "II",
    "E-mail": "anna@example.org",
    "Phone": "+000 111 2233",
}
BRITA: Woman = {
    "Name": "Brita Hovland",
    "Birth year": "1970",
    "Nationality": "Norway",
    "Languages": "Norwegian C2",
    "Tracks": "I",
    "E-mail": "brita@example.org",
    "Phone": "+000 444 5566",
}
SPOILT: Woman = {**BRITA, "Name": "Carin Malm", "Nationality": "Zzyzxland", "E-mail": "c@example.org",
                 "Phone": "+000 777 8899", "Birth year": "1958"}  # fmt: skip


def write_list(women: Iterable[Woman], headers: Iterable[str] = HEADERS) -> bytes:
    """A text file with these columns."""
    text = io.StringIO()
    names = tuple(headers)
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([woman.get(name, "") for name in names] for woman in women)
    return text.getvalue().encode()


def stage(
    session: Session,
    content: bytes,
    *,
    network: str = "nwm",
    actor: Actor = COORDINATOR,
    day: date = DAY,
    name: str = "list.csv",
) -> SpreadsheetImport:
    """Read a file and keep it for a look."""
    result = read_spreadsheet(content, file_name=name, network=network, reference_day=day)
    return stage_import(
        session, actor=actor, network_code=network, file_name=name, content=content, result=result
    )


def take_in(
    session: Session, content: bytes, *, network: str = "nwm", actor: Actor | None = None
) -> tuple[ImportOutcome, SpreadsheetImport]:
    """Read a file and take it in."""
    who = actor or Actor("account", coordinates=frozenset({network}))
    staged = stage(session, content, network=network, actor=who)
    outcome = confirm_import(
        session, actor=who, import_id=staged.id, expected_version=staged.version
    )
    return outcome, staged


def import_women(database: Database, *women: Woman, network: str = "nwm") -> ImportOutcome:
    """Take a list in and commit."""
    with database.writing() as session:
        outcome, _ = take_in(session, write_list(women), network=network)
        session.commit()
    return outcome


def describe_list(session: Session, network: str = "nwm") -> dict[str, dict[str, object]]:
    """The whole list of a network by name: contacts and entries with their source."""
    rows = session.execute(
        select(Record.id, Identity.display_name, Identity.email, Identity.phone)
        .join(Identity)
        .where(Record.network_code == network)
    )
    return {
        name: {"email": email, "phone": phone, "entries": describe_entries(session, record_id)}
        for record_id, name, email, phone in rows
    }


def describe_entries(session: Session, record_id: int) -> set[tuple[str, str, str, str]]:
    """field, code, what it says and source of each entry."""
    entries = session.scalars(select(Entry).where(Entry.record_id == record_id))
    return {
        (e.field, e.code, e.sealed or ",".join(sorted(map(str, e.detail.values()))), e.source)
        for e in entries
    }


SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "an", "el", "ir", "os")]


def make_long_list(count: int, bad: int = 0, seed: int = 5) -> tuple[list[Woman], list[int]]:
    """Invented women with names unlike one another; the numbers of the rows with an error."""
    dice = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < count:
        words = ("".join(dice.choice(SYLLABLES) for _ in range(4)).title() for _ in range(2))
        names[" ".join(words)] = None
    spoilt = set(dice.sample(range(count), bad))
    women = [
        {
            "Name": name,
            "Birth year": str(dice.randint(1950, 1995)),
            "Nationality": "Zzyzxland" if i in spoilt else dice.choice(("Kenya", "Norway")),
            "Languages": "English C1, French B2",
            "Tracks": "II",
            "E-mail": f"woman{i}@example.org",
            "Phone": f"+000 {i:07d}",
        }
        for i, name in enumerate(names)
    ]
    return women, sorted(i + 2 for i in spoilt)
