"""What makes her easier to reach, and seniority above the floor."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from matching.codecs import NO_INSTANT, NO_NUMBER
from matching.columns import Columns
from matching.criteria import Asking, Facts, Finding
from matching.gates.qualification import (
    SENIORITY,
    list_seniority_steps,
)
from matching.preferences.register import HALF, PREFERENCES, Scored
from matching.tables import Ints

FRESH_MONTHS = 3
"""A statement lives 90 days: after three months it earns nothing."""


def _explain_freshness(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    if availability is None:
        return {}
    return {"confirmed_at": availability.confirmed_at, "by": availability.confirmed_by}


@PREFERENCES.add("freshness_margin", asks=lambda asking: (None,), explain=_explain_freshness)
def score_freshness(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Scored:
    """A statement of this calendar month (UTC) earns all, of the month before two thirds, of the
    one before that a third, older nothing; a coordinator's entry half of it. The month is what
    the card shows, so that points tell no day.
    """
    table = columns.singles["availability"]
    confirmed_at = table.only("confirmed_at", rows)
    known = confirmed_at != NO_INSTANT
    months = asking.month - _find_months(np.where(known, confirmed_at, 0))
    own = table.only("confirmed_by", rows) == (columns.codes.find("self") or -1)
    shares = np.clip(1 - months / FRESH_MONTHS, 0, 1) * np.where(own, 1.0, HALF)
    return Scored(np.where(known, shares, 0.0))


def _find_months(instants: Ints) -> Ints:
    """Return the calendar months of instants in microseconds since 1970, counted from then."""
    months: Ints = instants.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    return months


def _ask_seniority(asking: Asking) -> Sequence[Hashable]:
    floor = asking.one_post.seniority
    return (floor,) if floor and floor != SENIORITY[-1] else ()


def _explain_seniority(finding: Finding) -> Facts:
    seniority = finding.mediator.seniority
    return {"asked": (finding.wish,), "found": seniority.code if seniority else None}


@PREFERENCES.add("seniority_above", asks=_ask_seniority, explain=_explain_seniority)
def score_seniority(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Scored:
    """Seniority above the floor asked; where no floor is asked, seniority earns nothing."""
    floor, top = SENIORITY.index(wish), len(SENIORITY) - 1
    steps = list_seniority_steps(columns)[columns.singles["seniority"].only("code", rows)]
    return Scored(np.clip((steps - floor) / (top - floor), 0, 1))


def _ask_notice(asking: Asking) -> Sequence[Hashable]:
    days = asking.request.notice_days
    return (days,) if days else ()


def _explain_notice(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    return {"asked": finding.wish, "found": availability.notice_days if availability else None}


@PREFERENCES.add("notice_margin", asks=_ask_notice, explain=_explain_notice)
def score_notice(columns: Columns, rows: Ints, wish: int, asking: Asking) -> Scored:
    """Days of notice to spare, as a share of the days asked."""
    found = columns.singles["availability"].only("notice_days", rows).astype(np.float64)
    shares = np.clip((wish - found) / wish, 0, 1)
    return Scored(np.where(found == NO_NUMBER, 0.0, shares))
