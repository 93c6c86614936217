"""Commands that start and keep the service."""

from __future__ import annotations

from roster.cli import main


@main.command()
def version() -> None:
    """Print the version."""
    import importlib.metadata

    import click

    click.echo(importlib.metadata.version("women-mediators-roster"))
