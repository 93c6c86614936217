"""The answer as a whole: states, funnel, order, near misses, look-alikes, posts, expiry."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matching import (
    PUBLISHED,
    Columns,
    Exclusions,
    FunnelStep,
    Grade,
    LanguageWish,
    Skill,
    StaleAnswerError,
    State,
    ThemeWish,
    answer,
)
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

LISTED, NEAR, OUT, UNSEEN = State.LISTED, State.NEAR_MISS, State.EXCLUDED, State.NOT_VISIBLE
TICK = timedelta(microseconds=1)


def test_an_availability_ends_at_its_instant_and_not_before() -> None:
    end = NOW + days(3)
    woman = make_mediator(availability=make_availability(valid_until=end))
    found = ask(make_request(), woman, now=end - TICK)
    assert (found.state(1), found.listed[0].holds_until) == (LISTED, end)
    later = ask(make_request(), woman, now=end)
    assert [later.state(1), later.near_misses[0].missing] == [NEAR, later.reasons(1)[0]]
    assert dict(later.reasons(1)[0].facts) == {
        "status": "available",
        "by": "self",
        "confirmed_at": NOW - days(10),
        "valid_until": end,
        "why": "expired",
        "days": 0,
    }


def test_each_woman_is_counted_at_the_first_gate_she_does_not_pass() -> None:
    post = make_post(themes=(ThemeWish(("ceasefire",)),))
    women = [
        make_mediator(1),
        make_mediator(2, availability=None),
        make_mediator(3, availability=None, themes=()),
        make_mediator(4, themes=()),
        make_mediator(5, consents=()),
        make_mediator(6, is_suspended=True),
    ]
    found = ask(make_request(post), *women)
    assert (found.considered, found.not_visible) == (5, 1)
    assert [step for step in found.funnel if step.fell] == [
        FunnelStep("suspension", 1, 4),
        FunnelStep("freshness", 2, 2),
        FunnelStep("theme", 1, 1, ("ceasefire",)),
    ]
    assert found.funnel[-1].left == 1
    assert found.states == {1: LISTED, 2: NEAR, 3: OUT, 4: OUT, 5: UNSEEN, 6: OUT}
    assert found.counts == {LISTED: 1, NEAR: 1, OUT: 3, UNSEEN: 1}


def test_reasons_stand_in_the_order_of_decision() -> None:
    post = make_post(themes=(ThemeWish(("borders",)),), languages=(LanguageWish(("fra",)),))
    woman = make_mediator(availability=None, declaration=None)
    codes = [one.code for one in ask(make_request(post), woman).reasons(1)]
    assert codes == ["A1", "T1", "L1", "N0"]


def test_who_is_not_visible_has_no_reason_but_that() -> None:
    codes = [
        one.code
        for one in ask(make_request(), make_mediator(consents=(), safety_class=3)).reasons(1)
    ]
    assert codes == ["P1", "P2"]


def test_a_score_is_the_sum_of_its_points_and_no_more_than_what_was_asked() -> None:
    post = make_post(
        themes_nice=(ThemeWish(("ceasefire",)), ThemeWish(("borders",)), ThemeWish(("youth",))),
        languages=(LanguageWish(("eng",)),),
    )
    (candidate,) = ask(make_request(post), make_mediator()).listed
    by_name = {
        (one.criterion, one.wish): (one.points, one.out_of)
        for one in candidate.evidence
        if not one.is_hard
    }
    assert by_name == {
        ("themes_nice", 0): (5.0, 5.0),
        ("themes_nice", 1): (0.0, 5.0),
        ("themes_nice", 2): (0.0, 5.0),
        ("region_experience", 0): (12.0, 12.0),
        ("mediated_in", 0): (0.0, 6.0),
        ("freshness_margin", 0): (3.33, 5.0),
        ("notice_margin", 0): (1.0, 2.0),
    }
    assert (candidate.points, candidate.out_of) == (21.33, 40.0)


def test_no_score_buys_back_a_failed_gate() -> None:
    post = make_post(languages=(LanguageWish(("fra",)),), themes_nice=(ThemeWish(("ceasefire",)),))
    plain = make_mediator(1, languages=(make_language("fra"),), themes=(), places=())
    rich = make_mediator(2)
    found = ask(make_request(post), plain, rich)
    assert [one.mediator_id for one in found.listed] == [1]


def test_equals_go_by_the_longest_time_not_proposed_never_proposed_first() -> None:
    women = [
        make_mediator(1, last_proposed_at=NOW - days(1)),
        make_mediator(2, last_proposed_at=NOW - days(400)),
        make_mediator(3),
    ]
    assert [one.mediator_id for one in ask(make_request(), *women).listed] == [3, 2, 1]


def test_full_equals_go_by_a_lot_of_the_request_and_not_by_number() -> None:
    women = [make_mediator(number) for number in range(1, 13)]
    orders = [
        [one.mediator_id for one in ask(make_request(code=code), *order).listed]
        for code in ("R-1", "R-2")
        for order in (women, women[::-1])
    ]
    assert orders[0] == orders[1]
    assert orders[2] == orders[3]
    assert orders[0] != orders[2]
    assert list(range(1, 13)) not in orders


def test_her_state_is_the_best_over_the_posts_and_she_is_listed_for_each_she_fits() -> None:
    posts = (
        make_post(code="a", languages=(LanguageWish(("eng",)),)),
        make_post(code="b", languages=(LanguageWish(("fra",)),)),
        make_post(code="c"),
    )
    french = make_mediator(2, languages=(make_language("fra", grade=Grade.STATED),))
    found = ask(make_request(*posts), make_mediator(1), french)
    assert [(one.post, one.mediator_id) for one in found.listed if one.mediator_id == 1] == [
        ("a", 1),
        ("c", 1),
    ]
    assert (found.state(2), found.near_misses) == (LISTED, ())
    only_b = ask(make_request(posts[0], posts[1]), french)
    assert [(one.post, one.mediator_id) for one in only_b.near_misses] == [("b", 2)]
    assert [one.code for one in only_b.reasons(2)] == ["L3"]


def test_with_several_posts_she_falls_where_she_came_furthest() -> None:
    posts = (
        make_post(code="a", roles=("observer",)),
        make_post(code="b", themes=(ThemeWish(("borders",)),)),
    )
    found = ask(make_request(*posts), make_mediator())
    assert [(step.gate, step.asked) for step in found.funnel if step.fell] == [
        ("theme", ("borders",))
    ]


def test_of_two_look_alikes_the_one_with_the_fresher_own_availability_stays() -> None:
    older = make_mediator(1, look_alikes=frozenset({2}))
    fresher = make_mediator(2, availability=make_availability(confirmed_at=NOW - days(1)))
    found = ask(make_request(), older, fresher)
    assert found.states == {1: OUT, 2: LISTED}
    assert [one.code for one in found.reasons(1)] == ["X2"]
    assert found.funnel[-1] == FunnelStep("look_alike", 1, 1)
    by_phone = replace(
        fresher,
        availability=make_availability(confirmed_at=NOW, confirmed_by="coordinator"),
    )
    assert ask(make_request(), older, by_phone).states == {1: LISTED, 2: OUT}


def test_a_near_miss_never_takes_the_place_of_a_listed_look_alike() -> None:
    listed = make_mediator(1)
    near = make_mediator(
        2,
        look_alikes=frozenset({1}),
        availability=make_availability(confirmed_at=NOW, notice_days=60),
    )
    found = ask(make_request(), listed, near)
    assert found.states == {1: LISTED, 2: OUT}
    assert [one.code for one in found.reasons(2)] == ["A3", "X2"]


def test_a_look_alike_who_is_out_for_herself_displaces_nobody() -> None:
    out = make_mediator(2, look_alikes=frozenset({1}), is_suspended=True)
    assert ask(make_request(), make_mediator(1), out).states == {1: LISTED, 2: OUT}


def test_a_limit_bounds_what_is_explained_and_not_what_is_counted() -> None:
    women = [make_mediator(number) for number in range(1, 6)]
    found = ask(make_request(), *women, limit=2)
    whole = ask(make_request(), *women)
    assert found.listed == whole.listed[:2]
    assert found.counts[LISTED] == 5
    assert ask(make_request(), *women, limit=0).listed == ()


def test_an_answer_about_a_changed_roster_gives_no_reasons() -> None:
    columns = Columns.build([make_mediator(1, availability=None)], TERMS)
    found = answer(columns, make_request(), NOW)
    columns.apply(make_mediator(1))
    with pytest.raises(StaleAnswerError):
        found.reasons(1)


def test_what_is_no_question_is_refused() -> None:
    columns = Columns.build([], TERMS)
    with pytest.raises(ValueError, match="aware"):
        answer(columns, make_request(), NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="post"):
        answer(columns, replace(make_request(), posts=()), NOW)
    with pytest.raises(KeyError):
        answer(columns, make_request(), NOW).state(1)


def test_an_empty_roster_has_an_empty_answer() -> None:
    found = ask(make_request())
    assert (found.considered, found.listed, found.near_misses, found.states) == (0, (), (), {})


def test_the_answer_names_the_version_of_its_weights() -> None:
    assert ask(make_request(), make_mediator()).weights_version == PUBLISHED.version


def test_track_three_experience_never_lowers_a_score() -> None:
    post = make_post(tracks=("I", "III"))
    request = make_request(post, exclusions=Exclusions())
    without = make_mediator(tracks=(Skill("I", Grade.RECORDED),))
    (one,) = ask(request, without).listed
    (two,) = ask(request, make_mediator()).listed
    assert two.points >= one.points
