"""The demo on the command line: load it once, show one answer now and in sixty days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Answer, Columns, answer
from roster import clock
from roster.cli import main
from roster.cli.answer_text import explain_answer_as_text, explain_changes_as_text
from roster.cli.matching import list_handles, read_request
from roster.cli.opening import open_database
from roster.db import Database
from roster.demo import DemoAccount, is_empty, load_demo, renew_demo_passwords
from roster.facts import load_mediators
from roster.models import MatchRequest
from roster.services.answer_changes import compare_answers
from roster.settings import load_settings
from roster.vocabulary import load_vocabulary
from roster.wording import get_wording

NOW, LATER = timedelta(0), timedelta(days=60)


@main.command()
def demo() -> None:
    """Load the demo on the first start; show one answer, for now and for sixty days on."""
    with open_database() as database:
        with database.reading() as session:
            first_start = is_empty(session)
        accounts = _load(database) if first_start else []
        _show_twice(database)
    if accounts:
        print_accounts(accounts)
    else:
        click.echo("The demo was loaded before; roster demo-accounts makes new passwords.")


def _load(database: Database) -> list[DemoAccount]:
    started = clock.now()
    click.echo("First start: loading the demo (half a minute). Everybody in it is invented.")
    accounts = load_demo(database, say=lambda what: click.echo(f"  {what}"))
    click.echo(f"The demo is loaded ({(clock.now() - started).seconds} s).\n")
    return accounts


def _show_twice(database: Database) -> None:
    """One request of the demo, answered for now and for later, and what changed and why."""
    wording = get_wording("en")
    with database.reading() as session:
        criteria = session.scalars(
            select(MatchRequest.criteria).where(MatchRequest.is_invented).order_by(MatchRequest.id)
        ).first()
        if criteria is None:
            return
        answers = [_answer_at(session, criteria, clock.now() + wait) for wait in (NOW, LATER)]
    handles = list_handles(*answers)
    for found, most in zip(answers, (3, 2), strict=True):
        text = explain_answer_as_text(wording, found, handles, title=criteria["title"], most=most)
        click.echo(text)
    click.echo(f"What changes in {LATER.days} days, if nobody answers anew, and why:")
    click.echo(explain_changes_as_text(wording, compare_answers(*answers), handles))


def _answer_at(session: Session, criteria: dict[str, Any], now: datetime) -> Answer:
    columns = Columns.build(load_mediators(session, now=now), load_vocabulary())
    return answer(columns, read_request(criteria), now, limit=None)


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
