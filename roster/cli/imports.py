"""Import of a network's spreadsheet from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import inspect, make_url
from sqlalchemy.orm import Session

from roster import clock
from roster.cli import main
from roster.cli.matching import Instant
from roster.cli.opening import open_database
from roster.db import Database
from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import OPERATOR
from roster.queries.records import visible_networks
from roster.services.import_choices import load_choices
from roster.services.import_rows import stage_rows
from roster.services.imports import ImportOutcome, confirm_import, preview_rows, stage_import
from roster.settings import WeakSecret, load_settings
from roster.spreadsheets import (
    Choices,
    ReadResult,
    SpreadsheetRefused,
    read_spreadsheet,
    result_as_json,
)
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording
from roster.wording.codes import word_code
from roster.wording.problems import word_problem

REFUSED = 2
"""Exit code for a file, network or instant that was not taken; nothing was saved."""


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--network", required=True, help="Code of the network whose list it is: nwm.")
@click.option("--dry-run", is_flag=True, help="Read and report; save nothing.")
@click.option("--at", "instant", type=Instant(), help="Judge availabilities on this day, ISO 8601.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def import_file(
    file: Path, network: str, dry_run: bool, instant: datetime | None, form: str
) -> None:
    """Read a spreadsheet and take its ready rows into the roster of a network.

    Exit code 0: the file was read, whatever its rows hold; 2: nothing was read or saved.
    """
    _check_code(network)
    content = file.read_bytes()
    day = (instant or clock.now()).date()
    try:
        result = read_spreadsheet(
            content,
            file_name=file.name,
            network=network,
            reference_day=day,
            choices=_load_choices(network),
        )
    except SpreadsheetRefused as refusal:
        advice = word_problem(get_wording("en"), refusal.code, refusal.values)
        raise _refuse(f"{advice.what} {advice.do}") from refusal
    if dry_run:
        rows, outcome = _preview(result), None
    else:
        rows, outcome = _take_in(file.name, content, result)
    if form == "json":
        _print_json(result, rows, outcome)
    else:
        _print_report(rows)
        click.echo(_word_outcome(outcome))


def _check_code(network: str) -> None:
    codes = load_vocabulary().codes("network")
    if network not in codes:
        sentence = word_code(get_wording("en"), "no_such_network", network=network)
        raise _refuse(f"{sentence} There are: {', '.join(codes)}.")


def _refuse(sentence: str) -> click.exceptions.Exit:
    click.echo(sentence, err=True)
    return click.exceptions.Exit(REFUSED)


def _preview(result: ReadResult) -> Sequence[ImportRow]:
    """The rows as they would be judged; against the network's list, where there is one."""
    if not _has_database():
        return stage_rows(result)
    with _open(result.network) as database, database.reading() as session:
        return preview_rows(session, actor=OPERATOR, result=result)


def _load_choices(network: str) -> Choices:
    """What the office has decided about its files before; nothing where there is no database."""
    if not _has_database():
        return Choices()
    with _open(network) as database, database.reading() as session:
        return load_choices(session, network)


def _has_database() -> bool:
    """A dry run needs no installation, and makes none."""
    try:
        settings = load_settings()
    except WeakSecret:
        return False
    url = make_url(settings.database_url)
    is_file = url.get_backend_name() == "sqlite"
    return settings.key_file.exists() and (not is_file or Path(str(url.database)).exists())


@contextmanager
def _open(network: str) -> Iterator[Database]:
    with open_database() as database:
        if not inspect(database.engine).has_table("spreadsheet_import"):
            raise _refuse("The database has no tables yet. Run: roster migrate")
        with database.reading() as session:
            if network not in visible_networks(session, OPERATOR):
                sentence = word_code(get_wording("en"), "federation", network=network)
                raise _refuse(sentence)
        yield database


def _take_in(
    file_name: str, content: bytes, result: ReadResult
) -> tuple[Sequence[ImportRow], ImportOutcome]:
    with _open(result.network) as database, database.writing() as session:
        staged = stage_import(
            session,
            actor=OPERATOR,
            network_code=result.network,
            file_name=file_name,
            content=content,
            result=result,
        )
        outcome = _confirm(session, staged)
        session.commit()
        return staged.rows, outcome


def _confirm(session: Session, staged: SpreadsheetImport) -> ImportOutcome:
    return confirm_import(
        session, actor=OPERATOR, import_id=staged.id, expected_version=staged.version
    )


def _word_outcome(outcome: ImportOutcome | None) -> str:
    if outcome is None:
        return "Nothing was saved (dry run)."
    return (
        f"Taken in: {outcome.new} new, {outcome.updated} updated, {outcome.same} unchanged;"
        f" {outcome.waiting} wait for a person, {outcome.left_out} left out."
    )


def _print_json(
    result: ReadResult, rows: Sequence[ImportRow], outcome: ImportOutcome | None
) -> None:
    """The reading; each row with what was found beside its own text, too; what became of all."""
    document = result_as_json(result)
    for row, found in zip(document["rows"], rows, strict=True):
        row["problems"] = found.problems
    if outcome is not None:
        document["outcome"] = {k: v for k, v in vars(outcome).items() if k != "import_id"}
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def _print_report(rows: Sequence[ImportRow]) -> None:
    wording = get_wording("en")
    for row in rows:
        for problem in row.problems:
            if problem["severity"] == "info":
                continue
            values = {name: problem.get(name) for name in ("found", "rows")}
            advice = word_problem(wording, problem["code"], values)
            where = f"row {row.row}, {problem.get('field') or 'row'}"
            click.echo(f"{problem['severity']:<7} {where}: {advice.what} {advice.do}")
    verdicts = [row.verdict for row in rows]
    counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("ok", "review", "reject"))
    click.echo(f"{len(verdicts)} rows read: {counts}.")
