"""Commands about erasures: what is asked for, what the ledger beside the keys knows."""

from __future__ import annotations

import sys

import click
from sqlalchemy import func, select

from roster import clock
from roster.cli import main
from roster.cli.opening import open_database
from roster.jobs import Turn, get_job, replay_ledger
from roster.models import Erasure
from roster.permissions import OPERATOR
from roster.queries.leaving import is_open
from roster.services.erasure_ledger import ledger_path, read_ledger
from roster.settings import load_settings


@main.group()
def erase() -> None:
    """Erase those who left, also from a restored backup."""


@erase.command("replay")
def replay_now() -> None:
    """Hide again whoever left since the backup that this database was restored from.

    Every start does the same by itself.
    """
    with open_database() as database:
        click.echo(f"hidden again: {replay_ledger(Turn(database, load_settings(), OPERATOR))}")


@erase.command()
def due() -> None:
    """Erase those whose days of grace are over, as the scheduler does every five minutes."""
    with open_database() as database:
        changed = get_job("erase").run(Turn(database, load_settings(), OPERATOR))
    click.echo(f"erased: {changed}")


@erase.command()
def status() -> None:
    """Count what waits; exit code 1 if anything is late or the ledger was changed.

    The ledger's path is printed, to be copied to another machine with the anchors.
    """
    path, damaged = ledger_path(load_settings()), list[int]()
    known = read_ledger(path, damaged.append)
    with open_database() as database, database.reading() as session:
        count = select(func.count(Erasure.id)).where(is_open())
        waiting = session.scalar(count) or 0
        late = session.scalar(count.where(Erasure.due_at < clock.now())) or 0
    click.echo(f"waiting: {waiting}, later than promised: {late}")
    click.echo(f"{path}: {len(known)} in the ledger")
    for number in damaged:
        click.echo(f"line {number} is not as it was written", err=True)
    sys.exit(1 if late or damaged else 0)
