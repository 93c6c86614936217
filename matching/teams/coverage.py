"""What a team covers: every theme, language and origin that the request names, once each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer
from matching.columns import Columns
from matching.criteria import Asking
from matching.facts import LanguageWish, Request, TeamRules, ThemeWish
from matching.gates.languages import judge_language
from matching.gates.origin import INSIDER, OUTSIDER, judge_insiders
from matching.gates.qualification import judge_theme
from matching.outcomes import PASSES
from matching.tables import Ints


def list_wishes(request: Request, rules: TeamRules) -> list[Hashable]:
    """Return the wishes a team may cover, in the order of the request.

    Themes and languages of all posts, musts and nice ones, one of each kind once; the languages of
    the team; insider and outsider where the process has countries.
    """
    named: list[Hashable] = []
    for post in request.posts:
        named += [*post.themes, *post.themes_nice, *post.languages, *post.languages_nice]
    named += [one.wish for one in rules.languages]
    if request.countries:
        named += [INSIDER, OUTSIDER]
    return list(dict.fromkeys(named))


def judge_coverage(
    columns: Columns, rows: Ints, found: Answer, wishes: Iterable[Hashable]
) -> NDArray[np.bool_]:
    """Return for each row (down) and wish (across) whether she meets it, by the gates' own rules."""
    asking = Asking(found.request, found.now, columns.terms)
    met = [_judge(columns, rows, wish, asking) for wish in wishes]
    return np.array(met, np.bool_).reshape(len(met), len(rows)).T


def list_coverage(
    found: Answer, rules: TeamRules, ids: Sequence[int]
) -> list[tuple[LanguageWish | ThemeWish, tuple[bool, ...]]]:
    """Return each theme and language asked with who of these women meets it, in their order.

    KeyError for a woman who is not in the roster, StaleAnswerError if it has changed since.
    """
    named = list_wishes(found.request, rules)
    wishes = [one for one in named if isinstance(one, (LanguageWish, ThemeWish))]
    columns = found.columns
    rows = np.array([columns.row(one) for one in ids], np.int64)
    met = judge_coverage(columns, rows, found, wishes)
    return [
        (wish, tuple(bool(one) for one in has)) for wish, has in zip(wishes, met.T, strict=True)
    ]


def _judge(
    columns: Columns, rows: Ints, wish: Hashable, asking: Asking
) -> NDArray[np.bool_] | Sequence[bool]:
    if isinstance(wish, LanguageWish):
        return PASSES[judge_language(columns, rows, wish, asking).outcomes]
    if isinstance(wish, ThemeWish):
        return PASSES[judge_theme(columns, rows, wish, asking).outcomes]
    is_insider, is_unknown = judge_insiders(columns, rows, asking)
    return is_insider if wish == INSIDER else ~is_insider & ~is_unknown
