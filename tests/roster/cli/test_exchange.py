"""Partners for an exchange at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.roster.cli.test_matching import Run, load_attested, make_profile, run, write

__all__ = ["run", "write"]
AGREED = ["matching", "card", "mentoring"]


def make_other(reference: str, **changes: Any) -> dict[str, Any]:
    membership = {"network": "mwmn", "accreditation": "accredited"}
    return make_profile(reference, memberships=[membership], **{"consents": AGREED, **changes})


def test_partners_are_proposed_among_those_who_agreed_and_names_stay_out(
    run: Run, write: Any, tmp_path: Path
) -> None:
    profiles = [
        make_profile("W1", consents=AGREED),
        make_other("W2"),
        make_other("W3", consents=["matching", "card"]),
        make_other("W4", safety_class=3),
    ]
    loaded = json.loads(load_attested(run, write, tmp_path, profiles).output)["loaded"]
    numbers = {one["reference"]: one["mediator"] for one in loaded}
    said = run("exchange", "--mediator", numbers["W1"])
    assert said.exit_code == 0, said.output
    assert json.loads(said.output) == {
        "mediator": numbers["W1"],
        "takes_part": True,
        "partners": [
            {
                "mediator": numbers["W2"],
                "rank": 1,
                "points": 25.0,
                "out_of": 55.0,
                "grounds": json.loads(said.output)["partners"][0]["grounds"],
            }
        ],
    }
    assert "zzname" not in said.output
    silent = json.loads(run("exchange", "--mediator", numbers["W3"]).output)
    assert (silent["takes_part"], silent["partners"]) == (False, [])


def test_a_number_of_nobody_is_said_and_the_schema_is_printed(run: Run) -> None:
    assert run("exchange", "--mediator", 999).exit_code == 1
    assert '"takes_part"' in run("schema", "exchange").output


def test_as_text_each_ground_is_worded_in_the_language_asked_for(
    run: Run, write: Any, tmp_path: Path
) -> None:
    profiles = [make_profile("W1", consents=AGREED), make_other("W2"), make_profile("W3")]
    loaded = json.loads(load_attested(run, write, tmp_path, profiles).output)["loaded"]
    numbers = {one["reference"]: one["mediator"] for one in loaded}
    said = run("exchange", "--mediator", numbers["W1"], "--format", "text")
    assert said.output.splitlines()[0] == f"  1. Mediator {numbers['W2']}: 25 of 55 points"
    assert "     Shared languages: French (15 of 30 points)" in said.output.splitlines()
    assert "zzname" not in said.output
    french = run("exchange", "--mediator", numbers["W1"], "--format", "text", "--language", "fr")
    assert "français" in french.output and "Shared" not in french.output
    none = run("exchange", "--mediator", numbers["W3"], "--format", "text")
    assert none.output == "She takes no part in exchanges at present.\n"
