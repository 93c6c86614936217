"""What she has done: role, track, phase, region; each with the grade of its evidence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np

from matching import outcomes as o
from matching.codecs import NO_NUMBER
from matching.columns import Columns
from matching.criteria import (
    GATES,
    IMPARTIAL_TRACKS,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    choose,
    pick_best,
)
from matching.facts import Grade, PlaceWish, Source
from matching.tables import Ints
from matching.terms import Terms

MENTEE = "mentee"


def name_grade(grade: int | None) -> str | None:
    """Return the word for a grade: stated, confirmed or recorded."""
    return None if grade is None else Grade(grade).name.lower()


def cite(source: Source | None) -> Facts:
    """Return where a value comes from, as facts."""
    if source is None:
        return {}
    return {"by": source.by, "on": source.on, "network": source.network}


def explain_skill(finding: Finding, asked: tuple[str, ...], grade: Grade) -> Facts:
    """Return the facts of a skill that decided, or of its absence."""
    facts: Facts = {"asked": asked, "found": None, "grade_asked": name_grade(grade)}
    if finding.entry is None:
        return facts
    return {
        **facts,
        "found": finding.entry.code,
        "grade": name_grade(finding.entry.grade),
        "last_year": finding.entry.last_year,
        **cite(finding.entry.source),
    }


def judge_skill(
    columns: Columns, rows: Ints, table_name: str, grades: dict[str, Grade], absent: int, less: int
) -> Judged:
    """Return the best outcome over codes with the least grade each takes; newest entry first."""
    table = columns.tables[table_name]
    entries = table.find("code", grades)
    least = np.zeros(columns.codes.size, np.uint8)
    for code, grade in grades.items():
        least[columns.codes.find(code) or 0] = grade
    enough = table["grade"][entries] >= least[table["code"][entries]]
    outcomes = np.where(enough, o.PASS, less)
    newest = table["last_year"][entries].astype(np.int64) + 1
    return pick_best(rows, table.owner[entries], entries, outcomes, absent, newest)


def _ask_role(asking: Asking) -> Sequence[Hashable]:
    roles = asking.one_post.roles
    return (roles,) if roles else ()


def _explain_role(finding: Finding) -> Facts:
    return explain_skill(finding, finding.wish, _list_role_grade(finding.asking, finding.wish))


def _list_role_grade(asking: Asking, wish: tuple[str, ...]) -> Grade:
    return Grade.STATED if MENTEE in wish else asking.one_post.role_grade


@GATES.gate(
    "role",
    Scope.POST,
    asks=_ask_role,
    outcomes=(o.PASS, o.R1, o.R1_GRADE),
    explain=_explain_role,
    table="roles_held",
)
def judge_role(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Has she held the role (one of them, if the post names several)?

    Passes with evidence of at least the grade asked, *confirmed* unless set. With less it is
    unknown (R1), a near miss: ask to confirm. R1 if there is none. A mentee needs the role
    *sought*, which is hers to state.
    """
    if MENTEE not in wish:
        grades = dict.fromkeys(wish, _list_role_grade(asking, wish))
        return judge_skill(columns, rows, "roles_held", grades, o.R1, o.R1_GRADE)
    sought = judge_skill(
        columns, rows, "roles_sought", dict.fromkeys(wish, Grade.STATED), o.R1, o.R1_GRADE
    )
    return Judged(sought.outcomes)


def list_track_grades(asking: Asking) -> dict[str, Grade]:
    """Return the least grade per track: confirmed for I and I.5, stated for II and III, or as set."""
    post = asking.one_post
    if post.track_grade is not None:
        return dict.fromkeys(post.tracks, post.track_grade)
    return {
        track: Grade.CONFIRMED if track in IMPARTIAL_TRACKS else Grade.STATED
        for track in post.tracks
    }


def _ask_track(asking: Asking) -> Sequence[Hashable]:
    tracks = asking.one_post.tracks
    return (tracks,) if tracks else ()


