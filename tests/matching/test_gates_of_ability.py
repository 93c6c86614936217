"""The gates of what she can do: languages, roles, tracks, places, themes, seniority and training."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import (
    Grade,
    LanguageWish,
    Mediator,
    Place,
    PlaceWish,
    Post,
    Skill,
    State,
    ThemeWish,
    Training,
)
from tests.matching.builders import (
    ask,
    judge,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED

ARABIC_SPOKEN = LanguageWish(("ara",), level=4)
MALAY = LanguageWish(("msa",), level=4)


def speaking(*languages: Any) -> Mediator:
    return make_mediator(languages=languages)


@pytest.mark.parametrize(
    ("mediator", "wish", "state", "codes"),
    [
        (speaking(make_language("eng", level=5)), LanguageWish(("eng",), level=5), LISTED, []),
        (speaking(make_language("eng", level=4)), LanguageWish(("eng",), level=5), NEAR, ["L2"]),
        (speaking(make_language("eng", level=3)), LanguageWish(("eng",), level=5), OUT, ["L2"]),
        (speaking(), LanguageWish(("eng",)), OUT, ["L1"]),
        (speaking(make_language("fra")), LanguageWish(("eng", "fra")), LISTED, []),
        (speaking(make_language("eng", level=None)), LanguageWish(("eng",)), NEAR, ["L3"]),
        (speaking(make_language("eng", grade=Grade.STATED)), LanguageWish(("eng",)), NEAR, ["L3"]),
        (
            speaking(make_language("eng", grade=Grade.STATED)),
            LanguageWish(("eng",), grade=Grade.STATED),
            LISTED,
            [],
        ),
        (speaking(make_language("eng")), LanguageWish(("eng",), "writing"), NEAR, ["L3"]),
        (speaking(make_language("apd")), ARABIC_SPOKEN, LISTED, []),
        (speaking(make_language("apd")), replace(ARABIC_SPOKEN, skill="reading"), OUT, ["L1"]),
        (
            speaking(make_language("arb", reading=5)),
            replace(ARABIC_SPOKEN, skill="reading"),
            LISTED,
            [],
        ),
        (
            speaking(make_language("apd")),
            replace(ARABIC_SPOKEN, accepts_family=False),
            OUT,
            ["L1"],
        ),
        (speaking(make_language("ara")), LanguageWish(("arb",)), OUT, ["L1"]),
        (speaking(make_language("apd")), LanguageWish(("pga",)), OUT, ["L1"]),
        (speaking(make_language("zsm")), MALAY, LISTED, []),
        (speaking(make_language("ind")), MALAY, OUT, ["L1"]),
        (speaking(make_language("mfa")), MALAY, OUT, ["L1"]),
        (speaking(make_language("fuv")), LanguageWish(("ful",)), OUT, ["L1"]),
        (speaking(make_language("ful")), LanguageWish(("ful",)), LISTED, []),
    ],
)
def test_languages(mediator: Mediator, wish: LanguageWish, state: State, codes: list[str]) -> None:
    assert judge(make_request(make_post(languages=(wish,))), mediator) == (state, codes)


def test_evidence_of_a_language_cites_level_word_and_source() -> None:
    woman = speaking(make_language("eng", level=4, as_entered="UN-II"))
    request = make_request(make_post(languages=(LanguageWish(("eng", "fra"), level=5),)))
    (reason,) = ask(request, woman).reasons(1)
    assert (reason.criterion, reason.code, dict(reason.facts)) == (
        "language",
        "L2",
        {
            "asked": ("eng", "fra"),
            "found": "eng",
            "skill": "speaking",
            "level_asked": 5,
            "level_found": 4,
            "levels_short": 1,
            "as_entered": "UN-II",
            "grade": "confirmed",
            "grade_asked": "confirmed",
            "by": "coordinator",
            "on": date(2026, 10, 2),
            "network": "nwm",
        },
    )


def held(*roles: Skill, sought: tuple[Skill, ...] = ()) -> Mediator:
    return make_mediator(roles_held=roles, roles_sought=sought)


OBSERVER = Skill("observer", Grade.STATED)


@pytest.mark.parametrize(
    ("mediator", "post", "state", "codes"),
    [
        (make_mediator(), make_post(roles=("co_mediator",)), LISTED, []),
        (make_mediator(), make_post(roles=("observer", "co_mediator")), LISTED, []),
        (make_mediator(), make_post(roles=("observer",)), OUT, ["R1"]),
        (held(OBSERVER), make_post(roles=("observer",)), NEAR, ["R1"]),
        (held(OBSERVER), make_post(roles=("observer",), role_grade=Grade.STATED), LISTED, []),
        (held(sought=(OBSERVER,)), make_post(roles=("observer",)), OUT, ["R1"]),
        (held(sought=(Skill("mentee"),)), make_post(roles=("mentee",)), LISTED, []),
        (held(Skill("mentee", Grade.RECORDED)), make_post(roles=("mentee",)), OUT, ["R1"]),
        (make_mediator(), make_post(tracks=("I",)), LISTED, []),
        (make_mediator(), make_post(tracks=("II",)), OUT, ["K1"]),
        (make_mediator(), make_post(tracks=("III",)), LISTED, []),
        (make_mediator(tracks=(Skill("I"),)), make_post(tracks=("I",)), NEAR, ["K1"]),
        (make_mediator(tracks=(Skill("I.5"),)), make_post(tracks=("I.5",)), NEAR, ["K1"]),
        (
            make_mediator(tracks=(Skill("I"),)),
            make_post(tracks=("I",), track_grade=Grade.STATED),
            LISTED,
            [],
        ),
        (make_mediator(), make_post(phases=("ceasefire", "pre_negotiation")), LISTED, []),
        (make_mediator(), make_post(phases=("ceasefire",)), OUT, ["K1"]),
        (
            make_mediator(),
            make_post(phases=("pre_negotiation",), phase_grade=Grade.CONFIRMED),
            NEAR,
            ["K1"],
        ),
        (make_mediator(), make_post(places=(PlaceWish(("014",)),)), LISTED, []),
        (make_mediator(), make_post(places=(PlaceWish(("SSD", "KEN")),)), LISTED, []),
        (make_mediator(), make_post(places=(PlaceWish(("NOR", "150")),)), OUT, ["K1"]),
        (make_mediator(), make_post(places=(PlaceWish(("KEN",), 2020),)), LISTED, []),
        (make_mediator(), make_post(places=(PlaceWish(("KEN",), 2021),)), OUT, ["K1"]),
        (
            make_mediator(places=(Place("KEN"),)),
            make_post(places=(PlaceWish(("KEN",), 2021),)),
            OUT,
            ["K1"],
        ),
        (
            make_mediator(),
            make_post(places=(PlaceWish(("KEN",), grade=Grade.CONFIRMED),)),
            NEAR,
            ["K1"],
        ),
        (make_mediator(), make_post(themes=(ThemeWish(("ceasefire", "borders"), 2),)), LISTED, []),
        (make_mediator(), make_post(themes=(ThemeWish(("ceasefire",), 3),)), OUT, ["T1"]),
        (make_mediator(), make_post(themes=(ThemeWish(("borders",)),)), OUT, ["T1"]),
        (
            make_mediator(),
            make_post(themes=(ThemeWish(("ceasefire",), grade=Grade.RECORDED),)),
            NEAR,
            ["T1"],
        ),
        (make_mediator(), make_post(seniority="senior"), LISTED, []),
        (make_mediator(), make_post(seniority="eminent"), OUT, ["R2"]),
        (make_mediator(seniority=None), make_post(seniority="emerging"), OUT, ["R2"]),
        (make_mediator(), make_post(trainings=("hostile_environment",)), OUT, ["S1"]),
    ],
)
def test_evidence_of_work(mediator: Mediator, post: Post, state: State, codes: list[str]) -> None:
    neutral = make_request(post, parties=())
    assert judge(neutral, mediator) == (state, codes)


@pytest.mark.parametrize(
    ("expires_on", "state", "flags"),
    [
        (None, LISTED, []),
        (date(2027, 1, 31), LISTED, []),
        (date(2027, 1, 30), LISTED, ["S1"]),
        (date(2027, 1, 11), LISTED, ["S1"]),
        (date(2027, 1, 10), OUT, []),
    ],
)
def test_training_counts_while_it_is_valid(
    expires_on: date | None, state: State, flags: list[str]
) -> None:
    woman = make_mediator(trainings=(Training("security", expires_on),))
    found = ask(make_request(make_post(trainings=("security",))), woman)
    said = [flag.code for candidate in found.listed for flag in candidate.flags]
    assert (found.state(1), said) == (state, flags)


def test_two_languages_are_two_criteria_and_two_misses_are_no_near_miss() -> None:
    post = make_post(languages=(LanguageWish(("fra",)), LanguageWish(("eng",))))
    weak = [make_language(code, grade=Grade.STATED) for code in ("eng", "fra")]
    one_weak = speaking(weak[0], make_language("fra"))
    assert judge(make_request(post), speaking(*weak)) == (OUT, ["L3", "L3"])
    (near,) = ask(make_request(post), one_weak).near_misses
    assert near.missing is not None
    assert (near.missing.code, near.missing.wish) == ("L3", 1)
