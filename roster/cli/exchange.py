"""With whom a mediator who opted in could learn."""

from __future__ import annotations

import json
from datetime import datetime

import click

from matching import Columns, propose_partners
from roster import clock
from roster.cli import main
from roster.cli.matching import Instant
from roster.cli.opening import open_database
from roster.facts import load_mediators
from roster.schemas.exchange import dump_exchange
from roster.vocabulary import load_vocabulary


@main.command()
@click.option("--mediator", "mediator_id", type=int, required=True, help="Her number.")
@click.option("--learns", multiple=True, help="Code of what she would like to learn about.")
@click.option("--at", "instant", type=Instant(), help="Move the engine's clock to this instant.")
@click.option("--most", default=10, show_default=True, help="Partners proposed.")
def exchange(
    mediator_id: int, learns: tuple[str, ...], instant: datetime | None, most: int
) -> None:
    """Propose partners across tracks and networks (see: roster schema exchange), as JSON."""
    at = instant or clock.now()
    with open_database() as database, database.reading() as session:
        columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
    if mediator_id not in columns:
        raise click.ClickException("there is no mediator of this number")
    found = propose_partners(columns, mediator_id, at, learns=learns, limit=max(most, 1))
    click.echo(json.dumps(dump_exchange(found), ensure_ascii=False, indent=1))
