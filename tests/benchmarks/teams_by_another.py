"""The best team by another exact solver: CP-SAT, its sums written apart from the engine's.

It takes from the engine who fits which post with how many points, and the order of who is due.
Every rule is written here anew, from its meaning: another mistake would have to be the same one.

It runs in a process of its own, ``python -m tests.benchmarks.teams_by_another``, since its
library and the engine's solver cannot be loaded together: a question a line, an answer a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

SECONDS = 120.0

Asked = dict[str, Any]
"""Posts, women and rules as plain values: see ``teams_asked.describe``."""


class OtherSearch:
    """One question as CP-SAT's model."""

    def __init__(self, asked: Asked) -> None:
        from ortools.sat.python import cp_model

        self._solvers: Any = cp_model
        self._posts, self._women, self._rules = asked["posts"], asked["women"], asked["rules"]
        self._model: Any = cp_model.CpModel()
        self._chosen = [self._throw() for _ in self._women]
        self._seats = [
            (self._throw(), at, post, points)
            for at, woman in enumerate(self._women)
            for post, points in woman["seats"].items()
        ]
        self._place_women()
        self._keep_share()
        self._keep_people()
        self._keep_networks()

    def _throw(self) -> Any:
        return self._model.new_bool_var("")

    def _place_women(self) -> None:
        """A post has one woman at most; a woman has one post if she is chosen, else none."""
        for code in self._posts:
            self._model.add(sum(taken for taken, _, post, _ in self._seats if post == code) <= 1)
        for at, chosen in enumerate(self._chosen):
            self._model.add(sum(taken for taken, one, *_ in self._seats if one == at) == chosen)

    def _count(self, belongs: Callable[[Asked], bool]) -> Any:
        both = zip(self._chosen, self._women, strict=True)
        return sum(chosen for chosen, woman in both if belongs(woman))

    def _keep_share(self) -> None:
        """Posts that are given to nobody of the roster count as men's."""
        women, men, posts = self._rules["women"], self._rules["men"], len(self._posts)
        for count in range(posts + 1):
            if 100 * (women + count) < self._rules["least_share"] * (women + men + posts):
                self._model.add(sum(self._chosen) != count)

    def _keep_people(self) -> None:
        """Languages, young women, and no crowd of one nationality; unknown may be any."""
        for number, least in enumerate(self._rules["languages"]):
            self._model.add(self._count(lambda one, at=number: at in one["speaks"]) >= least)
        self._model.add(self._count(lambda one: one["is_young"]) >= self._rules["young"])
        held = {code for woman in self._women for code in woman["nationalities"] or ()}
        for code in (None, *sorted(held)):
            crowd = self._count(
                lambda one, code=code: one["nationalities"] is None or code in one["nationalities"]
            )
            self._model.add(crowd <= self._rules["per_nationality"])

    def _keep_networks(self) -> None:
        """Each woman chosen counts under one of her networks, whichever suits."""
        under: dict[str, list[Any]] = {}
        for chosen, woman in zip(self._chosen, self._women, strict=True):
            ways = {code: self._throw() for code in woman["networks"]}
            if ways:
                self._model.add(sum(ways.values()) == chosen)
            for code, way in ways.items():
                under.setdefault(code, []).append(way)
        found = []
        for counted in under.values():
            self._model.add(sum(counted) <= self._rules["per_network"])
            found.append(self._throw())
            self._model.add(sum(counted) >= 1).only_enforce_if(found[-1])
        self._model.add(sum(found) >= self._rules["least_networks"])

    def find(self) -> list[int] | None:
        """Return posts filled, points and turns; None without a team, TimeoutError unproven.

        Posts and points come first; among the teams with as many the turns.
        """
        richest = len(self._posts) * (max((points for *_, points in self._seats), default=0) + 1)
        worth = sum((richest + points) * taken for taken, _, _, points in self._seats)
        self._model.maximize(worth)
        best = self._solve()
        if best is None:
            return None
        filled = [points for taken, _, _, points in self._seats if best.value(taken)]
        self._model.add(sum(taken for taken, *_ in self._seats) == len(filled))
        self._model.add(sum(points * taken for taken, _, _, points in self._seats) >= sum(filled))
        self._model.minimize(sum(self._women[at]["turn"] * taken for taken, at, *_ in self._seats))
        fairest = self._solve()
        held = [(at, points) for taken, at, _, points in self._seats if fairest.value(taken)]
        turns = sum(self._women[at]["turn"] for at, _ in held)
        return [len(held), sum(points for _, points in held), turns]

    def _solve(self) -> Any:
        solver = self._solvers.CpSolver()
        solver.parameters.num_workers = (
            1  # two are a mixture that proves nothing here; ours has one as well
        )
        solver.parameters.linearization_level = 2  # without it caps and sums hide the bound
        solver.parameters.max_time_in_seconds = SECONDS
        status = solver.solve(self._model)
        if status == self._solvers.INFEASIBLE:
            return None
        if status != self._solvers.OPTIMAL:
            raise TimeoutError(f"CP-SAT proved nothing in {SECONDS:.0f} s")
        return solver


def main() -> None:
    """Answer each line."""
    for line in sys.stdin:
        print(json.dumps(OtherSearch(json.loads(line)).find()), flush=True)


if __name__ == "__main__":
    main()
