"""Entries that may be one person, at the command line: by row or record, never by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from roster.cli import main
from roster.db import Database
from roster.models import Record
from roster.schemas.duplicates import DuplicatesSchema
from tests.factories import add_mediator
from tests.matching.duplicates.corrupted import make_records

Run = Callable[..., Result]

ENGLISH = """Name,Year of birth,Nationality,Email,Phone
Astou Diouf-Ba,1960,Senegal,astou@example.org,
Fatoumata Traore,1973,Mali,,
Esther Banda,1970,Zambia,,
Amina Nour,1974,Chad,,+235 66 00 00 01
Amira Nour,1978,Chad,,+235 66 00 00 01
"""
OTHERS = """Nom,Année de naissance,Nationalité
DIOUF BA Astou,1960,Sénégal
TRAORÉ Fatoumata,1973,Mali
CHENNIB Asma,1992,Libye
"""
FIELDS = [
    "--field", "given_name=name", "--field", "surname=name", "--field", "date_of_birth=date",
    "--field", "address=text", "--field", "postcode=code",
]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command; a text is written to a file first."""

    def run_command(*arguments: str) -> Result:
        given = []
        for number, one in enumerate(arguments):
            if "\n" in one:
                path = tmp_path / f"list{number}.csv"
                path.write_text(one, encoding="utf-8")
                one = str(path)
            given.append(one)
        return CliRunner().invoke(main, ["duplicates", *given])

    return run_command


def read(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    assert DuplicatesSchema().validate(document) == {}
    return document


def list_pairs(document: dict[str, Any]) -> list[tuple[dict[str, int], dict[str, int]]]:
    return sorted(((p["first"], p["second"]) for p in document["pairs"]), key=str)


def test_two_lists_in_two_languages_give_pairs_by_row_and_no_name(run: Run) -> None:
    result = run(ENGLISH, OTHERS, "--across", "--format", "json")
    document = read(result)
    assert list_pairs(document) == [
        ({"file": 1, "row": 2}, {"file": 2, "row": 2}),
        ({"file": 1, "row": 3}, {"file": 2, "row": 3}),
    ]
    assert [f["field"] for f in document["pairs"][0]["features"]] == [
        "names", "birth_year", "nationalities", "email", "phone",
    ]  # fmt: skip
    for word in ("Astou", "Diouf", "Traore", "example.org", "1960"):
        assert word.casefold() not in result.output.casefold()


def test_the_text_says_what_speaks_for_and_against(run: Run) -> None:
    lines = run(ENGLISH, OTHERS).output.splitlines()
    assert "file 1, row 2 and file 2, row 2: probably one person" in lines[0]
    assert "  + Year of birth: the same" in lines
    assert "  ? Telephone: not given" in lines
    assert lines[-1] == "Entries: 8. Pairs: 2 probable, 0 possible."


def test_the_text_is_in_the_language_asked_for(run: Run) -> None:
    lines = run(ENGLISH, OTHERS, "--language", "fr").output.splitlines()
    assert lines[-1] == "Entrées\u00a0: 8. Paires\u00a0: 2 probables, 0 possibles."


def test_any_records_are_compared_by_the_columns_declared(run: Run) -> None:
    records, truth = make_records(originals=80, copies=40, seed=6)
    head = list(records[0])
    rows = [",".join(str(record[name] or "") for name in head) for record in records]
    document = read(run("\n".join([",".join(head), *rows]), *FIELDS, "--format", "json"))
    found = {(pair["first"]["row"] - 2, pair["second"]["row"] - 2) for pair in document["pairs"]}
    assert len(found & truth) >= 0.9 * len(truth)
    assert len(found - truth) <= 0.1 * len(found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give files, or --network."),
        ([ENGLISH, "--network", "nwm"], "Give files, or --network."),
        ([ENGLISH, "--across"], "--across needs two files."),
        ([ENGLISH, "--field", "Name=person", "--field", "X=name"], "has no column “X”."),
        ([ENGLISH, "--field", "Name"], "'Name' is not COLUMN=KIND"),
        ([ENGLISH, "--field", "Name=nonsense"], "is not COLUMN=KIND"),
        (["nothing\nto be seen\n"], "Error"),
    ],
)
def test_what_cannot_be_compared_is_said(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert said in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.fixture
def installed(
    database: Database, database_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Database:
    """The command finds this test's database."""
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))
    monkeypatch.setenv("ROSTER_SECRET_KEY", "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e")
    return database


def test_the_records_of_one_network_are_compared_and_of_no_other(
    installed: Database, run: Run
) -> None:
    names = ("Astou Diouf-Ba", "DIOUF BA Astou", "Esther Banda", "Grace Achieng")
    with installed.writing() as session:
        women = [add_mediator(session, network="nwm", name=one) for one in names]
        add_mediator(session, network="awmn", name="Astou DIOUF BA")
        ours = [
            session.scalars(select(Record).filter_by(mediator_id=one.id, network_code="nwm")).one()
            for one in women
        ]
        numbers = [record.id for record in ours]
        for record in ours:
            record.identity.original_name, record.identity.other_names = None, []
            record.identity.phone = None
            record.identity.email = "one@example.org"
        session.commit()
    document = read(run("--network", "nwm", "--format", "json"))
    assert document["entries"] == len(numbers)
    assert list_pairs(document) == [({"record": numbers[0]}, {"record": numbers[1]})]
    refused = run("--network", "nowhere")
    assert refused.exit_code == 1
    assert "There is no network with the code nowhere." in refused.output
