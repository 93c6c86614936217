"""Is she accredited, to the floor that the request sets?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.calendar import add_years, start_of_day
from matching.codecs import NO_DAY
from matching.columns import Columns
from matching.criteria import GATES, Asking, Facts, Finding, Judged, Scope, choose, pick_best
from matching.tables import Ints

LADDER = (
    "draft",
    "self_declared",
    "documents_checked",
    "references_checked",
    "interviewed",
    "accredited",
)
"""States in rising order. ``needs_update`` stands beside ``accredited``; others below all."""
ASKED_BY_NOBODY = "none"
NEVER = 2**22
"""Beyond the ordinal of any day."""


def _ask_floor(asking: Asking) -> Sequence[Hashable]:
    floor = asking.request.accreditation_floor
    return () if floor == ASKED_BY_NOBODY else (floor,)


def _explain_accreditation(finding: Finding) -> Facts:
    entry, today = finding.entry, finding.asking.today
    if entry is None:
        return {"state_asked": finding.wish, "state": None}
    facts: Facts = {
        "state_asked": finding.wish,
        "state": entry.state,
        "network": entry.network,
        "on": entry.accredited_on,
    }
    if entry.lapses_on is None or finding.wish != LADDER[-1]:
        return facts
    facts["valid_until"] = start_of_day(entry.lapses_on)
    if entry.lapses_on <= today:
        facts["days"] = (today - entry.lapses_on).days
    return facts


@GATES.gate(
    "accreditation",
    Scope.REQUEST,
    asks=_ask_floor,
    outcomes=(o.PASS, o.NEEDS_UPDATE, o.V1, o.V1_UNDER_WAY, o.V2, o.V2_NEAR),
    explain=_explain_accreditation,
    table="accreditations",
)
def judge_accreditation(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Judged:
    """Has one of the networks asked accredited her, up to the floor of the request?

    The floor is *accredited* unless the request sets a lower one; any network's word counts unless
    the request names networks. From the day on which it lapses an accreditation no longer counts:
    V2, a near miss for 12 months. Below the floor V1, a near miss where it is under way (from
    self-declared on). Below the floor *accredited* a lapse does not matter.
    Of several the one that lasts longest counts; a renewal comes before what is under way.
    """
    table = columns.tables["accreditations"]
    entries = table.where(np.ones(len(table.owner), np.bool_))
    if asking.request.networks:
        entries = table.find("network", asking.request.networks)
    steps = _list_steps(columns)[table["state"][entries]]
    lapses = table["lapses_on"][entries]
    today = asking.today.toordinal()
    floor = LADDER.index(wish)
    reaches = steps >= floor
    has_lapsed = reaches & (floor == len(LADDER) - 1) & (lapses != NO_DAY) & (lapses <= today)
    is_recent = lapses >= add_years(asking.today, -1).toordinal()
    outcomes = choose(
        {
            o.V2_NEAR: has_lapsed & is_recent,
            o.V2: has_lapsed,
            o.NEEDS_UPDATE: reaches & _is_update_needed(columns, entries),
            o.PASS: reaches,
            o.V1_UNDER_WAY: steps >= 1,
        },
        entries,
        o.V1,
    )
    lasts = np.where(lapses == NO_DAY, NEVER, lapses)
    step = np.maximum(steps, 0)  # under way: the furthest is the nearest to done
    comes_far = np.where(reaches, lasts, step)
    return pick_best(rows, table.owner[entries], entries, outcomes, o.V1, comes_far)


def _is_update_needed(columns: Columns, entries: Ints) -> NDArray[np.bool_]:
    state = columns.tables["accreditations"]["state"][entries]
    return np.isin(state, [columns.codes.find("needs_update") or -1])


def _list_steps(columns: Columns) -> Ints:
    """Return the step on the ladder by interned state, -1 for states off it."""
    steps = np.full(columns.codes.size, -1, np.int64)
    for step, state in (*enumerate(LADDER), (len(LADDER) - 1, "needs_update")):
        place = columns.codes.find(state)
        if place is not None:
            steps[place] = step
    return steps
