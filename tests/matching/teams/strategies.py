"""Random rosters in which all fit something, and random rules for their teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from matching import (
    Accreditation,
    Answer,
    Grade,
    LanguageWish,
    Mediator,
    Nationality,
    Post,
    Request,
    Skill,
    ThemeWish,
)
from matching.facts import MenteeSlot, TeamLanguage, TeamRules
from tests.matching.builders import (
    NOW,
    TODAY,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_request,
)
from tests.matching.strategies import Dice, seeds

NETWORKS = ("nwm", "mwmn", "fem")
COUNTRIES = ("NOR", "FRA", "KEN", "SDN", "SSD")
LANGUAGES = ("eng", "fra", "apd", "zsm")
THEMES = ("ceasefire", "borders", "youth")
POSTS = ("a", "b", "c", "d")


def throw_woman(dice: Dice, number: int, others: int) -> Mediator:
    networks = tuple(sorted(dice.subset(NETWORKS, 2)))
    standing = tuple(Accreditation(one, "accredited", TODAY, None) for one in ("own", *networks))
    held = dice.subset(COUNTRIES, 2)
    return make_mediator(
        number,
        networks=networks,
        accreditations=standing,
        nationalities=dice.maybe(tuple(Nationality(one) for one in sorted(held))),
        birth_band=dice.pick(None, "under_30", "30_39", "60_plus"),
        seniority=dice.maybe(Skill(dice.pick("mid", "senior", "eminent"))),
        roles_sought=(Skill("mentee"),) if dice.chance(0.4) else (),
        themes=tuple(Skill(one, dice.grade(), 2) for one in sorted(dice.subset(THEMES, 2))),
        languages=tuple(
            make_language(one, level=dice.number(3, 6)) for one in sorted(dice.subset(LANGUAGES, 3))
        ),
        availability=make_availability(valid_until=NOW + days(dice.pick(5, 40))),
        look_alikes=frozenset({dice.number(1, others)}) if dice.chance(0.1) else frozenset(),
        last_proposed_at=dice.pick(None, NOW - days(3), NOW - days(9)),
    )


def throw_post(dice: Dice, code: str) -> Post:
    wish = LanguageWish((dice.pick("eng", "fra", "ara"),))
    return Post(
        code,
        languages=(wish,) if dice.chance(0.3) else (),
        themes_nice=(ThemeWish((dice.pick(*THEMES),), 1, Grade.STATED),),
        languages_nice=(LanguageWish((dice.pick("eng", "fra"),)),) if dice.chance(0.5) else (),
    )


def throw_rules(dice: Dice, women: int, posts: tuple[str, ...]) -> TeamRules:
    def some(number: int) -> frozenset[int]:
        return frozenset({dice.number(1, number)})

    fields: dict[str, Callable[[], Any]] = {
        "languages": lambda: tuple(
            TeamLanguage(LanguageWish((code,)), dice.number(1, 2))
            for code in sorted(dice.subset(("fra", "ara", "msa"), 2))
        ),
        "network_caps": lambda: ((dice.pick(*NETWORKS), dice.number(0, 2)),),
        "per_network": lambda: dice.number(0, 2),
        "per_nationality": lambda: dice.number(0, 2),
        "young": lambda: dice.number(1, 2),
        "young_bands": lambda: frozenset({"under_30", "30_39"}),
        "least_networks": lambda: dice.number(1, 3),
        "mentees": lambda: (MenteeSlot(posts[-1], posts[0]),) if len(posts) > 1 else (),
        "locked": lambda: ((dice.pick(*posts), dice.number(1, women)),),
        "excluded": lambda: some(women),
        "not_with": lambda: some(women) | some(women),
        "present_women": lambda: dice.number(0, 3),
        "present_men": lambda: dice.number(0, 3),
        "least_share": lambda: dice.pick(30, 40, 50, 67),
        "most_share": lambda: dice.pick(50, 60, 75, 90),
        "unfilled": lambda: dice.pick("empty", "refused"),
    }
    return dice.change(TeamRules(), dice.pick(0.1, 0.3), fields)


Case = tuple[list[Mediator], Request, TeamRules]


def make_case(seed: int) -> Case:
    dice = Dice(seed)
    posts = POSTS[: dice.pick(1, 2, 2, 3, 3, 4)]
    women = dice.number(1, 8 if len(posts) < 3 else 6 if len(posts) < 4 else 5)
    roster = [throw_woman(dice, number, women) for number in range(1, women + 1)]
    request = make_request(*(throw_post(dice, code) for code in posts), parties=())
    return roster, request, throw_rules(dice, women, posts)


def answer_case(case: Case) -> Answer:
    return ask(case[1], *case[0])


cases: st.SearchStrategy[Case] = seeds.map(make_case)
