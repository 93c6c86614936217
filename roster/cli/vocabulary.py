"""The lists that administrators keep, from the command line: to look, and to merge or retire a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from roster.cli import main
from roster.cli.opening import open_database
from roster.errors import NotFound, Refused
from roster.permissions import OPERATOR
from roster.services import term_merges
from roster.services import vocabulary as changes
from roster.services.kept_terms import KeptTerm, get_term, list_terms
from roster.services.small_cells import round_count
from roster.vocabulary.changes import KEPT_KINDS, WORDED_KINDS
from roster.wording import get_wording
from roster.wording.answers import word_count
from roster.wording.codes import word_code
from roster.wording.terms import own_name, word_standing

LIST = click.argument("scheme", metavar="LIST", type=click.Choice(KEPT_KINDS))


@main.group()
def vocabulary() -> None:
    """Keep the words of the vocabulary."""


@vocabulary.command("list")
@click.argument("scheme", metavar="LIST", type=click.Choice(WORDED_KINDS))
def show_list(scheme: str) -> None:
    """Print the terms of a list: code, name, women who say it, and how it stands."""
    with open_database() as database, database.reading() as session:
        for term in list_terms(session, actor=OPERATOR, kind=scheme):
            click.echo(_word_term(term))


def _word_term(term: KeptTerm) -> str:
    wording = get_wording("en")
    count = word_count(wording, round_count(term.women)) if term.is_counted else ""
    standing = word_standing(wording, term.kind, term.merged_into, is_retired=term.is_retired)
    words = (term.code, own_name(wording, term.names, term.code), count, (standing or ("", ""))[1])
    return "\t".join(words).rstrip()


@vocabulary.command()
@LIST
@click.argument("code")
@click.argument("into")
def merge(scheme: str, code: str, into: str) -> None:
    """Read CODE as INTO, wherever it is met; nothing that was entered is rewritten."""
    _change(term_merges.merge_term, scheme, code, into=into)


@vocabulary.command()
@LIST
@click.argument("code")
def part(scheme: str, code: str) -> None:
    """Take a merge back: CODE stands for itself again."""
    _change(term_merges.part_term, scheme, code)


@vocabulary.command()
@LIST
@click.argument("code")
def retire(scheme: str, code: str) -> None:
    """Offer CODE no more; where it is used it is read and matched as before."""
    _change(changes.retire_term, scheme, code)


@vocabulary.command()
@LIST
@click.argument("code")
def offer(scheme: str, code: str) -> None:
    """Offer a retired CODE again."""
    _change(changes.offer_term, scheme, code)


def _change(use_case: Callable[..., None], scheme: str, code: str, **more: Any) -> None:
    """Carry it out on the term as it stands; nobody else writes meanwhile."""
    place: dict[str, Any] = {"actor": OPERATOR, "kind": scheme, "code": code}
    with open_database() as database, database.writing() as session:
        try:
            version = get_term(session, **place).version
            use_case(session, **place, expected_version=version, **more)
        except NotFound as absent:
            raise click.ClickException(f"There is no {scheme} with the code {code}.") from absent
        except Refused as refusal:
            sentence = word_code(get_wording("en"), refusal.code, **refusal.values)
            raise click.ClickException(sentence) from refusal
        session.commit()
