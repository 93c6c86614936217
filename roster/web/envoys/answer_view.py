"""A stored run ready for the page: persons by handle, near misses, the funnel in steps of five."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from roster.models import Run, RunRow
from roster.services.small_cells import band_funnel, round_count
from roster.web.answer_rows import (
    ListedView,
    NearMissView,
    make_listed,
    make_near_miss,
    rank_rows,
)
from roster.wording import Wording
from roster.wording.answers import word_count, word_headline
from roster.wording.reasons import word_gate

PAGE = 5
"""Persons with their evidence on one page; a shortlist has three to five."""
NEAR_PAGE = 20


@dataclass(frozen=True)
class FunnelStepView:
    label: str
    fell: str | None
    left: str
    before_share: float
    left_share: float


@dataclass(frozen=True)
class AnswerView:
    headline: str
    listed_count: int
    persons: list[ListedView]
    page: int
    pages: int
    near_misses: list[NearMissView]
    near_count: int
    near_page: int
    near_pages: int
    funnel: list[FunnelStepView]
    considered: str
    not_visible: str
    holds_until: datetime | None
    """The earliest end of what it rests on; None once somebody in it is no longer available."""
    has_ended: bool
    """Something it rests on has run out since: searching again may give another answer."""
    shown_ids: list[int]
    """Women whose card is on this page, for the read log."""
    is_ranked: bool = True
    """In order of points; else by handle, which tells nothing, and without points."""


def make_answer_view(
    wording: Wording,
    run: Run,
    showable: set[int],
    *,
    now: datetime,
    page: int,
    near: int,
    is_ranked: bool = True,
) -> AnswerView:
    """One page of a run; ``showable`` are the women whose card may be shown today."""
    listed = [row for row in run.rows if row.state == "listed"]
    near_misses = [row for row in run.rows if row.state == "near_miss"]
    women, near_women = (_count(rows, showable) for rows in (listed, near_misses))
    has_lost = women < _count(listed)
    ranks = rank_rows(listed) if is_ranked else {}
    ordered = listed if is_ranked else sorted(listed, key=lambda row: (row.handle, row.position))
    on_page, page, pages = _cut(ordered, page, PAGE)
    near_on_page, near, near_pages = _cut(near_misses, near, NEAR_PAGE)
    shown = [row for row in [*on_page, *near_on_page] if row.mediator_id in showable]
    return AnswerView(
        headline=word_headline(wording, women, near_women),
        listed_count=women,
        persons=[
            _make_person(wording, run, row, showable, rank=ranks.get(row.id, 0)) for row in on_page
        ],
        page=page,
        pages=pages,
        near_misses=[
            make_near_miss(wording, row, is_shown=row.mediator_id in showable, at=run.at)
            for row in near_on_page
        ],
        near_count=near_women,
        near_page=near,
        near_pages=near_pages,
        funnel=_make_funnel(wording, run, women),
        considered=word_count(wording, round_count(run.considered)),
        not_visible=word_count(wording, round_count(run.not_visible)),
        # the earliest end may be that of a woman who is gone, and nothing more is said of her
        holds_until=None if has_lost else run.holds_until,
        has_ended=has_lost or (run.holds_until is not None and run.holds_until <= now),
        shown_ids=sorted({row.mediator_id for row in shown if row.mediator_id is not None}),
        is_ranked=is_ranked,
    )


def _make_person(
    wording: Wording, run: Run, row: RunRow, showable: set[int], *, rank: int
) -> ListedView:
    """A row of the list; without a rank also without points, by which a rank could be told."""
    view = make_listed(wording, row, rank, is_shown=row.mediator_id in showable, at=run.at)
    return view if rank else replace(view, points="")


def _count(rows: Iterable[RunRow], showable: set[int] | None = None) -> int:
    """How many women these rows are of; only those who may be shown today, where they are given."""
    return len({r.handle for r in rows if showable is None or r.mediator_id in showable})


def _cut(rows: Sequence[RunRow], page: int, size: int) -> tuple[Sequence[RunRow], int, int]:
    pages = max(1, -(-len(rows) // size))
    page = min(page, pages)
    return rows[(page - 1) * size : page * size], page, pages


def _make_funnel(wording: Wording, run: Run, listed: int) -> list[FunnelStepView]:
    considered = word_count(wording, round_count(run.considered))
    steps = [FunnelStepView(word_gate(wording, "considered"), None, considered, 0.0, 100.0)]
    for row in band_funnel(run.funnel, run.considered, listed):
        steps.append(
            FunnelStepView(
                label=word_gate(wording, row.gate),
                fell=word_count(wording, row.fell),
                left=word_count(wording, row.left),
                before_share=row.before_share,
                left_share=row.left_share,
            )
        )
    return steps
