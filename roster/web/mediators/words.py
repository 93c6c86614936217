"""Her pages in words: values of her record, her statement, who looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from roster.models import Availability, Entry, Record
from roster.queries.mediators import Look
from roster.web.options import place_names
from roster.wording import N_, Wording

FIELDS = (
    ("nationality", N_("Nationality"), "country"),
    ("residence", N_("Country of residence"), "country"),
    ("track", N_("Tracks"), "track"),
    ("role_held", N_("Roles held"), "role"),
    ("role_sought", N_("Roles sought"), "role"),
    ("theme", N_("Themes"), "theme"),
    ("place", N_("Countries worked in"), "country"),
    ("seniority", N_("Seniority"), "seniority"),
)
"""Fields of codes as page 1 shows them: field, label, kind of the vocabulary."""

TIES: Mapping[str, str] = {
    "office": N_("Public office"),
    "party_post": N_("Post in a political party or movement"),
    "security_service": N_("Army, police or intelligence"),
    "government_employment": N_("Employed by a government"),
    "funding": N_("Paid or funded by a government or party"),
    "business": N_("Business interest"),
    "kin": N_("Close relative in office or in an armed force"),
    "public_statement": N_("Public statement for or against a side"),
    "future_employment": N_("Agreed future post"),
}

LOOKS: Mapping[str, str] = {
    "coordinator_record": N_("Your coordinator opened your profile."),
    "coordinator_contact": N_("Your coordinator looked up how to reach you."),
    "envoy_card": N_("An envoy’s office saw your card, without your name."),
    "mediator_card": N_("A mediator to whom you are proposed saw your card, without your name."),
    "proposed": N_("You were in one answer to a request, by code only."),
    "other": N_("Somebody who keeps this service looked at your record."),
}

ZONES = (
    "UTC", "Africa/Abidjan", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Cairo",
    "Africa/Casablanca", "Africa/Dakar", "Africa/Johannesburg", "Africa/Khartoum",
    "Africa/Kinshasa", "Africa/Lagos", "Africa/Maputo", "Africa/Nairobi", "Africa/Ndjamena",
    "Africa/Tripoli", "Africa/Tunis", "America/Bogota", "America/Mexico_City",
    "America/New_York", "America/Sao_Paulo", "Asia/Amman", "Asia/Baghdad", "Asia/Bangkok",
    "Asia/Beirut", "Asia/Damascus", "Asia/Dhaka", "Asia/Dubai", "Asia/Hebron", "Asia/Istanbul",
    "Asia/Jakarta", "Asia/Kabul", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Nicosia", "Asia/Riyadh", "Asia/Yangon",
    "Atlantic/Reykjavik", "Australia/Sydney", "Europe/Athens", "Europe/Belgrade",
    "Europe/Copenhagen", "Europe/Helsinki", "Europe/London", "Europe/Madrid", "Europe/Oslo",
    "Europe/Paris", "Europe/Rome", "Europe/Stockholm", "Pacific/Apia", "Pacific/Auckland",
    "Pacific/Port_Moresby",
)  # fmt: skip
"""One zone for each clock of the networks' countries; whichever she has is offered as well."""


def record_lines(wording: Wording, record: Record) -> list[tuple[str, str, str]]:
    """What is held of her: label, value and no source, since all is her network’s; names first."""
    identity = record.identity
    lines = [
        (wording.gettext(N_("Name")), identity.display_name),
        (wording.gettext(N_("Name in its own script")), identity.original_name),
        (wording.gettext(N_("E-mail")), _left_to_right(identity.email)),
        (wording.gettext(N_("Telephone")), _left_to_right(identity.phone)),
        (wording.gettext(N_("Safe ways to reach you")), identity.safe_contact),
        (wording.gettext(N_("Year of birth")), _number(record, "birth_year")),
        (wording.gettext(N_("Languages")), _languages(wording, record)),
        *((wording.gettext(label), _names(wording, record, f, kind)) for f, label, kind in FIELDS),
        (wording.gettext(N_("About you")), _text(record, "biography")),
    ]
    return [(label, value, "") for label, value in lines if value]


