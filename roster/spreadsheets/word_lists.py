"""The word lists of this package, read once and normalised as all texts are before a comparison."""

import tomllib
from functools import cache
from importlib.resources import files

from matching.terms import normalise


@cache
def read_words(file: str) -> dict[str, tuple[str, ...]]:
    """Return list name -> words as written, of one file of the folder `words`."""
    text = files(__package__).joinpath("words", f"{file}.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}


@cache
def get_phrases(file: str, name: str) -> frozenset[str]:
    """Return one list, each entry normalised."""
    return frozenset(normalise(word) for word in read_words(file)[name]) - {""}


def holds_phrase(text: str, file: str, name: str) -> str | None:
    """Return the longest phrase of a list that stands in a text as whole words, or None."""
    padded = f" {normalise(text)} "
    found = [phrase for phrase in get_phrases(file, name) if f" {phrase} " in padded]
    return max(found, key=len, default=None)


@cache
def _blank_marks() -> frozenset[str]:
    return frozenset(word.casefold() for word in read_words("remarks")["blank"])


def is_blank(text: str) -> bool:
    """Tell whether a cell says that there is nothing ("-", "n/a", "néant")."""
    return " ".join(text.split()).casefold() in _blank_marks()
