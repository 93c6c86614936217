"""What people type who look for a woman, what they meant by it, and who answers to that.

Whoever bears every word that was meant answers as well as the woman thought of: of two women with
the same given and family name no look-up can know which one was meant. A word that was only begun
is borne by whoever has a word that begins so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.benchmarks.names import Person
from tests.matching.names.typing import mistype

KINDS = ("order", "slip", "missing part", "unfinished", "slip, two words", "other script")
ACROSS = "other script"
"""Typed in Arabic or Cyrillic letters, of a woman whose name stands there in Latin letters alone."""
FIRST = 10
BEGUN = 4
"""Letters of a word that is not finished."""


@dataclass(frozen=True)
class Typed:
    """What was typed, and the words that were meant, in small letters; ``begun`` are beginnings."""

    kind: str
    text: str
    meant: tuple[str, ...]
    begun: tuple[str, ...] = ()


def type_names(
    people: Sequence[Person], scripts: Mapping[int, str], count: int
) -> dict[str, list[Typed]]:
    """Return by kind so many look-ups of women spread evenly over the roster.

    ``scripts`` holds names in another script, of women who have only one in Latin letters.
    """
    random = Random(7)
    places = [at * len(people) // count for at in range(count)]
    found: dict[str, list[Typed]] = {kind: [] for kind in KINDS}
    for place in places:
        for typed in _type_name(random, people[place][1][0]):
            found[typed.kind].append(typed)
        number, names = next(one for one in people[place:] if one[0] in scripts)
        found[ACROSS].append(Typed(ACROSS, scripts[number], _list_words(names[0])))
    return found


def _type_name(random: Random, name: str) -> Iterable[Typed]:
    given, family, last = name.split()
    every, two = _list_words(name), _list_words(f"{given} {last}")
    yield Typed("order", f"{last} {family} {given}".lower(), every)
    yield Typed("slip", f"{given} {mistype(random, family)} {last}", every)
    yield Typed("missing part", f"{given} {last}", two)
    begun = _list_words(f"{given[:BEGUN]} {last[:BEGUN]}")
    text = f"{family} {given[:BEGUN]} {last[:BEGUN]}"
    yield Typed("unfinished", text, _list_words(family), begun)
    yield Typed("slip, two words", f"{mistype(random, given)} {last}", two)


def _list_words(name: str) -> tuple[str, ...]:
    return tuple(name.lower().split())


def list_meant(people: Iterable[Person], typed: Iterable[Typed]) -> dict[Typed, frozenset[int]]:
    """Return for each look-up the numbers of all women who answer to what was meant."""
    asked = list(typed)
    needed = {word for one in asked for word in one.meant}
    bearers: dict[str, set[int]] = defaultdict(set)
    words_of: dict[int, frozenset[str]] = {}
    for number, names in people:
        words = frozenset(word for name in names for word in _list_words(name))
        known = words & needed
        for word in known:
            bearers[word].add(number)
        if known:
            words_of[number] = words
    return {
        one: frozenset(
            number
            for number in set.intersection(*(bearers[word] for word in one.meant))
            if _bears_begun(words_of[number] - set(one.meant), one.begun)
        )
        for one in asked
    }


def _bears_begun(words: Iterable[str], begun: Iterable[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in begun)


def find_recall(found: Sequence[int], meant: frozenset[int], first: int = FIRST) -> float:
    """Return of the women who answer, of whom so many could stand first, the share that does."""
    return len(meant.intersection(found[:first])) / min(first, len(meant))
