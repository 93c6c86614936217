"""Who covers what in one network: track by language, region and theme, and where nobody does.

Counted are women of a coordinator's own list, each of whom she reads by name, so that the numbers
are exact. A woman counts in every cell that her record names, or her own where she shares it. Who
hides herself counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from roster.queries.coverage_bits import FIELDS, TRACK, CoverageBits
from roster.vocabulary import load_vocabulary

MOST_GAPS = 10


@dataclass(frozen=True)
class Cell:
    """Women with a fresh answer, and all women, of one cell."""

    fresh: int
    women: int


@dataclass(frozen=True)
class CoverageLine:
    """One language, region or theme: by track, and in all."""

    field: str
    code: str
    tracks: Mapping[str, Cell]
    whole: Cell


@dataclass(frozen=True)
class CoverageGap:
    """A cell with nobody whose answer is fresh, though ``women`` of the list have both."""

    field: str
    code: str
    track: str
    women: int


@dataclass(frozen=True)
class Coverage:
    """``tables`` by field, the barest lines first; ``languages`` are all that anybody speaks.

    ``tracks`` are the women of each track, whatever else is said of them.
    """

    whole: Cell
    tracks: Mapping[str, Cell]
    tables: Mapping[str, Sequence[CoverageLine]]
    gaps: Sequence[CoverageGap]
    languages: Sequence[str]


def count_coverage(bits: CoverageBits, narrowed: Mapping[str, str]) -> Coverage:
    """Count the women of ``bits`` who have every value of ``narrowed`` (field to code)."""
    chosen = bits.women
    for field, code in narrowed.items():
        chosen &= bits.holders[field].get(code, 0)
    tables = {field: _make_lines(field, bits, chosen) for field in FIELDS}
    return Coverage(
        whole=_count(chosen, bits),
        tracks={track: _count(chosen & held, bits) for track, held in _list_tracks(bits).items()},
        tables=tables,
        gaps=_list_gaps(line for lines in tables.values() for line in lines),
        languages=sorted(code for code, held in bits.holders["language"].items() if held),
    )


def list_sub_regions() -> list[str]:
    """The UN M49 regions that hold countries themselves, the world left out."""
    vocabulary = load_vocabulary()
    found = {vocabulary.get("country", code).parents[0] for code in vocabulary.codes("country")}
    return sorted(code for code in found if vocabulary.get("region", code).parents)


def _list_codes(field: str, bits: CoverageBits) -> Iterable[str]:
    """Every theme and sub-region, held or not; of the languages those that anybody speaks."""
    held = {code for code, women in bits.holders[field].items() if women}
    if field == "theme":
        return {*load_vocabulary().codes("theme"), *held}
    if field == "place":
        return {*list_sub_regions(), *held}
    return held


def _make_lines(field: str, bits: CoverageBits, chosen: int) -> list[CoverageLine]:
    tracks = _list_tracks(bits)
    lines = []
    for code in _list_codes(field, bits):
        women = chosen & bits.holders[field].get(code, 0)
        cells = {track: _count(women & held, bits) for track, held in tracks.items()}
        lines.append(CoverageLine(field, code, cells, _count(women, bits)))
    return sorted(lines, key=lambda line: (line.whole.fresh, line.whole.women, line.code))


def _list_tracks(bits: CoverageBits) -> dict[str, int]:
    return {track: bits.holders[TRACK].get(track, 0) for track in load_vocabulary().codes(TRACK)}


def _count(women: int, bits: CoverageBits) -> Cell:
    return Cell((women & bits.fresh).bit_count(), women.bit_count())


def _list_gaps(lines: Iterable[CoverageLine]) -> list[CoverageGap]:
    found = [
        CoverageGap(line.field, line.code, track, cell.women)
        for line in lines
        for track, cell in line.tracks.items()
        if cell.women and not cell.fresh
    ]
    found.sort(key=lambda gap: (-gap.women, gap.field, gap.code, gap.track))
    return found[:MOST_GAPS]
