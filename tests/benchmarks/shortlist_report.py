"""What was measured of the shortlist, beside what is promised of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.report import Bar, Bound, Figure, Plot, Report, Table
from tests.benchmarks.stopwatch import Samples, find_geometric_mean, find_median, find_p95

OURS, FULLY, READING = "ours", "ours, full answer", "reading 56 bytes a profile"
AGAIN, FIRST = "ours, asked again", "ours, asked first"
PROMISED = {
    "PostgreSQL": Bound(8, 15),
    "tantivy": Bound(8, 16),
    "DuckDB": Bound(10, 20),
    "SQLite": Bound(30, 60),
    "naive loop": Bound(60, 120),
}
PROMISED_FOR, LARGE = 100_000, 1_000_000
LOOSE = 0.2
"""Requests that at least this share of the roster fits: about a quarter."""
Times = Mapping[str, Mapping[tuple[str, str], Samples]]
ABOUT = (
    "Six requests over an invented roster, from one that few women fit to one that a quarter of the "
    "roster fits. The same work for all: who fits, as ids, and the best twenty in order with points "
    "per preference. Before anything is timed all contenders must agree on every id, order and "
    "hundredth of a point; a disagreement stops the run.",
    "Each contender is asked in turn, warm, in one process on one machine; every round begins with "
    "another one. Ours is the engine's public call `preview`, with the wishes asked before, as the "
    "peers' marks are laid out beforehand, and with dates that were not: all that rests on them is "
    "judged anew each time. Of a peer's plans the fastest counts.",
)
NOTES = (
    "The peers' tables hold just what these six requests ask, worked out beforehand as one row of "
    "numbers and bits per woman (as of the present day); a service could not do so much. Their data "
    "lie in memory. DuckDB and PostgreSQL use several processors where their planners choose to; "
    "the engine, SQLite and the loop use one.",
    "Nobody on this roster is suspected to be somebody else, and no two women were last proposed at "
    "the same instant: look-alikes and lots are matters of the engine alone.",
    "*Asked first*: nothing was kept of any wish, and all is judged anew. *Asked again*: the same "
    "dates as well. *Full answer*: the preview, then `answer` (the state of every woman, the funnel, "
    "near misses) and `relax` (all smallest sets of changes that let five more women fit), with other "
    "dates each; without wording the evidence of single women.",
    "Memory is that of the columns, with spare room, with the rows of ids, and with what was kept of "
    "these requests, in one worker. Starting from a snapshot and one copy for all workers of a host "
    "are not built.",
)


@dataclass(frozen=True)
class Measured:
    """One size: samples by request, contender and plan; how many fit; bytes per profile."""

    size: int
    times: Times
    fits: Mapping[str, int]
    versions: Mapping[str, str]
    bytes_each: float

    def find_best(self, request: str, contender: str) -> tuple[str, Samples] | None:
        """Return the fastest plan of a contender and its samples; None if it was not asked."""
        plans = {plan: one for (who, plan), one in self.times[request].items() if who == contender}
        if not plans:
            return None
        best = min(plans, key=lambda plan: find_median(plans[plan]))
        return best, plans[best]

    def divide(self, above: str, below: str) -> dict[str, float]:
        """Return by request how often the median of one goes into that of the other."""
        ratios = {}
        for request in self.times:
            one, two = self.find_best(request, above), self.find_best(request, below)
            if one and two:
                ratios[request] = find_median(one[1]) / find_median(two[1])
        return ratios


def make_report(measured: Sequence[Measured]) -> Report:
    """Return the report over all sizes; plans and the picture are those of 100,000 or the largest."""
    shown = next((one for one in measured if one.size == PROMISED_FOR), measured[-1])
    versions = {name: version for one in measured for name, version in one.versions.items()}
    return Report(
        about=ABOUT,
        figures=tuple(_list_figures(measured)),
        tables=tuple(_tabulate(one) for one in measured),
        plot=_draw(shown),
        versions=versions,
        notes=NOTES,
    )


def _list_figures(measured: Sequence[Measured]) -> Iterator[Figure]:
    for one in measured:
        for peer in PROMISED:
            ratios = one.divide(peer, OURS)
            if ratios:
                yield from _compare(one, peer, ratios)
        if one.size == PROMISED_FOR:
            yield from _list_own(one)
    largest = measured[-1]
    memory = f"memory per profile, one worker, {largest.size:,} women"
    yield Figure(memory, largest.bytes_each, "bytes", Bound(650, at_most=True))


def _compare(one: Measured, peer: str, ratios: dict[str, float]) -> Iterator[Figure]:
    bound = PROMISED[peer] if one.size == PROMISED_FOR else None
    if one.size == LARGE and peer == "PostgreSQL":
        bound = Bound(5, 15)
    work = f"{one.size:,} women, against {peer}"
    yield Figure(work, find_geometric_mean(ratios), "×", bound, ratios)
    loose = {name: ratios[name] for name in ratios if one.fits[name] >= LOOSE * one.size}
    if bound and loose and one.size == PROMISED_FOR and peer == "PostgreSQL":
        work = f"{work}, where a quarter fits"
        yield Figure(work, find_geometric_mean(loose), "×", Bound(bound.least, 30), loose)


def _list_own(one: Measured) -> Iterator[Figure]:
    distances, whole = one.divide(OURS, READING), one.divide(FULLY, OURS)
    yield Figure(
        f"{one.size:,} women, distance from reading 56 bytes a profile once",
        find_geometric_mean(distances),
        "×",
        Bound(7, 3, at_most=True),
        distances,
    )
    yield Figure(
        f"{one.size:,} women, the full answer against the best twenty",
        find_geometric_mean(whole),
        "×",
        Bound(3, 2, at_most=True),
        whole,
    )


def _list_contenders(one: Measured) -> list[str]:
    return list(dict.fromkeys(who for times in one.times.values() for who, _ in times))


def _tabulate(one: Measured) -> Table:
    contenders = _list_contenders(one)
    rows = tuple(
        (request, f"{one.fits[request]:,}", *(_format(one, request, who) for who in contenders))
        for request in one.times
    )
    title = f"{one.size:,} women: milliseconds, median (95th percentile)"
    return Table(title, ("request", "fit", *contenders), rows)


def _format(one: Measured, request: str, contender: str) -> str:
    found = one.find_best(request, contender)
    if found is None:
        return ""
    plan, samples = found
    figures = f"{find_median(samples) * 1000:.3g} ({find_p95(samples) * 1000:.3g})"
    return f"{figures} {plan}".strip()


def _draw(one: Measured) -> Plot:
    bars = tuple(
        Bar(f"{request} ({one.fits[request]:,} fit)", who, find_median(found[1]) * 1000)
        for request in one.times
        for who in _list_contenders(one)
        if (found := one.find_best(request, who))
    )
    return Plot(f"One answer over {one.size:,} women, median", "ms", bars)
