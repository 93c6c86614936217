"""Invented women in an English, a French and an Arabic list, written by the customs of ten regions.

``three_scripts.csv`` was made once, from a word list of given, fathers' and family names, each with
the spellings that clerks of its country use in each language (Maghreb, Egypt, Sudan, the Levant, the
Gulf, Mauritania, the Sahel, the Swahili coast, Ethiopia and Eritrea, Somalia): none comes from the
engine's tables. Fathers' names are left out or put in by chance, words change places, articles are
written in one or dropped, hamza and dots are missing, letters mistyped, a husband's name or a kunya
added; years slip, and years, countries, telephones and addresses are missing. Beside one woman in
three stands another who is not she: a sister, a namesake of other years or of another country, a
mother. The halves share no given and no family name. The first half served to tune. The second was
measured three times, and the engine was bettered in between: 0.882, 0.893 and 0.916 of its true
pairs were proposed. So 0.916 is not the figure of a list that was never seen: see ``third_list``.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.likeness import Identity

FILE = Path(__file__).with_name("three_scripts.csv")
TUNED, HELD_OUT = "tuned", "held_out"


@dataclass(frozen=True)
class Listed:
    """One line of one list: whose it is in truth, which list it is, and what the list says."""

    woman: int
    language: str
    identity: Identity


def read_half(half: str) -> list[Listed]:
    """The entries of one half, one list after the other."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["half"] == half]
    return [Listed(int(row["woman"]), row["list"], _identify(row)) for row in rows]


def _identify(row: dict[str, str]) -> Identity:
    return Identity(
        names=(row["name"],),
        birth_year=int(row["birth_year"]) if row["birth_year"] else None,
        email=row["email"] or None,
        phone=row["phone"] or None,
        nationalities=(row["nationality"],) if row["nationality"] else (),
    )


def list_true_pairs(entries: Sequence[Listed]) -> set[tuple[int, int]]:
    """Places of two entries that are one woman."""
    return {
        (one, other)
        for one in range(len(entries))
        for other in range(one + 1, len(entries))
        if entries[one].woman == entries[other].woman
    }
