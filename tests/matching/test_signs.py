"""More of a good thing never moves a woman down; the never-rules."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from matching import Availability, Candidate, Grade, Mediator, Request, Skill, State
from tests.matching.builders import NOW, ask, make_language
from tests.matching.strategies import COUNTRIES, Dice, make_random_mediator, requests, seeds

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
    "a pause": lambda woman, dice: replace(woman, paused_until=NOW + timedelta(days=1)),
    "hiding": lambda woman, dice: replace(woman, is_hidden=True),
    "a refused region": _available(lambda said: {"refused": said.refused | set(COUNTRIES)}),
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


def test_the_engine_knows_nothing_that_must_never_lower_a_rank() -> None:
    never = "name refusal silence degree marital family religion faith ethnic health disab need"
    known = {one.name for one in fields(Mediator)} | {one.name for one in fields(Availability)}
    assert [name for name in known if any(word in name for word in never.split())] == []
