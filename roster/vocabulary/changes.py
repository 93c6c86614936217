"""What administrators changed in the shipped vocabulary, and the vocabulary that comes of it.

Stored codes are never rewritten. A merged code is read as the other, so taking the merge back gives
every use back; a retired one is offered no more and is read as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from matching.terms import Term, Terms

WORDED_KINDS = (
    "theme",
    "role",
    "phase",
    "training",
    "track",
    "network",
    "seniority",
    "accreditation_state",
    "modality",
    "notice",
    "availability_status",
)
"""Lists whose codes are ours and not a standard's: their words may be changed."""
KEPT_KINDS = ("theme", "role", "phase", "training")
"""Lists whose terms may also be merged and retired. Rules of the house name the codes of the others."""

Place = tuple[str, str]
"""A kind and a code."""


@dataclass(frozen=True)
class ChangedTerm:
    """One term as it was changed. ``names`` and ``synonyms`` are pairs of language and word."""

    kind: str
    code: str
    is_retired: bool = False
    merged_into: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.kind, self.code


def follow_merges(changes: Iterable[ChangedTerm]) -> dict[Place, str]:
    """Each merged code and the code as which it is read in the end; a circle leads nowhere."""
    into = {one.place: one.merged_into for one in changes if one.merged_into}
    found = {}
    for kind, code in into:
        end, seen = code, {code}
        while (further := into.get((kind, end))) is not None and further not in seen:
            end = further
            seen.add(end)
        if end != code and (kind, end) not in into:
            found[kind, code] = end
    return found


@lru_cache(maxsize=4)
def change_vocabulary(shipped: Terms, changes: tuple[ChangedTerm, ...]) -> Terms:
    """The vocabulary with these changes; what they say of codes that are no more is passed over."""
    known = [one for one in changes if _is_known(shipped, one)]
    merged = follow_merges(known)
    changed = {one.place: _reword(shipped.get(*one.place), one) for one in known}
    for (kind, code), into in merged.items():
        gone = changed.get((kind, code)) or shipped.get(kind, code)
        kept = changed.get((kind, into)) or shipped.get(kind, into)
        changed[kind, into] = _take_in(kept, gone)
    kept_terms = [term for place, term in changed.items() if place not in merged]
    retired = [one.place for one in known if one.is_retired]
    return shipped.with_changes(kept_terms, merged=merged, retired=retired)


def _is_known(shipped: Terms, one: ChangedTerm) -> bool:
    if one.kind not in shipped.kinds() or not shipped.has(one.kind, one.code):
        return False
    return one.merged_into is None or shipped.has(one.kind, one.merged_into)


def _reword(term: Term, change: ChangedTerm) -> Term:
    """Other names and further words; a name that is replaced is still read."""
    names = {**term.names, **dict(change.names)}
    former = [name for name in term.names.values() if name not in names.values()]
    further = [word for _, word in change.synonyms]
    synonyms = dict.fromkeys([*term.synonyms, *former, *further])
    return replace(term, names=names, synonyms=tuple(synonyms))


def _take_in(kept: Term, gone: Term) -> Term:
    """The words of a merged term mean the other one, and so does its code."""
    words = dict.fromkeys([*kept.synonyms, *gone.names.values(), *gone.synonyms])
    own = set(kept.names.values())
    return replace(
        kept,
        synonyms=tuple(word for word in words if word not in own),
        other_codes=tuple(dict.fromkeys([*kept.other_codes, gone.code, *gone.other_codes])),
    )


def read_words(words: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Language -> words, as pairs in order."""
    return tuple((language, word) for language in sorted(words) for word in words[language])
