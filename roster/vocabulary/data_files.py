"""Reads the TOML files in `data/`: the part of the vocabulary that people write by hand."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matching.terms import Term

DATA = Path(__file__).parent / "data"
NAME_LANGUAGES = ("en", "fr", "ar", "es", "pt", "sw")
WORD_LANGUAGES = (*NAME_LANGUAGES, "it")
#: Languages whose CLDR names of countries and languages are known as well: those of the networks' seats.
CLDR_LANGUAGES = (*WORD_LANGUAGES, "da", "de", "fi", "id", "is", "nb", "nl", "sv", "tr")


def read_table(name: str) -> dict[str, Any]:
    """Return one data file as written."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def make_term(kind: str, code: str, entry: Mapping[str, Any]) -> Term:
    """Make a term of an entry: per language a list, first its name, then synonyms; "also" for all."""
    unknown = entry.keys() - {*WORD_LANGUAGES, "also", "parents"}
    if unknown:
        raise ValueError(f"{kind} {code}: unknown keys {sorted(unknown)}")
    names = {tag: entry[tag][0] for tag in NAME_LANGUAGES if entry.get(tag)}
    words = [word for tag in WORD_LANGUAGES for word in entry.get(tag, ())]
    synonyms = dict.fromkeys([*words, *entry.get("also", ())])
    for name in names.values():
        synonyms.pop(name, None)
    return Term(kind, code, names, tuple(synonyms), tuple(entry.get("parents", ())))
