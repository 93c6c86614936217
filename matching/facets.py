"""How many would fit if one value more, or one less, were asked: counts beside a request's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.columns import Columns
from matching.criteria import Asking, Scope
from matching.facts import LanguageWish, Post, Request, ThemeWish
from matching.look_alikes import LookAlikes
from matching.outcomes import PASSES
from matching.run import Step, list_steps
from matching.tables import Ints

JUDGED_ANEW: Mapping[str, frozenset[str]] = {
    "themes": frozenset({"theme"}),
    "languages": frozenset({"language"}),
    "roles": frozenset({"role", "declaration", "nationality"}),
    "tracks": frozenset({"track", "declaration", "nationality"}),
    "dates": frozenset({"window", "training"}),
}
"""Per facet the criteria that its values decide. Role and track together decide whether nationals
of a party's state are barred; the first day decides which trainings still count."""

Span = tuple[date, date]


@dataclass(frozen=True)
class Facet:
    """``fits`` women fit once ``value`` is taken out (``is_asked``) or put in (not).

    ``name`` is themes, languages, roles or tracks, with a code as value; or dates, with the first
    and last day, which take the place of those asked.
    """

    name: str
    value: str | Span
    is_asked: bool
    fits: int


@dataclass(frozen=True)
class Facets:
    """``fits`` women fit as asked; look-alikes of one another are counted once."""

    fits: int
    facets: tuple[Facet, ...]


def count_facets(
    columns: Columns,
    request: Request,
    now: datetime,
    values: Mapping[str, Iterable[str]],
    spans: Iterable[Span] = (),
) -> Facets:
    """Return how many would fit the request's only post with each value toggled, one at a time.

    ``values`` holds the codes to try by facet. The counts are those of an answer to the request so
    changed (``toggle_facet``, or its days). They are exact: whoever shows them bands small ones. ValueError
    unless the request has exactly one post, for an unknown facet, and for a naive ``now``.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware instant")
    if len(request.posts) != 1:
        raise ValueError("facets are counted for one post")
    try:
        return _Counter(columns, request, now).count_all(values, spans)
    finally:
        columns.forget_found()


def toggle_facet(post: Post, name: str, code: str) -> Post:
    """Return the post with a code put in where it is not asked, taken out where it is.

    A theme or language put in is a wish of its own, with the usual depth, level and grade; a wish
    left without a code is no longer asked. ValueError for an unknown facet.
    """
    if name in ("roles", "tracks"):
        after: dict[str, Any] = {name: _toggle_code(getattr(post, name), code)}
    elif name == "themes":
        after = {name: _toggle_wish(post.themes, code, ThemeWish((code,)))}
    elif name == "languages":
        after = {name: _toggle_wish(post.languages, code, LanguageWish((code,)))}
    else:
        raise ValueError(f"there is no facet {name}")
    return replace(post, **after)


def is_asked(post: Post, name: str, code: str) -> bool:
    """Tell whether a code is asked among the others of its facet; ValueError for an unknown one."""
    if name not in JUDGED_ANEW or name == "dates":
        raise ValueError(f"there is no facet {name}")
    asked: Sequence[Any] = getattr(post, name)
    return any(code == one or code in getattr(one, "any_of", ()) for one in asked)


def _toggle_code(asked: tuple[str, ...], code: str) -> tuple[str, ...]:
    without = tuple(one for one in asked if one != code)
    return without if len(without) < len(asked) else (*asked, code)


def _toggle_wish(wishes: tuple[Any, ...], code: str, wish: Any) -> tuple[Any, ...]:
    if all(code not in one.any_of for one in wishes):
        return (*wishes, wish)
    kept = [
        replace(one, any_of=tuple(other for other in one.any_of if other != code)) for one in wishes
    ]
    return tuple(one for one in kept if one.any_of)


class _Counter:
    """Judges every criterion once, then only those that a value decides, on whom it can decide."""

    def __init__(self, columns: Columns, request: Request, now: datetime) -> None:
        self.columns = columns
        self.asking = Asking(request, now, columns.terms, request.posts[0])
        rows = columns.rows()
        for step in list_steps(self.asking, [Scope.VISIBILITY]):
            rows = rows[PASSES[step.judge(columns, rows, self.asking).outcomes]]
        self.rows = rows
        self.look_alikes = LookAlikes.among(columns, rows)
        self.failures = self._count_failures()

    def _count_failures(self) -> dict[str, NDArray[np.int16]]:
        """Return by criterion how many of its wishes each woman does not pass."""
        failures: dict[str, NDArray[np.int16]] = {}
        for step in list_steps(self.asking, [Scope.REQUEST, Scope.POST]):
            fails = ~PASSES[step.judge(self.columns, self.rows, self.asking).outcomes]
            before = failures.get(step.criterion.name, np.zeros(len(self.rows), np.int16))
            failures[step.criterion.name] = before + fails
        return failures

    def count_all(self, values: Mapping[str, Iterable[str]], spans: Iterable[Span]) -> Facets:
        post = self.asking.one_post
        facets = [
            Facet(name, code, is_asked(post, name, code), fits)
            for name, codes in values.items()
            for code, fits in self._count_codes(name, codes)
        ]
        others = self._pass_all_but(JUDGED_ANEW["dates"])
        asked = (self.asking.request.start, self.asking.request.end)
        for span in spans:
            request = replace(self.asking.request, start=span[0], end=span[1])
            fits = self._count("dates", replace(self.asking, request=request), others)
            facets.append(Facet("dates", span, span == asked, fits))
        return Facets(self._count_rows(self._pass_all_but(frozenset()), self.asking), tuple(facets))

    def _count_codes(self, name: str, codes: Iterable[str]) -> Iterable[tuple[str, int]]:
        post = self.asking.one_post
        is_asked(post, name, "")
        others = self._pass_all_but(JUDGED_ANEW[name])
        for code in codes:
            yield code, self._count(name, self._ask(toggle_facet(post, name, code)), others)

    def _ask(self, post: Post) -> Asking:
        request = replace(self.asking.request, posts=(post,))
        return replace(self.asking, request=request, post=post)

    def _pass_all_but(self, criteria: frozenset[str]) -> Ints:
        """Return the rows that pass every criterion not named."""
        passes = np.ones(len(self.rows), np.bool_)
        for name, failures in self.failures.items():
            if name not in criteria:
                passes &= failures == 0
        return self.rows[passes]

    def _count(self, name: str, asking: Asking, rows: Ints) -> int:
        for step in self._list_decided(name, asking):
            rows = rows[PASSES[step.judge(self.columns, rows, asking).outcomes]]
        return self._count_rows(rows, asking)

    def _list_decided(self, name: str, asking: Asking) -> list[Step]:
        steps = list_steps(asking, [Scope.REQUEST, Scope.POST])
        return [step for step in steps if step.criterion.name in JUDGED_ANEW[name]]

    def _count_rows(self, rows: Ints, asking: Asking) -> int:
        if not self.look_alikes.rows.size:
            return len(rows)
        held = np.intersect1d(rows, self.look_alikes.rows)
        return len(rows) - self.look_alikes.count_parted(self.columns, held, asking)
