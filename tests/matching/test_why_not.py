"""Why she is not in the answer: reasons in order, the smallest change, and what is nobody's to read."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from matching import (
    Columns,
    Declaration,
    Interest,
    Language,
    LanguageWish,
    Mediator,
    Place,
    PlaceWish,
    Request,
    Skill,
    State,
    ThemeWish,
    answer,
)
from matching.changes import Change, apply_changes
from matching.evidence import NOT_PROPOSED, Evidence, Verdict
from matching.levers import LEVERS
from matching.why_not import HerStep, Reason, Viewer, WhyNot, why_not
from tests.matching.builders import (
    NOW,
    TERMS,
    TODAY,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)
from tests.matching.strategies import requests, rosters

NETWORK = Viewer.NETWORK


def explain(request: Request, woman: Mediator, viewer: Viewer = Viewer.ENVOY) -> WhyNot:
    found = why_not(ask(request, woman), woman.id, viewer)
    assert found is not None
    return found


@settings(max_examples=60, deadline=None)
@given(rosters, requests)
def test_the_changes_of_the_request_admit_her_and_none_can_be_spared(
    roster: list[Mediator], request: Request
) -> None:
    columns = Columns.build(roster, TERMS)
    found = answer(columns, request, NOW)
    for woman, state in found.states.items():
        said = why_not(found, woman, NETWORK)
        if state == State.NOT_VISIBLE:
            assert said is None
            continue
        assert said is not None
        assert said.state == state
        reasons = tuple(one.evidence for one in said.posts[0].reasons)
        assert reasons == found.reasons(woman)
        for one in said.posts:
            steps = one.request_steps
            if steps is None:
                assert any(each.asked is None for each in one.reasons)
                continue

            def admits(changes: tuple[Change, ...], code: str = one.post, her: int = woman) -> bool:
                changed = apply_changes(request, changes)
                only = tuple(post for post in changed.posts if post.code == code)
                after = answer(columns, replace(changed, posts=only), NOW, limit=0)
                return after.state(her) == State.LISTED

            assert admits(steps)
            for change in steps:
                assert not admits(tuple(each for each in steps if each != change))


@settings(max_examples=60, deadline=None)
@given(rosters, requests)
def test_an_envoy_learns_nothing_of_a_protected_reason(
    roster: list[Mediator], request: Request
) -> None:
    found = answer(Columns.build(roster, TERMS), request, NOW)
    for woman, state in found.states.items():
        ours, said = why_not(found, woman, NETWORK), why_not(found, woman)
        if ours is None or said is None:
            assert (ours, said, state) == (None, None, State.NOT_VISIBLE)
            continue
        codes = {one.evidence.code for post in ours.posts for one in post.reasons}
        if state == State.EXCLUDED and codes & NOT_PROPOSED:
            assert said == WhyNot(State.EXCLUDED, is_withheld=True)
        for post in said.posts:
            public = [one.evidence for one in post.reasons]
            assert not any(one.code in NOT_PROPOSED or one.code[:1] == "C" for one in public)
            rule = [one for one in public if one.code == "conflict_rule"]
            assert rule in ([], [Evidence("conflict", Verdict.FAIL, "conflict_rule")])


def test_unknown_and_not_visible_read_the_same() -> None:
    found = ask(make_request(), make_mediator(1, consents=()), make_mediator(2, safety_class=3))
    assert [why_not(found, woman, viewer) for woman in (1, 2, 9) for viewer in Viewer] == [None] * 6


@pytest.mark.parametrize(
    "protected",
    [
        {"is_suspended": True},
        {"has_integrity_hold": True},
        {"paused_until": NOW + days(9)},
        {"refused_by": frozenset({"gov"})},
        {"interests": (Interest("kin", "SSD"),)},
    ],
)
def test_every_protected_reason_reads_alike_whatever_else_she_lacks(
    protected: dict[str, object],
) -> None:
    post = make_post(languages=(LanguageWish(("fra",)),))
    woman = make_mediator(1, availability=None, **protected)
    assert explain(make_request(post), woman) == WhyNot(State.EXCLUDED, is_withheld=True)


def test_two_rules_on_conflicts_are_one_reason_without_facts_for_an_envoy() -> None:
    rules = replace(
        make_request().exclusions, nationalities=frozenset({"NOR"}), residences=frozenset({"NOR"})
    )
    request = make_request(exclusions=rules)
    (post,) = explain(request, make_mediator()).posts
    assert post.reasons == (Reason(Evidence("conflict", Verdict.FAIL, "conflict_rule")),)
    assert (post.her_steps, post.request_steps, post.smallest) == (None, None, None)
    (ours,) = explain(request, make_mediator(), NETWORK).posts
    assert [one.evidence.code for one in ours.reasons] == ["C1", "C3"]
    assert [(one.hers, one.asked) for one in ours.reasons] == [(None, None)] * 2


def test_on_her_side_one_statement_cures_all_that_availability_lacks() -> None:
    said = make_availability(notice_days=30, days_per_month=4, window_to=date(2027, 1, 26))
    woman = make_mediator(availability=said, declaration=None)
    (post,) = explain(make_request(), woman, NETWORK).posts
    lacks = (("window", 0), ("notice", 0), ("days_per_month", 0))
    assert post.her_steps == (
        HerStep("change_availability", lacks),
        HerStep("declare", (("declaration", 0),)),
    )
    assert post.request_steps is None
    assert [one.asked for one in post.reasons] == [
        Change("window", to=(("start", date(2027, 1, 11)), ("end", date(2027, 1, 26)))),
        Change("notice", to=(("notice_days", 30),)),
        Change("days_per_month", to=(("days_per_month", 4),)),
        None,
    ]


def test_each_change_of_the_request_goes_just_as_far_as_she_is() -> None:
    post = make_post(
        languages=(LanguageWish(("fra",), level=6),),
        themes=(ThemeWish(("borders",), 3),),
        places=(PlaceWish(("KEN",), 2024),),
        seniority="eminent",
        trainings=("security",),
    )
    woman = make_mediator(
        languages=(make_language("fra", level=3),),
        themes=(Skill("borders", depth=1),),
        places=(Place("KEN", None, 2017),),
        seniority=Skill("mid"),
    )
    (said,) = explain(make_request(post), woman, NETWORK).posts
    assert said.request_steps == (
        Change("region", 0, "post", (("since_year", 2017),)),
        Change("theme", 0, "post", (("depth", 1),)),
        Change("language", 0, "post", (("level", 3),)),
        Change("seniority", 0, "post", (("seniority", "mid"),)),
        Change("training", 0, "post"),
    )
    assert (said.her_steps, said.smallest) == (None, said.request_steps)


def test_what_she_can_cure_is_hers_and_the_rest_the_requests() -> None:
    post = make_post(languages=(LanguageWish(("fra",)), LanguageWish(("apd",))))
    woman = make_mediator(languages=(Language("fra", 5, 5),), declaration=None)
    (said,) = explain(make_request(post), woman).posts
    assert said.smallest == (
        HerStep("confirm_evidence", (("language", 0),)),
        HerStep("declare", (("declaration", 0),)),
        Change("language", 1, "post"),
    )


def test_remote_work_alone_cures_a_way_of_work_and_a_place_refused() -> None:
    said = make_availability(modalities=frozenset({"remote"}), refused=frozenset({"SSD"}))
    (post,) = explain(make_request(), make_mediator(availability=said), NETWORK).posts
    assert [one.evidence.code for one in post.reasons] == ["A5", "A5"]
    assert post.request_steps == (Change("modality", to=(("modality", "remote"),)),)


def test_an_envoy_reads_neither_her_dates_nor_a_year_of_hers() -> None:
    woman = make_mediator(availability=make_availability(window_to=date(2027, 1, 26)))
    (post,) = explain(make_request(), woman).posts
    assert post.request_steps == (Change("window"),)
    region = make_post(places=(PlaceWish(("KEN",), 2025),))
    (post,) = explain(make_request(region), make_mediator(places=(Place("KEN", None, 2018),))).posts
    assert post.request_steps == (Change("region", 0, "post", (("since_year", 2016),)),)


def test_the_post_she_comes_nearest_to_stands_first() -> None:
    far = make_post(code="far", themes=(ThemeWish(("borders",)), ThemeWish(("youth",))))
    near = make_post(code="near", languages=(LanguageWish(("arb",), level=6),))
    said = explain(make_request(far, near), make_mediator())
    assert [(one.post, [each.evidence.code for each in one.reasons]) for one in said.posts] == [
        ("near", ["L2"]),
        ("far", ["T1", "T1"]),
    ]
    assert said.posts[0].her_steps == (HerStep("raise_level", (("language", 0),)),)


def test_a_look_alike_gives_way_and_nothing_admits_her() -> None:
    stays = make_mediator(1)
    gives_way = make_mediator(
        2,
        look_alikes=frozenset({1}),
        availability=make_availability(confirmed_at=NOW - days(40)),
        declaration=Declaration(TODAY, make_mediator().declaration.covers),  # type: ignore[union-attr]
    )
    said = why_not(ask(make_request(), stays, gives_way), 2)
    assert said is not None
    (post,) = said.posts
    assert [one.evidence.code for one in post.reasons] == ["X2"]
    assert (post.her_steps, post.request_steps, post.smallest) == (None, None, None)


def test_her_own_word_and_every_conflict_rule_have_no_lever() -> None:
    never = {"freshness", "declaration", "nationality", "residence", "office", "held_interest"}
    assert (
        never | {"refused", "suspension", "integrity", "pause"}
        == (never | {"refused", "suspension", "integrity", "pause"}) - LEVERS.keys()
    )
