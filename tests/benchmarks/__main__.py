"""The service beside its peers, on this machine, in one run.

``python -m tests.benchmarks [--only NAME,…] [--sizes 1000,10000] [--rounds 3] [--write]``

Every comparison first checks that all contenders give the same answers, and stops where they do
not. Printed are medians, 95th percentiles, ratios and what is promised of them; ``--write`` makes
the pages of ``docs/performance`` from the same figures, ``--remark`` says at their head what was
unusual about the run.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from tests.benchmarks.comparisons import MODULES, load_comparisons
from tests.benchmarks.machine import describe_machine
from tests.benchmarks.pages import print_report, write_page
from tests.benchmarks.report import Disagreement, Options


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one.replace("_", "")) for one in text.split(","))


def _read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {', '.join(MODULES)}")
    parser.add_argument("--sizes", type=_read_numbers, default=Options.sizes)
    parser.add_argument("--rounds", type=int, default=Options.rounds)
    parser.add_argument("--write", action="store_true", help="write the pages of docs/performance")
    parser.add_argument("--remark", default="", help="what was unusual about this run")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the comparisons asked; returns 1 where contenders disagree."""
    asked = _read_arguments(arguments)
    options = Options(asked.sizes, asked.rounds)
    machine = describe_machine()
    print("; ".join(f"{name}: {value}" for name, value in machine.items()))
    for comparison in load_comparisons(name for name in asked.only.split(",") if name):
        try:
            report = comparison.run(options)
        except Disagreement as problem:
            print(f"{comparison.title}: {problem}", file=sys.stderr)
            return 1
        print_report(comparison, report)
        if asked.write:
            day = datetime.now(UTC).date()
            for path in write_page(
                comparison, report, machine=machine, day=day, remark=asked.remark
            ):
                print(f"  written: {path.relative_to(path.parents[2])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
