"""How the invented women answer: decided by a digest of who they are, so it is always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from roster.services.availability import Statement

Choice = TypeVar("Choice")


class Dice:
    """Even choices that depend on nothing but a text."""

    def __init__(self, who: str) -> None:
        self._who = who

    def number(self, what: str, below: int) -> int:
        """A number from 0 to ``below`` - 1."""
        digest = hashlib.sha256(f"{self._who} {what}".encode()).digest()
        return int.from_bytes(digest[:8]) % below

    def choose(self, what: str, choices: Sequence[Choice]) -> Choice:
        return choices[self.number(what, len(choices))]

    def holds(self, what: str, percent: int) -> bool:
        """True for about this share of the women."""
        return self.number(what, 100) < percent


LEVELS = ("B2", "B2", "C1", "C1", "C1", "C2")
"""What she chooses where her list has a free word."""
STATUSES = ("available",) * 7 + ("partly", "partly", "on_assignment", "unavailable")
NOTICES = (3, 7, 7, 14, 14, 30)
MODALITIES = (
    ("in_person",),
    ("in_person", "remote"),
    ("in_person", "remote", "hybrid"),
    ("in_person", "hybrid", "remote"),
    ("remote",),
)
OLDEST_ANSWER_DAYS = 84
ANSWERED_PERCENT = 66
PURPOSES = ("membership_file", "matching", "card", "statistics")


@dataclass(frozen=True)
class Answer:
    """All that one invented woman says."""

    days_ago: int
    safety_class: int
    purposes: tuple[str, ...]
    statement: Statement
    is_accredited: bool
    accredited_days_ago: int
    is_confirmed: bool
    declares: bool
    interests: tuple[dict[str, Any], ...]


def answers_at_all(who: str) -> bool:
    """About two thirds of the women answer their invitation."""
    return Dice(who).holds("answers", ANSWERED_PERCENT)


def choose_level(who: str, language: str) -> str:
    """Her own level for a language whose list has only a word."""
    return Dice(who).choose(f"level {language}", LEVELS)


def make_answer(who: str, today: date, countries: Sequence[str]) -> Answer:
    """What the woman ``who`` says, with days counted from ``today``, the day of the first start."""
    dice = Dice(who)
    return Answer(
        days_ago=1 + dice.number("days ago", OLDEST_ANSWER_DAYS),
        safety_class=dice.choose("class", (1, 1, 2, 2, 2, 2, 2, 2, 0, 3)),
        purposes=PURPOSES if dice.holds("card", 94) else PURPOSES[:2],
        statement=_statement(dice, today),
        is_accredited=dice.holds("accredited", 82),
        accredited_days_ago=30 + dice.number("accredited days", 720),
        is_confirmed=dice.holds("confirmed", 78),
        declares=dice.holds("declares", 88),
        interests=_interests(dice, today, countries),
    )


def _statement(dice: Dice, today: date) -> Statement:
    window_to = today + timedelta(days=150 + dice.number("to", 400))
    return Statement(
        status=dice.choose("status", STATUSES),
        window_from=today + timedelta(days=dice.number("from", 60) - 40),
        window_to=window_to if dice.holds("ends", 80) else None,
        notice_days=dice.choose("notice", NOTICES),
        days_per_month=dice.choose("month", (8, 12, 20, 20, 25, 30)),
        modalities=dice.choose("modality", MODALITIES),
    )


def _interests(dice: Dice, today: date, countries: Sequence[str]) -> tuple[dict[str, Any], ...]:
    """One in ten once held an office, or has a tie, in one of the countries at hand."""
    if not dice.holds("interest", 10):
        return ()
    kind = dice.choose("kind", ("office", "kin", "public_statement", "funding"))
    ended = today - timedelta(days=365 * (1 + dice.number("years", 9)))
    interest: dict[str, Any] = {"kind": kind, "country": dice.choose("state", countries)}
    if kind in {"office", "public_statement"}:
        interest |= {
            "started_on": (ended - timedelta(days=900)).isoformat(),
            "ended_on": ended.isoformat(),
        }
    return (interest,)
