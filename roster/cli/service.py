"""Commands that start and keep the service."""

from __future__ import annotations

import importlib.metadata
import logging

import click

from roster.cli import main
from roster.cli.opening import open_database
from roster.cli.processes import serve_until_stopped
from roster.jobs import JOBS, Asks, Turn, get_job, replay_ledger
from roster.migration import migrate
from roster.permissions import OPERATOR
from roster.scheduler import run_forever
from roster.settings import load_settings


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(importlib.metadata.version("women-mediators-roster"))


@main.command("migrate")
def migrate_database() -> None:
    """Bring the database to the newest migration; make it if there is none.

    Whoever left since a restored backup was made is hidden again.
    """
    settings = load_settings()
    migrate(settings.database_url)
    with open_database() as database:
        hidden = replay_ledger(Turn(database, settings, OPERATOR))
    if hidden:
        click.echo(f"hidden again, as the erasure ledger says: {hidden}")


@main.command()
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
def serve(workers: int) -> None:
    """Serve the pages at the base URL and run the scheduler, until Ctrl-C."""
    serve_until_stopped(load_settings(), workers=workers)


@main.command()
def scheduler() -> None:
    """Run the jobs when they are due. Several may run: one works, the others wait."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("roster").setLevel(logging.INFO)
    with open_database() as database:
        run_forever(database, load_settings())


@main.command("run-job")
@click.argument("name", type=click.Choice([job.name for job in JOBS]))
@click.option("--yes", is_flag=True, help="Go on where the job would ask because of its numbers.")
def run_job(name: str, yes: bool) -> None:
    """Run one job now, beside whatever the scheduler does."""
    with open_database() as database:
        turn = Turn(database, load_settings(), OPERATOR, is_confirmed=yes)
        try:
            changed = get_job(name).take(turn)
        except Asks as question:
            raise click.ClickException(
                f"{question.code}: {question.values}. If that is right, add --yes."
            ) from question
    click.echo(f"{name}: {changed}")
