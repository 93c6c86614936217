"""A request of the engine as a question for the peers: the same rules, said once more.

Only what the requests of the comparison ask is said; anything else is refused, so that no rule is
left out unseen.
"""

from __future__ import annotations

from collections.abc import Iterator

from matching import PUBLISHED, Post, Request, Terms
from matching.calendar import add_years
from matching.criteria import IMPARTIAL_TRACKS, MEDIATING_ROLES
from matching.gates.languages import STANDARD_FORMS
from matching.gates.terms_of_work import find_fullest_month, list_regions_of
from tests.benchmarks import invented_words as words
from tests.benchmarks.bearing import (
    bear,
    bear_language,
    bear_place,
    bear_theme,
    bear_tracks,
    of_grade,
)
from tests.benchmarks.invented import NOW_AT, TODAY_AT
from tests.benchmarks.points import list_rules
from tests.benchmarks.questions import Atom, Clause, Family, Mark, Question, Test
from tests.matching.builders import TODAY

LOOK_BACK = add_years(TODAY, -5).toordinal()
OLDEST_DECLARATION = add_years(TODAY, -1).toordinal()
IN_PERSON, REMOTE_OR_HYBRID, HOME_ONLY = 1, 2 | 4, 8


def compile_request(name: str, request: Request, terms: Terms) -> Question:
    """Return the question of a request with one post, without exclusions but by state."""
    (post,) = request.posts
    _refuse_others(request, post)
    atoms = [*_admit(), *_cover(request)]
    clauses = [((atom,),) for atom in atoms]
    clauses += [*_work(request, terms), *_know(post, terms), *_clear(request, post)]
    return Question(name, tuple(clauses), tuple(list_rules(request, post, terms, PUBLISHED)))


def _refuse_others(request: Request, post: Post) -> None:
    rules = post.exclusions or request.exclusions
    unsaid = (
        request.networks or request.rhythm or request.dates_are_open or request.put_forward,
        request.modality not in ("in_person", "remote") or request.cleared or request.objected,
        post.origin or post.community or post.trainings or "mentee" in post.roles,
        rules.former_within_years or rules.second_passport_flag_only or rules.offices,
        any(party.stance != "party" for party in request.parties),
        any(wish.since_year for wish in (*post.places, *post.places_nice)),
        any(wish.skill != "speaking" for wish in (*post.languages, *post.languages_nice)),
        any(
            STANDARD_FORMS.keys() & set(wish.any_of)
            for wish in (*post.languages, *post.languages_nice)
        ),
    )
    if any(unsaid):
        raise ValueError("the peers have no words for what this request asks")


def _admit() -> Iterator[Atom]:
    """Consent, class 0 to 2, pool, suspension, integrity, pause, accreditation."""
    for name in ("is_hidden", "is_kept", "is_suspended", "has_integrity_hold"):
        yield Test(name, "=", 0)
    yield Test("safety_class", "<=", 2)
    for name in ("matching_until", "card_until"):
        yield Test(name, ">", NOW_AT)
    yield Test("paused_until", "<=", NOW_AT)
    yield Test("accredited_until", ">", TODAY_AT)


def _cover(request: Request) -> Iterator[Atom]:
    """Freshness, window, notice, days per month."""
    yield Test("valid_until", ">", NOW_AT)
    yield Test("confirmed_by", "<>", words.SPEAKERS.index("import"))
    yield Test("status", ">=", 0)
    yield Test("status", "<=", words.STATUSES.index("partly"))
    yield Test("window_from", "<=", request.start.toordinal())
    yield Test("window_to", ">=", request.end.toordinal())
    if request.modality != "remote":
        yield Test("longest_stay_days", ">=", (request.end - request.start).days + 1)
    if request.notice_days is not None:
        yield Test("notice_days", "<=", request.notice_days)
    if request.days_per_month is not None:
        yield Test("days_per_month", ">=", find_fullest_month(request, request.days_per_month)[1])


def _work(request: Request, terms: Terms) -> Iterator[Clause]:
    """Modality and place."""
    if request.modality == "remote":
        yield ((Test("modalities", "&", REMOTE_OR_HYBRID),),)
        return
    in_person: tuple[Atom, ...] = (Test("modalities", "&", IN_PERSON),)
    place = request.place
    if place in words.RESIDENCES:
        lives_there = Test("residence", "=", words.RESIDENCES.index(place))
        yield (in_person, (Test("modalities", "&", HOME_ONLY), lives_there))
    else:
        yield (in_person,)
    if place is not None:
        refused = frozenset({place, *list_regions_of(terms, place)})
        yield ((Mark(Family("refused", "value"), refused, is_absent=True),),)


def _know(post: Post, terms: Terms) -> Iterator[Clause]:
    """Role, track, phase, region, theme, language, seniority."""
    if post.roles:
        yield bear(of_grade("roles_held", post.role_grade), post.roles)
    if post.tracks:
        yield bear_tracks(post)
    if post.phases:
        yield bear(of_grade("phases", post.phase_grade), post.phases)
    for place in post.places:
        yield bear_place(place, terms)
    for theme in post.themes:
        yield bear_theme(theme)
    for language in post.languages:
        yield bear_language(language)
    if post.seniority:
        yield ((Test("seniority", ">=", words.SENIORITIES.index(post.seniority)),),)


def _clear(request: Request, post: Post) -> Iterator[Clause]:
    """Declaration, nationality, residence, office, held interest, refusal."""
    rules = post.exclusions or request.exclusions
    barred = set(rules.nationalities)
    mediates = MEDIATING_ROLES & set(post.roles) and IMPARTIAL_TRACKS & set(post.tracks)
    if mediates:
        barred |= {party.country for party in request.parties if party.country}
    if barred:
        current = Family("nationalities", "country", (Test("is_current", "=", 1),))
        yield ((Test("knows_nationalities", "=", 1),),)
        yield ((Mark(current, frozenset(barred), is_absent=True),),)
    if rules.residences:
        for residence in (*rules.residences, None, "undisclosed"):
            yield ((Test("residence", "<>", words.RESIDENCES.index(residence)),),)
    if request.parties:
        yield from _clear_of_parties(request)


def _clear_of_parties(request: Request) -> Iterator[Clause]:
    yield ((Test("declared_on", ">=", OLDEST_DECLARATION),),)
    yield ((Test("has_nameless_tie", "=", 0),),)
    codes = frozenset(party.code for party in request.parties)
    countries = frozenset(party.country for party in request.parties if party.country)
    for party in request.parties:
        yield bear(Family("covers", "value"), {party.code, party.country or party.code})
    binding = (Test("binds", "=", 1), Test("binds_until", ">=", LOOK_BACK))
    tie = Family("interests", "country", binding)
    yield ((Mark(tie, codes | countries, is_absent=True),),)
    yield ((Mark(Family("refused_by", "value"), codes, is_absent=True),),)
