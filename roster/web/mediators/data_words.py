"""Her data in words: the very rows that the file holds, each value in her language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from roster.queries.her_rows import Row
from roster.web.mediators.held_words import FIELDS
from roster.wording import LANGUAGES, N_, Wording
from roster.wording.her_data import CODES, COLUMNS, KINDS, PARTS

Pair = tuple[str, str, str]
"""Label, value, and nothing as its source, as a ledger takes it."""
DAYS = ("_on", "window_from", "window_to")
INSTANTS = ("_at", "valid_until", "paused_until", "held_until", "answer_by")


def word_part(wording: Wording, name: str) -> str:
    """The heading of a part."""
    return wording.gettext(PARTS[name])


def word_row(wording: Wording, row: Row, time_zone: str) -> list[Pair]:
    """What a row says, without what it leaves empty; her own record says that it is hers."""
    pairs = []
    for column, value in row.items():
        word = _word(wording, row, column, value, time_zone)
        if word:
            pairs.append((wording.gettext(COLUMNS[column]), word, ""))
    return pairs


def _word(wording: Wording, row: Row, column: str, value: Any, time_zone: str) -> str:
    if column == "network_code" and value is None and "entered_at" in row:
        return wording.gettext(N_("none: you said it yourself"))
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, str):
        return _word_text(wording, row, column, value, time_zone)
    if isinstance(value, bool):
        return wording.gettext(N_("yes")) if value else wording.gettext(N_("no"))
    if column == "safety_class":
        return wording.term("safety_class", str(value))
    if isinstance(value, Mapping):
        return _word_mapping(wording, value)
    if isinstance(value, list):
        return wording.list_parts(_word_item(wording, column, each) for each in value)
    return str(value)


def _word_text(wording: Wording, row: Row, column: str, value: str, time_zone: str) -> str:
    if column == "at" or column.endswith(INSTANTS):
        return wording.instant(datetime.fromisoformat(value), time_zone, weekday=False)
    if column.endswith(DAYS):
        return wording.date(date.fromisoformat(value))
    if column == "language" and value in LANGUAGES:
        return LANGUAGES[value].name
    if column == "field" and value in FIELDS:
        return wording.gettext(FIELDS[value][1])
    if column == "code":
        kind = FIELDS.get(str(row.get("field")), ("", ""))[0]
        return wording.term(kind, value)
    if column in KINDS and wording.term(KINDS[column], value) != value:
        return wording.term(KINDS[column], value)
    return wording.gettext(CODES[value]) if value in CODES else wording.isolate(value)


def _word_item(wording: Wording, column: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return _word_mapping(wording, value)
    kind = KINDS.get(column, "")
    word = wording.term(kind, str(value))
    return word if word != str(value) else wording.term("region", str(value))


def _word_mapping(wording: Wording, values: Mapping[str, Any]) -> str:
    """Names and values as they stand: what a program wrote for programs."""
    said = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return wording.list_plain(
        f"{name}: {wording.isolate(_word_inner(value))}" for name, value in said.items()
    )


def _word_inner(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {each}" for name, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
