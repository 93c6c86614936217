"""A page says what was measured beside what is promised, and a miss is called a miss."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.comparisons import MODULES, load_comparisons
from tests.benchmarks.pages import format_page, write_page
from tests.benchmarks.report import Bar, Bound, Comparison, Figure, Options, Plot, Report, Table
from tests.benchmarks.stopwatch import find_geometric_mean, find_p95, time_in_turn

FIGURES = (
    Figure("reaches", 20, "×", Bound(8, 15), {"one": 40.0, "two": 16.0}),
    Figure("holds", 12, "×", Bound(8, 15), {"one": 16.0, "two": 9.0}),
    Figure("misses one", 12, "×", Bound(8, 15), {"one": 20.0, "two": 7.9}),
    Figure("misses all", 2.5, "×", Bound(8, 15), {"one": 2.0, "two": 3.0}),
    Figure("too slow", 1.2, "s", Bound(1, 0.03, at_most=True), note="a loop | of Python"),
    Figure("small enough", 600, "bytes", Bound(650, at_most=True)),
    Figure("nothing promised", 1234.5, "ms"),
)
REPORT = Report(
    ("What was compared.",),
    FIGURES,
    (Table("Milliseconds", ("request", "ours"), (("first", "1.5"),)),),
    Plot("Times <of> all", "ms", (Bar("first", "ours", 1.5), Bar("first", "peer", 150.0))),
    {"peer": "1.0"},
    ("A note.",),
)
COMPARISON = Comparison("sample", "A sample", lambda options: REPORT)
MACHINE, DAY = {"Processor": "one"}, date(2026, 11, 22)


def test_each_figure_stands_beside_its_promise_with_its_verdict() -> None:
    page = format_page(COMPARISON, REPORT, machine=MACHINE, day=DAY)
    assert page.split("\n\n")[2].splitlines()[2:] == [
        "| reaches | 20 × | ≥ 8 × | ≥ 15 × | **holds, reaches the aim** | one 40, two 16 |",
        "| holds | 12 × | ≥ 8 × | ≥ 15 × | **holds** | one 16, two 9 |",
        "| misses one | 12 × | ≥ 8 × | ≥ 15 × | **misses on 1 of 2** | one 20, two 7.9 |",
        "| misses all | 2.5 × | ≥ 8 × | ≥ 15 × | **misses** | one 2, two 3 |",
        "| too slow | 1.2 s | ≤ 1 s | ≤ 0.03 s | **misses** | a loop \\| of Python |",
        "| small enough | 600 bytes | ≤ 650 bytes |  | **holds, reaches the aim** |  |",
        "| nothing promised | 1,234 ms |  |  |  |  |",
    ]


def test_a_page_says_what_was_unusual_on_what_it_was_measured_and_how_to_repeat_it() -> None:
    page = format_page(COMPARISON, REPORT, machine=MACHINE, day=DAY, remark="On a busy machine.")
    blocks = page.split("\n\n")
    assert blocks[:3] == ["# A sample", "**On a busy machine.**", "What was compared."]
    assert blocks[4:] == [
        "![Times <of> all](sample.svg)",
        "## Milliseconds",
        "| request | ours |\n| --- | --- |\n| first | 1.5 |",
        "## What to know",
        "- A note.",
        "## Machine and versions",
        "- Measured on: 2026-11-22\n- Processor: one\n- peer: 1.0",
        "Again: `make bench ONLY=sample`.\n",
    ]


def test_page_and_picture_are_written_side_by_side(tmp_path: Path) -> None:
    written = write_page(COMPARISON, REPORT, machine=MACHINE, day=DAY, folder=tmp_path / "new")
    assert [path.name for path in written] == ["sample.md", "sample.svg"]
    words = [one.text for one in ElementTree.parse(written[1]).iter() if (one.text or "").strip()]
    assert [word for word in words if word in ("ours", "peer", "first", "1.5", "150")] == [
        "first",
        "ours",
        "1.5",
        "peer",
        "150",
    ]


def test_contenders_are_timed_in_turn_after_a_warm_call() -> None:
    asked: list[str] = []
    acts = {name: lambda name=name: asked.append(name) for name in "abc"}
    samples = time_in_turn(acts, 2, round_seconds=0)
    assert asked == [*"aabbcc", *"abc", *"bca"]
    assert {name: len(one) for name, one in samples.items()} == {"a": 2, "b": 2, "c": 2}


def test_the_95th_percentile_is_a_sample_and_the_mean_of_ratios_is_geometric() -> None:
    assert find_p95(tuple(range(1, 101))) == 95
    assert find_p95((3.0, 1.0, 2.0)) == 3.0
    assert find_geometric_mean({"one": 2.0, "two": 8.0}) == pytest.approx(4)


def test_an_unknown_comparison_is_refused_with_those_that_there_are() -> None:
    assert load_comparisons(["shortlist"])[0].name == "shortlist"
    with pytest.raises(ValueError, match="no comparison nothing; there are .*shortlist"):
        load_comparisons(["nothing", "shortlist"])
    assert Options().sizes == (1_000, 10_000, 100_000, 1_000_000)
    assert "shortlist" in MODULES
