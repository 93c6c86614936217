"""Who covers what in one network: track by language, region and theme, and where nobody does.

Counted are women of a coordinator's own list, each of whom she reads by name, so that the numbers
are exact. A woman counts in every cell that her record names. Who hides herself counts nowhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from roster.models import Entry, Record
from roster.queries.people import ListedPerson
from roster.vocabulary import load_vocabulary

FRESH = frozenset({"fresh", "due"})
FIELDS = ("language", "place", "theme")
"""What is set against the tracks; places as the smallest UN M49 region that holds them."""
TRACK = "track"
MOST_GAPS = 10

Holders = Mapping[str, Mapping[str, set[int]]]
"""Field, code: the women of whom it is said."""


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
    """``tables`` by field, the barest lines first; ``languages`` are all that anybody speaks."""

    whole: Cell
    tables: Mapping[str, Sequence[CoverageLine]]
    gaps: Sequence[CoverageGap]
    languages: Sequence[str]


def count_coverage(
    session: Session,
    visible: Select[Record],
    people: Iterable[ListedPerson],
    narrowed: Mapping[str, str],
) -> Coverage:
    """Count the women of ``visible`` who have every value of ``narrowed`` (field to code).

    ``people`` are the same women with the states of their answers. What counts as said is what
    these records say, and her own where she shares it. One statement.
    """
    states = {one.mediator_id: one.state for one in people if one.state != "hidden"}
    holders = _load_holders(session, visible, states)
    chosen = set(states)
    for field, code in narrowed.items():
        chosen &= holders[field].get(code, set())
    fresh = {her for her in chosen if states[her] in FRESH}
    tables = {field: _make_lines(field, holders, chosen, fresh) for field in FIELDS}
    return Coverage(
        whole=Cell(len(fresh), len(chosen)),
        tables=tables,
        gaps=_list_gaps(line for lines in tables.values() for line in lines),
        languages=sorted(holders["language"]),
    )


def list_sub_regions() -> list[str]:
    """The UN M49 regions that hold countries themselves, the world left out."""
    vocabulary = load_vocabulary()
    found = {vocabulary.get("country", code).parents[0] for code in vocabulary.codes("country")}
    return sorted(code for code in found if vocabulary.get("region", code).parents)


def _load_holders(session: Session, visible: Select[Record], women: Container[int]) -> Holders:
    own = Record.network_code.is_(None) & Record.is_shared
    hers = own & Record.mediator_id.in_(visible.with_only_columns(Record.mediator_id))
    rows = session.execute(
        select(Record.mediator_id, Entry.field, Entry.code)
        .join(Entry, Entry.record_id == Record.id)
        .where(
            or_(Record.id.in_(visible.with_only_columns(Record.id)), hers),
            Entry.field.in_((TRACK, *FIELDS)),
        )
    )
    holders: dict[str, dict[str, set[int]]] = {field: {} for field in (TRACK, *FIELDS)}
    for her, field, code in rows:
        if her in women:
            shown = _to_sub_region(code) if field == "place" else code
            holders[field].setdefault(shown, set()).add(her)
    return holders


def _to_sub_region(place: str) -> str:
    vocabulary = load_vocabulary()
    if not vocabulary.has("country", place):
        return place
    return vocabulary.get("country", place).parents[0]


def _list_codes(field: str, holders: Holders) -> Iterable[str]:
    """Every theme and sub-region, held or not; of the languages those that anybody speaks."""
    if field == "theme":
        return {*load_vocabulary().codes("theme"), *holders[field]}
    if field == "place":
        return {*list_sub_regions(), *holders[field]}
    return holders[field]


def _make_lines(
    field: str, holders: Holders, chosen: AbstractSet[int], fresh: AbstractSet[int]
) -> list[CoverageLine]:
    tracks = load_vocabulary().codes(TRACK)
    lines = []
    for code in _list_codes(field, holders):
        women = holders[field].get(code, set()) & chosen
        cells = {track: _count(women & holders[TRACK].get(track, set()), fresh) for track in tracks}
        lines.append(CoverageLine(field, code, cells, _count(women, fresh)))
    return sorted(lines, key=lambda line: (line.whole.fresh, line.whole.women, line.code))


def _count(women: AbstractSet[int], fresh: AbstractSet[int]) -> Cell:
    return Cell(len(women & fresh), len(women))


def _list_gaps(lines: Iterable[CoverageLine]) -> list[CoverageGap]:
    found = [
        CoverageGap(line.field, line.code, track, cell.women)
        for line in lines
        for track, cell in line.tracks.items()
        if cell.women and not cell.fresh
    ]
    found.sort(key=lambda gap: (-gap.women, gap.field, gap.code, gap.track))
    return found[:MOST_GAPS]
