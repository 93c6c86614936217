"""The points of one woman, rule by rule, in plain Python."""

from __future__ import annotations

from collections.abc import Iterator

from matching import PUBLISHED, Grade, LanguageWish, Mediator, PlaceWish, Post, Request, Terms
from matching.facts import ThemeWish
from matching.gates.evidence_of_work import list_countries_in
from matching.gates.terms_of_work import list_regions_of
from tests.benchmarks.contenders.looked_up import has_skill, has_track, has_worked, speaks
from tests.matching.builders import NOW, TODAY

BANDS = ("emerging", "mid", "senior", "eminent")
SPAN = (TODAY.year - 1) // 5


class Earned:
    """What a request's preferences give; worked out once per request."""

    def __init__(self, request: Request, post: Post, terms: Terms) -> None:
        self._request, self._post = request, post
        self._weights = PUBLISHED.by_preference()
        self._liked = [(list_countries_in(terms, wish.any_of), wish) for wish in post.places_nice]
        regions = [list_regions_of(terms, code)[0] for code in request.countries]
        self._around = {*request.countries, *list_countries_in(terms, regions)}

    def list_points(self, woman: Mediator) -> tuple[int, ...]:
        """Return hundredths of points, one number per wish, in the order of the weights."""
        return tuple(
            round(share * round(self._weights[name] * 100 / len(shares)))
            for name, shares in self._list_shares(woman)
            for share in shares
        )

    def _list_shares(self, woman: Mediator) -> Iterator[tuple[str, list[float]]]:
        post, request = self._post, self._request
        yield "themes_nice", [_like_theme(woman, wish) for wish in post.themes_nice]
        yield "languages_nice", [_like_language(woman, wish) for wish in post.languages_nice]
        yield "places_nice", [_like_place(woman, *liked) for liked in self._liked]
        if request.countries:
            been = any(one.country in self._around for one in woman.places)
            yield "region_experience", [float(been)]
        yield "theme_depth", [_go_deeper(woman, wish) for wish in post.themes if wish.depth < 3]
        if post.roles:
            yield from _weigh_roles(woman, post)
        yield "mediated_in", [_mediate_in(woman, wish) for wish in post.languages]
        yield "freshness_margin", [_weigh_freshness(woman)]
        if post.seniority:
            yield "seniority_above", [_rise_above(woman, post.seniority)]
        if request.notice_days:
            yield "notice_margin", [_spare_days(woman, request.notice_days)]
        if len(post.tracks) > 1:
            met = [has_track(woman, post, track) for track in post.tracks]
            yield "track_breadth", [sum(met) / len(met)]
        if len(post.phases) > 1:
            seen = [has_skill(woman.phases, (phase,), post.phase_grade) for phase in post.phases]
            yield "phase_breadth", [sum(seen) / len(seen)]


def _like_theme(woman: Mediator, wish: ThemeWish) -> float:
    deep = [one for one in woman.themes if one.depth >= wish.depth]
    if has_skill(deep, wish.any_of, wish.grade):
        return 1.0
    return 0.5 if has_skill(deep, wish.any_of, Grade.STATED) else 0.0


def _like_language(woman: Mediator, wish: LanguageWish) -> float:
    if speaks(woman, wish):
        return 1.0
    levels = [one.speaking for one in woman.languages if one.code in wish.any_of]
    return 0.5 if any(level is None or level >= wish.level - 1 for level in levels) else 0.0


def _like_place(woman: Mediator, countries: frozenset[str], wish: PlaceWish) -> float:
    if has_worked(woman, countries, wish):
        return 1.0
    return 0.5 if any(one.country in countries for one in woman.places) else 0.0


def _go_deeper(woman: Mediator, wish: ThemeWish) -> float:
    known = [one for one in woman.themes if one.code in wish.any_of and one.grade >= wish.grade]
    deepest = max((one.depth for one in known), default=wish.depth)
    return max(deepest - wish.depth, 0) / (3 - wish.depth)


def _weigh_roles(woman: Mediator, post: Post) -> Iterator[tuple[str, list[float]]]:
    held = [one for one in woman.roles_held if one.code in post.roles]
    best = max((one.grade for one in held), default=Grade.STATED)
    last = max((one.last_year or 0 for one in held), default=0)
    spans = SPAN - (last - 1) // 5
    yield "role_evidence", [(best - Grade.STATED) / 2]
    yield "role_recency", [1.0 if spans <= 1 else 0.5 if spans == 2 else 0.0]


def _mediate_in(woman: Mediator, wish: LanguageWish) -> float:
    return float(any(one.has_mediated and one.code in wish.any_of for one in woman.languages))


def _weigh_freshness(woman: Mediator) -> float:
    said = woman.availability
    assert said is not None
    at = said.confirmed_at
    months = (NOW.year - at.year) * 12 + NOW.month - at.month
    return max(1 - months / 3, 0.0) * (1.0 if said.confirmed_by == "self" else 0.5)


def _rise_above(woman: Mediator, floor: str) -> float:
    own = woman.seniority
    assert own is not None
    low = BANDS.index(floor)
    return (BANDS.index(own.code) - low) / (len(BANDS) - 1 - low)


def _spare_days(woman: Mediator, asked: int) -> float:
    said = woman.availability
    assert said is not None
    return 0.0 if said.notice_days is None else max((asked - said.notice_days) / asked, 0.0)
