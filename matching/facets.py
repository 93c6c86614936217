"""How many would fit if one value more, or one less, were asked: counts beside a request's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from matching.bits import Bits, count, is_in, list_rows, union
from matching.columns import Columns
from matching.criteria import GATES, Asking, Scope
from matching.facts import LanguageWish, Post, Request, ThemeWish
from matching.gates.evidence_of_work import MENTEE
from matching.judging import judge
from matching.look_alikes import LookAlikes
from matching.run import Plan, Step, make_plan
from matching.sieve import keep_passing

JUDGED_ANEW: Mapping[str, frozenset[str]] = {
    "themes": frozenset({"theme"}),
    "languages": frozenset({"language"}),
    "roles": frozenset({"role", "declaration", "nationality"}),
    "tracks": frozenset({"track", "declaration", "nationality"}),
    "dates": frozenset({"window", "days_per_month", "training"}),
}
"""Per facet the criteria that its values decide. Role and track together decide whether nationals
of a party's state are barred; the first day decides which trainings still count, and the months
that the work falls in how many days a month it needs."""

ANY_OF = {"role": "roles", "track": "tracks"}
"""Criteria asked once for all codes of a field of the post."""
SORTED = ("themes", "languages", "roles_held", "tracks")
"""Tables in which a code is looked up for each value."""
MANY = 24
"""More values than this are of no form that is being edited: nothing is kept of them."""
AS_ASKED = ""

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
    codes, days = {name: tuple(each) for name, each in values.items()}, tuple(spans)
    try:
        tried = sum(len(each) for each in codes.values()) + len(days)
        return _Counter(columns, request, now, tried).count_all(codes, days)
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
    """Judges all that is asked once, then only the wish that a value changes, on whom it decides.

    A woman can count only where everything that she does not pass is decided anew by one and the
    same facet: ``open`` holds such women by facet, and who fits as asked.
    """

    def __init__(self, columns: Columns, request: Request, now: datetime, values: int) -> None:
        self.columns, self.for_values = columns, columns
        plan = make_plan(columns, request, now)
        self.asking = plan.for_post(request.posts[0])
        if values > MANY:
            self.for_values = columns.aside()
            for table in SORTED:
                columns.tables[table].sort_by("code")
        self.open = self._judge_as_asked(plan)
        self.rows = list_rows(union(self.open.values()))
        self.look_alikes = LookAlikes.among(columns, self.rows)

    def _judge_as_asked(self, plan: Plan) -> dict[str, Bits]:
        asked = [*plan.list_common(), *plan.list_own(0)]
        fixed = [one for one in asked if not _list_deciding(one[0])]
        bits = keep_passing(self.columns, [*plan.list_visibility(), *fixed], self.columns.bits())
        still_open = dict.fromkeys((AS_ASKED, *JUDGED_ANEW), bits)
        for step, asking in asked:
            deciding = _list_deciding(step)
            if deciding:
                passes = ~judge(self.columns, step, asking, bits).fails
                for name in still_open.keys() - deciding:
                    still_open[name] = still_open[name] & passes
        return still_open

    def count_all(self, values: Mapping[str, Iterable[str]], spans: Iterable[Span]) -> Facets:
        post, request = self.asking.one_post, self.asking.request
        facets = [
            Facet(name, code, is_asked(post, name, code), fits)
            for name, codes in values.items()
            for code, fits in self._count_codes(name, codes)
        ]
        of_dates = _Group(self, "dates")
        for span in spans:
            changed = replace(self.asking, request=replace(request, start=span[0], end=span[1]))
            facets.append(
                Facet("dates", span, span == (request.start, request.end), of_dates.count(changed))
            )
        return Facets(_Group(self, AS_ASKED).count(self.asking), tuple(facets))

    def _count_codes(self, name: str, codes: Iterable[str]) -> Iterable[tuple[str, int]]:
        post = self.asking.one_post
        is_asked(post, name, "")
        group = _Group(self, name)
        for code in codes:
            yield code, group.count(self._ask(toggle_facet(post, name, code)))

    def _ask(self, post: Post) -> Asking:
        request = replace(self.asking.request, posts=(post,))
        return replace(self.asking, request=request, post=post)


class _Group:
    """Those who fit but for one facet."""

    def __init__(self, counter: _Counter, name: str) -> None:
        self.columns, self.women = counter.for_values, counter.open[name]
        self.look_alikes = counter.look_alikes
        if self.look_alikes.places.size:
            places = np.flatnonzero(is_in(self.women, counter.rows))
            self.look_alikes = self.look_alikes.keep(places)
        self._criteria = [
            one for one in GATES.criteria if one.name in JUDGED_ANEW.get(name, frozenset())
        ]

    def count(self, asking: Asking) -> int:
        """Return how many of them fit, look-alikes once, if it is asked so."""
        fits = self.women
        for criterion in self._criteria:
            of_post = criterion.scope == Scope.POST
            asked = asking if of_post else replace(asking, post=None)
            for number, wish in enumerate(criterion.asks(asked)):
                fits = fits & ~self._fail_all(Step(criterion, wish, number), asked)
        if not self.look_alikes.places.size:
            return count(fits)
        paired = is_in(fits, self.look_alikes.rows)
        return count(fits) - self.look_alikes.count_parted(self.columns, paired, asking)

    def _fail_all(self, step: Step, asking: Asking) -> Bits:
        """Return who fails; of several roles or tracks each is judged for itself: any is enough."""
        field = ANY_OF.get(step.criterion.name)
        if field is None or MENTEE in step.wish:
            return judge(self.columns, step, asking, self.women).fails
        fails = self.women
        for code in step.wish:
            only: dict[str, Any] = {field: (code,)}
            alone = replace(asking, post=replace(asking.one_post, **only))
            one = Step(step.criterion, (code,), step.number)
            fails = fails & judge(self.columns, one, alone, self.women).fails
        return fails


def _list_deciding(step: Step) -> set[str]:
    """Return the facets that decide a criterion anew."""
    return {name for name, decided in JUDGED_ANEW.items() if step.criterion.name in decided}
