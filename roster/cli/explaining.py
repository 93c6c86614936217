"""Explain an answer: what would change it, why she is missing, one against another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from matching import (
    Answer,
    Columns,
    Comparison,
    Viewer,
    answer,
    compare,
    count_fits,
    find_fragility,
    relax,
    why_not,
)
from roster import clock
from roster.cli import main
from roster.cli.explanation_text import explain_comparison, explain_post, explain_why_not
from roster.cli.matching import (
    FILE,
    FORMAT,
    Instant,
    list_handles,
    read_criteria,
    read_request,
)
from roster.cli.opening import open_database
from roster.facts import load_mediators
from roster.schemas.explanation import (
    dump_comparison,
    dump_explanation,
    dump_post,
    dump_why_not,
)
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording

VIEWERS = click.Choice([one.value for one in Viewer])


@dataclass(frozen=True)
class _Asked:
    """What is to be explained, as the options say."""

    found: Answer
    handles: dict[int, str]
    fewest: int
    first: int
    missing: tuple[str, ...]
    pair: tuple[str, str] | None
    post: str
    viewer: Viewer

    def find(self, who: str) -> int:
        """The number of a woman by her handle or number; -1 for a handle of nobody."""
        by_handle = {handle: number for number, handle in self.handles.items()}
        return int(who) if who.isdecimal() else by_handle.get(who.upper(), -1)


@main.command()
@click.argument("request", type=FILE)
@click.option("--at", "instant", type=Instant(), help="Move the engine's clock to this instant.")
@click.option("--fewest", default=3, show_default=True, help="Relax posts that fewer fit.")
@click.option("--first", default=5, show_default=True, help="Places held to weights ±10 %.")
@click.option("--why-not", "missing", multiple=True, help="A woman by handle or number; repeat.")
@click.option("--compare", "pair", nargs=2, help="Two women by handle or number.")
@click.option("--post", help="The post for which two are compared; the first unless said.")
@click.option("--for", "viewer", type=VIEWERS, default="envoy", show_default=True)
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
def explain(
    request: Path,
    instant: datetime | None,
    fewest: int,
    first: int,
    missing: tuple[str, ...],
    pair: tuple[str, str] | None,
    post: str | None,
    viewer: str,
    form: str,
) -> None:
    """Explain the answer to a request (see: roster schema explanation); nothing is stored."""
    criteria = read_criteria(request)
    at = instant or clock.now()
    with open_database() as database, database.reading() as session:
        columns = Columns.build(load_mediators(session, now=at), load_vocabulary())
    found = answer(columns, read_request(criteria), at, limit=0)
    asked = _Asked(
        found,
        list_handles(found),
        fewest,
        max(first, 1),
        missing,
        pair,
        post or found.request.posts[0].code,
        Viewer(viewer),
    )
    if form == "json":
        click.echo(json.dumps(_dump(asked), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_write(asked)))


def _dump(asked: _Asked) -> dict[str, object]:
    found, handles = asked.found, asked.handles
    posts = [
        dump_post(
            count_fits(found, post.code),
            relax(found, post.code, wanted=asked.fewest),
            find_fragility(found, post.code, asked.first),
            handles,
        )
        for post in found.request.posts
    ]
    reasons = [
        dump_why_not(who, why_not(found, asked.find(who), asked.viewer)) for who in asked.missing
    ]
    compared = _compare(asked)
    return dump_explanation(
        found, posts, reasons, dump_comparison(compared, handles) if compared else None
    )


def _write(asked: _Asked) -> Iterator[str]:
    wording, found, request = get_wording("en"), asked.found, asked.found.request
    for post in request.posts:
        if len(request.posts) > 1:
            yield f"{post.code}:"
        yield from explain_post(
            wording,
            request,
            count_fits(found, post.code),
            relax(found, post.code, wanted=asked.fewest),
            find_fragility(found, post.code, asked.first),
            asked.handles,
        )
    for who in asked.missing:
        said = why_not(found, asked.find(who), asked.viewer)
        yield from explain_why_not(wording, request, who, said)
    compared = _compare(asked)
    if compared:
        yield from explain_comparison(wording, compared, asked.handles)


def _compare(asked: _Asked) -> Comparison | None:
    if not asked.pair:
        return None
    one, two = (asked.find(who) for who in asked.pair)
    try:
        return compare(asked.found, one, two, asked.post)
    except ValueError as error:
        raise click.ClickException(
            "--compare needs two women who fit the post or are one step away, and a post that exists."
        ) from error
