"""Which comparisons there are: by name, and the module that holds each as ``COMPARISON``.

A module is imported when its comparison is asked for, since each needs other peers.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from tests.benchmarks.report import Comparison

MODULES = {
    "load": "tests.benchmarks.load",
    "shortlist": "tests.benchmarks.shortlist",
    "duplicates": "tests.benchmarks.linkage_compared",
    "changes": "tests.benchmarks.changes_compared",
    "names": "tests.benchmarks.names_compared",
    "teams": "tests.benchmarks.teams_compared",
}


def load_comparisons(names: Iterable[str] = ()) -> list[Comparison]:
    """Return the comparisons of these names, all without names; ValueError for one unknown."""
    wanted = tuple(names) or tuple(MODULES)
    unknown = [name for name in wanted if name not in MODULES]
    if unknown:
        raise ValueError(f"no comparison {', '.join(unknown)}; there are {', '.join(MODULES)}")
    return [import_module(MODULES[name]).COMPARISON for name in wanted]
