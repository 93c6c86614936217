"""Criteria changed as JSON ask exactly what the engine's change asks."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from matching import Change, Columns, Grade, answer, apply_changes, relax
from matching.changes import SPLIT
from matching.facts import Requester
from matching.levers import list_options
from matching.standing import find_post
from roster import clock
from roster.facts import make_request
from roster.schemas.request import load_criteria
from roster.services.less_asked import ask_less
from roster.vocabulary import load_vocabulary

POST: dict[str, Any] = {
    "code": "lead",
    "roles": ["facilitator"],
    "role_grade": "recorded",
    "tracks": ["II"],
    "track_grade": "confirmed",
    "phases": ["ceasefire"],
    "phase_grade": "confirmed",
    "themes": [
        {"any_of": ["ceasefire"], "depth": 3, "grade": "confirmed"},
        {"any_of": ["borders"]},
    ],
    "languages": [{"any_of": ["fra"], "level": "C1"}, {"any_of": ["ara"], "level": "UN-III"}],
    "places": [{"any_of": ["KEN"], "since_year": 2015, "grade": "confirmed"}],
    "seniority": "senior",
    "origin": "outsider",
    "origin_is_hard": True,
}
DOCUMENT: dict[str, Any] = {
    "title": "Corridor talks",
    "start": "2027-01-04",
    "end": "2027-03-31",
    "place": "KEN",
    "days_per_month": 15,
    "notice_days": 7,
    "posts": [POST],
}


def read(criteria: dict[str, Any]) -> Any:
    return make_request(criteria, code="", requester=Requester())


def list_every_change() -> set[Change]:
    """Every change that the engine proposes for a roster in which nobody fits."""
    found = answer(Columns.build([], load_vocabulary()), read(load_criteria(DOCUMENT)), clock.now())
    assert relax(found, "lead", wanted=1) == ()
    asking, plan = find_post(found.workings, "lead"), found.workings.plan
    steps = [step for _, step in (*plan.of_request, *plan.of_posts[0])]
    return {change for step in steps for change in list_options(step, asking)}


def test_each_change_of_the_engine_is_the_same_change_of_the_form() -> None:
    criteria = load_criteria(DOCUMENT)
    changes = list_every_change()
    assert len(changes) > 20
    before = deepcopy(criteria)
    for change in changes:
        if ("dates_are_open", True) in change.to:  # every request has dates
            with pytest.raises(ValueError, match="form"):
                ask_less(criteria, [change])
            continue
        after = ask_less(criteria, [change])
        assert read(after) == apply_changes(read(criteria), [change]), change
        assert load_criteria(after) == after
    assert criteria == before


def test_several_wishes_are_left_out_at_once_each_the_right_one() -> None:
    criteria = load_criteria(DOCUMENT)
    changes = [
        Change("language", 0, "lead"),
        Change("language", 1, "lead", (("level", 4), ("grade", Grade.STATED))),
        Change("theme", 0, "lead"),
        Change("theme", 1, "lead"),
    ]
    after = ask_less(criteria, changes)
    post = after["posts"][0]
    kept = [(one["any_of"], one["level"], one["grade"]) for one in post["languages"]]
    assert (kept, post["themes"]) == ([(["ara"], "B2", "stated")], [])


SPLIT_POST = Change(SPLIT, post="lead", second=(("language", 1), ("theme", 0)))


def test_two_women_hold_a_post_together_as_two_posts_of_the_form() -> None:
    bare = {**DOCUMENT, "posts": [{**POST, "code": None}, {"languages": ["swa"]}]}
    for document, post in ((DOCUMENT, "lead"), (bare, "post-1")):
        criteria = load_criteria(document)
        change = replace(SPLIT_POST, post=post)
        after = ask_less(criteria, [change, Change("notice")])
        assert load_criteria(after) == after
        first, second = after["posts"][:2]
        asked = [[one["any_of"] for one in each["languages"]] for each in (first, second)]
        assert asked == [[["fra"]], [["ara"]]]
        assert [len(each["themes"]) for each in (first, second)] == [1, 1]
        assert (after["notice_days"], after["posts"][2:]) == (None, criteria["posts"][1:])


@pytest.mark.parametrize(
    "more",
    [
        {"team": {"locked": [{"post": "lead", "mediator": 1}]}},
        {"posts": [POST, {"trainings": ["hostile_environment"]}]},
    ],
)
def test_no_post_is_added_where_the_form_would_lose_what_it_does_not_ask(
    more: dict[str, Any],
) -> None:
    criteria = {**load_criteria(DOCUMENT), **more}
    with pytest.raises(ValueError, match="add a post"):
        ask_less(criteria, [SPLIT_POST])


def test_nationals_of_a_side_stay_out_although_the_role_is_no_longer_asked() -> None:
    document = {
        **DOCUMENT,
        "parties": [{"country": "SDN"}],
        "exclusions": {"nationalities": ["TCD"], "residences": ["LBY"]},
        "posts": [{"code": "lead", "roles": ["lead_mediator"], "tracks": ["I"]}],
    }
    after = ask_less(load_criteria(document), [Change("track", 0, "lead")])
    assert after["posts"][0]["tracks"] == []
    assert after["exclusions"]["nationalities"] == ["SDN", "TCD"]
    assert after["exclusions"]["residences"] == ["LBY"]


def test_of_several_posts_the_form_cannot_hold_the_rule_of_one() -> None:
    document = {
        **DOCUMENT,
        "parties": [{"country": "SDN"}],
        "posts": [
            {"code": "lead", "roles": ["lead_mediator"], "tracks": ["I"]},
            {"code": "other", "languages": ["fra"]},
        ],
    }
    with pytest.raises(ValueError, match="form"):
        ask_less(load_criteria(document), [Change("track", 0, "lead")])
    other = ask_less(load_criteria(document), [Change("language", 0, "other")])
    assert other["posts"][1]["languages"] == []


@pytest.mark.parametrize(
    "change",
    [
        Change("window"),
        Change("language", 0, "nobody's"),
        Change("nationality"),
        Change("consent"),
    ],
)
def test_what_is_no_change_of_a_request_is_refused(change: Change) -> None:
    with pytest.raises((ValueError, KeyError)):
        ask_less(load_criteria(DOCUMENT), [change])
