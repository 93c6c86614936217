"""How many would fit if one value more, or one less, were asked: counts beside a request's form."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.bits import is_in, list_rows
from matching.columns import Columns
from matching.criteria import GATES, Asking
from matching.facts import LanguageWish, Post, Request, ThemeWish
from matching.gates.evidence_of_work import MENTEE
from matching.judging import judge
from matching.look_alikes import LookAlikes
from matching.outcomes import PASSES
from matching.run import Plan, Step, make_plan
from matching.sieve import keep_passing
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

BITS = {name: 1 << place for place, name in enumerate(JUDGED_ANEW)}
EVERY_FACET = sum(BITS.values())
ANY_OF = {"role": "roles", "track": "tracks"}
"""Criteria asked once for all codes of a field of the post."""
SORTED = ("themes", "languages", "roles_held", "tracks")
"""Tables in which a code is looked up for each value."""

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
    """Judges all that is asked once, then only the wish that a value changes, on whom it decides.

    A woman can count only where everything that she does not pass is decided anew by one and the
    same facet, so only such women are kept.
    """

    def __init__(self, columns: Columns, request: Request, now: datetime) -> None:
        self.columns = columns
        plan = make_plan(columns, request, now)
        self.asking = plan.for_post(request.posts[0])
        for table in SORTED:
            columns.tables[table].sort_by("code")
        self.rows, self.open = self._judge_as_asked(plan)
        self.look_alikes = LookAlikes.among(columns, self.rows)

    def _judge_as_asked(self, plan: Plan) -> tuple[Ints, NDArray[np.uint8]]:
        """Return who fits but for one facet at most, and the bits of those facets; all: she fits."""
        asked = [*plan.list_common(), *plan.list_own(0)]
        fixed = [one for one in asked if not _list_bits(one[0])]
        bits = keep_passing(self.columns, [*plan.list_visibility(), *fixed], self.columns.bits())
        rows = list_rows(bits)
        still_open = np.full(len(rows), EVERY_FACET, np.uint8)
        for step, asking in asked:
            if _list_bits(step):
                fails = judge(self.columns, step, asking, bits).fails
                still_open[is_in(fails, rows)] &= _list_bits(step)
        return rows[still_open > 0], still_open[still_open > 0]

    def count_all(self, values: Mapping[str, Iterable[str]], spans: Iterable[Span]) -> Facets:
        post, request = self.asking.one_post, self.asking.request
        facets = [
            Facet(name, code, is_asked(post, name, code), fits)
            for name, codes in values.items()
            for code, fits in self._count_codes(name, codes)
        ]
        of_dates = self._open_group("dates")
        for span in spans:
            changed = replace(self.asking, request=replace(request, start=span[0], end=span[1]))
            facets.append(
                Facet("dates", span, span == (request.start, request.end), of_dates.count(changed))
            )
        fits = _Group(self, "", np.flatnonzero(self.open == EVERY_FACET)).count(self.asking)
        return Facets(fits, tuple(facets))

    def _count_codes(self, name: str, codes: Iterable[str]) -> Iterable[tuple[str, int]]:
        post = self.asking.one_post
        is_asked(post, name, "")
        group = self._open_group(name)
        for code in codes:
            yield code, group.count(self._ask(toggle_facet(post, name, code)))

    def _ask(self, post: Post) -> Asking:
        request = replace(self.asking.request, posts=(post,))
        return replace(self.asking, request=request, post=post)

    def _open_group(self, name: str) -> _Group:
        return _Group(self, name, np.flatnonzero(self.open & BITS[name]))


class _Group:
    """Those who fit but for one facet; ``places`` are theirs among the counter's rows."""

    def __init__(self, counter: _Counter, name: str, places: Ints) -> None:
        self.columns, self.rows = counter.columns, counter.rows[places]
        self.look_alikes = counter.look_alikes.keep(places)
        self._criteria = [
            one for one in GATES.criteria if one.name in JUDGED_ANEW.get(name, frozenset())
        ]
        self._passes: dict[Hashable, NDArray[np.bool_]] = {}

    def count(self, asking: Asking) -> int:
        """Return how many of them fit, look-alikes once, if it is asked so."""
        fits = np.ones(len(self.rows), np.bool_)
        for criterion in self._criteria:
            for number, wish in enumerate(criterion.asks(asking)):
                fits &= self._pass_any(Step(criterion, wish, number), asking)
        paired = fits[self.look_alikes.places]
        parted = self.look_alikes.count_parted(self.columns, paired, asking)
        return int(np.count_nonzero(fits)) - parted

    def _pass_any(self, step: Step, asking: Asking) -> NDArray[np.bool_]:
        """Tell who passes; of several roles or tracks each is judged for itself: any is enough."""
        field = ANY_OF.get(step.criterion.name)
        if field is None or MENTEE in step.wish:
            return self._pass(step, asking)
        passes = np.zeros(len(self.rows), np.bool_)
        for code in step.wish:
            only: dict[str, Any] = {field: (code,)}
            alone = replace(asking, post=replace(asking.one_post, **only))
            passes |= self._pass(Step(step.criterion, (code,), step.number), alone)
        return passes

    def _pass(self, step: Step, asking: Asking) -> NDArray[np.bool_]:
        """Tell who passes; judged once for all values that ask this criterion in the same way."""
        request = asking.request
        key = step.criterion.name, step.wish, asking.party_states, request.start, request.end
        if key not in self._passes:
            self._passes[key] = PASSES[step.judge(self.columns, self.rows, asking).outcomes]
        return self._passes[key]


def _list_bits(step: Step) -> int:
    """Return the bits of the facets that decide a criterion anew."""
    return sum(bit for name, bit in BITS.items() if step.criterion.name in JUDGED_ANEW[name])
