"""``roster explain`` as an operator types it: relaxations, weights, why not, one against another."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from roster import clock
from roster.db import Database
from roster.schemas.explanation import ExplanationSchema
from tests.roster.cli.test_matching import Run, load_attested, make_profile, run, write

__all__ = ["run", "write"]


def make_criteria(**changes: Any) -> dict[str, Any]:
    start = clock.now().date() + timedelta(days=5)
    return {
        "title": "A request",
        "start": start.isoformat(),
        "end": (start + timedelta(days=10)).isoformat(),
        "posts": [{"languages": [{"any_of": ["fra"], "level": "C2"}], "themes": ["borders"]}],
        **changes,
    }


def explain(run: Run, write: Any, *options: str) -> dict[str, Any]:
    path = write("request.json", make_criteria())
    result = run("explain", path, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    assert ExplanationSchema().validate(document) == {}
    return document


def test_it_says_what_would_let_more_fit_and_why_each_does_not(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    themes = [{"code": "borders", "depth": 1}]
    women = [make_profile("W1", themes=themes), make_profile("W2"), make_profile("W3")]
    load_attested(run, write, tmp_path, women)
    document = explain(run, write, "--fewest", "1", "--why-not", "1", "--why-not", "999")
    what = {"criterion": "language", "wish": 0, "post": "post-1"}
    lower = {**what, "to": {"level": 5}, "second": []}
    (post,) = document["posts"]
    assert (post["fits"], post["relaxations"]) == (
        0,
        [{"changes": [lower], "fits": 1, "freed": 1, "added": []}],
    )
    first, unknown = document["why_not"]
    (reasons,) = first["posts"]
    assert (first["state"], reasons["request_steps"]) == ("near_miss", [lower])
    assert reasons["her_steps"] == [{"action": "raise_level", "criteria": ["language"]}]
    assert unknown == {"asked": "999", "state": "unknown", "is_withheld": False, "posts": []}


def test_the_text_says_it_in_words_and_never_names_anybody(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    load_attested(run, write, tmp_path, [make_profile("W1"), make_profile("W2")])
    path = write(
        "request.json", make_criteria(posts=[{"languages": ["fra"], "themes": ["borders"]}])
    )
    result = run("explain", path, "--why-not", "1")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "0 women fit."
    assert "  - theme absent [T1]" in lines
    assert any(line.startswith("  Would fit with: not asked:") for line in lines)
    assert "zz" not in result.output


def test_two_who_fit_are_compared_and_others_are_refused(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    load_attested(run, write, tmp_path, [make_profile("W1"), make_profile("W2")])
    path = write("request.json", make_criteria(posts=[{"languages": ["fra"]}]))
    result = run("explain", path, "--compare", "1", "2", "--format", "json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)["comparison"]
    assert (said["gap"], said["decided_by"]) == (0.0, "lot")
    refused = run("explain", path, "--compare", "1", "999")
    assert (refused.exit_code, "--compare needs" in refused.output) == (1, True)
