"""Read a letter: what it seems to ask for, and the words that say so."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from roster import clock
from roster.cli import main
from roster.cli.matching import FORMAT
from roster.schemas.letter import dump_reading
from roster.vocabulary import load_vocabulary
from roster.vocabulary.letter_reader import load_letter_reader
from roster.wording import get_wording
from roster.wording.letters import word_proposals

MOST_BYTES = 1_000_000
"""Far more than any letter; what is larger was given by mistake."""
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])


@main.command("read-letter")
@click.argument("file", type=FILE)
@click.option("--received", type=DAY, help="The day of receipt; today unless told (UTC).")
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
def read_letter(file: Path, received: datetime | None, form: str) -> None:
    """Propose criteria from the text of a request in English, French, Arabic, Spanish or Portuguese.

    FILE is text in UTF-8, "-" is standard input. Nothing is stored, and nothing is certain before a
    person confirms it.
    """
    letter = _read_text(file)
    day = received.date() if received else clock.now().date()
    criteria = load_letter_reader().read(letter, day)
    if form == "json":
        click.echo(json.dumps(dump_reading(criteria, day), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(word_proposals(get_wording("en"), criteria, load_vocabulary())))


def _read_text(file: Path) -> str:
    is_stream = str(file) == "-"
    with sys.stdin.buffer if is_stream else file.open("rb") as source:
        content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise click.UsageError(f"The letter is larger than {MOST_BYTES:,} bytes.")
    try:
        letter = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise click.UsageError(
            f"The letter is not text in UTF-8: byte {problem.start + 1} does not belong there."
        ) from problem
    if "\0" in letter:
        raise click.UsageError("The letter is not plain text: it holds a zero byte.")
    return letter
