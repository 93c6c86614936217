"""Accounts from the command line: opened, closed, given a new password by somebody on the host."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from roster.cli import main
from roster.cli.opening import open_database
from roster.errors import Refused
from roster.models import Account
from roster.permissions import OPERATOR
from roster.queries.accounts import get_account_by_email
from roster.services import accounts
from roster.services.accounts import Grant, NewAccount
from roster.services.passwords import hash_password, make_password
from roster.wording import get_wording
from roster.wording.codes import word_code


@main.group()
def account() -> None:
    """Open and close accounts, give new passwords."""


@account.command()
@click.option("--role", type=click.Choice(accounts.ROLES), required=True)
@click.option("--network", help="Code of the network; a coordinator needs one.")
@click.option("--email", required=True)
@click.option("--name", required=True, help="As others see it.")
@click.option("--language", default="en", show_default=True)
@click.option("--country", help="State that an envoy serves: ISO 3166-1 alpha-3.")
@click.option("--office", help="Office that an envoy serves.")
@click.option("--verified", is_flag=True, help="Somebody checked that she is who she says.")
def create(
    role: str,
    network: str | None,
    email: str,
    name: str,
    language: str,
    country: str | None,
    office: str | None,
    verified: bool,
) -> None:
    """Open an account and print its random password, once."""
    new = NewAccount(
        email=email,
        display_name=name,
        grants=(Grant(role, network),),
        language=language,
        country=country,
        office=office,
        is_verified=verified,
    )
    password = make_password()
    password_hash = hash_password(password)
    with open_database() as database, database.writing() as session:
        try:
            accounts.create_account(session, actor=OPERATOR, new=new, password_hash=password_hash)
        except Refused as refusal:
            sentence = word_code(get_wording("en"), refusal.code, **refusal.values)
            raise click.ClickException(sentence) from refusal
        session.commit()
    click.echo(f"{email} {password}")


@account.command()
@click.argument("email")
def password(email: str) -> None:
    """Give an account a new random password, print it once, and end its sessions."""
    fresh = make_password()
    fresh_hash = hash_password(fresh)
    with open_database() as database, database.writing() as session:
        accounts.replace_password(
            session,
            actor=OPERATOR,
            account_id=_find(session, email).id,
            password_hash=fresh_hash,
        )
        session.commit()
    click.echo(f"{email} {fresh}")


@account.command()
@click.argument("email")
def deactivate(email: str) -> None:
    """Close an account and end its sessions."""
    with open_database() as database, database.writing() as session:
        found = _find(session, email)
        accounts.deactivate_account(session, actor=OPERATOR, account_id=found.id)
        session.commit()


def _find(session: Session, email: str) -> Account:
    found = get_account_by_email(session, email=email)
    if found is None:
        raise click.ClickException("No account has this address.")
    return found
