"""Entries that may be one person: in lists, in any file of records, or in the list of a network."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from matching.duplicates import Field, Kind, Linkage, link, link_people
from matching.likeness import Identity
from roster import clock
from roster.cli import main
from roster.cli.opening import open_database
from roster.permissions import OPERATOR
from roster.queries.identities import list_identities
from roster.queries.records import visible_networks
from roster.schemas.duplicates import Where, dump_linkage
from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet
from roster.wording import LANGUAGES, Wording, get_wording
from roster.wording.codes import word_code
from roster.wording.duplicates import (
    word_feature,
    word_no_column,
    word_pair,
    word_total,
    word_unreadable,
)
from roster.wording.problems import word_problem

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KINDS = ", ".join(Kind)


@dataclass
class Entries:
    """What is compared, and where each entry stands; files one after the other."""

    people: list[Identity] = field(default_factory=list)
    records: list[dict[str, object]] = field(default_factory=list)
    places: list[Where] = field(default_factory=list)


@main.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--network", help="Compare the records of this network on the roster: nwm.")
@click.option(
    "--field",
    "declared",
    multiple=True,
    metavar="COLUMN=KIND",
    help=f"A column of files that are no lists of women, and what it holds: {KINDS}.",
)
@click.option("--across", is_flag=True, help="Of two files only pairs between them.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", help="Of the text.")
def duplicates(
    files: tuple[Path, ...],
    network: str | None,
    declared: tuple[str, ...],
    across: bool,
    form: str,
    language: str,
) -> None:
    """Propose entries that may be one person, with what speaks for it and against it.

    Nothing is stored and nobody is merged. The answer names rows and records, never a person.
    """
    if bool(files) == bool(network):
        raise click.UsageError("Give files, or --network.")
    if across and len(files) != 2:
        raise click.UsageError("--across needs two files.")
    fields = read_fields(declared)
    wording = get_wording(language)
    entries = _read_network(network, wording) if network else _read_files(files, fields, wording)
    found = _link(entries, fields, across=across)
    if form == "json":
        document = dump_linkage(found, entries.places)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _print_text(wording, found, entries.places)


def read_fields(declared: Sequence[str]) -> list[Field]:
    """The fields of ``--field``; two of kind name may have changed places."""
    pairs = [one.rpartition("=") for one in declared]
    wrong = [one for one, (name, _, kind) in zip(declared, pairs, strict=True)
             if not name or kind not in list(Kind)]  # fmt: skip
    if wrong:
        raise click.UsageError(f"{wrong[0]!r} is not COLUMN=KIND; kinds are {KINDS}.")
    names = [name for name, _, kind in pairs if kind == Kind.NAME]
    other = dict(zip(names, reversed(names), strict=True)) if len(names) == 2 else {}
    return [Field(name, Kind(kind), swaps_with=other.get(name)) for name, _, kind in pairs]


def _link(entries: Entries, fields: Sequence[Field], *, across: bool) -> Linkage:
    first = sum(place.get("file") == 1 for place in entries.places)
    if fields:
        rows = entries.records
        return link(rows[:first], fields, rows[first:]) if across else link(rows, fields)
    people = entries.people
    return link_people(people[:first], people[first:]) if across else link_people(people)


def _read_network(network: str, wording: Wording) -> Entries:
    with open_database() as database, database.reading() as session:
        if network not in visible_networks(session, OPERATOR):
            sentence = word_code(wording, "no_such_network", network=network)
            raise click.ClickException(sentence)
        found = list_identities(session, network, with_leaving=False)
    numbers = sorted(found)
    return Entries([found[one] for one in numbers], [], [{"record": one} for one in numbers])


def _read_files(files: Sequence[Path], fields: Sequence[Field], wording: Wording) -> Entries:
    entries = Entries()
    for number, file in enumerate(files, start=1):
        if fields:
            _add_records(entries, number, file, fields, wording)
        else:
            _add_people(entries, number, file, wording)
    return entries


def _add_people(entries: Entries, number: int, file: Path, wording: Wording) -> None:
    """The women of a list, as an import would read it."""
    try:
        read = read_spreadsheet(
            file.read_bytes(), file_name=file.name, network="", reference_day=clock.now().date()
        )
    except SpreadsheetRefused as refusal:
        advice = word_problem(wording, refusal.code, refusal.values)
        raise click.ClickException(f"{advice.what} {advice.do}") from refusal
    for row in read.rows:
        names = tuple(filter(None, (row.values.get("name"), row.values.get("name_original"))))
        if not names:
            continue
        person = Identity(
            names=names,
            birth_year=row.values["birth_year"],
            email=row.values["email"],
            phone=row.values["phone"],
            nationalities=tuple(row.values["nationalities"]),
        )
        entries.people.append(person)
        entries.places.append({"file": number, "row": row.row})


def _add_records(
    entries: Entries, number: int, file: Path, fields: Sequence[Field], wording: Wording
) -> None:
    """The rows of a CSV file with a header, comma between, UTF-8."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, skipinitialspace=True)
            rows = [(reader.line_num, row) for row in reader]
            columns = set(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as problem:
        sentence = word_unreadable(wording, file.name, str(problem))
        raise click.ClickException(sentence) from problem
    missing = [one.name for one in fields if one.name not in columns]
    if missing:
        raise click.ClickException(word_no_column(wording, file.name, missing[0]))
    for line, row in rows:
        entries.records.append({one.name: row[one.name] for one in fields})
        entries.places.append({"file": number, "row": line})


def _print_text(wording: Wording, found: Linkage, places: Sequence[Where]) -> None:
    for pair in found.pairs:
        click.echo(word_pair(wording, pair, places[pair.first], places[pair.second]))
        for feature in pair.features:
            click.echo(f"  {word_feature(wording, feature)}")
    click.echo(word_total(wording, found, len(places)))
