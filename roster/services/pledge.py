"""What the figures say to the four steps of the Common Pledge of 24 October 2024.

Its steps: appoint women as lead mediators and team members; advocate targets with the parties;
consult women leaders at all stages; embed gender expertise (product, section 11).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from roster.queries.coverage_bits import CoverageBits
from roster.queries.figures import AskedRequest
from roster.services.figure_lines import Figure, of_requests
from roster.services.measures import (
    Count,
    Measure,
    Unknown,
    band,
    measure_part,
    measure_share,
)
from roster.vocabulary import load_vocabulary

LEADING = frozenset({"lead_mediator", "co_mediator"})
BEYOND = frozenset({"II", "III"})
GENDER_THEME, GENDER_ROLE = "gender_inclusion", "gender_adviser"


def keep_pledge(requests: Sequence[AskedRequest], bits: CoverageBits) -> list[Figure]:
    """The lines in the order of the steps; which step a line belongs to its code tells."""
    targets = [int(one.criteria.get("target_share") or 0) for one in requests]
    named = [target for target in targets if target]
    phases = {code for one in requests for code in _list_codes(one, "phases")}
    stages = len(load_vocabulary().codes("phase"))

    def part(code: str, rule: Callable[[AskedRequest], bool]) -> Figure:
        met = sum(1 for one in requests if rule(one))
        return of_requests("pledge", code, measure_part(met, len(requests), "no_requests"))

    aim = median(named) if named else 0.0
    return [
        part("lead", lambda one: bool(LEADING & _list_codes(one, "roles"))),
        part("target", lambda one: bool(one.criteria.get("target_share"))),
        of_requests("pledge", "target_median", measure_share(round(aim), 100, len(named))),
        part("tracks", lambda one: bool(BEYOND & _list_codes(one, "tracks"))),
        of_requests("pledge", "phases", measure_share(len(phases), stages, len(requests))),
        part("gender", _seeks_gender_expertise),
        _count_gender_expertise(bits),
    ]


def _list_codes(one: AskedRequest, field: str) -> set[str]:
    return {code for post in one.criteria.get("posts", ()) for code in post.get(field) or ()}


def _seeks_gender_expertise(one: AskedRequest) -> bool:
    themes = {
        code
        for post in one.criteria.get("posts", ())
        for field in ("themes", "themes_nice")
        for wish in post.get(field) or ()
        for code in wish["any_of"]
    }
    return GENDER_THEME in themes or GENDER_ROLE in _list_codes(one, "roles")


def _count_gender_expertise(bits: CoverageBits) -> Figure:
    """Women with this theme who can be asked today."""
    held = bits.holders["theme"].get(GENDER_THEME, 0) & bits.fresh
    own: Measure = Count(held.bit_count()) if bits.women else Unknown("no_women")
    return Figure("pledge", "gender_women", own, band(Count((held & bits.agreed).bit_count())))
