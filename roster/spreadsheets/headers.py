"""What a header text may mean: fields with a score, by the word list in six languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from matching.terms import normalise
from roster.spreadsheets.word_lists import holds_phrase, read_words

#: Fields that a column can feed, in the order in which a person is offered them.
FIELDS = (
    "name",
    "name.given",
    "name.family",
    "name_original",
    "title",
    "birth_year",
    "nationalities",
    "residence",
    "languages",
    "languages.native",
    "languages.level",
    "tracks",
    "themes",
    "roles",
    "worked_in",
    "networks",
    "member_since",
    "availability",
    "availability.from",
    "availability.to",
    "availability.notice",
    "availability.confirmed_on",
    "email",
    "phone",
    "antenna",
    "experience_years",
    "days_per_month",
    "notes",
    "bio",
)
LEFT_OUT = "do_not_import"
IGNORED = "ignore"
#: Words that name a field only beside other columns: "Nom" is a family name beside "Prénom".
NAME_WORD = "_nom"
COUNTRY_WORD = "_country"
_PARTS = re.compile(r"[/|\n\r\\•·;]+|\s[-–—]\s|[()\[\]]")
_PLURAL = re.compile(r"\((?:s|es|e|a|as|x|ies|ne|e s)\)", re.IGNORECASE)
_COUNTED = re.compile(r"(?<=[^\W\d_])\s*[-_.#]?\s*\d\s*$")  # "Language 2"
_CONTAINED = 0.6
_LONGEST_HEADER = 20
_LONGEST_PHRASE = 7
SURE = 0.75


@dataclass(frozen=True)
class HeaderMatch:
    """A field that a header may mean, with a score 0..1 (1 = the header is one of its words)."""

    field: str
    score: float


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Phrase -> fields. One phrase may stand under several fields, the first of the file first."""
    found: dict[str, dict[str, None]] = {}
    for field, words in read_words("headers").items():
        for word in words:
            found.setdefault(normalise(word), {})[field] = None
    return {phrase: tuple(fields) for phrase, fields in found.items() if phrase}


@lru_cache(maxsize=4096)
def match_header(header: str) -> tuple[HeaderMatch, ...]:
    """Return the fields that a header may mean, best first; () for an unknown one."""
    text = _COUNTED.sub("", _PLURAL.sub("", header))
    parts = [normalise(part) for part in _PARTS.split(text)]
    scores: dict[str, float] = {}
    for weight, part in _weigh_parts(normalise(text), [part for part in parts if part]):
        for field, score in _match_part(part):
            scores[field] = max(scores.get(field, 0.0), round(score * weight, 3))
    votes = _count_votes(parts)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], -votes.get(item[0], 0)))
    return tuple(HeaderMatch(field, score) for field, score in ranked)


def _weigh_parts(whole: str, parts: list[str]) -> list[tuple[float, str]]:
    """The whole header counts most, then its parts: what stands later or in brackets a little less."""
    weighed = [(1.0, whole)]
    weighed += [(1.0 if number == 0 else 0.95, part) for number, part in enumerate(parts)]
    return weighed


def _count_votes(parts: Iterable[str]) -> dict[str, int]:
    votes: dict[str, int] = {}
    for part in parts:
        for field in _phrases().get(part, ()):
            votes[field] = votes.get(field, 0) + 1
    return votes


def _match_part(part: str) -> list[tuple[str, float]]:
    if exact := _phrases().get(part):
        return [(field, 1.0 - 0.01 * place) for place, field in enumerate(exact)]
    return _match_contained(part)


def _match_contained(part: str) -> list[tuple[str, float]]:
    """Phrases that stand inside the part as whole words: the more of it they cover, the surer."""
    words = part.split()[:_LONGEST_HEADER]
    found: dict[str, float] = {}
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + _LONGEST_PHRASE, len(words)) + 1):
            phrase = " ".join(words[begin:end])
            if len(phrase) > 2:
                score = _CONTAINED * len(phrase) / len(part) + 0.25
                for field in _phrases().get(phrase, ()):
                    found[field] = max(found.get(field, 0.0), score)
    return list(found.items())


def count_header_words(cells: Iterable[object]) -> int:
    """Count the cells of a row that are surely headers, each field once."""
    fields = set()
    for cell in cells:
        if isinstance(cell, str) and cell.strip() and len(cell) <= 120:
            matches = match_header(cell)
            if matches and matches[0].score >= SURE:
                fields.add(matches[0].field)
    return len(fields)


def is_private(header: str) -> bool:
    """Tell whether a header says that its column is not meant for others."""
    return holds_phrase(header, "columns_left_out", "private") is not None


def is_never_collected(header: str) -> bool:
    """Tell whether a column holds what the roster never stores, as far as its header says."""
    matches = match_header(header)
    surely_wanted = matches and matches[0].score >= 0.9 and matches[0].field != IGNORED
    if surely_wanted:
        return False
    return holds_phrase(header, "columns_left_out", "never_collected") is not None
