"""The vocabulary: codes, trees, names and synonyms, read once from the data files beside it.

What administrators changed since stands in the database; each unit of work (a request, a turn of a
job, a command) puts the vocabulary with these changes in force for itself.

Kinds: network, track, theme, role, phase, country, region, language, level, level_word, seniority,
modality, notice, availability_status, safety_class, consent_purpose, accreditation_state, training.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from matching.terms import Term, TermMatch, Terms
from roster.vocabulary.hand_kept import list_hand_kept_terms
from roster.vocabulary.languages import list_language_terms
from roster.vocabulary.places import list_country_terms, list_region_terms

__all__ = [
    "Term",
    "TermMatch",
    "Terms",
    "load_shipped_vocabulary",
    "load_vocabulary",
    "use_vocabulary",
    "vocabulary_in_force",
]

_IN_FORCE: ContextVar[Terms | None] = ContextVar("vocabulary", default=None)


def load_vocabulary() -> Terms:
    """Return the whole vocabulary as it is in force here; where nothing is, as it was shipped."""
    return _IN_FORCE.get() or load_shipped_vocabulary()


def use_vocabulary(terms: Terms | None) -> None:
    """Put a vocabulary in force for the rest of this unit of work; None ends that."""
    _IN_FORCE.set(terms)


@contextmanager
def vocabulary_in_force(terms: Terms | None) -> Iterator[None]:
    """Put a vocabulary in force within the block; None for the shipped one."""
    token = _IN_FORCE.set(terms)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


@cache
def load_shipped_vocabulary() -> Terms:
    """Return the vocabulary of the data files; read at the first call, the same object afterwards."""
    return Terms(
        [
            *list_hand_kept_terms(),
            *list_region_terms(),
            *list_country_terms(),
            *list_language_terms(),
        ]
    )
