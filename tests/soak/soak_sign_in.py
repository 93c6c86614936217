"""Who has an account cannot be told from how long a failed sign-in takes: A5 of the trust design."""

from __future__ import annotations

import statistics

import pytest
from flask import Flask

from roster.db import Database
from tests.roster.web.failing_sign_ins import measure

SAMPLES = 200
MEDIANS_DIFFER_BY = 0.10
LEAST_RANK = 0.4


def test_every_failed_sign_in_takes_the_same_time(
    app: Flask, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = measure(app, database, SAMPLES)
    with capsys.disabled():
        print(f"\nfailed sign-ins, {SAMPLES} of each kind: median milliseconds")
        for kind, times in measured.spent.items():
            print(f"  {kind:<42} {statistics.median(times) * 1_000:.1f}")
    assert len(measured.answers) == 1
    assert measured.off_the_middle(MEDIANS_DIFFER_BY) == {}
    assert measured.told_apart(LEAST_RANK) == {}
