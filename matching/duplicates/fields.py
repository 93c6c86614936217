"""The fields by which records are compared: their kinds, and how alike two values may be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matching.terms import normalise


class Kind(StrEnum):
    """What a field holds, and so how two values of it are compared."""

    PERSON = "person"
    """A whole name in any order and script; several names of one person as a list."""
    NAME = "name"
    """One part of a name."""
    TEXT = "text"
    """Words such as an address or a place."""
    DATE = "date"
    """A day, YYYYMMDD or ISO 8601."""
    NUMBER = "number"
    """A small number that may be off by one: a year of birth."""
    CODE = "code"
    """Letters or digits that are the same or not, but for a slip: an e-mail address, an id."""
    PHONE = "phone"
    """As a code, its last eight digits."""
    CODES = "codes"
    """Several codes, as a list or a text with spaces: nationalities."""


LEVELS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("same", "similar", "near", "partly", "other"),
    Kind.NAME: ("same", "similar", "near", "other"),
    Kind.TEXT: ("same", "similar", "near", "other"),
    Kind.DATE: ("same", "slip", "near", "other"),
    Kind.NUMBER: ("same", "near", "slip", "other"),
    Kind.CODE: ("same", "slip", "other"),
    Kind.PHONE: ("same", "slip", "other"),
    Kind.CODES: ("same", "some", "other"),
}
"""Per kind the levels of agreement, the best first. A value that is missing has none."""

EXPECTED: Mapping[Kind, tuple[float, ...]] = {
    Kind.PERSON: (0.48, 0.38, 0.08, 0.04, 0.02),
    Kind.NAME: (0.75, 0.11, 0.06, 0.08),
    Kind.TEXT: (0.70, 0.13, 0.07, 0.10),
    Kind.DATE: (0.85, 0.07, 0.04, 0.04),
    Kind.NUMBER: (0.88, 0.05, 0.04, 0.03),
    Kind.CODE: (0.82, 0.07, 0.11),
    Kind.PHONE: (0.80, 0.07, 0.13),
    Kind.CODES: (0.70, 0.24, 0.06),
}
"""How often two records of one person agree at each level, before anything is learnt of the data."""


@dataclass(frozen=True)
class Field:
    """One field of the records.

    `swaps_with` names another field of kind name with which people confuse it (given name and
    family name). Without a likeness in a `needed` field two records are never proposed; with half a
    likeness only where an `own` field is the same, and never as probable: sisters share a family
    name and a telephone, but a woman who married keeps her address. Where fields are declared that
    `confirm`, a pair is probable only if one of them agrees and none is different: a name is not
    enough; and a near likeness is proposed where one agrees. A field that `denies` and is different
    forbids the proposal unless another that confirms is the same: namesakes have years of their own.
    """

    name: str
    kind: Kind
    swaps_with: str | None = None
    needed: bool = False
    own: bool = False
    confirms: bool = False
    denies: bool = False


def prepare(kind: Kind, value: object) -> str:
    """A value as it is compared; empty where there is none. Several names stand one a line."""
    if value is None:
        return ""
    if isinstance(value, Collection) and not isinstance(value, str):
        parts = sorted({prepare(kind, one) for one in value} - {""})
        return ("\n" if kind is Kind.PERSON else " ").join(parts)
    text = str(value).strip()
    if kind is Kind.PHONE:
        return "".join(char for char in text if char.isdigit())[-8:]
    if kind is Kind.DATE:
        return "".join(char for char in text if char.isdigit())
    if kind is Kind.CODE:
        return "".join(text.casefold().split())
    if kind is Kind.CODES:
        return " ".join(sorted(set(text.casefold().split())))
    return normalise(text)
