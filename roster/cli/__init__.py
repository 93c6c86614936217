"""The command line: thin commands over the same services as the pages."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Roster of women mediators: import, load, match, serve."""


# Each module adds its commands to ``main`` as it is imported.
from roster.cli import (  # noqa: E402, F401
    accounts,
    audit,
    bounces,
    demo,
    duplicates,
    erasures,
    exchange,
    explaining,
    imports,
    letters,
    matching,
    service,
    teams,
    vocabulary,
)
