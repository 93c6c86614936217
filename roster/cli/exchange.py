"""With whom a mediator who opted in could learn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click

from matching import Columns, Exchange, Partner, propose_partners
from roster import clock
from roster.cli import main
from roster.cli.matching import Instant
from roster.cli.opening import open_database
from roster.facts import load_mediators
from roster.schemas.exchange import dump_exchange
from roster.vocabulary import load_vocabulary
from roster.wording import LANGUAGES, N_, Wording, get_wording
from roster.wording.exchange import word_points


@main.command()
@click.option("--mediator", "mediator_id", type=int, required=True, help="Her number.")
@click.option("--learns", multiple=True, help="Code of what she would like to learn about.")
@click.option("--at", "instant", type=Instant(), help="Move the engine's clock to this instant.")
@click.option("--most", default=10, show_default=True, help="Partners proposed.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="json")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", help="Of the text.")
def exchange(
    mediator_id: int,
    learns: tuple[str, ...],
    instant: datetime | None,
    most: int,
    form: str,
    language: str,
) -> None:
    """Propose partners across tracks and networks, with what speaks for each.

    JSON (see: roster schema exchange), or text in one of the service's languages. Women are told by
    their numbers.
    """
    at = instant or clock.now()
    with open_database() as database, database.reading() as session:
        columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
    if mediator_id not in columns:
        raise click.ClickException("there is no mediator of this number")
    found = propose_partners(columns, mediator_id, at, learns=learns, limit=max(most, 1))
    if form == "json":
        click.echo(json.dumps(dump_exchange(found), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_word(get_wording(language), found)))


def _word(wording: Wording, found: Exchange) -> Iterator[str]:
    if not found.takes_part:
        yield wording.gettext(N_("She takes no part in exchanges at present."))
        return
    if not found.partners:
        yield wording.gettext(N_("There is nobody to propose at present."))
    for rank, partner in enumerate(found.partners, 1):
        yield from _word_partner(wording, rank, partner)


def _word_partner(wording: Wording, rank: int, partner: Partner) -> Iterator[str]:
    points = wording.points(partner.points, partner.out_of)
    number = wording.gettext(N_("Mediator %(number)s"), number=partner.mediator_id)
    yield f"{rank:>3}. {number}: {points}"
    for one in partner.evidence:
        codes = one.facts["found"]
        names = codes if isinstance(codes, tuple) else ()
        yield f"     {word_points(wording, one.criterion, names, one.points, one.out_of)}"
