"""Levels of a language on the scales that are kept as written: CEFR and the UN levels."""

import re

from matching.terms import Terms
from roster.spreadsheets.dates import fold
from roster.spreadsheets.terms_in_cells import find_code

_CEFR = re.compile(r"[abc][12]")
TWO_LEVELS = re.compile(r"([abc][12])\s*[-/–]\s*([abc][12])")
_LOOKS_LIKE_CEFR = re.compile(r"[a-f]\s?\d")
_UN = re.compile(
    r"(?:un|onu|nu|united nations|nations unies|الامم المتحده)\s*[-:.]?\s*"
    r"(?:level|niveau|nivel|livello|lvl|l|المستوي)?\s*[-:.]?\s*(i{1,3}|iv|v|vi|\d)"
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
LEVEL_ORDER = ("A1", "A2", "B1", "B2", "C1", "C2", "native")


def read_level(terms: Terms, text: str) -> tuple[str | None, bool]:
    """Return (level as written on a known scale or None, whether it only looks like one: "C3")."""
    plain = fold(text).strip(" .+-~*")
    plain = re.sub(
        r"^(?:cecr|cefr|mcer|qcer|qecr|niveau|nivel|level|livello|المستوي)\s*[:.]?\s+", "", plain
    )
    if _CEFR.fullmatch(compact := plain.replace(" ", "")):
        return compact.upper(), False
    if pair := TWO_LEVELS.fullmatch(plain):
        return min(pair.groups()).upper(), False
    if un := _UN.fullmatch(plain):
        figure = _ROMAN.get(un[1], un[1].upper())
        return (f"UN-{figure}", False) if figure in _ROMAN.values() else (None, True)
    if _LOOKS_LIKE_CEFR.fullmatch(plain):
        return None, True
    code = find_code(terms, "level", text)
    return (code if code in (*LEVEL_ORDER, *_un_levels()) else None), False


def _un_levels() -> tuple[str, ...]:
    return tuple(f"UN-{figure}" for figure in _ROMAN.values())
