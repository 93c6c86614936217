"""More of a good thing never moves a woman down; the never-rules."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from matching import (
    Accreditation,
    Availability,
    Candidate,
    Declaration,
    Exclusions,
    Grade,
    Mediator,
    Nationality,
    Place,
    Request,
    Skill,
    State,
    Training,
)
from matching.gates import ORDER_OF_DECISION
from matching.preferences import PREFERENCES
from tests.matching.builders import NOW, TODAY, ask, make_language, make_mediator
from tests.matching.strategies import (
    COUNTRIES,
    NETWORKS,
    PARTIES,
    Dice,
    make_random_mediator,
    requests,
    seeds,
)

Improve = Callable[[Mediator, Dice], Mediator]


def _raise_first(name: str, **changes: Any) -> Improve:
    def improve(woman: Mediator, dice: Dice) -> Mediator:
        first, *rest = getattr(woman, name) or (None,)
        return replace(woman, **{name: (replace(first, **changes), *rest)}) if first else woman

    return improve


def _add(name: str, make: Callable[[Dice], Any]) -> Improve:
    return lambda woman, dice: replace(woman, **{name: (*getattr(woman, name), make(dice))})


def _available(change: Callable[[Availability], dict[str, Any]]) -> Improve:
    def improve(woman: Mediator, dice: Dice) -> Mediator:
        said = woman.availability
        return woman if said is None else replace(woman, availability=replace(said, **change(said)))

    return improve


def _reach(said: Availability) -> dict[str, Any]:
    earlier = said.window_from and said.window_from - timedelta(days=5)
    later = said.window_to and said.window_to + timedelta(days=5)
    is_offer = said.status in ("available", "partly")
    return {"window_from": earlier, "window_to": later} if is_offer else {}


def _declare(woman: Mediator) -> Declaration:
    before = woman.declaration.covers if woman.declaration else frozenset()
    return Declaration(TODAY, before | {*COUNTRIES, *PARTIES})


BETTER: dict[str, Improve] = {
    "one more Track III experience": _add("tracks", lambda dice: Skill("III", dice.grade())),
    "one more track": _add("tracks", lambda dice: Skill(dice.pick("I", "I.5", "II"), dice.grade())),
    "a better grade of a track": _raise_first("tracks", grade=Grade.RECORDED),
    "one more role": _add("roles_held", lambda dice: Skill("observer", dice.grade())),
    "a role more recent": _raise_first("roles_held", last_year=2026),
    "a role with a verifier": _raise_first("roles_held", grade=Grade.RECORDED),
    "one more theme": _add("themes", lambda dice: Skill("borders", dice.grade(), 2)),
    "a deeper theme": _raise_first("themes", depth=3),
    "a theme with a better grade": _raise_first("themes", grade=Grade.RECORDED),
    "one more phase": _add("phases", lambda dice: Skill("ceasefire", dice.grade())),
    "one more language": _add(
        "languages", lambda dice: make_language(dice.pick("fra", "arb", "zsm"), level=4)
    ),
    "a language at its best": _raise_first(
        "languages", speaking=7, listening=7, reading=7, writing=7
    ),
    "a language tested": _raise_first("languages", grade=Grade.RECORDED),
    "a language mediated in": _raise_first("languages", has_mediated=True),
    "a place with a better grade": _raise_first("places", grade=Grade.RECORDED),
    "a place more recent": _raise_first("places", last_year=2026),
    "a wider window": _available(_reach),
    "a longer life of the statement": _available(
        lambda said: {"valid_until": said.valid_until + timedelta(days=5)}
    ),
    "a statement by herself": _available(lambda said: {"confirmed_by": "self"}),
    "a statement made today": _available(lambda said: {"confirmed_at": NOW}),
    "less notice": _available(lambda said: {"notice_days": 1}),
    "more days a month": _available(lambda said: {"days_per_month": 30}),
    "every modality": _available(
        lambda said: {"modalities": frozenset({"in_person", "remote", "hybrid"})}
    ),
    "nowhere refused": _available(lambda said: {"refused": frozenset()}),
    "any stay": _available(lambda said: {"longest_stay_days": None}),
    "seniority": lambda woman, dice: replace(woman, seniority=Skill("eminent")),
    "no tie": lambda woman, dice: replace(woman, interests=()),
    "no refusal by a party": lambda woman, dice: replace(woman, refused_by=frozenset()),
    "less kept free": _available(lambda said: {"keeps_free": frozenset()}),
    "one more place": _add("places", lambda dice: Place(dice.pick(*COUNTRIES), 2015, 2026)),
    "one more accreditation": _add(
        "accreditations", lambda dice: Accreditation(dice.pick(*NETWORKS), "accredited")
    ),
    "an accreditation without end": _raise_first("accreditations", lapses_on=None),
    "one more training": _add("trainings", lambda dice: Training("security")),
    "consents renewed": lambda woman, dice: replace(
        woman, consents=(*woman.consents, *make_mediator().consents)
    ),
    "networks that share her": lambda woman, dice: replace(woman, kept_by=frozenset()),
    "an open card": lambda woman, dice: replace(woman, safety_class=0),
    "a declaration of today that covers more": lambda woman, dice: replace(
        woman, declaration=_declare(woman)
    ),
    "waiting longer": lambda woman, dice: replace(woman, last_proposed_at=None),
}


def get_score(woman: Mediator, request: Request) -> tuple[State, float]:
    found = ask(request, woman)
    points: tuple[Candidate, ...] = found.listed or found.near_misses
    state = found.state(woman.id)
    return state, max((one.points for one in points), default=0.0)


@pytest.mark.parametrize("name", BETTER)
@settings(max_examples=25, deadline=None)
@given(seed=seeds, request_=requests)
def test_better_never_moves_her_down(name: str, seed: int, request_: Request) -> None:
    woman = make_random_mediator(seed, 1)
    one_post = replace(request_, posts=request_.posts[:1])
    before = get_score(woman, one_post)
    after = get_score(BETTER[name](woman, Dice(seed)), one_post)
    assert after >= before


WORSE: dict[str, Improve] = {
    "a tie": lambda woman, dice: replace(
        woman,
        interests=(*woman.interests, *make_random_mediator(dice.number(0, 999), 1).interests),
    ),
    "suspension": lambda woman, dice: replace(woman, is_suspended=True),
    "networks that keep her": lambda woman, dice: replace(woman, kept_by=frozenset(NETWORKS)),
    "a pause": lambda woman, dice: replace(woman, paused_until=NOW + timedelta(days=1)),
    "hiding": lambda woman, dice: replace(woman, is_hidden=True),
    "a refused region": _available(lambda said: {"refused": said.refused | set(COUNTRIES)}),
    "an integrity finding": lambda woman, dice: replace(woman, has_integrity_hold=True),
    "a hidden card": lambda woman, dice: replace(woman, safety_class=3),
    "a party's refusal": lambda woman, dice: replace(woman, refused_by=frozenset(PARTIES)),
    "no declaration": lambda woman, dice: replace(woman, declaration=None),
}


@pytest.mark.parametrize("name", WORSE)
@settings(max_examples=25, deadline=None)
@given(seed=seeds, request_=requests)
def test_worse_never_moves_her_up(name: str, seed: int, request_: Request) -> None:
    woman = make_random_mediator(seed, 1)
    before, _ = get_score(woman, request_)
    after, _ = get_score(WORSE[name](woman, Dice(seed)), request_)
    assert after <= before


def _ask_no_origin(request: Request) -> Request:
    posts = (replace(post, origin=None, community=None) for post in request.posts)
    return replace(request, posts=tuple(posts))


@settings(max_examples=100, deadline=None)
@given(seed=seeds, request_=requests)
def test_one_more_nationality_never_helps_where_no_origin_is_asked(
    seed: int, request_: Request
) -> None:
    woman, asked = make_random_mediator(seed, 1), _ask_no_origin(request_)
    rules = replace(asked.exclusions, second_passport_flag_only=False)
    posts = (replace(post, exclusions=None) for post in asked.posts)
    asked = replace(asked, exclusions=rules, posts=tuple(posts))
    known = replace(woman, nationalities=woman.nationalities or ())
    more = replace(
        known, nationalities=(*known.nationalities, Nationality(Dice(seed).pick("FRA", "SSD")))
    )  # type: ignore[misc]
    assert get_score(more, asked)[0] <= get_score(known, asked)[0]


@settings(max_examples=100, deadline=None)
@given(seed=seeds, request_=requests)
def test_an_excluded_home_never_helps_and_a_tie_to_the_place_never_harms_an_insider(
    seed: int, request_: Request
) -> None:
    away = replace(
        make_random_mediator(seed, 1), residence="KEN", availability=make_mediator().availability
    )
    asked = _ask_no_origin(request_)
    posts = tuple(replace(post, exclusions=None) for post in asked.posts)  # else its own go before
    excluding = replace(asked, posts=posts, exclusions=Exclusions(residences=frozenset({"FRA"})))
    assert get_score(replace(away, residence="FRA"), excluding)[0] <= get_score(away, excluding)[0]
    post = replace(request_.posts[0], origin="insider", community="nuer", exclusions=None)
    sought = replace(
        request_, posts=(post,), parties=(), exclusions=Exclusions(), countries=("SSD",)
    )
    plain = replace(away, communities=frozenset(), nationalities=(Nationality("NOR"),))
    for closer in (
        replace(plain, communities=frozenset({"nuer"})),
        replace(plain, nationalities=(Nationality("NOR"), Nationality("SSD"))),
    ):
        assert get_score(closer, sought) >= get_score(plain, sought)


RULES: dict[str, str] = {
    "consent": "consents renewed",
    "safety_class": "an open card",
    "pool": "networks that share her",
    "suspension": "suspension",
    "integrity": "an integrity finding",
    "pause": "a pause",
    "freshness": "a longer life of the statement",
    "window": "a wider window",
    "notice": "less notice",
    "days_per_month": "more days a month",
    "modality": "every modality",
    "place": "nowhere refused",
    "rhythm": "less kept free",
    "accreditation": "one more accreditation",
    "role": "one more role",
    "track": "one more track",
    "phase": "one more phase",
    "region": "one more place",
    "theme": "one more theme",
    "language": "one more language",
    "seniority": "seniority",
    "training": "one more training",
    "declaration": "a declaration of today that covers more",
    "office": "no tie",
    "held_interest": "no tie",
    "refused": "no refusal by a party",
    "public_statement": "no tie",
    "themes_nice": "one more theme",
    "theme_depth": "a deeper theme",
    "languages_nice": "one more language",
    "mediated_in": "a language mediated in",
    "places_nice": "one more place",
    "region_experience": "one more place",
    "role_evidence": "a role with a verifier",
    "role_recency": "a role more recent",
    "freshness_margin": "a statement made today",
    "seniority_above": "seniority",
    "notice_margin": "less notice",
    "track_breadth": "one more track",
    "phase_breadth": "one more phase",
}
"""For every rule what is tried of it above."""
BY_ITSELF = {"nationality", "residence", "origin", "community", "origin_wish"}
"""Rules that hang on the request as well, tried in the two tests of their own."""


def test_every_registered_rule_has_its_sign_tried() -> None:
    known = {*ORDER_OF_DECISION, *(one.name for one in PREFERENCES.preferences)}
    assert RULES.keys() | BY_ITSELF == known
    assert set(RULES.values()) <= BETTER.keys() | WORSE.keys()


def test_the_engine_knows_nothing_that_must_never_lower_a_rank() -> None:
    never = "name refusal silence degree marital family religion faith ethnic health disab need"
    known = {one.name for one in fields(Mediator)} | {one.name for one in fields(Availability)}
    assert [name for name in known if any(word in name for word in never.split())] == []
