"""The engine over a large roster: processor time of an answer and of what explains it, and memory.

From the root of the project:

    PYTHONPATH=. nice python tests/benchmarks/engine.py [WOMEN]

The women are invented: some thousands thrown at random, each copied with other themes, languages,
roles and tracks out of vocabularies as long as the real ones. Printed are medians of five runs in
seconds of processor time, once for a request that asks much and once for one that asks little.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from matching import (
    Columns,
    Grade,
    LanguageWish,
    Mediator,
    PlaceWish,
    Post,
    Skill,
    State,
    ThemeWish,
    answer,
    count_facets,
    relax,
)
from tests.matching.builders import NOW, TERMS, make_language, make_request
from tests.matching.strategies import make_random_mediator

THROWN = 5_000
RUNS = 5
DOUBLES = 200
"""One woman in so many may be the same person as another."""
THEMES = ("ceasefire", "borders", *(f"theme-{number}" for number in range(28)))
LANGUAGES = ("eng", "fra", "arb", "apd", *(f"lang-{number}" for number in range(154)))
ROLES = ("co_mediator", "observer", *(f"role-{number}" for number in range(18)))
TRACKS = ("I", "I.5", "II", "III")
VALUES = {"themes": THEMES, "languages": LANGUAGES, "roles": ROLES, "tracks": TRACKS}
"""As many values as stand beside the form of a request: 212."""
LITTLE = Post("post", roles=("co_mediator",), tracks=("III",))
MUCH = replace(
    LITTLE,
    themes=(ThemeWish(("ceasefire",)), ThemeWish(("borders",), 2)),
    languages=(LanguageWish(("fra",)), LanguageWish(("ara",))),
    seniority="senior",
    phases=("ceasefire",),
    places=(PlaceWish(("002",), 2015),),
    themes_nice=(ThemeWish(("borders",)),),
    languages_nice=(LanguageWish(("arb",)),),
)


def invent(count: int) -> Iterator[Mediator]:
    """Yield so many women, the same at every call."""
    dice = random.Random(7)
    thrown = [make_random_mediator(seed, seed + 1) for seed in range(min(count, THROWN))]
    for number in range(1, count + 1):
        woman = dice.choice(thrown)
        themes = tuple(Skill(_pick(dice, THEMES), Grade.CONFIRMED, 2) for _ in range(3))
        languages = tuple(make_language(_pick(dice, LANGUAGES), level=5) for _ in range(3))
        roles = tuple(Skill(_pick(dice, ROLES), Grade.CONFIRMED, 1, 2020) for _ in range(2))
        doubles = frozenset({dice.randint(1, count)}) if number % DOUBLES == 0 else frozenset()
        changed = replace(woman, id=number, look_alikes=doubles)
        yield replace(changed, themes=themes, languages=languages, roles_held=roles)


def _pick(dice: random.Random, codes: tuple[str, ...]) -> str:
    """Return a code, the first ones more often than the last."""
    return codes[int(len(codes) * dice.random() ** 3)]


def measure(name: str, act: Callable[[], Any]) -> Any:
    """Print the median processor time of an act and return what it gave."""
    act()
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        found = act()
        took.append(time.process_time() - began)
    print(f"  {name}: {statistics.median(took):.3f} s", flush=True)
    return found


def measure_post(columns: Columns, post: Post) -> None:
    """Print the figures of a request for this one post."""
    request = make_request(post)
    found = measure("answer", lambda: answer(columns, request, NOW))
    fits = found.counts[State.LISTED]
    print(f"  {fits} listed, {found.counts[State.NEAR_MISS]} near misses")
    sets = measure("relaxation", lambda: relax(found, "post", wanted=fits + 5))
    print(f"  {len(sets)} smallest sets")
    measure("facets", lambda: count_facets(columns, request, NOW, VALUES))


def main() -> None:
    """Measure over the number of women given on the command line, 100,000 unless told."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    began = time.process_time()
    columns = Columns.build(invent(count), TERMS)
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} women: inventing and loading {took:.1f} s, peak {peak} MiB,", end=" ")
    print(f"{columns.nbytes / count:.0f} bytes a woman in columns")
    for name, post in (("much", MUCH), ("little", LITTLE)):
        print(f"asking {name}")
        measure_post(columns, post)


if __name__ == "__main__":
    main()
