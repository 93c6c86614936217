"""An administrator lets one term be read as another, and takes it back.

Entries, requests, kept searches and the words of files keep the codes they were written with; every
reader takes the code through the vocabulary in force. Who uses the term gets a change row, so that
every worker reads her again at its next request.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from matching.criteria import MEDIATING_ROLES
from roster.errors import Refused
from roster.models import TermChange
from roster.permissions import Actor
from roster.queries.terms import Uses, count_uses, find_change, list_women
from roster.services.kept_terms import read_terms
from roster.services.trail import add_changes
from roster.services.vocabulary import change_term, open_kept
from roster.vocabulary import load_shipped_vocabulary

MENTEE = "mentee"


def preview_merge(session: Session, *, actor: Actor, kind: str, code: str, into: str) -> Uses:
    """How much is read otherwise after ``merge_term`` with the same arguments. Nothing is stored."""
    open_kept(actor, kind, code)
    _check_merge(session, kind, code, into)
    return count_uses(session, kind, read_terms(session).read_as(kind, code))


def merge_term(
    session: Session, *, actor: Actor, kind: str, code: str, expected_version: int, into: str
) -> None:
    """Let a term be read as another one wherever it is met, by every worker at its next request.

    Refused with ``merge_circle``, ``merged_already``, ``term_retired`` or ``term_has_rule``.
    """
    open_kept(actor, kind, code)
    _check_merge(session, kind, code, into)
    affected = list_women(session, kind, read_terms(session).read_as(kind, code))

    def write(row: TermChange) -> None:
        row.merged_into = into

    change_term(
        session, actor, (kind, code), expected_version, "term.merged", write, merged_into=into
    )
    add_changes(session, affected)


def _check_merge(session: Session, kind: str, code: str, into: str) -> None:
    terms = read_terms(session)
    if not load_shipped_vocabulary().has(kind, into):
        raise Refused("not_a_choice")
    if terms.read(kind, code) != code:
        raise Refused("merged_already")
    if terms.read(kind, into) == code:  # the term itself, or one that is read as it
        raise Refused("merge_circle")
    target = find_change(session, (kind, into))
    if target is not None and target.is_retired:
        raise Refused("term_retired")
    if _rule_of(kind, code) != _rule_of(kind, into):
        raise Refused("term_has_rule")


def _rule_of(kind: str, code: str) -> str:
    """The rule of the engine that names a role; a merge must not take anybody out of it."""
    if kind != "role":
        return ""
    return "mediates" if code in MEDIATING_ROLES else MENTEE if code == MENTEE else ""


def part_term(
    session: Session, *, actor: Actor, kind: str, code: str, expected_version: int
) -> None:
    """Take a merge back: every use of the term is its own again."""
    open_kept(actor, kind, code)

    def write(row: TermChange) -> None:
        if row.merged_into is None:
            raise Refused("not_merged")
        row.merged_into = None

    change_term(
        session, actor, (kind, code), expected_version, "term.parted", write, merged_into=None
    )
    add_changes(session, list_women(session, kind, read_terms(session).read_as(kind, code)))
