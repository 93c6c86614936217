"""Names as typed, at scale: build, memory, look-ups, and recall against comparing every word.

    PYTHONPATH=. python tests/benchmarks/names.py [NAMES] [QUERIES]

The names are invented by seed: given names of many languages, family names of two to four syllables,
a third of the women with a name in Arabic script too. What is typed: another order, a slip, a part
that is missing, the beginnings of words, the other script. Recall at 10: of what comparing the typed
words with every different word of the index ranks in its first ten (the floor of the tenth, so that
ties count), the share that the look-up returns.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from matching.names import Found, NameIndex
from matching.names.index_tables import Words
from matching.names.typed import Met, meet_word
from tests.matching.names.typing import GIVEN, SYLLABLES, mistype

Person = tuple[int, tuple[str, ...]]


def make_people(count: int) -> Iterator[Person]:
    """Numbered women with one name or two."""
    random = Random(20261122)
    families = [_make_family(random) for _ in range(max(count // 20, 500))]
    for number in range(count):
        given = random.choice(GIVEN)
        parts = [families[int(len(families) * random.random() ** 3)] for _ in range(2)]
        latin = " ".join((given[0], *(part[0] for part in parts)))
        other = " ".join((given[1], *(part[1] for part in parts)))
        yield number, (latin, other) if number % 3 == 0 else (latin,)


def _make_family(random: Random) -> tuple[str, str]:
    parts = random.choices(SYLLABLES, k=random.choice((2, 3, 3, 4)))
    return "".join(one for one, _ in parts).capitalize(), "".join(two for _, two in parts)


def type_names(people: list[Person], count: int) -> list[tuple[str, str]]:
    """(kind, typed text), of women at even distances."""
    random = Random(7)
    typed = []
    for number, names in people[:: max(len(people) * 6 // count // 3 * 3, 3)]:
        given, family, last = names[0].split()
        typed += [
            ("order", f"{last} {family} {given}".lower()),
            ("slip", f"{given} {mistype(random, family)} {last}"),
            ("missing part", f"{given} {last}"),
            ("unfinished", f"{family} {given[:4]} {last[:4]}"),
            ("slip, two words", f"{mistype(random, given)} {last}"),
            ("other script", names[1] if number % 3 == 0 else family),
        ]
    return typed[:count]


def score_all_words(words: Words, alternatives: Sequence[str]) -> Met:
    """As ``score_words``, by comparing every word."""
    scores = np.array([meet_word(alternatives, text).score for text in words.texts])
    order = np.argsort(-scores, kind="stable")
    places = order[scores[order] > 0].astype(np.int32)
    return Met(places, scores[places])


def main(arguments: list[str]) -> None:
    """Build, look up, compare."""
    count, queries = int(arguments[0]), int(arguments[1])
    people = list(make_people(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    built = NameIndex.build(people)
    print(f"{count} women, {len(built.lines.sizes)} names, {len(built.words.texts)} words")
    print(f"build {time.process_time() - start:.1f} s of CPU", end=", ")
    print(f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB at most")
    typed = type_names(people, queries)
    built.find("warm up")
    times, answers = [], []
    for _, text in typed:
        start = time.process_time()
        answers.append(built.find(text))
        times.append((time.process_time() - start) * 1000)
    print(f"p50 {np.percentile(times, 50):.1f} ms, p95 {np.percentile(times, 95):.1f} ms of CPU")
    for kind in dict.fromkeys(kind for kind, _ in typed):
        mine = [ms for ms, (one, _) in zip(times, typed, strict=True) if one == kind]
        print(
            f"  {kind:<16} p50 {np.percentile(mine, 50):.1f} ms, p95 {np.percentile(mine, 95):.1f} ms"
        )
    compare(built, typed, answers)


def compare(built: NameIndex, typed: list[tuple[str, str]], answers: list[list[Found]]) -> None:
    """Recall at 10 against comparing every word."""
    recalls: dict[str, list[float]] = {}
    everything: dict[str, Any] = {"score_words": score_all_words}
    built.lately.clear()
    with patch.multiple("matching.names.index", **everything):
        for (kind, text), found in list(zip(typed, answers, strict=True))[:60]:
            wanted = [one.score for one in built.find(text)]
            if wanted:
                right = sum(one.score >= wanted[-1] for one in found)
                recalls.setdefault(kind, []).append(right / len(wanted))
    for kind, shares in recalls.items():
        print(f"  {kind:<16} recall at 10: {np.mean(shares):.4f}")
    print(f"recall at 10: {np.mean([one for shares in recalls.values() for one in shares]):.4f}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["1000000", "300"])
