"""Memberships, consents, availability and declaration of one woman, from their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from matching.facts import Accreditation, Availability, Consent, Declaration, Interest
from roster.facts.rows import AnyRow
from roster.queries.records import weigh

NO_MEMBER = frozenset({"withdrawn", "deceased", "merged"})
"""States of an accreditation in which the network no longer counts her among its members."""


Recognised = Mapping[str, frozenset[str]]
"""Network -> the networks whose accreditation it takes as its own."""


def list_accreditations(
    rows: Sequence[AnyRow], today: date, recognised: Recognised
) -> tuple[Accreditation, ...]:
    """Accreditations of the memberships that stand today, each as good as it counts there."""
    own = [
        Accreditation(row.network_code, row.accreditation, row.accredited_on, row.lapses_on)
        for row in rows
        if row.accreditation not in NO_MEMBER and (row.ended_on is None or row.ended_on > today)
    ]
    return tuple(_as_recognised(one, own, recognised.get(one.network, frozenset())) for one in own)


def _as_recognised(
    one: Accreditation, own: Sequence[Accreditation], recognised: frozenset[str]
) -> Accreditation:
    """Of her own here and those that are recognised here, the one that lasts longest.

    What this network itself has taken back (*suspended*, *needs update*) no other replaces.
    """
    if one.state in ("suspended", "needs_update"):
        return one
    taken = [each for each in own if each.network in recognised and each.state == "accredited"]
    best = max((one, *taken), key=_lasts)
    return replace(best, network=one.network)


def _lasts(one: Accreditation) -> tuple[bool, date]:
    return one.state == "accredited", one.lapses_on or date.max


def list_keepers(rows: Sequence[AnyRow], today: date) -> frozenset[str]:
    """Her networks, where each keeps her for requests that ask it; none where one shares her."""
    standing = [
        row
        for row in rows
        if row.accreditation not in NO_MEMBER and (row.ended_on is None or row.ended_on > today)
    ]
    if any(row.pool != "exclusive" for row in standing):
        return frozenset()
    return frozenset(row.network_code for row in standing)


def list_consents(rows: Sequence[AnyRow]) -> tuple[Consent, ...]:
    """The longest consent in force of each purpose; none outlasts that to keep her file."""
    last = {row.purpose: row.valid_until for row in rows}
    end = last.get("membership_file")
    return tuple(
        Consent(purpose, min(last[purpose], end or last[purpose])) for purpose in sorted(last)
    )


def choose_availability(
    rows: Sequence[AnyRow], now: datetime, *, keeps_free: frozenset[str] = frozenset()
) -> Availability | None:
    """The statement that stands, by the one rule that the pages use too."""
    if not rows:
        return None
    chosen = max(
        rows, key=lambda row: weigh(row.confirmed_by, row.valid_until, row.confirmed_at, now)
    )
    return _read_availability(chosen, keeps_free)


def _read_availability(row: AnyRow, keeps_free: frozenset[str]) -> Availability:
    return Availability(
        status=row.status,
        confirmed_at=row.confirmed_at,
        valid_until=row.valid_until,
        confirmed_by=row.confirmed_by,
        window_from=row.window_from,
        window_to=row.window_to,
        notice_days=row.notice_days,
        longest_stay_days=row.longest_stay_days,
        days_per_month=row.days_per_month,
        modalities=None if row.modalities is None else frozenset(row.modalities),
        refused=frozenset(row.refused or ()),
        keeps_free=keeps_free,
    )


def read_declaration(
    rows: Sequence[AnyRow],
) -> tuple[Declaration | None, tuple[Interest, ...]]:
    """Her declaration and the interests it names."""
    if not rows:
        return None, ()
    row = rows[0]
    interests = tuple(_read_interest(interest) for interest in row.interests or ())
    return Declaration(row.declared_on, frozenset(row.covers or ())), interests


def _read_interest(values: dict[str, Any]) -> Interest:
    return Interest(
        kind=values["kind"],
        country=values.get("country"),
        party=values.get("party"),
        started_on=_day(values.get("started_on")),
        ended_on=_day(values.get("ended_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
