"""The one door to HiGHS: a model of zeros and ones in, a solution with its proof out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

INFINITY = highspy.kHighsInf
TIGHT = 1e-9
"""Tolerance on rows and on whole numbers: costs reach millions, and their sum must not drift."""
ROUND = 1e-6


@dataclass(frozen=True)
class Row:
    """``least`` <= sum of coefficient x unknown <= ``most``."""

    terms: Mapping[int, int]
    least: float = -INFINITY
    most: float = INFINITY

    @property
    def slack_needed(self) -> int:
        """Return by how much the row can be broken at most."""
        low = sum(min(one, 0) for one in self.terms.values())
        high = sum(max(one, 0) for one in self.terms.values())
        gaps = (self.least - low, high - self.most)
        return max(math.ceil(gap) for gap in gaps if gap > -INFINITY)


@dataclass(frozen=True)
class Solution:
    """``status`` is proven, time_limit or infeasible; ``chosen`` is None without any solution.

    ``value`` and ``bound`` are the objective of the solution and the most that there can be;
    ``seconds`` is what the solver says it took.
    """

    status: str
    chosen: frozenset[int] | None
    value: int
    bound: int
    seconds: float


def maximise(gains: Mapping[int, int], rows: Sequence[Row], size: int, seconds: float) -> Solution:
    """Return the choice among ``size`` unknowns, each 0 or 1, with the highest sum of gains.

    The same input gives the same choice: one thread, a fixed seed, no gap left open. The only clock
    is the solver's own, which stops it after ``seconds``.
    """
    solver = _prepare(gains, rows, size, max(seconds, 0.0))
    solver.run()
    status = _read_status(solver.getModelStatus())
    info = solver.getInfo()
    has_one = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not has_one:
        bound = info.mip_dual_bound
        most = sum(one for one in gains.values() if one > 0)
        known = math.floor(bound + ROUND) if abs(bound) < most else most
        return Solution(status, None, 0, known, solver.getRunTime())
    values = np.asarray(solver.getSolution().col_value)
    chosen = frozenset(int(place) for place in np.flatnonzero(values > 0.5))
    value = sum(gains.get(place, 0) for place in chosen)
    bound = value if status == "proven" else math.floor(info.mip_dual_bound + ROUND)
    return Solution(status, chosen, value, bound, solver.getRunTime())


def _prepare(
    gains: Mapping[int, int], rows: Sequence[Row], size: int, seconds: float
) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
        "mip_feasibility_tolerance": TIGHT,
        "primal_feasibility_tolerance": TIGHT,
        "time_limit": seconds,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    costs = np.zeros(size)
    for place, gain in gains.items():
        costs[place] = gain
    starts = np.cumsum([0, *(len(row.terms) for row in rows)]).astype(np.int32)
    solver.passModel(
        size,
        len(rows),
        int(starts[-1]),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        costs,
        np.zeros(size),
        np.ones(size),
        np.array([row.least for row in rows], np.float64),
        np.array([row.most for row in rows], np.float64),
        starts,
        np.array([place for row in rows for place in row.terms], np.int32),
        np.array([one for row in rows for one in row.terms.values()], np.float64),
        np.full(size, int(highspy.HighsVarType.kInteger), np.int32),
    )
    return solver


def _read_status(status: highspy.HighsModelStatus) -> str:
    known = {
        highspy.HighsModelStatus.kOptimal: "proven",
        highspy.HighsModelStatus.kModelEmpty: "proven",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kTimeLimit: "time_limit",
    }
    if status not in known:
        raise RuntimeError(f"the solver stopped with {status}")
    return known[status]
