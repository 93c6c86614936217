"""A team at the command line, as an operator types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roster.cli import main
from roster.db import Database
from roster.permissions import OPERATOR
from roster.schemas.profile import load_profiles_document
from roster.services.profiles_loading import load_profiles
from tests.roster.cli.test_matching import make_asked, make_profile

Run = Callable[..., Result]


@pytest.fixture
def ask_team(
    database: Database,
    database_url: str,
    key_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Write a request and ask for its team, of four women: two of nwm, two of fem."""
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))
    monkeypatch.setenv("ROSTER_SECRET_KEY", "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e")
    with database.writing() as session:
        load_profiles(
            session,
            actor=OPERATOR,
            profiles=load_profiles_document([_make_woman(number) for number in range(1, 5)]),
            may_bring_consents=True,
            is_invented=True,
        )
        session.commit()

    def run(form: str, **changes: Any) -> Result:
        path = tmp_path / "request.json"
        path.write_text(json.dumps(make_asked(**changes)), encoding="utf-8")
        return CliRunner().invoke(main, ["team", str(path), "--format", form])

    return run


def _make_woman(number: int) -> dict[str, Any]:
    network = "nwm" if number < 3 else "mwmn"
    return make_profile(
        f"W{number}",
        memberships=[{"network": network, "accreditation": "accredited"}],
        languages=[
            {"code": "fra", "level": "C1", "grade": "confirmed"},
            *([{"code": "arb", "level": "C1", "grade": "confirmed"}] if number == 4 else []),
        ],
    )


TWO_POSTS = [
    {"code": "lead", "languages": ["fra"]},
    {"code": "second", "languages": ["fra"], "languages_nice": ["ara"]},
]


def test_the_team_names_nobody_and_says_under_which_network_each_counts(ask_team: Run) -> None:
    rules = {"per_network": 1, "languages": [{"any_of": ["ara"], "women": 1}]}
    said = ask_team("json", posts=TWO_POSTS, team=rules, target_share=50)
    assert said.exit_code == 0, said.output
    document = json.loads(said.output)
    assert "zzname" not in said.output
    assert document["proof"]["status"] == "proven"
    members = document["team"]["members"]
    assert [one["post"] for one in members] == ["lead", "second"]
    assert {one["counts_under"] for one in members} == {"nwm", "mwmn"}
    assert members[1]["points"] > members[0]["points"]
    assert document["share"]["sums"] == [
        {"unfilled": "men", "reached": 100.0, "needed": 1, "allowed": 2}
    ]
    text = ask_team("text", posts=TWO_POSTS, team=rules, target_share=50)
    for line in (
        "Now: women 0, men 0. Posts to fill: 2.",
        "For 50 %, women needed: 1.",
        "No other team is better.",
    ):
        assert line in text.output
    assert "zzname" not in text.output


def test_an_impossible_share_is_said_with_its_arithmetic_before_the_rule_is_named(
    ask_team: Run,
) -> None:
    said = ask_team("text", posts=TWO_POSTS, present_team={"women": 0, "men": 6}, target_share=40)
    assert said.exit_code == 0, said.output
    lines = [
        "Now: women 0, men 6. Posts to fill: 2.",
        "With women on all posts: 2 of 8.",
        "No number reaches 40 %.",
        "So the share asked cannot be reached with these posts.",
        "No team keeps all the rules.",
        "In the way: at least 40 % women.",
        "Without these rules:",
    ]
    places = [said.output.find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("team", "line"),
    [
        ({"mentees": [{"post": "none", "beside": "lead"}]}, "team: unknown_code"),
        ({"mentees": [{"post": "lead", "beside": "lead"}]}, "team.mentees.0.beside"),
        ({"per_network": -1}, "team.per_network: out_of_range"),
        ({"languages": [{"any_of": ["Klingonese"]}]}, "team.languages.0.any_of.0: unknown_code"),
        ({"unfilled": "robots"}, "team.unfilled: not_a_choice"),
        ({"locked": [{"post": "lead", "mediator": "one"}]}, "team.locked.0.mediator: invalid"),
        ({"padding": 3}, "team.padding: unknown_field"),
    ],
)
def test_wrong_rules_are_named_by_path_and_code(
    ask_team: Run, team: dict[str, Any], line: str
) -> None:
    said = ask_team("json", posts=TWO_POSTS, team=team)
    assert (said.exit_code, line in said.output) == (1, True), said.output


def test_who_is_not_listed_cannot_be_settled_for_a_post(ask_team: Run) -> None:
    rules = {"locked": [{"post": "lead", "mediator": 999}]}
    document = json.loads(ask_team("json", posts=TWO_POSTS, team=rules).output)
    assert (document["proof"]["status"], document["team"]) == ("infeasible", None)
    assert document["binding"] == [
        {"code": "locked", "about": ["lead"], "count": None, "mediator": 999}
    ]
    assert len(document["nearest"]["members"]) == 2
