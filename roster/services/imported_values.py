"""What the values of an imported row say: names, entries, membership and availability.

Values in, values out; ``imported_people`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from matching import likeness
from roster.encryption import keyring
from roster.models import Entry
from roster.vocabulary.used_codes import read_code

Values = Mapping[str, Any]
"""The values of a row in the form that ``roster.spreadsheets`` gives; {} where nothing was read."""
EntryKey = tuple[str, str]
SaidValue = tuple[dict[str, Any], str | None]
"""detail and sealed text of an entry."""

LIFE_DAYS = 90
"""How long a dated statement in a spreadsheet is shown to the coordinator as still standing."""
LONGEST_ANTENNA = 120
"""Characters that a membership holds for its antenna; what is longer is cut there."""
DAYS_IN_MONTH = range(1, 32)


def read_name(values: Values) -> str | None:
    """The name to show: as written in Latin letters, else in the original script."""
    return values.get("name") or values.get("name_original") or None


def read_identity(values: Values) -> dict[str, str | None]:
    """Names and contacts of a row, by the columns of ``Identity`` without the digest."""
    return {
        "display_name": read_name(values),
        "original_name": values.get("name_original"),
        "title": values.get("title"),
        "email": values.get("email"),
        "phone": values.get("phone"),
    }


def digest_email(email: str | None) -> str | None:
    """The keyed digest by which an address is looked up."""
    return keyring().digest(email) if email else None


def read_membership(values: Values) -> dict[str, str | None]:
    """Since when, as exact as the row says it, and the antenna."""
    since, antenna = values.get("member_since"), values.get("antenna")
    return {
        "since": str(since) if since else None,
        "antenna": str(antenna)[:LONGEST_ANTENNA] if antenna else None,
    }


LISTS = {
    "nationalities": "nationality",
    "tracks": "track",
    "roles": "role_held",
    "themes": "theme",
    "worked_in": "place",
}
"""Lists of codes in a row, and the field of the entries they become."""

NUMBERS = ("birth_year", "experience_years", "days_per_month")

TEXTS = {"notes": "note", "bio": "biography"}


def read_entries(values: Values) -> Iterator[tuple[EntryKey, SaidValue]]:
    """The entries that a row's values make."""
    yield from _code_entries(values)
    for language in _one_per_code(values.get("languages") or ()):
        yield ("language", language["code"]), (_language_detail(language), None)
    for field in NUMBERS:
        if values.get(field) is not None:
            yield (field, ""), ({"number": values[field]}, None)
    for name, field in TEXTS.items():
        if values.get(name):
            yield (field, ""), ({}, str(values[name]))
    yield from _unmapped_entry(values)


def read_entries_today(values: Values) -> dict[EntryKey, SaidValue]:
    """These entries, by their codes as they are read today: a list read before a merge of two terms
    and one read after it say the same."""
    return {(field, read_code(field, code)): value for (field, code), value in read_entries(values)}


def key_of(entry: Entry) -> EntryKey:
    """Field and code of an entry as it is read today."""
    return entry.field, read_code(entry.field, entry.code)


def _code_entries(values: Values) -> Iterator[tuple[EntryKey, SaidValue]]:
    for name, field in LISTS.items():
        for code in dict.fromkeys(values.get(name) or ()):
            yield (field, code), ({}, None)
    for code in (values.get("networks") or ())[1:]:
        yield ("other_network", code), ({}, None)
    if values.get("residence"):
        yield ("residence", values["residence"]), ({}, None)


def _unmapped_entry(values: Values) -> Iterator[tuple[EntryKey, SaidValue]]:
    """Words that fit no code are kept for a person, never guessed."""
    unmapped = {key: words for key, words in (values.get("unmapped") or {}).items() if words}
    if unmapped:
        yield ("unmapped", ""), (unmapped, None)


def _one_per_code(languages: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for language in languages:
        if language["code"] not in seen:
            seen.add(language["code"])
            yield language


def _language_detail(language: Values) -> dict[str, Any]:
    """A single level counts for speaking and listening; a free word for nothing until mapped."""
    level = language.get("level")
    if level in (None, "unmapped"):
        word = language.get("word")
        return {"word": word} if word else {}
    return {"speaking": level, "listening": level}


@dataclass(frozen=True)
class ImportedAvailability:
    """What a sheet says of her time. It is kept for her to confirm and never counts as hers."""

    status: str
    window_from: date | None
    window_to: date | None
    notice_days: int | None
    days_per_month: int | None
    confirmed_on: date | None

    def lives(self, now: datetime) -> tuple[datetime, datetime]:
        """From its day of confirmation to 90 days later; without such a day it ends at once."""
        if self.confirmed_on is None:
            return now, now
        confirmed_at = min(datetime.combine(self.confirmed_on, time(), UTC), now)
        return confirmed_at, confirmed_at + timedelta(days=LIFE_DAYS)


def read_availability(values: Values) -> ImportedAvailability | None:
    """The statement in a row; None where it makes none."""
    said = values.get("availability") or {}
    if not said.get("stated"):
        return None
    first, last = _as_day(said.get("from")), _as_day(said.get("to"))
    is_in_order = not (first and last and last < first)
    days = values.get("days_per_month")
    return ImportedAvailability(
        status=said["stated"],
        window_from=first if is_in_order else None,
        window_to=last if is_in_order else None,
        notice_days=_notice_days(said.get("notice")),
        days_per_month=days if isinstance(days, int) and days in DAYS_IN_MONTH else None,
        confirmed_on=_as_day(said.get("confirmed_on")),
    )


def _as_day(text: str | None) -> date | None:
    """A full ISO date; a month alone is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _notice_days(code: str | None) -> int | None:
    """``72h`` is 3 days, ``14d`` is 14."""
    digits = "".join(filter(str.isdigit, code or ""))
    if not code or not digits:
        return None
    return int(digits) // 24 if code.endswith("h") else int(digits)


def compare_by(values: Values) -> likeness.Identity:
    """What the search for look-alikes compares of a row."""
    return likeness.Identity(
        names=tuple(name for name in (values.get("name"), values.get("name_original")) if name),
        birth_year=values.get("birth_year"),
        email=values.get("email"),
        phone=values.get("phone"),
        nationalities=tuple(values.get("nationalities") or ()),
    )
