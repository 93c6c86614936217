"""Macrolanguages of ISO 639-3: their members, standard forms, and which varieties meet a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from roster.vocabulary.data_files import read_table


@dataclass(frozen=True)
class Macrolanguage:
    """One macrolanguage.

    `standard` are the codes of its standard form; `members` all its individual languages that we
    list; `met_by_speaking` and `met_by_writing` the individual languages that satisfy a request for
    the macrolanguage in speaking and listening, or in reading and writing. The macrolanguage's own
    code always satisfies it.
    """

    code: str
    standard: tuple[str, ...]
    members: tuple[str, ...]
    met_by_speaking: tuple[str, ...]
    met_by_writing: tuple[str, ...]


def _make_macrolanguage(code: str, entry: Mapping[str, str]) -> Macrolanguage:
    standard = tuple(entry["standard"].split())
    members = tuple(entry["members"].split())
    speaking = entry.get("speaking", entry["standard"])
    met_by_speaking = members if speaking == "all" else tuple(speaking.split())
    met_by_writing = tuple(entry.get("writing", entry["standard"]).split())
    return Macrolanguage(code, standard, members, met_by_speaking, met_by_writing)


@cache
def load_macrolanguages() -> Mapping[str, Macrolanguage]:
    """Return code -> macrolanguage for those kept in `data/macrolanguages.toml`."""
    table = read_table("macrolanguages")
    return {code: _make_macrolanguage(code, entry) for code, entry in table.items()}
