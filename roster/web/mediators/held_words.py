"""What a network holds of her, in words that speak to her: values, and who said each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from roster.models import Entry, Experience, Identity, Membership
from roster.queries.held import HeldRecord, Origin
from roster.queries.records import entries_of
from roster.visibility import Viewer, may_see
from roster.web.history_view import word_value
from roster.web.person_words import Line, word_since
from roster.wording import N_, Wording

FIELDS: Mapping[str, tuple[str, str]] = {
    "nationality": ("country", N_("Nationality")),
    "residence": ("country", N_("Country of residence")),
    "birth_year": ("", N_("Year of birth")),
    "language": ("language", N_("Languages")),
    "track": ("track", N_("Tracks")),
    "role_held": ("role", N_("Roles held")),
    "role_sought": ("role", N_("Roles sought")),
    "theme": ("theme", N_("Themes")),
    "phase": ("phase", N_("Phases")),
    "place": ("country", N_("Countries worked in")),
    "seniority": ("seniority", N_("Seniority")),
    "experience_years": ("", N_("Years of experience")),
    "days_per_month": ("", N_("Days a month at most")),
    "training": ("", N_("Training")),
    "community": ("", N_("Communities")),
    "other_network": ("", N_("Other networks, as the list says")),
    "biography": ("", N_("About you")),
    "unmapped": ("", N_("Words that fit no code yet")),
}
"""Every field that a network may hold and she may see; the notes of a vetter she may not."""

NAMES: Mapping[str, tuple[str, str]] = {
    "display_name": (N_("Name"), "auto"),
    "original_name": (N_("Name in its own script"), "auto"),
    "title": (N_("Title"), "auto"),
    "other_names": (N_("Also written"), "auto"),
    "email": (N_("E-mail"), "ltr"),
    "phone": (N_("Telephone"), "ltr"),
    "safe_contact": (N_("Safe ways to reach you"), "auto"),
}
"""Names and contacts: label and direction."""

SOURCES = {
    "self": N_("you, %(day)s"),
    "coordinator": N_("your coordinator, %(day)s"),
    "import": N_("a spreadsheet, %(day)s"),
    "operator": N_("who keeps the service, %(day)s"),
}


class HeldField(NamedTuple):
    """One field of a record: its label, and value and source of each of its entries."""

    label: str
    values: list[tuple[str, str]]


def membership_lines(wording: Wording, row: Membership | None) -> list[Line]:
    """Membership and accreditation: three different things, each with its days."""
    if row is None:
        return []
    lapses = (
        wording.gettext("lapses %(day)s", day=wording.date(row.lapses_on)) if row.lapses_on else ""
    )
    lines = [
        Line(wording.gettext(N_("Member since")), word_since(wording, row.since or "")),
        Line(
            wording.gettext(N_("Member until")), wording.date(row.ended_on) if row.ended_on else ""
        ),
        Line(wording.gettext(N_("Kind of membership")), row.category or ""),
        Line(wording.gettext("Antenna"), row.antenna or ""),
        Line(
            wording.gettext("Accreditation"),
            wording.term("accreditation_state", row.accreditation),
            lapses,
        ),
        Line(
            wording.gettext(N_("Accredited on")),
            wording.date(row.accredited_on) if row.accredited_on else "",
        ),
    ]
    return [line for line in lines if line.value]


def name_lines(wording: Wording, identity: Identity) -> list[tuple[str, str, str]]:
    """Names and contacts that it holds: label, value and its direction."""
    lines = []
    for field, (label, direction) in NAMES.items():
        held = getattr(identity, field)
        value = wording.list_parts(held) if isinstance(held, list) else held
        if value and may_see(field, Viewer.SELF):
            lines.append((wording.gettext(label), value, direction))
    return lines


def value_lines(wording: Wording, held: HeldRecord) -> list[HeldField]:
    """Every value of the record with who said it, when, and from which row."""
    record = held.record
    if record is None:
        return []
    fields = []
    for field, (kind, label) in FIELDS.items():
        entries = entries_of(record, field) if may_see(field, Viewer.SELF) else []
        if entries:
            values = [
                (word_value(wording, entry, kind), _word_source(wording, entry, held.origins))
                for entry in entries
            ]
            fields.append(HeldField(wording.gettext(label), values))
    return fields


def _word_source(wording: Wording, entry: Entry, origins: Mapping[int, Origin]) -> str:
    origin = origins.get(entry.import_row_id or 0)
    if origin is not None and entry.source == "import":
        return word_origin(wording, origin)
    return wording.gettext(SOURCES[entry.source], day=wording.date(entry.entered_at.date()))


def word_origin(wording: Wording, origin: Origin) -> str:
    """The row of a spreadsheet and the day on which it was read."""
    day = wording.date(origin.read_at.date())
    return wording.gettext(
        N_("a spreadsheet, row %(row)s, read on %(day)s"), row=origin.row, day=day
    )


def word_first_origin(wording: Wording, held: HeldRecord) -> str:
    """Where her names and contacts came from, if from a spreadsheet."""
    return word_origin(wording, held.first_origin) if held.first_origin else ""


def word_experience(wording: Wording, row: Experience) -> Line:
    """One process she worked in, with its years, her role and her own part."""
    years = "–".join(str(year) for year in (row.first_year, row.last_year) if year)
    parts = (
        wording.term("role", row.role) if row.role else "",
        wording.term("track", row.track) if row.track else "",
        wording.term("country", row.country) if row.country else "",
        row.mandating_body or "",
        row.contribution or "",
    )
    confirmed = row.verified_on
    source = wording.gettext("confirmed, %(day)s", day=wording.date(confirmed)) if confirmed else ""
    label = wording.list_parts(part for part in (row.process, years) if part)
    return Line(label, wording.list_parts(part for part in parts if part), source)
