"""The preferences of a request as rules for the peers: hundredths of a point by cases.

A weight is divided among the wishes of its kind and a share of it rounded to whole hundredths, as
the engine does, so that points can be compared to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching import Grade, LanguageWish, PlaceWish, Post, Request, Terms, ThemeWish, Weights
from matching.gates.evidence_of_work import list_countries_in
from matching.gates.terms_of_work import list_regions_of
from tests.benchmarks import invented_words as words
from tests.benchmarks.bearing import (
    bear,
    bear_language,
    bear_place,
    bear_theme,
    bear_track,
    of_grade,
)
from tests.benchmarks.questions import Atom, Case, Clause, Family, Rule, Test
from tests.matching.builders import NOW, TODAY

MONTH = NOW.year * 12 + NOW.month - 1 - 1970 * 12
"""The present month as those of the facts are counted, from January 1970."""
THIS_SPAN = (TODAY.year - 1) // 5 * 5 + 1
"""First year of the span of five years in which today lies."""
NOTICES = (3, 7, 14, 30, 60)
"""The tiers of notice that there are."""
Shares = Sequence[tuple[float, tuple[Clause, ...]]]


def list_rules(request: Request, post: Post, terms: Terms, weights: Weights) -> Iterator[Rule]:
    """Yield the rules in the order in which the engine prints preferences."""
    by_name = weights.by_preference()
    for name, wishes in _list_wishes(request, post, terms).items():
        for number, shares in enumerate(wishes):
            out_of = round(by_name[name] * 100 / len(wishes))
            cases = [Case(round(share * out_of), clauses) for share, clauses in shares]
            yield Rule(name, number, tuple(case for case in cases if case.points))


def _list_wishes(request: Request, post: Post, terms: Terms) -> dict[str, list[Shares]]:
    return {
        "themes_nice": [_theme(wish) for wish in post.themes_nice],
        "languages_nice": [_language(wish) for wish in post.languages_nice],
        "places_nice": [_place(wish, terms) for wish in post.places_nice],
        "region_experience": [_process(request, terms)] if request.countries else [],
        "theme_depth": [_depth(wish) for wish in post.themes if wish.depth < 3],
        "role_evidence": [_evidence(post)] if post.roles else [],
        "role_recency": [_recency(post)] if post.roles else [],
        "mediated_in": [_mediated(wish) for wish in post.languages],
        "freshness_margin": [_freshness()],
        "seniority_above": [_seniority(post.seniority)] if post.seniority else [],
        "notice_margin": [_notice(request.notice_days)] if request.notice_days else [],
        "track_breadth": _breadth([bear_track(post, track) for track in post.tracks]),
        "phase_breadth": _breadth(
            [bear(of_grade("phases", post.phase_grade), {phase}) for phase in post.phases]
        ),
    }


def _theme(wish: ThemeWish) -> Shares:
    deep = Family("themes", "code", (Test("depth", ">=", wish.depth),))
    return [(1, (bear_theme(wish),)), (0.5, (bear(deep, wish.any_of),))]


def _language(wish: LanguageWish) -> Shares:
    nearly = Family("languages", "code", (Test("speaking", ">=", wish.level - 1),))
    not_known = Family("languages", "code", (Test("speaking", "=", -1),))
    half = (*bear(nearly, wish.any_of), *bear(not_known, wish.any_of))
    return [(1, (bear_language(wish),)), (0.5, (half,))]


def _place(wish: PlaceWish, terms: Terms) -> Shares:
    anyhow = Family("places", "country")
    half = bear(anyhow, list_countries_in(terms, wish.any_of))
    return [(1, (bear_place(wish, terms),)), (0.5, (half,))]


def _process(request: Request, terms: Terms) -> Shares:
    regions = [list_regions_of(terms, code)[0] for code in request.countries]
    around = (*request.countries, *list_countries_in(terms, regions))
    return [(1, (bear(Family("places", "country"), around),))]


def _depth(wish: ThemeWish) -> Shares:
    def deeper(depth: int) -> Clause:
        tests = (Test("grade", ">=", int(wish.grade)), Test("depth", ">=", depth))
        return bear(Family("themes", "code", tests), wish.any_of)

    steps = range(3, wish.depth, -1)
    return [((depth - wish.depth) / (3 - wish.depth), (deeper(depth),)) for depth in steps]


def _evidence(post: Post) -> Shares:
    recorded, confirmed = (
        of_grade("roles_held", Grade.RECORDED),
        of_grade("roles_held", Grade.CONFIRMED),
    )
    return [(1, (bear(recorded, post.roles),)), (0.5, (bear(confirmed, post.roles),))]


def _recency(post: Post) -> Shares:
    def since(year: int) -> tuple[Clause]:
        return (bear(Family("roles_held", "code", (Test("last_year", ">=", year),)), post.roles),)

    return [(1, since(THIS_SPAN - 5)), (0.5, since(THIS_SPAN - 10))]


def _mediated(wish: LanguageWish) -> Shares:
    has = Family("languages", "code", (Test("has_mediated", "=", 1),))
    return [(1, (bear(has, wish.any_of),))]


def _freshness() -> Shares:
    own = Test("confirmed_by", "=", words.SPEAKERS.index("self"))
    shares = []
    for months in range(3):
        this = Test("said_month", "=", MONTH - months)
        shares += [(1 - months / 3, _all(this, own)), ((1 - months / 3) * 0.5, _all(this))]
    return shares


def _seniority(floor: str) -> Shares:
    low, top = words.SENIORITIES.index(floor), len(words.SENIORITIES) - 1
    steps = range(top, low, -1)
    return [((step - low) / (top - low), _all(Test("seniority", "=", step))) for step in steps]


def _notice(asked: int) -> Shares:
    tiers = [days for days in NOTICES if days < asked]
    return [((asked - days) / asked, _all(Test("notice_days", "=", days))) for days in tiers]


def _breadth(clauses: Sequence[Clause]) -> list[Shares]:
    if len(clauses) < 2:
        return []
    if len(clauses) > 2:
        raise ValueError("the peers have no words for more than two tracks or phases")
    either: Clause = (*clauses[0], *clauses[1])
    return [[(1, tuple(clauses)), (0.5, (either,))]]


def _all(*atoms: Atom) -> tuple[Clause, ...]:
    return tuple(((atom,),) for atom in atoms)
