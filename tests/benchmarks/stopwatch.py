"""Contenders timed in turn, warm, in one run: so that what slows the machine slows them all."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Mapping
from statistics import median

ROUND_SECONDS = 0.3
"""About so long one contender is asked the same in one round."""
MOST_CALLS = 20
Acts = Mapping[str, Callable[[], object]]
Samples = tuple[float, ...]
"""Seconds of wall clock, one per call: servers and threads of a contender count as well."""


def time_in_turn(
    acts: Acts, rounds: int, round_seconds: float = ROUND_SECONDS
) -> dict[str, Samples]:
    """Return the samples of each act: at least one per round, after one call that is not counted.

    Each round begins with another act, so that none always follows the same one.
    """
    calls = {name: _count_calls(act, round_seconds) for name, act in acts.items()}
    samples: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    for number in range(rounds):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            gc.collect()
            samples[name] += [_time(acts[name]) for _ in range(calls[name])]
    return {name: tuple(one) for name, one in samples.items()}


def _count_calls(act: Callable[[], object], round_seconds: float) -> int:
    act()
    return max(1, min(MOST_CALLS, int(round_seconds / max(_time(act), 1e-9))))


def _time(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def find_median(samples: Samples) -> float:
    """Return the middle sample in seconds."""
    return median(samples)


def find_p95(samples: Samples) -> float:
    """Return the least sample that 95 of 100 do not pass, in seconds (nearest rank)."""
    return sorted(samples)[math.ceil(len(samples) * 0.95) - 1]


def find_geometric_mean(values: Mapping[str, float]) -> float:
    """Return the mean of ratios: twice as fast here and half as fast there is even."""
    return math.exp(sum(map(math.log, values.values())) / len(values))
