"""A stored run as a program reads it: what the page shows of it today, by handle, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.evidence import Verdict, public_code
from roster.models import Run, RunRow
from roster.services.small_cells import band_funnel, round_count
from roster.services.stored_evidence import read_evidence
from roster.wording import Wording
from roster.wording.answers import word_cure
from roster.wording.evidence import Worded, word_card

PAGE = 5
NEAR_PAGE = 20
"""Rows at a time, as on the page: each look at a card is noted, and too many are refused."""


@dataclass(frozen=True)
class Seen:
    """The document, and the women whose card is in it."""

    document: dict[str, Any]
    shown_ids: list[int]


def show_run(
    wording: Wording,
    run: Run,
    number: int,
    showable: set[int],
    *,
    now: datetime,
    page: int,
    near_page: int,
) -> Seen:
    """One page of a run; ``showable`` are the women whose card may be shown today."""
    listed = [row for row in run.rows if row.state == "listed"]
    near = [row for row in run.rows if row.state == "near_miss"]
    fitting = _count(row for row in listed if row.mediator_id in showable)
    has_lost = fitting < _count(listed)
    ranks = _rank(listed)
    on_page, page, pages = _cut(listed, page, PAGE)
    near_on_page, near_page, near_pages = _cut(near, near_page, NEAR_PAGE)
    shown = {row.mediator_id for row in (*on_page, *near_on_page)} & showable
    document = {
        "request": run.match_request.code,
        "number": number,
        "at": run.at,
        "weights_version": run.weights_version,
        # the earliest end may be that of a woman who is gone, and nothing more is said of her
        "holds_until": None if has_lost else run.holds_until,
        "has_ended": has_lost or (run.holds_until is not None and run.holds_until <= now),
        "considered": round_count(run.considered),
        "not_visible": round_count(run.not_visible),
        "fitting": fitting,
        "page": page,
        "pages": pages,
        "listed": [
            _make_card(wording, row, ranks[row.id], row.mediator_id in showable, run.at)
            for row in on_page
        ],
        "near_page": near_page,
        "near_pages": near_pages,
        "near_misses": [
            _make_near_miss(wording, row, row.mediator_id in showable, run.at)
            for row in near_on_page
        ],
        "funnel": [
            {"group": row.gate, "fell": row.fell, "left": row.left}
            for row in band_funnel(run.funnel, run.considered, fitting)
        ],
    }
    return Seen(document, sorted(one for one in shown if one is not None))


def _make_card(
    wording: Wording, row: RunRow, rank: int, is_shown: bool, at: datetime
) -> dict[str, Any]:
    evidence = [read_evidence(one) for one in row.evidence] if is_shown else []
    lines = word_card(wording, evidence, now=at)
    return {
        "handle": row.handle,
        "post": row.post,
        "rank": rank,
        "is_gone": not is_shown,
        **_make_points(row, is_shown),
        "lines": [make_line(one) for one in lines],
    }


def _make_near_miss(wording: Wording, row: RunRow, is_shown: bool, at: datetime) -> dict[str, Any]:
    evidence = [read_evidence(one) for one in row.evidence]
    missing = next((one for one in evidence if one.verdict < Verdict.PASS), None)
    is_told = is_shown and missing is not None
    told = word_card(wording, [missing], now=at)[0] if is_told and missing else None
    return {
        "handle": row.handle,
        "post": row.post,
        "is_gone": not is_told,
        **_make_points(row, is_told),
        "missing": make_line(told) if told else None,
        "cure": word_cure(wording, public_code(missing)) if told and missing else "",
    }


def _make_points(row: RunRow, is_shown: bool) -> dict[str, float | None]:
    """Two decimals, as on the page."""
    if not is_shown:
        return {"points": None, "out_of": None}
    return {"points": round(row.points, 2), "out_of": round(row.out_of, 2)}


def make_line(line: Worded) -> dict[str, Any]:
    """One line of a card."""
    names = ("label", "value", "sign", "note", "is_hard", "days_left")
    return {name: getattr(line, name) for name in names}


def _rank(rows: Iterable[RunRow]) -> dict[int, int]:
    """Rank within the post, by the row's number."""
    ranks, last = {}, dict[str, int]()
    for row in rows:
        last[row.post] = ranks[row.id] = last.get(row.post, 0) + 1
    return ranks


def _count(rows: Iterable[RunRow]) -> int:
    """How many women these rows are of."""
    return len({row.handle for row in rows})


def _cut(rows: Sequence[RunRow], page: int, size: int) -> tuple[Sequence[RunRow], int, int]:
    pages = max(1, -(-len(rows) // size))
    page = min(page, pages)
    return rows[(page - 1) * size : page * size], page, pages
