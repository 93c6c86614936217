"""What she must bear for a wish to be met, as clauses: the same for criteria and for points."""

from __future__ import annotations

from collections.abc import Iterable

from matching import Grade, LanguageWish, PlaceWish, Post, Terms, ThemeWish
from matching.criteria import IMPARTIAL_TRACKS
from matching.gates.evidence_of_work import list_countries_in
from tests.benchmarks.questions import Clause, Family, Mark, Test


def bear(family: Family, codes: Iterable[str]) -> Clause:
    """She bears one of the codes in the family."""
    return ((Mark(family, frozenset(codes)),),)


def of_grade(table: str, grade: Grade, field: str = "code") -> Family:
    """Entries known at least as surely."""
    return Family(table, field, (Test("grade", ">=", int(grade)),))


def bear_tracks(post: Post) -> Clause:
    """She has worked on one of the tracks, each with the grade that it takes."""
    return tuple(one for track in post.tracks for one in bear_track(post, track))


def bear_track(post: Post, track: str) -> Clause:
    """She has worked on this track with the grade that it takes."""
    usual = Grade.CONFIRMED if track in IMPARTIAL_TRACKS else Grade.STATED
    return bear(of_grade("tracks", post.track_grade or usual), {track})


def bear_place(wish: PlaceWish, terms: Terms) -> Clause:
    """She has worked in one of the countries or regions, with the grade asked."""
    return bear(of_grade("places", wish.grade, "country"), list_countries_in(terms, wish.any_of))


def bear_theme(wish: ThemeWish) -> Clause:
    """She knows one of the themes as deeply and as surely as asked."""
    deep = Test("depth", ">=", wish.depth)
    return bear(Family("themes", "code", (Test("grade", ">=", int(wish.grade)), deep)), wish.any_of)


def bear_language(wish: LanguageWish) -> Clause:
    """She speaks one of the languages to the level and as surely as asked."""
    tests = (Test("speaking", ">=", wish.level), Test("grade", ">=", int(wish.grade)))
    return bear(Family("languages", "code", tests), wish.any_of)
