"""What the mail server pipes back: reports of messages that did not arrive."""

from __future__ import annotations

import sys

import click

from roster.cli import main
from roster.cli.opening import open_database
from roster.errors import Refused
from roster.mail.reports import MOST_BYTES, read_report
from roster.permissions import OPERATOR
from roster.services.bounces import take_report
from roster.wording import get_wording
from roster.wording.codes import word_code


class Unusable(click.ClickException):
    """Bad input: the mail server keeps it, and tries no more."""

    exit_code = 2


@main.command()
def bounce() -> None:
    """Read one report of delivery from standard input and mark its message as not delivered.

    Let the mail server pipe what comes to the sender's address into this command. Exit code 2:
    no report, or not of a message from here.
    """
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        report = read_report(raw)
        with open_database() as database, database.writing() as session:
            is_marked = take_report(session, actor=OPERATOR, report=report)
            session.commit()
    except Refused as refusal:
        sentence = word_code(get_wording("en"), refusal.code, **refusal.values)
        raise Unusable(sentence) from refusal
    click.echo("marked as not delivered" if is_marked else "nothing to change")
