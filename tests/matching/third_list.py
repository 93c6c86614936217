"""Invented women as offices of many countries spell them: a list that no part of the engine has seen.

``third_list.csv`` was written by hand, name by name, before anything was measured with it and without
a look at the names or the tables of the engine: the Maghreb, Egypt, the Sudans, the Levant, Iraq, the
Gulf, Mauritania, the Sahel, the Comoros, Somalia and Djibouti, the Swahili coast, Ethiopia and
Eritrea, Turkey and the Kurdish lands. 157 women stand in two or three lists; ``beside`` names, for 63
others, the woman whose near-namesake each of them is (a sister, a mother, one of the same frequent
name). Years and countries were then taken out by chance (a fifth and a tenth of them), and one year
in twenty was moved by one. Its halves share frequent given names, as any two lists of women do.

Measured once, on the whole, as it stood when it was written, and the engine was not changed for it:
0.910 of 345 true pairs proposed, 0.125 of the proposals wrong, none of the 155 probable ones wrong.
The first half alone gave 0.937 and 0.114, the second 0.924 and 0.137. Of the true pairs, 0.936 of
Arabic and English, 0.918 of Arabic and French and 0.863 of English and French lines were proposed.
"""

import csv
from pathlib import Path

from matching.likeness import Identity
from tests.matching.three_scripts import Listed

FILE = Path(__file__).with_name("third_list.csv")
FIRST, SECOND = "first", "second"


def read_lists(*halves: str) -> list[Listed]:
    """The entries of these halves, in the order of the file."""
    return [
        Listed(int(row["woman"]), row["list"], _identify(row))
        for row in _read_rows()
        if row["half"] in halves
    ]


def list_near_namesakes() -> dict[int, int]:
    """The women who stand beside another one, and beside whom."""
    return {int(row["woman"]): int(row["beside"]) for row in _read_rows() if row["beside"]}


def _read_rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _identify(row: dict[str, str]) -> Identity:
    return Identity(
        names=(row["name"],),
        birth_year=int(row["birth_year"]) if row["birth_year"] else None,
        email=row["email"] or None,
        nationalities=(row["nationality"],) if row["nationality"] else (),
    )
