"""A job's batches fit the time in which others may have to wait."""

from __future__ import annotations

import pytest

from roster.services import pace
from roster.services.pace import AIM_SECONDS, FIRST, LEAST, MOST, SHORTEST_REST_SECONDS, Pace


class Clockwork:
    """Stands for the time that passes: what a batch takes is given, rests are noted."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rests: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)


@pytest.fixture
def clockwork(monkeypatch: pytest.MonkeyPatch) -> Clockwork:
    made = Clockwork()
    monkeypatch.setattr(pace, "time", made)
    return made


def take(chosen: Pace, clockwork: Clockwork, seconds: float) -> int:
    """One full batch; the size of the next."""
    with chosen.measured():
        clockwork.now += seconds
    chosen.rest()
    return chosen.rows


def test_a_batch_that_took_as_long_as_aimed_at_is_followed_by_an_equal_one(
    clockwork: Clockwork,
) -> None:
    assert take(Pace(), clockwork, AIM_SECONDS) == FIRST


def test_quick_batches_grow_twofold_at_most_up_to_the_largest(clockwork: Clockwork) -> None:
    chosen = Pace()
    sizes = [take(chosen, clockwork, 0.0) for _ in range(7)]
    assert sizes == [40, 80, 160, 320, 640, MOST, MOST]


def test_a_slow_batch_is_followed_by_one_that_fits(clockwork: Clockwork) -> None:
    chosen = Pace()
    assert take(chosen, clockwork, AIM_SECONDS * 2) == FIRST / 2
    assert take(chosen, clockwork, AIM_SECONDS * 100) == LEAST


def test_others_may_write_for_half_as_long_as_they_waited_and_never_too_briefly_to_notice(
    clockwork: Clockwork,
) -> None:
    chosen = Pace()
    for seconds in (0.01, 0.4, 2.0):
        take(chosen, clockwork, seconds)
    assert clockwork.rests == pytest.approx([SHORTEST_REST_SECONDS, 0.2, 1.0])
