"""Names as typed at scale: ours beside PostgreSQL's pg_trgm, at equal recall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from matching.names import NameIndex
from tests.benchmarks.names import Person, make_people
from tests.benchmarks.names_by_trigrams import WAYS, Trigrams, Way
from tests.benchmarks.names_typed import (
    ACROSS,
    FIRST,
    KINDS,
    Typed,
    find_recall,
    list_meant,
    type_names,
)
from tests.benchmarks.report import Bar, Bound, Comparison, Figure, Options, Plot, Report, Table
from tests.benchmarks.stopwatch import (
    Samples,
    find_geometric_mean,
    find_median,
    find_p95,
    time_in_turn,
)
from tests.postgresql import Server

LOOK_UPS = 20
"""Of each kind, in one round."""
NOT_ROUNDS = 4
"""As many look-ups again judge the answers, are timed one by one, and warm both up twice."""
LEAST_SIZE = 10_000
EVEN = 0.98
"""Recall at ten from which answers count as equally good."""

Find = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Tried:
    """How well a contender answers one kind of look-up, and about how fast (seconds)."""

    recall: float
    seconds: float


@dataclass(frozen=True)
class Measured:
    """One kind: our recall, every way of pg_trgm, the way that counts, and seconds a look-up."""

    ours: Tried
    ways: Mapping[Way, Tried]
    counts: Way
    times: Mapping[str, Samples]
    each: Samples
    """Seconds of our look-ups one by one."""

    @property
    def ratio(self) -> float:
        """Seconds of pg_trgm for one of ours."""
        return find_median(self.times["pg_trgm"]) / find_median(self.times["ours"])


@dataclass(frozen=True)
class Sized:
    """All kinds over so many women; seconds in which each index was built."""

    count: int
    kinds: Mapping[str, Measured]
    build_seconds: float
    other_seconds: float
    version: str


def choose_way(ways: Mapping[Way, Tried]) -> Way:
    """Return the fastest way that answers well enough; else the one that answers best."""
    even = [way for way, tried in ways.items() if tried.recall >= EVEN]
    if even:
        return min(even, key=lambda way: ways[way].seconds)
    return max(ways, key=lambda way: (ways[way].recall, -ways[way].seconds))


def measure(count: int, server: Server, rounds: int) -> Sized:
    """Build both over so many women, judge their answers, then time them in turn."""
    people = list(make_people(count))
    began = perf_counter()
    built = NameIndex.build(people)
    build_seconds = perf_counter() - began
    typed = type_names(people, _write_scripts(people), LOOK_UPS * (rounds + NOT_ROUNDS))
    meant = list_meant(people, [one for kind in typed.values() for one in kind])
    trigrams = Trigrams(server, people)
    people.clear()

    def find_ours(text: str) -> list[int]:
        return [one.entry_id for one in built.find(text, FIRST)]

    try:
        kinds = {
            kind: _measure_kind(typed[kind], meant, find_ours, trigrams, rounds) for kind in KINDS
        }
    finally:
        trigrams.close()
    return Sized(
        count, kinds, build_seconds, sum(trigrams.build_seconds.values()), trigrams.version
    )


def _write_scripts(people: Iterable[Person]) -> dict[int, str]:
    """Return names in another script of women who have theirs in Latin letters alone."""
    written = {names[0].split()[0]: names[1].split()[0] for _, names in people if len(names) > 1}
    families: dict[str, str] = {}
    for _, names in people:
        if len(names) > 1:
            families |= dict(zip(names[0].split()[1:], names[1].split()[1:], strict=True))
    both = written | families
    return {
        number: " ".join(both[word] for word in names[0].split())
        for number, names in people
        if len(names) == 1 and all(word in both for word in names[0].split())
    }


def _measure_kind(
    typed: Sequence[Typed],
    meant: Mapping[Typed, frozenset[int]],
    find_ours: Find,
    trigrams: Trigrams,
    rounds: int,
) -> Measured:
    """Nothing is asked twice of anybody: a part says how good answers are, each round has its own."""
    parts = [typed[number :: len(typed) // LOOK_UPS] for number in range(len(typed) // LOOK_UPS)]
    ours = _try(find_ours, parts[0], meant)
    ways = {way: _try(partial(trigrams.find, way), parts[0], meant) for way in WAYS}
    counts = choose_way(ways)
    acts = {
        "ours": partial(_ask_next, find_ours, iter(parts[2:])),
        "pg_trgm": partial(_ask_next, partial(trigrams.find, counts), iter(parts[2:])),
    }
    times = time_in_turn(acts, rounds, round_seconds=0.0)
    shares = {name: tuple(one / LOOK_UPS for one in times[name]) for name in acts}
    each = tuple(_time(find_ours, one.text) for one in parts[1])
    return Measured(ours, ways, counts, shares, each)


def _ask_next(find: Find, parts: Iterator[Sequence[Typed]]) -> None:
    for one in next(parts):
        find(one.text)


def _try(find: Find, typed: Sequence[Typed], meant: Mapping[Typed, frozenset[int]]) -> Tried:
    find(typed[0].text)
    began = perf_counter()
    recalls = [find_recall(find(one.text), meant[one]) for one in typed]
    return Tried(sum(recalls) / len(recalls), (perf_counter() - began) / len(typed))


def _time(find: Find, text: str) -> float:
    began = perf_counter()
    find(text)
    return perf_counter() - began


def run(options: Options) -> Report:
    """Measure every size from ten thousand up; the largest is what is promised of."""
    server = Server()
    try:
        found = [
            measure(count, server, options.rounds)
            for count in options.sizes
            if count >= LEAST_SIZE or count == max(options.sizes)
        ]
    finally:
        server.stop()
    return Report(
        about=(
            "A name is typed in another order, with a slip, without a part, only begun, or in "
            "another script, and the ten women who answer best are wanted. The names are invented "
            "by seed: given names of many languages, family names of two to four syllables; a "
            "third of the women have a name in another script as well.",
            f"Recall at {FIRST}: of the women who bear every word that was meant, of whom "
            f"{FIRST} at most can be shown, the share that is. pg_trgm is asked in four ways, and "
            f"the fastest that reaches {EVEN} counts; where none does, the one with the highest "
            "recall.",
        ),
        figures=_judge(found[-1]),
        tables=(*(_tell_times(one) for one in found), _tell_ways(found[-1]), _tell_builds(found)),
        plot=Plot(f"A look-up over {found[-1].count:,} women", "ms", tuple(_draw(found[-1]))),
        versions={"PostgreSQL": found[-1].version},
        notes=(
            "Nothing is asked twice: both are warm from other look-ups; single words come again, as in any roster.",
            "Trigrams of one script say nothing of another: what pg_trgm finds there is chance, "
            "and its time is not among the ratios.",
        ),
    )


def _judge(found: Sized) -> tuple[Figure, ...]:
    kinds = {kind: one for kind, one in found.kinds.items() if kind != ACROSS}
    ratios = {kind: one.ratio for kind, one in kinds.items()}
    recalls = {kind: one.ours.recall for kind, one in found.kinds.items()}
    work = f"names as typed, {found.count:,}"
    return (
        Figure(f"{work}, times faster than pg_trgm", find_geometric_mean(ratios), "×",
               Bound(30, 60), cases=ratios),
        Figure(f"{work}, recall at {FIRST}", sum(recalls.values()) / len(recalls), "",
               Bound(EVEN), cases=recalls),
    )  # fmt: skip


def _tell_times(found: Sized) -> Table:
    rows = [
        (
            kind,
            f"{find_median(one.times['ours']) * 1000:.2f}",
            f"{find_p95(one.each) * 1000:.2f}",
            f"{find_median(one.times['pg_trgm']) * 1000:.1f}",
            f"{one.ratio:.0f} ×",
            f"{one.ours.recall:.3f}",
            f"{one.ways[one.counts].recall:.3f}",
            one.counts.name,
        )
        for kind, one in found.kinds.items()
    ]
    columns = ("typed", "ours", "p95", "pg_trgm", "ratio", "recall", "pg_trgm's", "way that counts")
    return Table(f"Milliseconds a look-up, {found.count:,} women", columns, tuple(rows))


def _tell_ways(found: Sized) -> Table:
    rows = [
        (
            kind,
            *(f"{one.ways[way].recall:.2f} in {one.ways[way].seconds * 1000:.0f}" for way in WAYS),
        )
        for kind, one in found.kinds.items()
    ]
    title = f"Every way of pg_trgm: recall in milliseconds, {found.count:,} women"
    return Table(title, ("typed", *(way.name for way in WAYS)), tuple(rows))


def _tell_builds(found: Sequence[Sized]) -> Table:
    rows = tuple(
        (f"{one.count:,}", f"{one.build_seconds:.1f}", f"{one.other_seconds:.1f}") for one in found
    )
    return Table("Seconds to build the index", ("women", "ours", "GIN and GiST"), rows)


def _draw(found: Sized) -> list[Bar]:
    return [
        Bar(kind, label, find_median(one.times[label]) * 1000)
        for kind, one in found.kinds.items()
        for label in ("ours", "pg_trgm")
    ]


COMPARISON = Comparison("names", "Names as typed", run)
