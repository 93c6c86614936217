"""Letters with their whole truth, and how much of it a reader finds."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from matching.letters import LetterReader, PresentTeam, Proposal
from roster.vocabulary import load_vocabulary
from roster.vocabulary.demonyms import list_demonyms

DATA = Path(__file__).parent / "data"
WORKED_ON = ("english", "french", "arabic", "spanish", "portuguese")
HELD_OUT = "held_out"
OTHER_OFFICES = "other_offices"


@dataclass(frozen=True)
class Expected:
    """One line of truth: kind | code or value | level | force | words of the letter."""

    kind: str
    what: str
    level: str
    force: str
    words: str


@dataclass(frozen=True)
class Letter:
    """One letter of the data."""

    name: str
    language: str
    received: date
    text: str
    truth: tuple[Expected, ...]


@cache
def get_reader() -> LetterReader:
    return LetterReader(load_vocabulary(), list_demonyms())


def read(text: str, received: str = "2026-11-20") -> list[Proposal]:
    return get_reader().read(text, date.fromisoformat(received))


def list_found(text: str, received: str = "2026-11-20") -> list[str]:
    """What is found, as "kind what level force", in the order of the letter."""
    return [describe(one) for one in read(text, received)]


def describe(one: Proposal) -> str:
    parts = (one.kind, say_what(one), one.level or "", one.force.value)
    return " ".join(part for part in parts if part)


def say_what(one: Proposal) -> str:
    if isinstance(one.value, PresentTeam):
        return f"men={one.value.men} women={one.value.women}"
    return one.code if one.code is not None else str(one.value)


@cache
def load_letters(*names: str) -> tuple[Letter, ...]:
    return tuple(letter for name in names for letter in _load(name))


def _load(name: str) -> Iterator[Letter]:
    document = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    for one in document["letter"]:
        truth = tuple(Expected(*line.split("|")) for line in one["truth"])
        received = date.fromisoformat(one["received"])
        yield Letter(one["name"], one["language"], received, one["text"], truth)


def compare(letter: Letter) -> tuple[list[Proposal], list[Expected], list[Proposal]]:
    """(right, missed, wrong): right = kind, value, level and force as told, on words that touch."""
    missed, right, wrong = list(letter.truth), [], []
    for one in get_reader().read(letter.text, letter.received):
        meant = [expected for expected in missed if _is_meant(letter.text, expected, one)]
        if meant:
            missed.remove(meant[0])
            right.append(one)
        else:
            wrong.append(one)
    return right, missed, wrong


def _is_meant(text: str, expected: Expected, one: Proposal) -> bool:
    said = (one.kind, say_what(one), one.level or "", one.force.value)
    if said != (expected.kind, expected.what, expected.level, expected.force):
        return False
    start = text.find(expected.words)
    while start >= 0:
        if start < one.end and one.start < start + len(expected.words):
            return True
        start = text.find(expected.words, start + 1)
    return False


def score(letters: tuple[Letter, ...]) -> dict[str, Counter[str]]:
    """Language or kind -> how many were right, missed and wrong."""
    counts: dict[str, Counter[str]] = {}
    for letter in letters:
        right, missed, wrong = compare(letter)
        for outcome, found in (("right", right), ("missed", missed), ("wrong", wrong)):
            for one in found:
                for key in ("all", letter.language, one.kind):
                    counts.setdefault(key, Counter())[outcome] += 1
    return counts


def precision(count: Counter[str]) -> float:
    return count["right"] / max(count["right"] + count["wrong"], 1)


def recall(count: Counter[str]) -> float:
    return count["right"] / max(count["right"] + count["missed"], 1)


def main() -> None:
    """Print the figures of all sets: ``python -m tests.matching.letters.scoring``."""
    sets = (
        ("worked on", WORKED_ON),
        ("held out", (HELD_OUT,)),
        ("other offices", (OTHER_OFFICES,)),
    )
    for title, names in sets:
        print(title)
        for key, count in sorted(score(load_letters(*names)).items()):
            print(
                f"  {key:16} precision {precision(count):.2f} recall {recall(count):.2f}  {dict(count)}"
            )


if __name__ == "__main__":
    main()
