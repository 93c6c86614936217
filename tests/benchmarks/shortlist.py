"""The shortlist beside its peers: the same fitting set, the same twenty with their points."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from importlib import import_module

import numpy as np

from matching import Columns
from roster.vocabulary import load_shipped_vocabulary
from tests.benchmarks.asked import REQUESTS
from tests.benchmarks.compiled import compile_request
from tests.benchmarks.contenders.asked import Act, Asked, Contender, Found, Ground
from tests.benchmarks.contenders.ours import Ours
from tests.benchmarks.filled_columns import fill_columns
from tests.benchmarks.invented import invent_roster
from tests.benchmarks.report import Comparison, Disagreement, Options, Report
from tests.benchmarks.shortlist_report import AGAIN, FIRST, FULLY, READING, Measured, make_report
from tests.benchmarks.stopwatch import Samples, find_median, time_in_turn

CONTENDERS = {
    "in_postgresql.InPostgresql": 1_000_000,
    "in_duckdb.InDuckdb": 1_000_000,
    "in_tantivy.InTantivy": 1_000_000,
    "in_sqlite.InSqlite": 100_000,
    "in_a_loop.InALoop": 100_000,
}
"""Where each stands -> the largest roster it is asked of: loading a larger one takes too long."""
READ_WORDS = 7
"""Seven whole numbers of eight bytes are the 56 bytes of a profile."""
TOO_SLOW = 3.0
"""A plan that takes so many times the best of its contender is not timed further."""


def make_ground(size: int) -> Ground:
    """Return a roster of so many women and the requests asked of it."""
    terms, roster = load_shipped_vocabulary(), invent_roster(size)
    asked = [
        Asked(name, request, compile_request(name, request, terms))
        for name, request in REQUESTS.items()
    ]
    return Ground(roster, fill_columns(roster, terms), terms, asked)


def check(asked: Asked, answers: Mapping[str, Found]) -> None:
    """Raise Disagreement unless all answers name the same women, order and points."""
    first, *others = answers
    for other in others:
        one, two = answers[first], answers[other]
        apart = sorted({*map(int, one.fits)} ^ {*map(int, two.fits)})
        if apart or len(one.fits) != len(two.fits):
            raise Disagreement(f"{asked.name}: {first} and {other} differ on ids {apart[:10]}")
        placed = [pair for pair in zip(one.best, two.best, strict=False) if pair[0] != pair[1]]
        if placed or len(one.best) != len(two.best):
            raise Disagreement(f"{asked.name}: {first} and {other} place {placed[:2]}")


def run(options: Options) -> Report:
    """Compare at every size asked."""
    measured = []
    for size in options.sizes:
        _say(f"{size:,} women: inventing")
        measured.append(_compare(make_ground(size), options.rounds))
        gc.unfreeze()
        gc.collect()
    return make_report(measured)


def _compare(ground: Ground, rounds: int) -> Measured:
    size = ground.roster.size
    with ExitStack() as stack:
        contenders = [
            stack.enter_context(closing(one)) for one in load_contenders(ground, CONTENDERS)
        ]
        gc.collect()
        gc.freeze()  # millions of values that stay: whoever collects would pay for the loop's
        times = {one.name: _time(contenders, one, size, rounds) for one in ground.asked}
        fits = {one.name: len(contenders[0].prepare(one)[""]().fits) for one in ground.asked}
        versions = {one.name: one.version for one in contenders[1:]}
    return Measured(size, times, fits, versions, _weigh(ground.columns))


def load_contenders(ground: Ground, wanted: Mapping[str, int]) -> Iterable[Contender]:
    """Yield ours, then the peers that are asked of a roster of this size, loaded."""
    yield Ours(ground)
    for place, largest in wanted.items():
        if ground.roster.size <= largest:
            module, name = place.split(".")
            _say(f"{ground.roster.size:,} women: loading {name}")
            yield getattr(import_module(f"tests.benchmarks.contenders.{module}"), name)(ground)


def _time(
    contenders: Iterable[Contender], asked: Asked, size: int, rounds: int
) -> dict[tuple[str, str], Samples]:
    """Return samples by contender and plan, after all have given the same answer."""
    acts = {(one.name, plan): act for one in contenders for plan, act in one.prepare(asked).items()}
    check(asked, {" ".join(name): act() for name, act in acts.items()})
    kept: dict[tuple[str, str], Callable[[], object]] = dict(_drop_slow(acts))
    ours = next(one for one in contenders if isinstance(one, Ours))
    kept[FULLY, ""] = ours.prepare_fully(asked)
    kept[AGAIN, ""] = ours.prepare_again(asked)
    kept[FIRST, ""] = ours.prepare_first(asked)
    memory = np.ones((size, READ_WORDS), np.uint64)
    kept[READING, ""] = memory.sum
    named = {" / ".join(name): act for name, act in kept.items()}
    samples = time_in_turn(named, rounds)
    _say(f"  {asked.name}")
    return {name: samples[" / ".join(name)] for name in kept}


def _drop_slow(acts: Mapping[tuple[str, str], Act]) -> dict[tuple[str, str], Act]:
    once = time_in_turn({" / ".join(name): act for name, act in acts.items()}, 1, 0.0)
    took = {name: find_median(once[" / ".join(name)]) for name in acts}
    best = {one: min(s for (whose, _), s in took.items() if whose == one) for one, _ in acts}
    return {name: act for name, act in acts.items() if took[name] <= TOO_SLOW * best[name[0]]}


def _weigh(columns: Columns) -> float:
    """Return bytes per profile, all that has been kept of these requests included."""
    return columns.nbytes / len(columns)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


COMPARISON = Comparison("shortlist", "A shortlist beside its peers", run)
