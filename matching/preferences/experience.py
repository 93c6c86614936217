"""What makes her work better from the first day."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from matching.codecs import NO_NUMBER
from matching.columns import Columns
from matching.criteria import Asking, Facts, Finding, Positions
from matching.facts import Grade, LanguageWish, ThemeWish
from matching.gates.evidence_of_work import (
    MENTEE,
    cite,
    list_countries_in,
    list_track_grades,
)
from matching.gates.languages import list_accepted
from matching.gates.qualification import (
    explain_theme,
)
from matching.gates.terms_of_work import list_regions_of
from matching.preferences.register import HALF, PREFERENCES, Scored, pick_highest
from matching.tables import Ints

SPAN = 5
"""Years of the spans that a card shows (2021–2025); points tell no more than the card."""


def _ask_process(asking: Asking) -> Sequence[Hashable]:
    countries = asking.request.countries
    return (countries,) if countries else ()


def _explain_process(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    return {**facts, "found": entry.country, "last_year": entry.last_year, **cite(entry.source)}


@PREFERENCES.add("region_experience", asks=_ask_process, explain=_explain_process, table="places")
def score_region_experience(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """Work in the M49 sub-region of a country of the process: the card says no more than that.

    Who needs a country itself names it as a wish.
    """
    table, terms = columns.tables["places"], asking.terms
    regions = [above[0] for code in wish if (above := list_regions_of(terms, code))]
    entries = table.find("country", [*wish, *list_countries_in(terms, regions)])
    return pick_highest(rows, table, entries, np.ones(len(entries)))


def _ask_theme_depth(asking: Asking) -> Sequence[Hashable]:
    return [wish for wish in asking.one_post.themes if wish.depth < 3]


@PREFERENCES.add("theme_depth", asks=_ask_theme_depth, explain=explain_theme, table="themes")
def score_theme_depth(columns: Columns, rows: Ints, wish: ThemeWish, asking: Asking) -> Scored:
    """Depth above the one asked in a required theme: authority earns all."""
    table = columns.tables["themes"]
    entries = table.find("code", wish.any_of)
    entries = entries[table["grade"][entries] >= wish.grade]
    above = table["depth"][entries] - wish.depth
    return pick_highest(rows, table, entries, np.clip(above / (3 - wish.depth), 0, 1))


def _ask_role(asking: Asking) -> Sequence[Hashable]:
    roles = asking.one_post.roles
    return (roles,) if roles and MENTEE not in roles else ()


def _explain_role(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    grade = Grade(entry.grade).name.lower()
    return {**facts, "found": entry.code, "grade": grade, "last_year": entry.last_year}


@PREFERENCES.add("role_evidence", asks=_ask_role, explain=_explain_role, table="roles_held")
def score_role_evidence(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """Evidence of the role: recorded with a verifier earns all, confirmed half."""
    table = columns.tables["roles_held"]
    entries = table.find("code", wish)
    grades = table["grade"][entries].astype(np.float64)
    return pick_highest(rows, table, entries, (grades - Grade.STATED) / 2)


@PREFERENCES.add("role_recency", asks=_ask_role, explain=_explain_role, table="roles_held")
def score_role_recency(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """The role held in the present span of five years or the one before earns all, in the one
    before those half; older or unknown years nothing. The spans are those of the card (2021-2025).
    """
    table = columns.tables["roles_held"]
    entries = table.find("code", wish)
    last_year = table["last_year"][entries].astype(np.int64)
    spans = (asking.today.year - 1) // SPAN - (last_year - 1) // SPAN
    shares = np.select([spans <= 1, spans == 2], [1.0, HALF], 0.0)
    return pick_highest(rows, table, entries, np.where(last_year == NO_NUMBER, 0.0, shares))


def _explain_mediated(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish.any_of, "found": None}
    entry = finding.entry
    return facts if entry is None else {**facts, "found": entry.code, **cite(entry.source)}


@PREFERENCES.add(
    "mediated_in",
    asks=lambda asking: asking.one_post.languages,
    explain=_explain_mediated,
    table="languages",
)
def score_mediated_in(columns: Columns, rows: Ints, wish: LanguageWish, asking: Asking) -> Scored:
    """A required language in which she has already mediated."""
    table = columns.tables["languages"]
    entries = table.find("code", list_accepted(wish, asking.terms))
    entries = entries[table["has_mediated"][entries]]
    return pick_highest(rows, table, entries, np.ones(len(entries)))


def _share_of_codes(
    columns: Columns, rows: Ints, table_name: str, grades: dict[str, Grade]
) -> Scored:
    table = columns.tables[table_name]
    met = np.zeros(len(rows))
    for code, grade in grades.items():
        entries = table.find("code", (code,))
        entries = entries[table["grade"][entries] >= grade]
        place = Positions(rows).locate(table.owner[entries])
        has_code = np.zeros(len(rows), np.bool_)
        has_code[place[place >= 0]] = True
        met += has_code
    return Scored(met / len(grades))


def _ask_tracks(asking: Asking) -> Sequence[Hashable]:
    tracks = asking.one_post.tracks
    return (tracks,) if len(set(tracks)) > 1 else ()


def _explain_tracks(finding: Finding) -> Facts:
    grades = list_track_grades(finding.asking)
    has = {
        skill.code for skill in finding.mediator.tracks if skill.grade >= grades.get(skill.code, 9)
    }
    return {"asked": finding.wish, "found": tuple(code for code in finding.wish if code in has)}


@PREFERENCES.add("track_breadth", asks=_ask_tracks, explain=_explain_tracks)
def score_tracks(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Scored:
    """Where several tracks are named, the share of them on which she has worked."""
    return _share_of_codes(columns, rows, "tracks", list_track_grades(asking))


def _ask_phases(asking: Asking) -> Sequence[Hashable]:
    phases = asking.one_post.phases
    return (phases,) if len(set(phases)) > 1 else ()


def _explain_phases(finding: Finding) -> Facts:
    grade = finding.asking.one_post.phase_grade
    has = {skill.code for skill in finding.mediator.phases if skill.grade >= grade}
    return {"asked": finding.wish, "found": tuple(code for code in finding.wish if code in has)}


@PREFERENCES.add("phase_breadth", asks=_ask_phases, explain=_explain_phases)
def score_phases(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Scored:
    """Where several phases are named, the share of them in which she has worked."""
    grades = dict.fromkeys(wish, asking.one_post.phase_grade)
    return _share_of_codes(columns, rows, "phases", grades)
