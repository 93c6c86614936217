"""The one door to HiGHS: a model of zeros and ones in, a solution with its proof out.

Most unknowns can be shown to be 0 before any search: the relaxation (parts of women allowed) says
for each by how much the sum falls at least if she is chosen. Once a good choice is known, whoever
would bring the sum below it is left out, and the search runs over the few that are left; what is
proven of them holds for all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from matching.tables import Ints

Floats = NDArray[np.float64]
INFINITY = highspy.kHighsInf
TIGHT = 1e-9
"""Tolerance on rows and whole numbers: costs reach millions, and their sum must not drift."""
HALF = 0.5
"""All sums are whole: what is within a half of a bound reaches it."""
FIRST_TRIED = 150
"""Unknowns in the first search, those that promise most."""


@dataclass(frozen=True)
class Row:
    """``least`` <= sum of coefficient x unknown <= ``most``."""

    terms: Mapping[int, int]
    least: float = -INFINITY
    most: float = INFINITY

    @property
    def slack_needed(self) -> int:
        """Return by how much the row can be broken at most; 0 or less if it cannot."""
        low = sum(min(one, 0) for one in self.terms.values())
        high = sum(max(one, 0) for one in self.terms.values())
        return max(
            math.ceil(gap) for gap in (self.least - low, high - self.most) if gap > -INFINITY
        )


@dataclass(frozen=True)
class Solution:
    """``status`` is proven, time_limit or infeasible; ``chosen`` is None without any solution.

    ``value`` and ``bound`` are the objective of the solution and the most that there can be;
    ``seconds`` is what the solver says it took. Every solution as good as this one, if it is
    proven, is made of ``within``.
    """

    status: str
    chosen: frozenset[int] | None
    value: int
    bound: int
    seconds: float
    within: tuple[int, ...] = ()


@dataclass(frozen=True)
class Model:
    """The highest sum of gains is sought over unknowns that are 0 or 1 and keep the rows."""

    gains: Mapping[int, int]
    rows: Sequence[Row]
    unknowns: tuple[int, ...]

    def prepare(self, seconds: float, *, is_whole: bool) -> highspy.Highs:
        """Return the solver with this model; parts of an unknown are allowed if not whole."""
        solver = _open_solver(max(seconds, 0.0))
        place = {unknown: at for at, unknown in enumerate(self.unknowns)}
        terms = [
            [(place[u], one) for u, one in row.terms.items() if u in place] for row in self.rows
        ]
        size, starts = len(place), np.cumsum([0, *map(len, terms)]).astype(np.int32)
        kind = highspy.HighsVarType.kInteger if is_whole else highspy.HighsVarType.kContinuous
        solver.passModel(
            size,
            len(terms),
            int(starts[-1]),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMaximize),
            0.0,
            np.array([self.gains.get(unknown, 0) for unknown in self.unknowns], np.float64),
            np.zeros(size),
            np.ones(size),
            np.array([row.least for row in self.rows], np.float64),
            np.array([row.most for row in self.rows], np.float64),
            starts,
            np.array([at for row in terms for at, _ in row], np.int32),
            np.array([one for row in terms for _, one in row], np.float64),
            np.full(size, int(kind), np.int32),
        )
        return solver


def _open_solver(seconds: float) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": HALF,
        "mip_feasibility_tolerance": TIGHT,
        "primal_feasibility_tolerance": TIGHT,
        "time_limit": seconds,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def maximise(
    gains: Mapping[int, int], rows: Sequence[Row], unknowns: Sequence[int], seconds: float
) -> Solution:
    """Return the choice among unknowns, each 0 or 1, with the highest sum of gains.

    The same input gives the same choice: one thread, a fixed seed, no gap left open. The only clock
    is the solver's own, which stops it after ``seconds``.
    """
    whole = Model(gains, rows, tuple(unknowns))
    relaxed = whole.prepare(seconds, is_whole=False)
    relaxed.run()
    spent = relaxed.getRunTime()
    status = _read_status(relaxed.getModelStatus())
    if status != "proven":
        return Solution(status, None, 0, _sum_best(gains), spent)
    top = float(relaxed.getInfo().objective_function_value)
    solution = relaxed.getSolution()
    values, falls = np.asarray(solution.col_value), np.abs(np.asarray(solution.col_dual))
    first = _pick_first(whole, values, falls)
    tried = _search(replace(whole, unknowns=_choose(whole, first)), seconds - spent)
    spent += tried.seconds
    is_open = tried.chosen is None or tried.status != "proven"
    kept = np.arange(len(values)) if is_open else _keep(values, falls, top - tried.value)
    if np.isin(kept, first).all():
        return replace(tried, seconds=spent, within=_choose(whole, kept))
    best = _search(replace(whole, unknowns=_choose(whole, kept)), seconds - spent)
    bound = min(best.bound, math.floor(top + HALF))
    found = best if tried.chosen is None or best.value >= tried.value else tried
    status = best.status
    return Solution(
        status, found.chosen, found.value, found.value if status == "proven" else bound,
        spent + best.seconds, _choose(whole, kept),
    )  # fmt: skip


def _choose(model: Model, places: Ints) -> tuple[int, ...]:
    return tuple(model.unknowns[int(place)] for place in places)


def _pick_first(model: Model, values: Floats, falls: Floats) -> Ints:
    """Return the unknowns the relaxation uses and those that would cost it least."""
    has_gain = np.array([bool(model.gains.get(one)) for one in model.unknowns], np.bool_)
    ranked = np.sort(falls[has_gain])
    furthest = ranked[min(FIRST_TRIED, len(ranked)) - 1] if len(ranked) else 0.0
    return np.flatnonzero((values > TIGHT) | (falls <= furthest))


def _keep(values: Floats, falls: Floats, slack: float) -> Ints:
    """Return the unknowns that a choice as good as the one known may use."""
    return np.flatnonzero((values > TIGHT) | (falls <= slack + HALF))


def _search(model: Model, seconds: float) -> Solution:
    solver = model.prepare(seconds, is_whole=True)
    solver.run()
    status, info = _read_status(solver.getModelStatus()), solver.getInfo()
    most = _sum_best(model.gains)
    bound = math.floor(info.mip_dual_bound + HALF) if abs(info.mip_dual_bound) < most else most
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solution(status, None, 0, bound, solver.getRunTime())
    values = np.asarray(solver.getSolution().col_value)
    chosen = frozenset(_choose(model, np.flatnonzero(values > HALF)))
    value = sum(model.gains.get(place, 0) for place in chosen)
    return Solution(
        status, chosen, value, value if status == "proven" else bound, solver.getRunTime()
    )


def _sum_best(gains: Mapping[int, int]) -> int:
    """Return more than any sum can be."""
    return sum(abs(one) for one in gains.values()) + 1


def _read_status(status: highspy.HighsModelStatus) -> str:
    known = {
        highspy.HighsModelStatus.kOptimal: "proven",
        highspy.HighsModelStatus.kModelEmpty: "proven",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
        highspy.HighsModelStatus.kTimeLimit: "time_limit",
    }
    if status not in known:
        raise RuntimeError(f"the solver stopped with {status}")
    return known[status]
