"""Commands of an auditor: is the trail whole, and how far does it reach?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from roster import clock
from roster.cli import main
from roster.cli.opening import open_database
from roster.permissions import OPERATOR
from roster.services.anchors import (
    TrailFault,
    add_anchor,
    anchor_path,
    find_trail_fault,
    read_anchors,
)
from roster.settings import load_settings

WORDS = {
    "changed": "event {event_id} of {at} is not as it was written, or one before it is gone",
    "missing": "event {event_id} is gone: the anchor of {at} saw it",
    "anchor": "the anchor of {at} (event {event_id}) is not as it was written",
}


@main.group()
def audit() -> None:
    """Check the trail of who did what."""


@audit.command()
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of the anchors kept elsewhere; by default the file beside the keys.",
)
def verify(anchors: Path | None) -> None:
    """Follow the chain from the first event; exit code 1 names the first bad one."""
    known = read_anchors(anchors or anchor_path(load_settings()))
    with open_database() as database, database.reading() as session:
        fault = find_trail_fault(session, actor=OPERATOR, anchors=known)
    if fault is not None:
        click.echo(word_fault(fault), err=True)
        sys.exit(1)
    reach = f", anchored up to event {known[-1].last_id}" if known else ", without any anchor"
    click.echo(f"the trail is whole{reach}")


@audit.command()
def anchor() -> None:
    """Note the trail's end beside the keys now, and print that file's path to copy it away."""
    path = anchor_path(load_settings())
    with open_database() as database, database.reading() as session:
        add_anchor(session, path, actor=OPERATOR, now=clock.now())
    click.echo(path)


def word_fault(fault: TrailFault) -> str:
    """The fault as a sentence."""
    return WORDS[fault.code].format(event_id=fault.event_id, at=fault.at)
