"""Free words to codes of the vocabulary: exact by code, name or synonym; fuzzy only as a proposal."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from matching.term_index import Term, TermIndex
from matching.term_text import normalise

__all__ = ["Term", "TermMatch", "Terms", "normalise"]

#: A kind whose parents belong to another kind: a country stands in the tree of regions.
PARENT_KINDS = {"country": "region"}
AMBIGUOUS_CONFIDENCE = 0.5


@dataclass(frozen=True)
class TermMatch:
    """A code found for a text. `how` is own, code, name, synonym or fuzzy; `confidence` 0..1, 1 = certain."""

    code: str
    kind: str
    how: str
    confidence: float


class Terms:
    """The whole vocabulary, never changed; a kind's look-up tables are built at its first look-up."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, dict[str, Term]] = defaultdict(dict)
        for term in terms:
            if term.code in self._terms[term.kind]:
                raise ValueError(f"{term.kind} {term.code} is defined twice")
            self._terms[term.kind][term.code] = term
        self._indexes: dict[str, TermIndex] = {}
        self._own: Mapping[tuple[str, str], str] = {}
        self._merged: Mapping[tuple[str, str], str] = {}
        self._retired: frozenset[tuple[str, str]] = frozenset()
        self._children = self._list_children()

    def with_words(self, words: Mapping[tuple[str, str], str]) -> "Terms":
        """Return this vocabulary for a reader with words of her own: (kind, normalised text) -> code.

        They come before all others; the tables of the vocabulary itself are shared, not copied.
        """
        other = copy(self)
        other._own = {place: self.get(place[0], code).code for place, code in words.items()}
        return other

    def with_changes(
        self,
        terms: Iterable[Term],
        *,
        merged: Mapping[tuple[str, str], str],
        retired: Iterable[tuple[str, str]],
    ) -> "Terms":
        """Return this vocabulary with other words, and terms that are read as others or offered no more.

        ``terms`` take the place of those of the same code. ``merged`` is (kind, code) -> the code
        as which it is read, which is itself read as no other; ``retired`` is (kind, code). Only
        terms without parents and children can be merged. Tables of kinds that stay are shared.
        """
        other = copy(self)
        changed: dict[str, dict[str, Term]] = defaultdict(dict)
        for term in terms:
            changed[term.kind][term.code] = term
        kinds = {*changed, *(kind for kind, _ in merged)}
        other._terms = {
            **self._terms,
            **{kind: {**self._terms[kind], **changed[kind]} for kind in kinds},
        }
        for kind, code in merged:
            del other._terms[kind][code]
        other._merged, other._retired = dict(merged), frozenset(retired)
        other._indexes = {kind: one for kind, one in self._indexes.items() if kind not in kinds}
        return other

    def read(self, kind: str, code: str) -> str:
        """Return the code as which a stored code is read: itself, unless it was merged."""
        return self._merged.get((kind, code), code)

    def read_as(self, kind: str, code: str) -> tuple[str, ...]:
        """Return every stored code that is read as this one is, the one that is offered first."""
        read = self.read(kind, code)
        others = (one for (of, one), into in self._merged.items() if (of, into) == (kind, read))
        return (read, *others)

    @property
    def merged(self) -> Mapping[tuple[str, str], str]:
        """Return (kind, code) -> code as which it is read, of all that were merged."""
        return self._merged

    def list_retired(self, codes: Iterable[str]) -> frozenset[str]:
        """Return those of the codes that are retired, of whatever kind."""
        return frozenset(codes) & {code for _, code in self._retired}

    def offered(self, kind: str, held: Collection[str] = ()) -> tuple[str, ...]:
        """Return the codes to choose from, in order: none that was retired unless it is held."""
        return tuple(
            code for code in self._kind(kind) if (kind, code) not in self._retired or code in held
        )

    def kinds(self) -> tuple[str, ...]:
        """Return all kinds of terms."""
        return tuple(self._terms)

    def codes(self, kind: str) -> tuple[str, ...]:
        """Return the codes of a kind that are offered, in the order of the vocabulary.

        KeyError for an unknown kind.
        """
        return self.offered(kind)

    def get(self, kind: str, code: str) -> Term:
        """Return one term, for a merged code the one as which it is read; KeyError where there is none."""
        return self._kind(kind)[self.read(kind, code)]

    def has(self, kind: str, code: str) -> bool:
        """Tell whether the code is one of the kind's codes, written exactly so; merged ones too."""
        return self.read(kind, code) in self._kind(kind)

    def name(self, kind: str, code: str, language: str) -> str:
        """Return the name in a language ("pt" serves "pt-BR"), else in English, else the code."""
        names = self.get(kind, code).names
        base = language.replace("_", "-").split("-")[0]
        return names.get(language) or names.get(base) or names.get("en") or code

    def find(self, text: str, kind: str) -> TermMatch | None:
        """Return the one code that a text certainly means; None if unknown or ambiguous."""
        codes, how, confidence = self._look_up(text, kind)
        return TermMatch(codes[0], kind, how, confidence) if len(codes) == 1 else None

    def ambiguous(self, text: str, kind: str) -> tuple[str, ...]:
        """Return the codes, two or more, between which an exact text does not decide; else ()."""
        codes, _, _ = self._look_up(text, kind)
        return codes if len(codes) > 1 else ()

    def candidates(self, text: str, kind: str, limit: int = 5) -> list[TermMatch]:
        """Return proposals, best first: for a person to choose from, never to be taken silently."""
        codes, how, confidence = self._look_up(text, kind)
        if len(codes) > 1:
            how, confidence = "synonym", AMBIGUOUS_CONFIDENCE
        found = {code: TermMatch(code, kind, how, confidence) for code in codes}
        for code, score in self._index(kind).list_similar(text, limit * 8):
            if (kind, code) not in self._retired:
                found.setdefault(code, TermMatch(code, kind, "fuzzy", round(score / 100 * 0.9, 3)))
        return sorted(found.values(), key=lambda match: (-match.confidence, match.code))[:limit]

    def ancestors(self, kind: str, code: str) -> tuple[str, ...]:
        """Return the codes above a term, nearest first; above a country stand its regions."""
        seen: dict[str, None] = {}
        level = [(kind, self.read(kind, code))]
        while level:
            level = [pair for one in level for pair in self._parents(*one) if pair[1] not in seen]
            seen.update((above, None) for _, above in level)
        return tuple(seen)

    def descendants(self, kind: str, code: str) -> tuple[str, ...]:
        """Return the codes below a term, nearest first; below a region regions and countries."""
        self.get(kind, code)
        seen: dict[str, None] = {}
        level = [(kind, code)]
        while level:
            level = [
                pair for one in level for pair in self._children.get(one, ()) if pair[1] not in seen
            ]
            seen.update((below, None) for _, below in level)
        return tuple(seen)

    def _kind(self, kind: str) -> dict[str, Term]:
        if kind not in self._terms:
            raise KeyError(kind)
        return self._terms[kind]

    def _look_up(self, text: str, kind: str) -> tuple[tuple[str, ...], str, float]:
        own = self._own.get((kind, normalise(text))) if self._own else None
        return ((own,), "own", 1.0) if own is not None else self._index(kind).look_up(text)

    def _index(self, kind: str) -> TermIndex:
        if kind not in self._indexes:
            self._indexes[kind] = TermIndex(self._kind(kind).values())
        return self._indexes[kind]

    def _parents(self, kind: str, code: str) -> list[tuple[str, str]]:
        parent_kind = PARENT_KINDS.get(kind, kind)
        return [(parent_kind, parent) for parent in self.get(kind, code).parents]

    def _list_children(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        children: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for kind, entries in self._terms.items():
            for code in entries:
                for parent in self._parents(kind, code):
                    self.get(*parent)
                    children[parent].append((kind, code))
        return children
