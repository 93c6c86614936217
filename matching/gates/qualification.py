"""What she knows and how long: themes, seniority, required training."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from matching import outcomes as o
from matching.codecs import NO_DAY
from matching.columns import Columns
from matching.criteria import GATES, Asking, Facts, Finding, Judged, Scope, choose, pick_best
from matching.facts import ThemeWish
from matching.gates.evidence_of_work import cite, name_grade
from matching.tables import Ints

SENIORITY = ("emerging", "mid", "senior", "eminent")
"""Bands in rising order."""


def _ask_themes(asking: Asking) -> Sequence[Hashable]:
    return asking.one_post.themes


def explain_theme(finding: Finding) -> Facts:
    """Return the facts of a theme that decided, or of its absence."""
    wish: ThemeWish = finding.wish
    facts: Facts = {
        "asked": wish.any_of,
        "found": None,
        "depth_asked": wish.depth,
        "grade_asked": name_grade(wish.grade),
    }
    entry = finding.entry
    if entry is None:
        return facts
    return {
        **facts,
        "found": entry.code,
        "depth": entry.depth,
        "grade": name_grade(entry.grade),
        **cite(entry.source),
    }


@GATES.gate(
    "theme",
    Scope.POST,
    asks=_ask_themes,
    outcomes=(o.PASS, o.T1, o.T1_GRADE),
    explain=explain_theme,
    table="themes",
)
def judge_theme(columns: Columns, rows: Ints, wish: ThemeWish, asking: Asking) -> Judged:
    """Does she know the theme (one of them, if several are named) as deeply as asked?

    Depths are practitioner, specialist, authority. Passes with evidence of at least the grade
    asked, *stated* unless set; with less it is unknown (T1), a near miss. T1 if the theme is absent
    or less deep.
    """
    table = columns.tables["themes"]
    entries = table.find("code", wish.any_of)
    depth = table["depth"][entries].astype(np.int64)
    outcomes = choose(
        {o.T1: depth < wish.depth, o.PASS: table["grade"][entries] >= wish.grade},
        entries,
        o.T1_GRADE,
    )
    return pick_best(rows, table.owner[entries], entries, outcomes, o.T1, depth)


def list_seniority_steps(columns: Columns) -> Ints:
    """Return the band's place in ``SENIORITY`` by interned code, -1 for any other."""
    steps = np.full(columns.codes.size, -1, np.int64)
    for step, band in enumerate(SENIORITY):
        place = columns.codes.find(band)
        if place is not None:
            steps[place] = step
    return steps


def _ask_seniority(asking: Asking) -> Sequence[Hashable]:
    floor = asking.one_post.seniority
    return () if floor is None else (floor,)


def _explain_seniority(finding: Finding) -> Facts:
    seniority = finding.mediator.seniority
    if seniority is None:
        return {"asked": (finding.wish,), "found": None}
    return {"asked": (finding.wish,), "found": seniority.code, **cite(seniority.source)}


@GATES.gate(
    "seniority",
    Scope.POST,
    asks=_ask_seniority,
    outcomes=(o.PASS, o.R2, o.R2_UNKNOWN),
    explain=_explain_seniority,
)
def judge_seniority(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Judged:
    """Is she at least as senior as asked: emerging, mid, senior, eminent?

    R2 if below, unknown (R2) if her seniority is not known.
    """
    steps = list_seniority_steps(columns)[columns.singles["seniority"].only("code", rows)]
    return Judged(
        choose({o.R2_UNKNOWN: steps < 0, o.R2: steps < SENIORITY.index(wish)}, rows, o.PASS)
    )


def _ask_trainings(asking: Asking) -> Sequence[Hashable]:
    return asking.one_post.trainings


def _explain_training(finding: Finding) -> Facts:
    entry = finding.entry
    if entry is None:
        return {"asked": (finding.wish,), "found": None}
    return {"asked": (finding.wish,), "found": entry.code, "to": entry.expires_on}


@GATES.gate(
    "training",
    Scope.POST,
    asks=_ask_trainings,
    outcomes=(o.PASS, o.S1, o.S1_FLAG),
    explain=_explain_training,
    table="trainings",
)
def judge_training(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Judged:
    """Has she the required training, still valid on the first day of the assignment?

    S1 if it is absent or has lapsed by then; a flag (S1) if it lapses before the last day. The last
    valid day is the one on the certificate; without one it does not lapse.
    """
    table, request = columns.tables["trainings"], asking.request
    entries = table.find("code", (wish,))
    lasts = table["expires_on"][entries]
    lasts = np.where(lasts == NO_DAY, 2**22 - 1, lasts)
    outcomes = choose(
        {o.S1: lasts < request.start.toordinal(), o.S1_FLAG: lasts < request.end.toordinal()},
        entries,
        o.PASS,
    )
    return pick_best(rows, table.owner[entries], entries, outcomes, o.S1, lasts)
