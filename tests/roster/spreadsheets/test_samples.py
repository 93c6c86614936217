"""The five sample lists against their truth: values, problems, verdicts, duplicates."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roster.spreadsheets import read_spreadsheet, result_as_json
from tests.roster.spreadsheets.scoring import Score, score_file

SAMPLES = Path(__file__).parents[3] / "roster" / "demo" / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
FILES = sorted(TRUTH["files"])


def read_sample(file: str) -> dict[str, Any]:
    """Return the JSON form of the reading of one sample on the truth's reference day."""
    result = read_spreadsheet(
        (SAMPLES / file).read_bytes(),
        file_name=file,
        network=TRUTH["files"][file]["network"],
        reference_day=date.fromisoformat(TRUTH["reference_day"]),
    )
    return result_as_json(result)


@pytest.fixture(scope="module", params=FILES)
def score(request: pytest.FixtureRequest) -> Score:
    return score_file(request.param, TRUTH, read_sample(request.param))


def test_at_least_98_percent_of_the_expected_values_are_right(score: Score) -> None:
    print("\n" + score.as_line())
    for wrong in score.wrong:
        print("   wrong", *wrong)
    assert score.values > 500
    assert score.share_right >= 0.98, score.wrong


def test_every_error_is_reported_with_its_code_and_row(score: Score) -> None:
    assert score.errors > 0
    assert score.errors_missed == []


def test_at_most_one_false_error_per_hundred_rows(score: Score) -> None:
    assert len(score.errors_false) * 100 <= score.rows, score.errors_false


def test_every_verdict_is_right(score: Score) -> None:
    assert score.verdicts_wrong == []


def test_usual_findings_are_reported_as_well(score: Score) -> None:
    across_files = {("a1_femwise.xlsx", 44), ("a5_refemac.ods", 32)}
    missed = [
        found for found in score.other_problems_missed if (score.file, found[0]) not in across_files
    ]
    assert (missed, score.other_problems_false) == ([], [])
