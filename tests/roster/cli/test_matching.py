"""Load, shortlist and schema at the command line, as an operator types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from matching import Columns, State, answer
from roster import clock
from roster.cli import main
from roster.cli.answer_text import explain_changes_as_text
from roster.cli.matching import list_handles, read_request
from roster.db import Database
from roster.facts import load_mediators
from roster.models import AuditEvent, Change, Consent, Mediator
from roster.schemas.request import load_criteria
from roster.services.answer_changes import compare_answers
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording

Run = Callable[..., Result]
KEY = b"an operator's key of forty characters ok"


@pytest.fixture
def run(
    database: Database, database_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command on this test's database, outside the demo."""
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))
    monkeypatch.setenv("ROSTER_SECRET_KEY", "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e")
    monkeypatch.delenv("ROSTER_DEMO", raising=False)
    return lambda *arguments: CliRunner().invoke(main, [str(one) for one in arguments])


def make_profile(reference: str = "W1", **changes: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "reference": reference,
        "names": {"display_name": f"zzname{reference}zz", "original_name": "zzoriginal1zz"},
        "contacts": {"email": f"{reference}@example.org", "phone": "+000 zzphone1zz"},
        "memberships": [{"network": "nwm", "accreditation": "accredited"}],
        "nationalities": ["Norway"],
        "residence": "NOR",
        "languages": [{"code": "fra", "level": "C1", "grade": "confirmed"}],
        "availability": {
            "status": "available",
            "confirmed_at": now.isoformat(),
            "valid_until": (now + timedelta(days=30)).isoformat(),
            "window_from": "2020-01-01",
            "modalities": ["in_person"],
        },
        "consents": ["matching", "card"],
        "declaration": {"declared_on": now.date().isoformat()},
        **changes,
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    """Write a JSON file and return its path."""

    def write_file(name: str, document: Any) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return write_file


def make_asked(**changes: Any) -> dict[str, Any]:
    day = clock.now().date()
    return {
        "code": "R-TEST",
        "start": day.isoformat(),
        "end": (day + timedelta(days=40)).isoformat(),
        "posts": [{"languages": ["fra"]}],
        **changes,
    }


def load_attested(run: Run, write: Any, tmp_path: Path, profiles: list[Any]) -> Result:
    """Load profiles with consents as an operator does outside the demo."""
    path = write("profiles.json", profiles)
    key = tmp_path / "operator.key"
    key.write_bytes(KEY)
    signed = run("attest", path, "--statement", "Collected on paper.", "--key-file", key)
    attestation = write("attestation.json", json.loads(signed.output))
    return run("load", path, "--attestation", attestation, "--key-file", key, "--format", "json")


def test_consents_are_loaded_only_with_a_signed_attestation_of_this_very_file(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    path = write("profiles.json", [make_profile()])
    refused = run("load", path)
    assert (refused.exit_code, "Sign that they were given" in refused.output) == (1, True)
    loaded = load_attested(run, write, tmp_path, [make_profile()])
    assert loaded.exit_code == 0, loaded.output
    path = write("profiles.json", [make_profile("W2")])
    other = run(
        "load", path, "--attestation", tmp_path / "attestation.json",
        "--key-file", tmp_path / "operator.key",
    )  # fmt: skip
    assert (other.exit_code, "not of this file" in other.output) == (1, True)
    with database.reading() as session:
        assert session.scalar(select(func.count(Mediator.id))) == 1
        assert session.scalar(select(func.count(Consent.id))) == 2
        assert session.scalars(select(AuditEvent.action)).all() == ["profiles.loaded"]
        assert session.scalar(select(func.count(Change.id))) == 1


def test_the_same_file_again_changes_nothing(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    outcomes = []
    for _ in range(2):
        result = load_attested(run, write, tmp_path, [make_profile(), make_profile("W2")])
        outcomes.append([one["outcome"] for one in json.loads(result.output)["loaded"]])
    assert outcomes == [["new", "new"], ["same", "same"]]
    with database.reading() as session:
        assert session.scalar(select(func.count(Mediator.id))) == 2


def test_a_wrong_profile_stops_the_whole_file_and_is_named_by_path_and_code(
    run: Run, write: Any, database: Database
) -> None:
    wrong = make_profile("W2", consents=[], languages=[{"code": "Klingonese"}], safety_class=7)
    result = run("load", write("p.json", [make_profile("W1", consents=[]), wrong]))
    assert result.exit_code == 1
    for line in (
        "profiles.1.languages.0.code: unknown_code",
        "profiles.1.safety_class: out_of_range",
    ):
        assert line in result.output
    with database.reading() as session:
        assert session.scalar(select(func.count(Mediator.id))) == 0


def test_the_answer_is_explained_by_handle_and_names_nobody(
    run: Run, write: Any, tmp_path: Path
) -> None:
    load_attested(run, write, tmp_path, [make_profile()])
    path = write("request.json", make_asked(title="Corridor talks"))
    text = run("shortlist", path)
    assert text.exit_code == 0, text.output
    assert text.output.startswith("Corridor talks\n1 woman fits. (")
    assert "French, speaking B2: French C1" in text.output
    document = run("shortlist", path, "--format", "json")
    for output in (text.output, document.output):
        for secret in ("zz", "example.org", "NOR", "Norway", "nwm"):
            assert secret not in output
    [listed] = json.loads(document.output)["listed"]
    assert listed["handle"] in text.output


def test_at_moves_the_clock_of_the_engine_and_an_expired_availability_is_unknown(
    run: Run, write: Any, tmp_path: Path
) -> None:
    load_attested(run, write, tmp_path, [make_profile()])
    path = write("request.json", make_asked())
    codes = []
    for days in (0, 60):
        at = (clock.now() + timedelta(days=days)).isoformat()
        result = run("shortlist", path, "--at", at, "--format", "json", "--standings")
        document = json.loads(result.output)
        assert document["at"] == at
        codes.append([(one["state"], one["codes"]) for one in document["standings"]])
    assert codes == [[("listed", [])], [("near_miss", ["A1"])]]


def test_a_complete_profile_reaches_the_engine_whole(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    experience = {"process": "zzprocess1zz", "country": "COL", "role": "facilitator",
                  "track": "II", "last_year": 2020, "verified_on": "2025-05-05"}  # fmt: skip
    full = make_profile(
        birth_year=1980,
        nationalities=[],
        safety_class=1,
        seniority={"code": "senior", "grade": "confirmed"},
        themes=["ceasefire", {"code": "ddr_ssr", "depth": 3}],
        places=[{"country": "Kenya", "first_year": 2010, "last_year": 2012}],
        trainings=[{"code": "security", "expires_on": "2030-01-01"}],
        communities=["lake_people"],
        refused_by=["gov"],
        look_alikes=["W2"],
        experiences=[experience],
    )
    full["availability"]["keeps_free"] = ["friday_noon"]
    load_attested(run, write, tmp_path, [full, make_profile("W2")])
    with database.reading() as session:
        facts, other = list(load_mediators(session))
    assert (facts.nationalities, facts.safety_class) == ((), 1)
    assert [(one.code, one.depth) for one in facts.themes] == [("ceasefire", 1), ("ddr_ssr", 3)]
    assert [(one.country, one.last_year) for one in facts.places] == [("COL", 2020), ("KEN", 2012)]
    assert [(one.code, int(one.grade)) for one in facts.roles_held] == [("facilitator", 3)]
    assert (facts.communities, facts.refused_by) == ({"lake_people"}, {"gov"})
    assert facts.availability is not None
    assert facts.availability.keeps_free == {"friday_noon"}
    assert (facts.look_alikes, other.look_alikes) == ({other.id}, {facts.id})
    assert facts.seniority is not None and facts.seniority.code == "senior"
    assert [one.code for one in facts.trainings] == ["security"]


def test_what_changed_between_two_instants_is_said_with_its_ground(
    run: Run, write: Any, tmp_path: Path, database: Database
) -> None:
    late = make_profile("W2")
    late["availability"]["valid_until"] = (clock.now() + timedelta(days=90)).isoformat()
    load_attested(run, write, tmp_path, [make_profile(), late])
    asked = read_request(load_criteria(make_asked()))
    answers = []
    for days in (0, 60):
        at = clock.now() + timedelta(days=days)
        with database.reading() as session:
            columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
        answers.append(answer(columns, asked, at))
    [moved] = compare_answers(*answers)
    assert (moved.before, moved.after, moved.is_gain) == (State.LISTED, State.NEAR_MISS, False)
    assert [one.code for one in moved.grounds] == ["A1"]
    handles = list_handles(*answers)
    text = explain_changes_as_text(get_wording("en"), [moved], handles)
    assert text == (
        f"  {handles[moved.mediator_id]}: listed, then one step away:"
        " availability expired or not stated [A1]\n"
    )
    assert explain_changes_as_text(get_wording("en"), [], handles) == "Nothing changed.\n"


@pytest.mark.parametrize("name", ["profile", "request", "shortlist"])
def test_each_schema_is_printed_as_json(run: Run, name: str) -> None:
    document = json.loads(run("schema", name).output)
    assert document["$schema"].startswith("https://json-schema.org/")
