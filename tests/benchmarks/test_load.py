"""The driver of the load is worth something only if its users get through: a small run of all kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.load_browser import Sample
from tests.benchmarks.load_figures import find_percentile, is_failure, list_unexpected
from tests.benchmarks.load_run import Plan, run_over

WRITES = {
    "sign in",
    "save a record",
    "save and search",
    "renew",
    "renew by link",
    "program: submit",
}
"""One or two of each kind of user."""


@pytest.mark.slow
def test_a_few_users_of_every_kind_get_through_a_round(
    database_url: str, key_file: Path, tmp_path: Path, database_kind: str
) -> None:
    few = Plan(
        database=database_kind,
        women=300,
        users=5,
        minutes=2,
        pause_seconds=0.02,
        workers=1,
        rounds=1,
        quiet_seconds=0.5,
    )
    outcome = run_over(few, tmp_path, database_url, key_file)
    assert list_unexpected(outcome) == []
    assert [one for one in outcome.samples if is_failure(one)] == []
    assert {one.step for one in outcome.samples if one.is_write} >= WRITES
    assert outcome.after.connections <= outcome.before.connections


def test_a_percentile_is_the_least_value_that_so_many_do_not_pass() -> None:
    seconds = [number / 1000 for number in range(100, 0, -1)]
    assert [find_percentile(seconds, part) for part in (0.5, 0.95, 1.0)] == [50, 95, 100]


@pytest.mark.parametrize(("status", "fails"), [(0, True), (303, False), (409, False), (503, True)])
def test_no_answer_is_a_failure_as_well(status: int, fails: bool) -> None:
    assert is_failure(Sample("open a page", False, 0.1, status, is_expected=True)) is fails
