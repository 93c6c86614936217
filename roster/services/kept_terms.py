"""The terms of the lists that administrators keep, each as it stands, with how much it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching.terms import Terms
from roster.errors import NotFound
from roster.models import TermChange
from roster.permissions import Actor, Permission
from roster.queries.terms import count_women, find_change, list_changes, list_women, load_terms
from roster.services.trail import require
from roster.vocabulary import load_shipped_vocabulary
from roster.vocabulary.changes import KEPT_KINDS, WORDED_KINDS, Place
from roster.vocabulary.used_codes import KIND_OF_FIELD


@dataclass(frozen=True)
class KeptTerm:
    """A term as it stands. ``women`` hold it in their records, those of terms merged into it too."""

    kind: str
    code: str
    version: int
    """0 while nothing of it was ever changed."""
    names: Mapping[str, str]
    """By language; ``named`` are those that somebody changed."""
    named: Mapping[str, str]
    shipped_words: tuple[str, ...]
    words: Mapping[str, list[str]]
    """Further words that somebody added, by language."""
    is_retired: bool
    merged_into: str | None
    women: int

    @property
    def is_counted(self) -> bool:
        """Whether records hold terms of its list, so that uses can be counted."""
        return self.kind in KIND_OF_FIELD.values()

    @property
    def is_kept(self) -> bool:
        """Whether it may be merged and retired: no rule of the house names codes of its list."""
        return self.kind in KEPT_KINDS


def list_terms(session: Session, *, actor: Actor, kind: str) -> list[KeptTerm]:
    """Every term of one list in the order of the vocabulary, retired and merged ones too."""
    require(Permission.KEEP_VOCABULARY, actor)
    if kind not in WORDED_KINDS:
        raise NotFound
    changes, women = list_changes(session, kind), count_women(session, kind)
    terms = read_terms(session)
    return [
        _describe(kind, code, changes.get(code), _count(session, terms, women, (kind, code)))
        for code in load_shipped_vocabulary().codes(kind)
    ]


def _count(session: Session, terms: Terms, women: Mapping[str, int], place: Place) -> int:
    kind, code = place
    if terms.read(kind, code) == code and len(terms.read_as(kind, code)) > 1:
        return len(list_women(session, kind, terms.read_as(kind, code)))
    return women.get(code, 0)


def read_terms(session: Session) -> Terms:
    """The vocabulary as the session sees it."""
    return load_terms(session) or load_shipped_vocabulary()


def get_term(session: Session, *, actor: Actor, kind: str, code: str) -> KeptTerm:
    """One term; NotFound for one of a list that is a standard's."""
    open_term(actor, kind, code)
    women = _count(session, read_terms(session), count_women(session, kind), (kind, code))
    return _describe(kind, code, find_change(session, (kind, code)), women)


def check_place(kind: str, code: str) -> None:
    """NotFound where there is no such term, or its words are a standard's."""
    if kind not in WORDED_KINDS or not load_shipped_vocabulary().has(kind, code):
        raise NotFound


def open_term(actor: Actor, kind: str, code: str) -> None:
    """Go on only where the actor may and there is such a term."""
    require(Permission.KEEP_VOCABULARY, actor)
    check_place(kind, code)


def _describe(kind: str, code: str, change: TermChange | None, women: int) -> KeptTerm:
    shipped = load_shipped_vocabulary().get(kind, code)
    named = dict(change.labels) if change else {}
    return KeptTerm(
        kind,
        code,
        change.version if change else 0,
        {**shipped.names, **named},
        named,
        shipped.synonyms,
        {tag: list(words) for tag, words in change.synonyms.items()} if change else {},
        bool(change and change.is_retired),
        change.merged_into if change else None,
        women,
    )
