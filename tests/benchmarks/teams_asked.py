"""A question for the other solver as plain values, and the process that answers it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from matching.facts import TeamRules
from matching.teams.pool import Pool, Woman
from tests.matching.teams.reference import speaks

Value = tuple[int, int, int]
"""Posts filled, points in hundredths, sum of the turns of those chosen (fewer is fairer)."""
ROOT = Path(__file__).parents[2]


def describe(pool: Pool, rules: TeamRules) -> dict[str, Any]:
    """Return what the rules of ``teams_thrown`` ask about, and the order of who is due."""
    return {
        "posts": list(pool.posts),
        "women": [_describe_woman(woman, rules) for woman in pool.women],
        "rules": {
            "languages": [one.women for one in rules.languages],
            "per_network": rules.per_network,
            "per_nationality": rules.per_nationality,
            "young": rules.young,
            "least_networks": rules.least_networks,
            "women": rules.present_women,
            "men": rules.present_men,
            "least_share": rules.least_share or 0,
        },
    }


def _describe_woman(woman: Woman, rules: TeamRules) -> dict[str, Any]:
    held, mediator = woman.nationalities, woman.mediator
    return {
        "seats": {seat.post: seat.points for seat in woman.seats},
        "turn": woman.turn,
        "networks": sorted(set(mediator.networks)),
        "nationalities": None if held is None else sorted(held),
        "is_young": mediator.birth_band in rules.young_bands,
        "speaks": [at for at, one in enumerate(rules.languages) if speaks(mediator, one.wish)],
    }


class OtherSolver:
    """CP-SAT in a process of its own, until it is closed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.teams_by_another"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def find(self, pool: Pool, rules: TeamRules) -> Value | None:
        """Return the value of the best team; None where no team keeps the rules."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(describe(pool, rules)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the other solver ended with {self._process.wait()}")
        found = json.loads(line)
        return None if found is None else (found[0], found[1], found[2])

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
