"""An administrator keeps the vocabulary: other names, further words, terms that are offered no more.

Nothing that anybody entered is rewritten. A merged term is read as the other wherever it is met and
a retired one is offered no more, so that each of these steps can be taken back without a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from matching.terms import normalise
from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import TermChange
from roster.permissions import Actor
from roster.queries.terms import find_change
from roster.services.kept_terms import open_term, read_terms
from roster.services.trail import add_audit
from roster.vocabulary import load_shipped_vocabulary
from roster.vocabulary.changes import KEPT_KINDS, Place
from roster.vocabulary.data_files import NAME_LANGUAGES

LONGEST_WORD = 80
"""Characters of a name or a further word."""
MOST_WORDS = 40
"""Further words of one term in one language."""


def name_term(
    session: Session,
    *,
    actor: Actor,
    kind: str,
    code: str,
    expected_version: int,
    names: Mapping[str, str],
) -> None:
    """Call a term otherwise; a language that ``names`` leaves out has the shipped name again.

    The shipped name is still read. Refused with ``word_means_other`` where a name is another term's.
    """
    open_term(actor, kind, code)
    own = load_shipped_vocabulary().get(kind, code).names
    wanted = {tag: name for tag, name in names.items() if name != own.get(tag)}
    _check_languages(wanted)
    for tag, name in wanted.items():
        _check_word(session, kind, code, name, language=tag)

    def write(row: TermChange) -> None:
        row.labels = wanted

    change_term(session, actor, (kind, code), expected_version, "term.named", write, names=wanted)


def add_word(
    session: Session,
    *,
    actor: Actor,
    kind: str,
    code: str,
    expected_version: int,
    language: str,
    word: str,
) -> None:
    """One more word that means the term, for lists, letters and searches from now on.

    Refused with ``word_means_other`` or ``word_known_already``.
    """
    open_term(actor, kind, code)
    _check_languages({language: word})
    if _check_word(session, kind, code, word, language=language):
        raise Refused("word_known_already")

    def write(row: TermChange) -> None:
        held = row.synonyms.get(language, [])
        if len(held) >= MOST_WORDS:
            raise Refused("too_many_words", most=MOST_WORDS)
        row.synonyms = {**row.synonyms, language: [*held, word]}

    change_term(session, actor, (kind, code), expected_version, "term.word_added", write, word=word)


def remove_word(
    session: Session,
    *,
    actor: Actor,
    kind: str,
    code: str,
    expected_version: int,
    language: str,
    word: str,
) -> None:
    """Take an added word back; shipped words stay."""
    open_term(actor, kind, code)

    def write(row: TermChange) -> None:
        held = row.synonyms.get(language, [])
        if word not in held:
            raise Refused("not_a_choice")
        rest = {**row.synonyms, language: [one for one in held if one != word]}
        row.synonyms = {tag: words for tag, words in rest.items() if words}

    change_term(
        session, actor, (kind, code), expected_version, "term.word_removed", write, word=word
    )


def _check_languages(words: Mapping[str, str]) -> None:
    if words.keys() - set(NAME_LANGUAGES):
        raise Refused("not_a_choice")
    if any(len(word) > LONGEST_WORD or not normalise(word) for word in words.values()):
        raise Refused("wrong_length")


def _check_word(session: Session, kind: str, code: str, word: str, *, language: str) -> bool:
    """Whether the word means this term already; Refused where it means another one, or may."""
    terms = read_terms(session)
    found = terms.find(word, kind)
    own = terms.read(kind, code)
    if terms.ambiguous(word, kind) or (
        found is not None and found.confidence == 1.0 and found.code != own
    ):
        raise Refused("word_means_other", language=language)
    return found is not None and found.confidence == 1.0


def retire_term(
    session: Session, *, actor: Actor, kind: str, code: str, expected_version: int
) -> None:
    """Offer it no more, in any form or filter. Where it is used it is read and matched as before."""
    open_kept(actor, kind, code)

    def write(row: TermChange) -> None:
        if row.merged_into:
            raise Refused("merged_already")
        row.is_retired = True

    change_term(
        session, actor, (kind, code), expected_version, "term.retired", write, is_retired=True
    )


def offer_term(
    session: Session, *, actor: Actor, kind: str, code: str, expected_version: int
) -> None:
    """Offer a retired term again."""
    open_kept(actor, kind, code)

    def write(row: TermChange) -> None:
        row.is_retired = False

    change_term(
        session, actor, (kind, code), expected_version, "term.offered", write, is_retired=False
    )


def open_kept(actor: Actor, kind: str, code: str) -> None:
    """Go on only where the actor may, and the term may be merged and retired."""
    open_term(actor, kind, code)
    if kind not in KEPT_KINDS:
        raise Refused("term_is_fixed")


def change_term(
    session: Session,
    actor: Actor,
    place: Place,
    expected_version: int,
    action: str,
    write: Callable[[TermChange], None],
    **wanted: Any,
) -> None:
    """Write one change of a term with its trail; for each use case of this list of terms.

    StaleVersion where somebody changed the term since ``expected_version`` was read.
    """
    kind, code = place
    row = find_change(session, place)
    if (row.version if row else 0) != expected_version:
        raise StaleVersion(_say(row), wanted)
    if row is None:
        row = TermChange(scheme=kind, code=code, is_retired=False, labels={}, synonyms={})
        session.add(row)
    write(row)
    row.changed_by, row.changed_at = actor.account_id, clock.now()
    session.flush()
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="term",
        subject_id=row.id,
        detail={"list": kind, "code": code, **_say_codes(row)},
    )


def _say(row: TermChange | None) -> dict[str, object]:
    """What was changed of a term, for the second of two administrators."""
    if row is None:
        return {}
    return {
        "names": row.labels,
        "words": [word for words in row.synonyms.values() for word in words],
        "is_retired": row.is_retired,
        "merged_into": row.merged_into,
    }


def _say_codes(row: TermChange) -> dict[str, object]:
    """How it stands now in codes and counts, never words."""
    return {
        "named": sorted(row.labels),
        "words": sum(map(len, row.synonyms.values())),
        "is_retired": row.is_retired,
        "merged_into": row.merged_into,
    }