def _explain_track(finding: Finding) -> Facts:
    grades = list_track_grades(finding.asking)
    found = finding.entry.code if finding.entry else None
    grade = grades.get(found or "", min(grades.values()))
    return explain_skill(finding, finding.wish, grade)


@GATES.gate(
    "track",
    Scope.POST,
    asks=_ask_track,
    outcomes=(o.PASS, o.K1, o.K1_GRADE),
    explain=_explain_track,
    table="tracks",
)
def judge_track(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Has she worked on the track (one of them, if the post names several)?

    Passes with evidence of at least the grade asked: *confirmed* for Track I and I.5, *stated* for
    II and III unless set. With less it is unknown (K1), a near miss. K1 if there is none.
    """
    return judge_skill(columns, rows, "tracks", list_track_grades(asking), o.K1, o.K1_GRADE)


def _ask_phase(asking: Asking) -> Sequence[Hashable]:
    phases = asking.one_post.phases
    return (phases,) if phases else ()


def _explain_phase(finding: Finding) -> Facts:
    return explain_skill(finding, finding.wish, finding.asking.one_post.phase_grade)


@GATES.gate(
    "phase",
    Scope.POST,
    asks=_ask_phase,
    outcomes=(o.PASS, o.K1, o.K1_GRADE),
    explain=_explain_phase,
    table="phases",
)
def judge_phase(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Has she worked in the phase of a peace process (one of them, if the post names several)?

    Passes with evidence of at least the grade asked, *stated* unless set. With less it is unknown
    (K1), a near miss. K1 if there is none. Phases are not ordered in time.
    """
    grades = dict.fromkeys(wish, asking.one_post.phase_grade)
    return judge_skill(columns, rows, "phases", grades, o.K1, o.K1_GRADE)


def list_countries_in(terms: Terms, codes: Iterable[str]) -> frozenset[str]:
    """Return the codes themselves and all countries and regions below those that are regions."""
    below: set[str] = set(codes)
    for code in tuple(below):
        if terms.has("region", code):
            below.update(terms.descendants("region", code))
    return frozenset(below)


def _ask_regions(asking: Asking) -> Sequence[Hashable]:
    return asking.one_post.places


def _explain_region(finding: Finding) -> Facts:
    wish: PlaceWish = finding.wish
    facts: Facts = {
        "asked": wish.any_of,
        "found": None,
        "grade_asked": name_grade(wish.grade),
        "since_year": wish.since_year,
    }
    entry = finding.entry
    if entry is None:
        return facts
    return {
        **facts,
        "found": entry.country,
        "grade": name_grade(entry.grade),
        "last_year": entry.last_year,
        **cite(entry.source),
    }


@GATES.gate(
    "region",
    Scope.POST,
    asks=_ask_regions,
    outcomes=(o.PASS, o.K1, o.K1_UNKNOWN, o.K1_GRADE),
    explain=_explain_region,
    table="places",
)
def judge_region(columns: Columns, rows: Ints, wish: PlaceWish, asking: Asking) -> Judged:
    """Has she worked on one of these countries or regions (UN M49), since the year asked?

    Work counts, not origin. Passes with evidence of at least the grade asked, *stated* unless set;
    with less it is unknown (K1), a near miss. Unknown (K1) if the years are not known and a year is
    asked. K1 if there is none, or none since that year.
    """
    table = columns.tables["places"]
    entries = table.find("country", list_countries_in(asking.terms, wish.any_of))
    last_year = table["last_year"][entries].astype(np.int64)
    conditions: dict[int, Any] = {}
    if wish.since_year is not None:
        conditions[o.K1_UNKNOWN] = last_year == NO_NUMBER
        conditions[o.K1] = last_year < wish.since_year
    conditions[o.PASS] = table["grade"][entries] >= wish.grade
    outcomes = choose(conditions, entries, o.K1_GRADE)
    return pick_best(rows, table.owner[entries], entries, outcomes, o.K1, last_year + 1)
