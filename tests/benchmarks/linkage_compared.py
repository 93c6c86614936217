"""Duplicates in public linkage sets, ours beside splink: FEBRL 1-4, the same fields, in turn."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from matching.duplicates import POSSIBLE, PROBABLE
from tests.benchmarks.forgetting import forget
from tests.benchmarks.linkage_by_splink import find_by_splink, make_frames
from tests.benchmarks.linkage_sets import (
    NUMBERS,
    PublicSet,
    Scored,
    find_ours,
    judge,
    judge_best,
    load_set,
)
from tests.benchmarks.machine import find_version
from tests.benchmarks.report import Bar, Bound, Comparison, Figure, Options, Plot, Report, Table
from tests.benchmarks.stopwatch import Samples, find_geometric_mean, find_median, time_in_turn

CONTENDERS = ("ours", "splink")


@dataclass(frozen=True)
class Measured:
    """One set: what each contender proposed, and the seconds it took."""

    public: PublicSet
    found: dict[str, Scored]
    times: dict[str, Samples]

    @property
    def name(self) -> str:
        return f"FEBRL {self.public.number}"

    def find_f1_gap(self) -> float:
        """Our F1 minus splink's, each at the threshold that is best for it."""
        ours, other = (judge_best(self.found[one], self.public.truth).f1 for one in CONTENDERS)
        return ours - other

    def find_ratio(self) -> float:
        """Splink's seconds for one of ours."""
        return find_median(self.times["splink"]) / find_median(self.times["ours"])


def measure(number: int, rounds: int) -> Measured:
    """Run both on a set; the caches of ours are emptied before each run."""
    public = load_set(number)
    frames = make_frames(public)

    def act() -> Scored:
        forget()
        return find_ours(public)

    acts = {"ours": act, "splink": lambda: find_by_splink(frames)}
    found = {name: one() for name, one in acts.items()}
    return Measured(public, found, time_in_turn(acts, rounds, round_seconds=0.0))


@contextmanager
def be_quiet() -> Iterator[None]:
    """Keep off the screen what the peer says of each of its steps."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def run(options: Options) -> Report:
    """Measure the four sets. Sizes play no part."""
    with be_quiet():
        found = [measure(number, options.rounds) for number in NUMBERS]
    gaps = {one.name: one.find_f1_gap() for one in found}
    ratios = {one.name: one.find_ratio() for one in found}
    return Report(
        about=(
            "Who is twice in a list, or in both of two: the public sets FEBRL 1 to 4 (1,000 to "
            "10,000 invented records with slips), by the six fields that splink's recipes "
            "compare: given name, surname, date of birth, number, street number, postcode.",
            "splink runs by the recipes that its authors published for FEBRL 3 (here for 1 to 3) "
            "and for FEBRL 4; that for 4 also blocks by address and state, which ours is not given. "
            "Both learn their weights from the set itself, and this is counted.",
        ),
        figures=(
            Figure("F1, ours minus splink's", min(gaps.values()), "", Bound(0.0), cases=gaps,
                   note="each at the threshold that is best for it"),
            Figure("times faster than splink", find_geometric_mean(ratios), "×", Bound(1.5, 3.0),
                   cases=ratios),
        ),
        tables=(_tell_pairs(found), _tell_times(found)),
        plot=Plot("Duplicates found and weighed", "s", tuple(_draw(found))),
        versions={name: find_version(name) for name in ("splink", "duckdb", "recordlinkage")},
        notes=(
            "Caches of ours are emptied before every run, so that each begins as the first.",
            f"Ours proposes from {POSSIBLE} on and says probable from {PROBABLE}; the best "
            "threshold is found with the truth in hand, for both, and nobody has that at work.",
        ),
    )  # fmt: skip


def _tell_pairs(found: list[Measured]) -> Table:
    rows = []
    for one in found:
        for contender in CONTENDERS:
            scored, truth = one.found[contender], one.public.truth
            judged = [judge(scored, truth, least) for least in (POSSIBLE, PROBABLE)]
            best = judge_best(scored, truth)
            cells = [f"{each.f1:.4f}" for each in (best, *judged)]
            rest = (f"{best.precision:.4f}", f"{best.recall:.4f}", f"{len(truth):,}")
            rows.append((f"{one.name}, {contender}", *cells, *rest))
    columns = ("", "best F1", f"at {POSSIBLE}", f"at {PROBABLE}", "precision", "recall", "pairs")
    return Table("F1 at the best threshold and at two fixed ones", columns, tuple(rows))


def _tell_times(found: list[Measured]) -> Table:
    rows = tuple(
        (
            one.name,
            f"{len(one.public.ids):,}",
            *(f"{find_median(one.times[name]):.2f}" for name in CONTENDERS),
            f"{one.find_ratio():.1f} ×",
        )
        for one in found
    )
    return Table("Seconds", ("", "records", *CONTENDERS, "ratio"), rows)


def _draw(found: list[Measured]) -> list[Bar]:
    return [
        Bar(one.name, name, find_median(one.times[name])) for one in found for name in CONTENDERS
    ]


COMPARISON = Comparison("duplicates", "Duplicates", run)
