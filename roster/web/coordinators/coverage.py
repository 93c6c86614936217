"""Who covers what in one network of hers, gaps first, and how the share of fresh answers went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request

from roster import clock
from roster.local_days import local_day
from roster.permissions import Permission
from roster.queries.coverage import CoverageGap, CoverageLine, count_coverage, list_sub_regions
from roster.queries.coverage_bits import FIELDS, TRACK
from roster.queries.records import visible_networks
from roster.vocabulary import load_vocabulary
from roster.web.access import current_actor, needs, reading
from roster.web.coordinators import blueprint
from roster.web.coordinators.region_plan import HEIGHT, WIDTH, draw_plan
from roster.web.coordinators.trend_view import make_trend, share_of
from roster.web.coordinators.words import ordered_options
from roster.web.index import get_bits
from roster.web.pages import current_wording, render, term_options
from roster.wording import N_

STEPS = (1, 4, 8, 14)
"""From so many women with a fresh answer on a cell is one shade darker."""
TITLES = {
    "language": N_("Track by language"),
    "place": N_("Track by region"),
    "theme": N_("Track by theme"),
}


@dataclass(frozen=True)
class HeatCell:
    """A number and its shade, 0 to 4."""

    count: int
    shade: int


@dataclass(frozen=True)
class HeatLine:
    """One line of a table; ``share`` is of the women of the line, 0 where there is none."""

    name: str
    cells: Sequence[HeatCell]
    fresh: int
    women: int
    share: float


@dataclass(frozen=True)
class GapWords:
    """A cell that nobody covers, in words."""

    what: str
    track: str
    gap: CoverageGap


@blueprint.get("/coverage")
@needs(Permission.LIST_RECORDS)
def show_coverage() -> str:
    """Tables of one of her networks, narrowed by what she asks; no other network's women count."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    networks = visible_networks(reading(), actor)
    asked = request.args.get("network", "")
    network = asked if asked in networks else networks[0]
    narrowed = _read_narrowed()
    bits = get_bits(network).at(reading(), now=now)
    found = count_coverage(bits, narrowed)
    return render(
        "coordinators/coverage.html",
        found=found,
        network=network,
        networks=[(code, wording.term("network", code)) for code in networks],
        today=local_day(now, "UTC"),
        narrowed=narrowed,
        tracks=ordered_options(wording, TRACK),
        languages=_name("language", found.languages),
        places=_name("place", list_sub_regions()),
        themes=term_options("theme"),
        gaps=[_word_gap(gap) for gap in found.gaps],
        plan=draw_plan(found.tables["place"], wording, _shade),
        plan_size=(WIDTH, HEIGHT),
        tables=[
            (wording.gettext(TITLES[field]), _word_lines(found.tables[field])) for field in FIELDS
        ],
        trend=make_trend(actor, network, narrowed, count_coverage(bits, {})),
        share_of=share_of,
    )


def _read_narrowed() -> dict[str, str]:
    """What of the address is a code of the vocabulary; anything else asks nothing."""
    vocabulary = load_vocabulary()
    kinds = {field: _kind(field) for field in (TRACK, *FIELDS)}
    given = {field: request.args.get(field, "") for field in kinds}
    return {
        field: vocabulary.read(kinds[field], code)
        for field, code in given.items()
        if vocabulary.has(kinds[field], code)
    }


def _kind(field: str) -> str:
    return "region" if field == "place" else field


def _name(field: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    wording = current_wording()
    pairs = [(code, wording.term(_kind(field), code)) for code in codes]
    return sorted(pairs, key=lambda pair: pair[1])


def _word_lines(lines: Iterable[CoverageLine]) -> list[HeatLine]:
    wording = current_wording()
    return [
        HeatLine(
            wording.term(_kind(line.field), line.code),
            [HeatCell(one.fresh, _shade(one.fresh)) for one in line.tracks.values()],
            line.whole.fresh,
            line.whole.women,
            line.whole.fresh / line.whole.women if line.whole.women else 0.0,
        )
        for line in lines
    ]


def _shade(count: int) -> int:
    return sum(count >= step for step in STEPS)


def _word_gap(gap: CoverageGap) -> GapWords:
    wording = current_wording()
    return GapWords(
        wording.term(_kind(gap.field), gap.code),
        wording.term(TRACK, gap.track),
        gap,
    )
