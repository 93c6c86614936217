"""The demo on the command line: load it once, show one answer now and in sixty days."""

from __future__ import annotations

from datetime import timedelta

import click

from roster import clock
from roster.cli import main
from roster.cli.opening import open_database
from roster.demo import DemoAccount, is_empty, load_demo, renew_demo_passwords
from roster.settings import load_settings


@main.command()
def demo() -> None:
    """Load the demo's invented people on the first start; later it changes nothing."""
    with open_database() as database:
        with database.reading() as session:
            first_start = is_empty(session)
        if first_start:
            started = clock.now()
            accounts = load_demo(database, say=click.echo)
            click.echo(f"The demo is loaded ({(clock.now() - started).seconds} s).")
            print_accounts(accounts)


@main.command("demo-accounts")
def demo_accounts() -> None:
    """Give every demo account a new random password and print it."""
    if not load_settings().is_demo:
        raise click.ClickException("This is no demo: use roster account password ADDRESS.")
    with open_database() as database, database.writing() as session:
        accounts = renew_demo_passwords(session)
        session.commit()
    print_accounts(accounts)


def print_accounts(accounts: list[DemoAccount]) -> None:
    """One line an account: role, address, password."""
    width = max(len(account.email) for account in accounts)
    click.echo("\nDemo accounts (passwords of this installation only):")
    for account in accounts:
        click.echo(f"  {account.email:<{width}}  {account.password}  {account.role}")


LATER = timedelta(days=60)
