"""The vocabulary: codes, trees, names and synonyms, read once from the data files beside it.

Kinds: network, track, theme, role, phase, country, region, language, level, level_word, seniority,
modality, notice, availability_status, safety_class, consent_purpose, accreditation_state, training.
"""

from functools import cache

from matching.terms import Term, TermMatch, Terms
from roster.vocabulary.hand_kept import list_hand_kept_terms
from roster.vocabulary.languages import list_language_terms
from roster.vocabulary.places import list_country_terms, list_region_terms

__all__ = ["Term", "TermMatch", "Terms", "load_vocabulary"]


@cache
def load_vocabulary() -> Terms:
    """Return the whole vocabulary; read and indexed at the first call, the same object afterwards."""
    return Terms(
        [
            *list_hand_kept_terms(),
            *list_region_terms(),
            *list_country_terms(),
            *list_language_terms(),
        ]
    )
