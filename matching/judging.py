"""Judges sets of rows, and asks no criterion again what it has said already."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, count, fill, gather_if, list_rows, pack
from matching.columns import Columns
from matching.criteria import Asking
from matching.memory import Said, Verdicts
from matching.outcomes import CURABLE, PASSES
from matching.run import FEW, Share, Step
from matching.tables import Ints, count_up, is_everybody
from matching.watching import Watched

FAILS, HARD = ~PASSES, ~PASSES & ~CURABLE
NOT_SO_FEW = 12
"""One in so many rows costs as much to pick out of a column as it costs to look at all of it."""


def find_known(columns: Columns, step: Step, asking: Asking) -> Said | None:
    """Return what is kept of a criterion for this asking, if anything."""
    kept = _find_kept(columns, step, asking)
    if kept is None:
        return None
    if step.ground is None:
        return kept.said
    ground = _find_kept(columns, step.ground, asking)
    return None if ground is None else kept.said.where(ground.said)


def _find_kept(columns: Columns, step: Step, asking: Asking) -> Verdicts | None:
    memory = columns.memory
    memory.settle(columns.words)
    kept = memory.verdicts.find(name_asked(step, asking), asking)
    if kept is not None and len(kept.known) != columns.words:
        kept.reach(columns.words)
    return kept


def judge(columns: Columns, step: Step, asking: Asking, among: Bits) -> Said:
    """Return who of a set of rows fails a criterion; it says nothing sure about other rows."""
    if step.ground is None:
        return _judge_alone(columns, step, asking, among)
    ground = _judge_alone(columns, step.ground, asking, among)
    return _judge_alone(columns, step, asking, among & ~ground.fails).where(ground)


def _judge_alone(columns: Columns, step: Step, asking: Asking, among: Bits) -> Said:
    """Judge as if the ground of the criterion were known."""
    kept = _find_kept(columns, step, asking)
    if kept is None:
        return _judge_first(columns, step, asking, among).said
    missing = among & ~kept.known
    if missing.any():
        watched, (missing, rows) = Watched(asking), _pick(columns, step, missing)
        fails, hard = _judge_rows(columns, step, watched, rows, len(among))
        kept.known |= missing
        kept.fails |= fails
        kept.hard |= hard
        kept.narrow(watched.reads, watched.since, watched.until)
    return kept.said


def _judge_first(columns: Columns, step: Step, asking: Asking, among: Bits) -> Verdicts:
    watched, (asked, rows) = Watched(asking), _pick(columns, step, among)
    fails, hard = _judge_rows(columns, step, watched, rows, len(among))
    made = Verdicts(watched.reads, watched.since, watched.until, asked.copy(), fails, hard)
    columns.memory.verdicts.add(name_asked(step, asking), made)
    return made


def _pick(columns: Columns, step: Step, among: Bits) -> tuple[Bits, Ints]:
    """Return the rows to judge, both ways: everybody where that is cheaper than picking out many."""
    if not _is_flat(step) or count(among) * NOT_SO_FEW < columns.row_count:
        return among, list_rows(among)
    return fill(columns.row_count, len(among)), count_up(columns.row_count)


def _is_flat(step: Step) -> bool:
    """Tell whether a criterion looks at nothing but what stands at a woman's own row."""
    return step.criterion.table is None


def _judge_rows(
    columns: Columns, step: Step, asking: Asking, rows: Ints, words: int
) -> tuple[Bits, Bits]:
    near, places = (columns, rows) if _is_flat(step) else come_near(columns, rows)
    outcomes = step.judge_alone(near, places, asking).outcomes
    failed = [one for one in step.criterion.outcomes if FAILS[one]]
    return (
        _gather_if(outcomes, failed, rows, words),
        _gather_if(outcomes, [one for one in failed if HARD[one]], rows, words),
    )


def _gather_if(outcomes: NDArray[np.uint8], wanted: Sequence[int], rows: Ints, words: int) -> Bits:
    """Return the set of the rows that have one of the outcomes."""
    is_one = np.zeros(len(outcomes), np.bool_)
    for outcome in wanted:
        is_one |= outcomes == outcome
    return pack(is_one, words) if is_everybody(rows) else gather_if(is_one, rows, words)


def come_near(columns: Columns, rows: Ints) -> tuple[Columns, Ints]:
    """Return columns to ask of these rows: of their own where they are few among many."""
    if len(rows) * FEW >= len(columns):
        return columns, rows
    return columns.take(rows), count_up(len(rows))


def name_asked(asked: Step | Share, asking: Asking) -> Hashable:
    """Return by what the answer to a wish is kept."""
    what = asked.criterion if isinstance(asked, Step) else asked.preference
    return what.name, asked.wish, asking.post is None
