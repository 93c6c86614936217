"""Saving the form over a request loses nothing that the form does not ask."""

from __future__ import annotations

from roster.web.envoys.carried import carry_over


def test_what_the_form_does_not_ask_stays_and_what_it_asks_is_replaced() -> None:
    before = {
        "title": "old",
        "networks": ["nwm"],
        "posts": [
            {"code": "lead", "roles": ["facilitator"], "trainings": ["hostile_environment"]},
            {"code": None, "exclusions": {"nationalities": ["TCD"]}},
        ],
    }
    after = {
        "title": "new",
        "networks": [],
        "posts": [{"code": "lead", "roles": ["liaison"], "trainings": []}, {"code": None}],
    }
    assert carry_over(before, after) == {
        "title": "new",
        "networks": ["nwm"],
        "posts": [
            {"code": "lead", "roles": ["liaison"], "trainings": ["hostile_environment"]},
            {"code": None, "exclusions": {"nationalities": ["TCD"]}},
        ],
    }