def _left_to_right(text: str | None) -> str:
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if text else ""


def _of(record: Record, field: str) -> list[Entry]:
    return sorted((e for e in record.entries if e.field == field), key=lambda e: e.code)


def _number(record: Record, field: str) -> str:
    return next((str(e.detail.get("number", "")) for e in _of(record, field)), "")


def _text(record: Record, field: str) -> str:
    return next((e.sealed or "" for e in _of(record, field)), "")


def _names(wording: Wording, record: Record, field: str, kind: str) -> str:
    return wording.list_and(wording.terms(kind, [e.code for e in _of(record, field)]))


def _languages(wording: Wording, record: Record) -> str:
    return wording.list_and(_language(wording, entry) for entry in _of(record, "language"))


def _language(wording: Wording, entry: Entry) -> str:
    name, level = wording.term("language", entry.code), level_of(entry.detail)
    said = wording.term("level", level) if level else entry.detail.get("word")
    return f"{name} ({said})" if said else name


def level_of(detail: Mapping[str, Any]) -> str:
    """The level that she has for speaking; ``""`` while it is a free word or missing."""
    return str(detail.get("speaking") or "")


def unlevelled_languages(wording: Wording, record: Record) -> list[dict[str, str]]:
    """Languages that came without a level or with a free word: code, name, word."""
    return [
        {
            "code": entry.code,
            "name": wording.term("language", entry.code),
            "word": str(entry.detail.get("word") or ""),
        }
        for entry in _of(record, "language")
        if not level_of(entry.detail)
    ]


def zone_options(chosen: str) -> list[tuple[str, str]]:
    """IANA zones by the name of their place; hers is always among them."""
    names = sorted({*ZONES, chosen})
    return [(name, name.rpartition("/")[2].replace("_", " ")) for name in names]


def word_tie(wording: Wording, kind: str) -> str:
    """One kind of interest in words."""
    return wording.gettext(TIES[kind])


def describe_statement(wording: Wording, row: Availability) -> str:
    """ "available until 30 June 2027; in person or remote; 7 days’ notice": what she said."""
    parts = [_window(wording, row)]
    if row.modalities:
        parts.append(wording.list_or(wording.terms("modality", row.modalities)))
    if row.notice_days:
        parts.append(
            wording.ngettext("notice of %(num)d day", "notice of %(num)d days", row.notice_days)
        )
    if row.days_per_month:
        parts.append(
            wording.ngettext("%(num)d day a month", "%(num)d days a month", row.days_per_month)
        )
    if row.longest_stay_days:
        stay = row.longest_stay_days
        parts.append(
            wording.ngettext("stays of %(num)d day", "stays of %(num)d days at most", stay)
        )
    if row.refused:
        parts.append(
            wording.gettext(N_("not in %(places)s"), places=place_names(wording, row.refused))
        )
    return wording.list_parts(parts)


def _window(wording: Wording, row: Availability) -> str:
    status = wording.term("availability_status", row.status)
    start = wording.date(row.window_from) if row.window_from else ""
    end = wording.date(row.window_to) if row.window_to else ""
    if start and end:
        return wording.gettext(
            N_("%(status)s from %(start)s to %(end)s"), status=status, start=start, end=end
        )
    if end:
        return wording.gettext(N_("%(status)s until %(end)s"), status=status, end=end)
    if start:
        return wording.gettext(N_("%(status)s from %(start)s"), status=status, start=start)
    return status


def word_look(wording: Wording, look: Look, time_zone: str) -> tuple[str, str]:
    """When and what. The hour is said of her own coordinator only, of others the day."""
    if is_hour_told(look):
        at = wording.instant(look.at, time_zone)
    else:
        at = wording.day_of(look.at, time_zone, weekday=True)
    return at, wording.gettext(LOOKS[look.kind])


def is_hour_told(look: Look) -> bool:
    """Her own coordinator's hour is hers to know; an envoy's could tell who asks."""
    return look.kind.startswith("coordinator")
