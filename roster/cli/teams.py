"""Propose a team for the posts of a request."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from matching import Columns, answer
from matching.teams import propose_team
from roster import clock
from roster.cli import main
from roster.cli.matching import (
    FILE,
    FORMAT,
    Instant,
    list_handles,
    read_criteria,
    read_request,
)
from roster.cli.opening import open_database
from roster.cli.team_text import explain_proposal_as_text
from roster.facts import load_mediators, make_team_rules
from roster.schemas.team import dump_proposal
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording


@main.command()
@click.argument("request", type=FILE)
@click.option("--at", "instant", type=Instant(), help="Move the engine's clock to this instant.")
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
@click.option("--reserves", default=3, show_default=True, help="Women ready for each post.")
@click.option("--seconds", default=10.0, show_default=True, help="Time for the solver.")
def team(request: Path, instant: datetime | None, form: str, reserves: int, seconds: float) -> None:
    """Propose the best team for a request (see: roster schema request); nothing is stored."""
    criteria = read_criteria(request)
    at = instant or clock.now()
    with open_database() as database, database.reading() as session:
        columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
    found = answer(columns, read_request(criteria), at, limit=None)
    proposal = propose_team(found, make_team_rules(criteria), seconds=seconds, reserves=reserves)
    handles = list_handles(found)
    if form == "json":
        document = dump_proposal(found, proposal, handles)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        text = explain_proposal_as_text(
            get_wording("en"), found, proposal, handles, title=criteria["title"]
        )
        click.echo(text, nl=False)
