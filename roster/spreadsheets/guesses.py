"""Proposals for what was not understood: for a person to choose from, never taken silently."""

from typing import NamedTuple

from matching.terms import Terms
from roster.spreadsheets.choices import KINDS
from roster.spreadsheets.headers import FIELDS, match_header

MOST = 3
LEAST_CONFIDENCE = 0.5
LEVELS = {
    "basic": ("A2", 0.7),
    "intermediate": ("B1", 0.7),
    "good": ("B2", 0.6),
    "working": ("B2", 0.6),
    "advanced": ("C1", 0.7),
    "fluent": ("C1", 0.6),
}
"""A word for a level is no level: what offices mean by it most often, and how sure that is."""


class Guess(NamedTuple):
    """A code or field that may be meant, and how sure: 0..1."""

    code: str
    confidence: float


def guess_meanings(terms: Terms, asked: str, word: str) -> list[Guess]:
    """What a word may mean, the likeliest first."""
    kind = KINDS[asked]
    found = [
        Guess(match.code, match.confidence)
        for match in terms.candidates(word, kind, MOST)
        if match.confidence >= LEAST_CONFIDENCE
    ]
    if asked == "levels":
        near = (match for match in terms.candidates(word, "level_word", MOST))
        found += [
            Guess(LEVELS[match.code][0], round(LEVELS[match.code][1] * match.confidence, 2))
            for match in near
            if match.code in LEVELS
        ]
    best: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda one: -one.confidence):
        best.setdefault(guess.code, guess)
    return list(best.values())[:MOST]


def guess_fields(header: str) -> list[Guess]:
    """What a heading may stand for, the likeliest first."""
    matches = [match for match in match_header(header) if match.field in FIELDS]
    return [Guess(match.field, round(match.score, 2)) for match in matches[:MOST]]
