"""Import of a network's spreadsheet from the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from roster import clock
from roster.cli import main
from roster.cli.opening import open_database
from roster.permissions import OPERATOR
from roster.services.imports import confirm_import, stage_import
from roster.spreadsheets import ReadResult, SpreadsheetRefused, read_spreadsheet, result_as_json
from roster.wording import get_wording
from roster.wording.problems import word_problem

REFUSED = 2
"""Exit code for a file that was not read."""


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--network", required=True, help="Code of the network whose list it is: nwm.")
@click.option("--dry-run", is_flag=True, help="Read and report; save nothing.")
@click.option("--at", "instant", help="Judge availabilities on this day, ISO 8601.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def import_file(file: Path, network: str, dry_run: bool, instant: str | None, form: str) -> None:
    """Read a spreadsheet and take its ready rows into the roster of a network."""
    day = (datetime.fromisoformat(instant) if instant else clock.now()).date()
    content = file.read_bytes()
    try:
        result = read_spreadsheet(content, file_name=file.name, network=network, reference_day=day)
    except SpreadsheetRefused as refusal:
        advice = word_problem(get_wording("en"), refusal.code, refusal.values)
        raise click.exceptions.Exit(_say_refusal(f"{advice.what} {advice.do}")) from refusal
    outcome = "" if dry_run else _take_in(file.name, network, content, result)
    if form == "json":
        click.echo(json.dumps(result_as_json(result), ensure_ascii=False, indent=1, default=str))
    else:
        _print_report(result)
        click.echo(outcome or "Nothing was saved (dry run).")


def _say_refusal(sentence: str) -> int:
    click.echo(sentence, err=True)
    return REFUSED


def _take_in(file_name: str, network: str, content: bytes, result: ReadResult) -> str:
    with open_database() as database, database.writing() as session:
        staged = stage_import(
            session,
            actor=OPERATOR,
            network_code=network,
            file_name=file_name,
            content=content,
            result=result,
        )
        outcome = confirm_import(
            session, actor=OPERATOR, import_id=staged.id, expected_version=staged.version
        )
        session.commit()
    return (
        f"Taken in: {outcome.new} new, {outcome.updated} updated, {outcome.same} unchanged;"
        f" {outcome.waiting} wait for a person, {outcome.left_out} left out."
    )


def _print_report(result: ReadResult) -> None:
    wording = get_wording("en")
    for row in result.rows:
        for problem in row.problems:
            if problem.severity == "info":
                continue
            advice = word_problem(wording, problem.code, {"found": problem.found})
            where = f"row {row.row}, {problem.field or 'row'}"
            click.echo(f"{problem.severity:<7} {where}: {advice.what} {advice.do}")
    verdicts = [row.verdict for row in result.rows]
    counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("ok", "review", "reject"))
    click.echo(f"{len(verdicts)} rows read: {counts}.")
