"""Macrolanguages of ISO 639-3: their individual languages and standard forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from roster.vocabulary.data_files import read_table


@dataclass(frozen=True)
class Macrolanguage:
    """One macrolanguage; `standard` is empty where it has no common standard form."""

    code: str
    members: tuple[str, ...]
    standard: tuple[str, ...]


@cache
def load_macrolanguages() -> Mapping[str, Macrolanguage]:
    """Return code -> macrolanguage for those kept in `data/macrolanguages.toml`."""
    return {
        code: Macrolanguage(
            code, tuple(entry["members"].split()), tuple(entry.get("standard", "").split())
        )
        for code, entry in read_table("macrolanguages").items()
    }
