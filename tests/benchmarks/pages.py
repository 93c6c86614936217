"""A report as one page of ``docs/performance`` with its picture, and as lines on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.drawing import draw
from tests.benchmarks.report import Bound, Comparison, Figure, Report, Table

FOLDER = Path(__file__).parents[2] / "docs" / "performance"
FIGURES = ("work", "measured", "must hold", "aim", "verdict", "single cases and notes")


def write_page(
    comparison: Comparison,
    report: Report,
    *,
    machine: Mapping[str, str],
    day: date,
    remark: str = "",
    folder: Path = FOLDER,
) -> list[Path]:
    """Write the page and its picture; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    page, picture = folder / f"{comparison.name}.md", folder / f"{comparison.name}.svg"
    page.write_text(format_page(comparison, report, machine=machine, day=day, remark=remark))
    if report.plot is None:
        return [page]
    picture.write_text(draw(report.plot))
    return [page, picture]


def format_page(
    comparison: Comparison,
    report: Report,
    *,
    machine: Mapping[str, str],
    day: date,
    remark: str = "",
) -> str:
    """Return the page in Markdown. ``remark`` says what was unusual about the run."""
    parts = [f"# {comparison.title}"]
    if remark:
        parts.append(f"**{remark}**")
    parts += [*report.about, *_format_table(list_judged(report))]
    if report.plot is not None:
        parts.append(f"![{report.plot.title}]({comparison.name}.svg)")
    for table in report.tables:
        parts += [f"## {table.title}", *_format_table((table.columns, *table.rows))]
    if report.notes:
        parts += ["## What to know", "\n".join(f"- {note}" for note in report.notes)]
    facts = {"Measured on": day.isoformat(), **machine, **report.versions}
    parts += ["## Machine and versions", "\n".join(f"- {name}: {facts[name]}" for name in facts)]
    parts.append(f"Again: `make bench ONLY={comparison.name}`.")
    return "\n\n".join(parts) + "\n"


def list_judged(report: Report) -> list[tuple[str, ...]]:
    """Return each figure beside what is promised, below a row of headings."""
    return [FIGURES, *(_judge(figure) for figure in report.figures)]


def _judge(figure: Figure) -> tuple[str, ...]:
    least, aim = _format_bound(figure.bound, figure.unit)
    measured = _format_value(figure.value, figure.unit)
    cases = [f"{name} {_format_value(value, '')}" for name, value in figure.cases.items()]
    words = "; ".join(one for one in (", ".join(cases), figure.note) if one)
    verdict = f"**{figure.verdict}**" if figure.verdict else ""
    return figure.work, measured, least, aim, verdict, words


def _format_bound(bound: Bound | None, unit: str) -> tuple[str, str]:
    if bound is None:
        return "", ""
    sign = "≤" if bound.at_most else "≥"
    aim = "" if bound.aim is None else f"{sign} {_format_value(bound.aim, unit)}"
    return f"{sign} {_format_value(bound.least, unit)}", aim


def _format_value(value: float, unit: str) -> str:
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip()


def _format_table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = [_join(row) for row in rows]
    return ["\n".join((lines[0], _join(["---"] * len(rows[0])), *lines[1:]))]


def _join(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def print_report(comparison: Comparison, report: Report) -> None:
    """Print figures with their verdicts, then the tables, in columns."""
    print(f"\n{comparison.title}")
    _print_rows([tuple(cell.strip("*") for cell in row) for row in list_judged(report)])
    for table in report.tables:
        _print_table(table)
    for note in report.notes:
        print(f"  {note}")


def _print_table(table: Table) -> None:
    print(f"\n  {table.title}")
    _print_rows((table.columns, *table.rows))


def _print_rows(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(("  " + "  ".join(cells)).rstrip(), flush=True)
