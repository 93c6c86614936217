"""Languages: which codes meet a wish, at which level, how well confirmed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from matching import outcomes as o
from matching.codecs import NO_NUMBER
from matching.columns import Columns
from matching.criteria import GATES, Asking, Facts, Finding, Judged, Scope, choose, pick_best
from matching.facts import LanguageWish
from matching.gates.evidence_of_work import cite, name_grade
from matching.tables import Ints
from matching.terms import Terms

STANDARD_FORMS: dict[str, tuple[str, ...]] = {
    "aka": ("twi", "fat"),
    "ara": ("arb",),
    "est": ("ekk",),
    "fas": ("pes", "prs"),
    "lav": ("lvs",),
    "mlg": ("plt",),
    "mon": ("khk",),
    "msa": ("zsm",),
    "nep": ("npi",),
    "nor": ("nob", "nno"),
    "orm": ("gaz",),
    "sqi": ("als",),
    "swa": ("swh", "swc"),
    "uzb": ("uzn",),
    "zho": ("cmn",),
}
"""Macrolanguage (ISO 639-3) -> the individual languages that meet it in every skill: its standard
form or forms. Malay is met by Standard Malay, not by Indonesian nor Patani Malay. A macrolanguage
not named here (Fulah, Kurdish, Dinka …) has no common standard and is met by its own code only."""
ALL_SPOKEN = frozenset({"ara"})
"""Macrolanguages met by every variety where speaking or listening is asked."""
ORAL_SKILLS = frozenset({"speaking", "listening"})


def list_accepted(wish: LanguageWish, terms: Terms) -> frozenset[str]:
    """Return the codes that meet a wish: an individual code by itself only."""
    accepted = set(wish.any_of)
    if not wish.accepts_family:
        return frozenset(accepted)
    for code in wish.any_of:
        accepted.update(STANDARD_FORMS.get(code, ()))
        is_listed = code in ALL_SPOKEN and terms.has("language", code)
        if is_listed and wish.skill in ORAL_SKILLS:
            accepted.update(terms.descendants("language", code))
    return frozenset(accepted)


def _ask_languages(asking: Asking) -> Sequence[Hashable]:
    return asking.one_post.languages


def explain_language(finding: Finding) -> Facts:
    """Return the facts of a language that decided, or of its absence."""
    wish: LanguageWish = finding.wish
    facts: Facts = {
        "asked": wish.any_of,
        "found": None,
        "skill": wish.skill,
        "level_asked": wish.level,
        "grade_asked": name_grade(wish.grade),
    }
    entry = finding.entry
    if entry is None:
        return facts
    level = entry.level(wish.skill)
    return {
        **facts,
        "found": entry.code,
        "level_found": level,
        "levels_short": None if level is None else max(wish.level - level, 0),
        "as_entered": entry.as_entered,
        "grade": name_grade(entry.grade),
        **cite(entry.source),
    }


@GATES.gate(
    "language",
    Scope.POST,
    asks=_ask_languages,
    outcomes=(o.PASS, o.L1, o.L2, o.L2_NEAR, o.L3),
    explain=explain_language,
    table="languages",
)
def judge_language(columns: Columns, rows: Ints, wish: LanguageWish, asking: Asking) -> Judged:
    """Has she the language (one of them, if several are named) in the skill and to the level asked?

    Levels are floors on one published scale, A1 = 1 … C2 = 6, native = 7; UN II counts as B2, III
    as C1, IV as C2. Passes at or above the floor with a grade of at least *confirmed* unless set.
    Unknown (L3), a near miss, if the level is unconfirmed, not known for this skill or a word of no
    scale. L2 below the floor, a near miss if by one level. L1 if the language is absent. An
    individual language is met by itself only; a macrolanguage by its standard form, Arabic in
    speaking and listening by all its varieties, if the request allows. Source of codes: ISO 639-3.
    """
    table = columns.tables["languages"]
    entries = table.find("code", list_accepted(wish, asking.terms))
    levels = table[wish.skill][entries].astype(np.int64)
    outcomes = choose(
        {
            o.L3: levels == NO_NUMBER,
            o.L2: levels < wish.level - 1,
            o.L2_NEAR: levels < wish.level,
            o.PASS: table["grade"][entries] >= wish.grade,
        },
        entries,
        o.L3,
    )
    return pick_best(rows, table.owner[entries], entries, outcomes, o.L1, levels + 1)
