"""What is held of a woman, in words: the lines of her profile, whoever may read them.

Every function takes the ``viewers`` for whom the lines are made; a field is shown if all of them
may see it. A coordinator's page has one viewer; the woman's own mirror of it has two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from matching.facts import Grade
from roster.local_days import last_day
from roster.models import Entry, EntryHistory, Record
from roster.queries.records import Person, entries_of
from roster.visibility import Viewer, may_see
from roster.wording import N_, Wording

STATES = {
    "hidden": ("off", N_("Hidden by herself")),
    "uninvited": ("unk", N_("Not asked yet: invisible")),
    "waiting": ("unk", N_("Asked, no answer yet: invisible")),
    "none": ("unk", N_("Availability unknown")),
    "expired": ("unk", N_("Availability unknown: it has run out")),
    "due": ("due", N_("Runs out soon")),
    "fresh": ("yes", N_("Fresh")),
}
"""Per state of a person its sign and its word."""

SOURCES = {
    "self": N_("herself, %(day)s"),
    "coordinator": N_("coordinator, %(day)s"),
    "import": N_("from a spreadsheet, %(day)s"),
    "operator": N_("loaded by the operator, %(day)s"),
}

FIELDS = {
    "nationality": ("country", N_("Nationality")),
    "residence": ("country", N_("Lives in")),
    "birth_year": ("", N_("Year of birth")),
    "track": ("track", N_("Tracks")),
    "role_held": ("role", N_("Roles held")),
    "role_sought": ("role", N_("Roles sought")),
    "theme": ("theme", N_("Themes")),
    "phase": ("phase", N_("Phases")),
    "place": ("country", N_("Worked in")),
    "seniority": ("seniority", N_("Seniority")),
    "experience_years": ("", N_("Years of experience")),
    "days_per_month": ("", N_("Days a month, as the sheet says")),
    "training": ("", N_("Training")),
    "biography": ("", N_("In her words")),
    "note": ("", N_("Note of the network")),
    "unmapped": ("", N_("Words that fit no code yet")),
}
"""Per field the vocabulary of its codes and its label, in the order of the page."""

POOLS = {
    "shared": N_("for every request that she fits"),
    "exclusive": N_("only where a request asks our network"),
}
"""For which requests her network puts her forward."""

LEVEL_SKILLS = ("speaking", "listening", "reading", "writing")


Viewers = tuple[Viewer, ...]
COORDINATOR: Viewers = (Viewer.OWN_COORDINATOR,)


def _is_shown(field: str, viewers: Iterable[Viewer]) -> bool:
    return all(may_see(field, viewer) for viewer in viewers)


class Line(NamedTuple):
    """One line of a ledger: label, value, who said so and when."""

    label: str
    value: str
    source: str = ""


def word_end(wording: Wording, state: str, valid_until: datetime | None, time_zone: str) -> str:
    """Until when her answer is or was good; nothing where she has given none."""
    if state not in {"due", "fresh", "expired"} or valid_until is None:
        return ""
    day = wording.day_of(valid_until, time_zone, weekday=True)
    if state == "expired":
        return wording.gettext("until %(day)s; ask her again", day=day)
    return wording.gettext("good until %(day)s", day=day)


def membership_line(wording: Wording, person: Person) -> dict[str, str]:
    """Membership and accreditation in words; three different things, never mixed."""
    row = person.membership
    if row is None:
        nothing = dict.fromkeys(("since", "antenna", "lapses"), "")
        return {**nothing, "accreditation": wording.gettext("none"), "sign": "unk"}
    return {
        "since": word_since(wording, row.since or ""),
        "antenna": row.antenna or "",
        "accreditation": wording.term("accreditation_state", row.accreditation),
        "sign": "yes" if row.accreditation == "accredited" else "unk",
        "lapses": wording.date(row.lapses_on) if row.lapses_on else "",
    }


def word_since(wording: Wording, since: str) -> str:
    """A day or month in words; a year, or whatever else the list says, as it stands."""
    try:
        if len(since) == len("2026-11"):
            return wording.month(date.fromisoformat(f"{since}-01"))
        return wording.date(date.fromisoformat(since))
    except ValueError:
        return since


def identity_lines(
    wording: Wording, record: Record, viewers: Viewers = COORDINATOR
) -> list[tuple[str, str, str]]:
    """Names and contacts: label, value and its direction."""
    identity = record.identity
    labels = (
        ("display_name", wording.gettext("Name"), identity.display_name),
        ("original_name", wording.gettext("In her script"), identity.original_name),
        ("title", wording.gettext("Title"), identity.title),
        (
            "other_names",
            wording.gettext("Also written"),
            wording.list_parts(identity.other_names or []),
        ),
        ("email", wording.gettext("E-mail"), identity.email),
        ("phone", wording.gettext("Telephone"), identity.phone),
        ("safe_contact", wording.gettext("How to reach her safely"), identity.safe_contact),
    )
    seen = (row for row in labels if _is_shown(row[0], viewers))
    return [
        (label, value, "ltr" if field in {"email", "phone"} else "auto")
        for field, label, value in seen
        if value
    ]


def entry_lines(wording: Wording, record: Record, viewers: Viewers = COORDINATOR) -> list[Line]:
    """One line a field, its values in words, its newest source."""
    lines = []
    for field, (kind, label) in FIELDS.items():
        entries = entries_of(record, field)
        if entries and _is_shown(field, viewers):
            words = dict.fromkeys(entry_words(wording, entry, kind) for entry in entries)
            source = word_source(wording, max(entries, key=lambda e: e.entered_at))
            lines.append(Line(wording.gettext(label), wording.list_parts(words), source))
    return lines


def entry_words(wording: Wording, entry: Entry | EntryHistory, kind: str) -> str:
    """One value: free text, number or the name of its code; whether it was confirmed."""
    if entry.field == "unmapped" and not entry.sealed:
        return wording.list_parts(str(word) for words in entry.detail.values() for word in words)
    if entry.sealed:
        # amid right-to-left words her full stop would jump to the other end
        return wording.isolate(entry.sealed) if wording.direction == "rtl" else entry.sealed
    if "number" in entry.detail:
        return str(entry.detail["number"])
    word = wording.term(kind, entry.code) if kind else entry.code
    confirmed = entry.grade >= Grade.CONFIRMED
    return wording.gettext("%(value)s (confirmed)", value=word) if confirmed else word


def word_source(wording: Wording, entry: Entry) -> str:
    """Who said it and when; a confirmation with its own day."""
    day = wording.date(entry.entered_at.date())
    return wording.gettext(SOURCES[entry.source], day=day)


def language_lines(wording: Wording, record: Record) -> list[list[str]]:
    """Per language its four levels as entered, the free word if it has none, and the source."""
    return [
        [
            wording.term("language", entry.code),
            *(_level(wording, entry, skill) for skill in LEVEL_SKILLS),
            _language_source(wording, entry),
        ]
        for entry in entries_of(record, "language")
    ]


def _level(wording: Wording, entry: Entry, skill: str) -> str:
    single = entry.detail.get("level") if skill in {"speaking", "listening"} else None
    level = entry.detail.get(skill, single)
    if level:
        return wording.term("level", level)
    word = entry.detail.get("word")
    if word and skill == "speaking":
        return wording.gettext("“%(word)s”: not a level yet", word=word)
    return wording.gettext("unknown")


def _language_source(wording: Wording, entry: Entry) -> str:
    if entry.grade >= Grade.CONFIRMED and entry.confirmed_on:
        return wording.gettext("confirmed, %(day)s", day=wording.date(entry.confirmed_on))
    return word_source(wording, entry)


@dataclass(frozen=True)
class AvailabilityLine:
    """The standing answer: its sign and word, what it says, who said so, and its life line."""

    sign: str
    state: str
    words: str
    source: str
    left: int
    total: int
    until: str


def availability_lines(wording: Wording, person: Person, now: datetime) -> AvailabilityLine:
    """What stands of her availability; what has run out reads *unknown* and stays visible."""
    sign, word = STATES[person.state(now)]
    row = person.availability
    if row is None:
        return AvailabilityLine(sign, wording.gettext(word), "", "", 0, 0, "")
    parts = [wording.term("availability_status", row.status)]
    if row.window_from:
        parts.append(wording.gettext("from %(day)s", day=wording.date(row.window_from)))
    if row.window_to:
        parts.append(wording.gettext("to %(day)s", day=wording.date(row.window_to)))
    if row.notice_days is not None:
        parts.append(wording.gettext("notice %(days)s", days=wording.days(row.notice_days)))
    said = SOURCES[row.confirmed_by]
    left = max(0, -(-(row.valid_until - now).total_seconds() // 86_400))
    return AvailabilityLine(
        sign=sign,
        state=wording.gettext(word),
        words=wording.list_plain(parts),
        source=wording.gettext(said, day=wording.date(row.confirmed_at.date())),
        left=int(left) if row.confirmed_by != "import" else 0,
        total=max(1, (row.valid_until - row.confirmed_at).days),
        until=word_end(
            wording, person.state(now), row.valid_until, person.record.mediator.time_zone
        ),
    )


PURPOSES = ("membership_file", "matching", "card", "public_page", "statistics", "mentoring")


def consent_lines(wording: Wording, person: Person) -> list[tuple[str, str, str]]:
    """Per purpose its name, sign and word; naming is asked each time."""
    lines = []
    for purpose in PURPOSES:
        given = purpose in person.consents
        word = wording.gettext("Given") if given else wording.gettext("Not given")
        if purpose in person.spoken_until:
            zone = person.record.mediator.time_zone
            day = wording.date(last_day(person.spoken_until[purpose], zone))
            word = wording.gettext("Given by voice, until %(day)s", day=day)
        name = wording.term("consent_purpose", purpose)
        lines.append((name, "yes" if given else "off", word))
    naming = wording.term("consent_purpose", "naming")
    return [*lines, (naming, "unk", wording.gettext("Asked each time"))]
