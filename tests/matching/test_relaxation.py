"""With too few fits: every smallest set of changes, against a brute force over all of them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    Columns,
    Grade,
    Language,
    LanguageWish,
    Mediator,
    Place,
    PlaceWish,
    Request,
    Skill,
    StaleAnswerError,
    ThemeWish,
    answer,
)
from matching.changes import Change, apply_changes
from matching.levers import LEVERS
from matching.relaxation import Relaxation, count_fits, relax
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)
from tests.matching.relaxing import count_by_hand, list_all_options, relax_by_hand
from tests.matching.strategies import Dice, requests, rosters, seeds

LANGUAGES = ("eng", "fra", "arb")


def ask_much(request: Request, seed: int) -> Request:
    """Return the request with one post that asks several things two women may share out."""
    dice = Dice(seed)
    wishes = {
        "languages": dice.some(lambda: LanguageWish((dice.pick(*LANGUAGES),), level=4), 2),
        "themes": dice.some(lambda: ThemeWish((dice.pick("ceasefire", "borders"),)), 2),
        "places": dice.some(lambda: PlaceWish((dice.pick("KEN", "150"),)), 2),
    }
    return replace(request, posts=(replace(request.posts[0], **wishes),))


def make_similar(woman: Mediator, seed: int) -> Mediator:
    """Return the woman with little of what is asked, so that several together have it."""
    dice = Dice(seed)
    roles = (Skill("interpreter_mediator", Grade.CONFIRMED),) if dice.chance(0.3) else ()
    return replace(
        woman,
        roles_held=(*woman.roles_held, *roles),
        languages=dice.some(lambda: make_language(dice.pick(*LANGUAGES), level=dice.pick(3, 5, 6))),
        themes=dice.some(lambda: Skill(dice.pick("ceasefire", "borders"))),
        places=dice.some(lambda: Place(dice.pick("KEN", "NOR"))),
    )


@settings(max_examples=40, deadline=None)
@given(
    rosters,
    requests,
    st.integers(1, 4),
    st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=4),
    st.booleans(),
    seeds,
)
def test_smallest_sets_and_what_they_free_agree_with_brute_force(
    roster: list[Mediator],
    request: Request,
    wanted: int,
    pairs: set[tuple[int, int]],
    asks_much: bool,
    seed: int,
) -> None:
    if asks_much:
        request = ask_much(request, seed)
        roster = [make_similar(make_mediator(one.id), seed + one.id) for one in roster]
    linked = [
        replace(woman, look_alikes=frozenset(two for one, two in pairs if one == woman.id))
        for woman in roster
    ]
    asked = replace(request, posts=request.posts[:1])
    found = answer(Columns.build(linked, TERMS), asked, NOW)
    post = asked.posts[0].code
    said = {
        (frozenset(one.changes), one.fits)
        for one in relax(found, post, wanted=wanted, most_changed=2)
    }
    assert said == relax_by_hand(linked, asked, wanted, 2)
    assert count_fits(found, post) == count_by_hand(linked, asked, ())


def drop(criterion: str, wish: int = 0, post: str | None = "post") -> Change:
    return Change(criterion, wish, post)


def test_it_says_what_to_lower_what_to_leave_out_and_how_many_each_frees() -> None:
    post = make_post(
        languages=(LanguageWish(("fra",), level=5),), themes=(ThemeWish(("borders",)),)
    )
    french = make_language("fra", level=4)
    borders = (Skill("borders"),)
    women = [
        make_mediator(1, languages=(french,), themes=borders),
        make_mediator(2, languages=(), themes=borders),
        make_mediator(3, languages=(), themes=borders),
        make_mediator(4, languages=(french,), themes=()),
        make_mediator(5, languages=(make_language("fra"),), themes=(), consents=()),
    ]
    found = ask(make_request(post), *women)
    lowered = Change("language", 0, "post", (("level", 4),))
    assert relax(found, "post", wanted=1) == (Relaxation("post", (lowered,), 1, 1),)
    assert relax(found, "post", wanted=2) == (
        Relaxation("post", (drop("language"),), 3, 3),
        Relaxation("post", (drop("theme"), lowered), 2, 2),
    )
    assert relax(found, "post", wanted=4) == (
        Relaxation("post", (drop("theme"), drop("language")), 4, 4),
    )
    assert relax(found, "post", wanted=5) == ()


def test_two_who_may_be_one_woman_are_counted_once() -> None:
    post = make_post(themes=(ThemeWish(("borders",)),))
    women = [make_mediator(1), make_mediator(2, look_alikes=frozenset({1})), make_mediator(3)]
    found = ask(make_request(post), *women)
    assert relax(found, "post", wanted=2) == (Relaxation("post", (drop("theme"),), 2, 2),)
    assert relax(found, "post", wanted=3) == ()
    assert count_fits(ask(make_request(), *women), "post") == 2


def test_nothing_is_said_where_enough_fit() -> None:
    assert relax(ask(make_request(), make_mediator()), "post", wanted=1) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"consents": ()},
        {"safety_class": 3},
        {"is_suspended": True},
        {"has_integrity_hold": True},
        {"paused_until": NOW.replace(year=2027)},
        {"availability": None},
        {"declaration": None},
        {"refused_by": frozenset({"gov"})},
    ],
)
def test_conflicts_consent_and_her_own_word_are_never_relaxed(changes: dict[str, object]) -> None:
    found = ask(make_request(), make_mediator(**changes))
    assert relax(found, "post", wanted=1) == ()


def test_a_role_left_out_does_not_let_in_a_national_of_a_party() -> None:
    post = make_post(roles=("co_mediator",), tracks=("I",))
    national = {"nationalities": (replace(make_mediator().nationalities[0], country="SSD"),)}  # type: ignore[index]
    woman = make_mediator(1, roles_held=(), **national)
    request = make_request(post)
    assert relax(ask(request, woman), "post", wanted=1) == ()
    without = apply_changes(request, [drop("role"), drop("track")])
    assert (without.posts[0].roles, ask(without, woman).list_ids(3)) == ((), [])  # type: ignore[arg-type]


def test_one_step_lower_is_what_is_tried_for_each_criterion() -> None:
    post = make_post(
        roles=("co_mediator",),
        tracks=("I",),
        phases=("ceasefire",),
        places=(PlaceWish(("KEN",), 2020, Grade.CONFIRMED),),
        themes=(ThemeWish(("borders",), 3, Grade.CONFIRMED),),
        languages=(LanguageWish(("fra",), level=5),),
        seniority="eminent",
        trainings=("security",),
    )
    options = list_all_options(make_request(post, days_per_month=10), post)
    said = [
        dict(change.to) if change.to else change.criterion for each in options for change in each
    ]
    assert said == [
        {"end": make_request().end.replace(day=24)},
        {"dates_are_open": True},
        {"notice_days": 30},
        "notice",
        {"days_per_month": 5},
        "days_per_month",
        "modality",
        "place",
        {"accreditation_floor": "interviewed"},
        "accreditation",
        {"role_grade": Grade.STATED},
        "role",
        {"track_grade": Grade.STATED},
        "track",
        "phase",
        {"grade": Grade.STATED},
        {"since_year": 2015},
        "region",
        {"depth": 2},
        {"grade": Grade.STATED},
        "theme",
        {"level": 4},
        {"grade": Grade.STATED},
        {"met_by": "interpreter_mediator"},
        {"met_by": "interpreter_level"},
        "language",
        {"seniority": "senior"},
        "seniority",
        "training",
    ]
    assert {"declaration", "nationality", "residence", "office", "refused"}.isdisjoint(LEVERS)


def test_a_longer_notice_is_the_next_tier_and_a_shorter_stay_a_week() -> None:
    slow = make_mediator(1, availability=make_availability(notice_days=30))
    brief = make_mediator(2, availability=make_availability(longest_stay_days=14))
    found = ask(make_request(), slow, brief)
    ends = make_request().end.replace(day=24)
    assert {one.changes for one in relax(found, "post", wanted=1)} == {
        (Change("notice", to=(("notice_days", 30),)),),
        (Change("window", to=(("end", ends),)),),
    }


def test_an_answer_of_before_a_change_is_refused_and_a_post_must_exist() -> None:
    columns = Columns.build([make_mediator(languages=(Language("fra", 1),))], TERMS)
    found = answer(columns, make_request(), NOW)
    with pytest.raises(ValueError, match="no post"):
        relax(found, "other", wanted=1)
    columns.apply(make_mediator(2))
    with pytest.raises(StaleAnswerError):
        relax(found, "post", wanted=1)
