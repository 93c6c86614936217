"""What a criterion says of one woman: codes and values, never sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

Value = str | int | float | bool | date | datetime | None | tuple[str, ...]


class Verdict(IntEnum):
    """A gate's answer. Only PASS passes; UNKNOWN is not PASS."""

    FAIL = 0
    UNKNOWN = 1
    PASS = 2
    FLAG = 3
    """Passes, and something is to be said."""


@dataclass(frozen=True)
class Evidence:
    """One criterion applied to one woman.

    ``criterion`` is the registered name (``language``), ``wish`` the number of the wish within it
    (two languages are two criteria), ``code`` the reason code of the product (``L2``) or ``""``
    when there is nothing to say against her. ``points`` of ``out_of`` for preferences.
    ``facts`` holds what was found and asked (``asked``, ``found``, ``level``, ``by``, ``on`` …).
    """

    criterion: str
    verdict: Verdict
    code: str = ""
    wish: int = 0
    is_hard: bool = True
    points: float = 0.0
    out_of: float = 0.0
    facts: Mapping[str, Value] = field(default_factory=dict)
