"""What the envoy says she would like."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from matching.columns import Columns
from matching.criteria import Asking, Facts, Finding
from matching.facts import LanguageWish, ThemeWish
from matching.gates.evidence_of_work import (
    cite,
    judge_region,
)
from matching.gates.languages import explain_language, judge_language
from matching.gates.origin import INSIDER, explain_origin, judge_insiders
from matching.gates.qualification import (
    explain_theme,
    judge_theme,
)
from matching.preferences.register import PREFERENCES, Scored, share_outcomes
from matching.tables import Ints


@PREFERENCES.add(
    "themes_nice",
    asks=lambda asking: asking.one_post.themes_nice,
    explain=explain_theme,
    table="themes",
)
def score_themes(columns: Columns, rows: Ints, wish: ThemeWish, asking: Asking) -> Scored:
    """Themes the envoy would like: all with the depth and grade asked, half with a lesser grade."""
    judged = judge_theme(columns, rows, wish, asking)
    return Scored(share_outcomes(judged.outcomes), judged.entries)


@PREFERENCES.add(
    "languages_nice",
    asks=lambda asking: asking.one_post.languages_nice,
    explain=explain_language,
    table="languages",
)
def score_languages(columns: Columns, rows: Ints, wish: LanguageWish, asking: Asking) -> Scored:
    """Languages the envoy would like: all at the level, half unconfirmed or one level below."""
    judged = judge_language(columns, rows, wish, asking)
    return Scored(share_outcomes(judged.outcomes), judged.entries)


def _explain_place(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish.any_of, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    return {**facts, "found": entry.country, "last_year": entry.last_year, **cite(entry.source)}


@PREFERENCES.add(
    "places_nice",
    asks=lambda asking: asking.one_post.places_nice,
    explain=_explain_place,
    table="places",
)
def score_places(columns: Columns, rows: Ints, wish: Any, asking: Asking) -> Scored:
    """Countries and regions worked on that the envoy would like; half with a lesser grade."""
    judged = judge_region(columns, rows, wish, asking)
    return Scored(share_outcomes(judged.outcomes), judged.entries)


def _ask_origin(asking: Asking) -> Sequence[Hashable]:
    post = asking.one_post
    return (post.origin,) if post.origin and not post.origin_is_hard else ()


def _explain_origin(finding: Finding) -> Facts:
    return {"asked": (finding.wish,), **explain_origin(finding.mediator, finding.asking)}


@PREFERENCES.add("origin_wish", asks=_ask_origin, explain=_explain_origin)
def score_origin(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Scored:
    """A wish for an insider or an outsider that is not firm; not known earns nothing."""
    is_insider, is_unknown = judge_insiders(columns, rows, asking)
    meets = is_insider if wish == INSIDER else ~is_insider & ~is_unknown
    return Scored(meets.astype(np.float64))
