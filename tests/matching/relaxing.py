"""Relaxations by trying everything: each set of changes, each woman, each pair, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import numpy as np

from matching import Columns, Grade, LanguageWish, Mediator, Post, Request
from matching import outcomes as o
from matching.changes import Change, apply_changes
from matching.criteria import Asking, Scope
from matching.levers import list_options
from matching.look_alikes import judge_look_alikes
from matching.run import list_steps
from tests.matching import reference
from tests.matching.builders import NOW, TERMS
from tests.matching.reference_of_ability import meets_language

SHARED_OUT = ("region", "theme", "language")
Changes = tuple[Change, ...]


def list_all_options(request: Request, post: Post) -> list[list[Change]]:
    """Return the ways to change each criterion of a post that may be changed."""
    asking = Asking(request, NOW, TERMS, post)
    steps = list_steps(asking, (Scope.REQUEST, Scope.POST))
    options = [list_options(step, asking) for step in steps]
    return [each for each in options if each]


def relax_by_hand(
    roster: list[Mediator], request: Request, wanted: int, most: int
) -> set[tuple[frozenset[Change], int]]:
    """Return every smallest set of changes that is enough, with how many then fit."""
    sets = list(_list_sets(request, most))
    enough = [
        (changes, fits)
        for changes in sets
        if (fits := count_by_hand(roster, request, changes)) >= wanted
    ]
    return {
        (frozenset(changes), fits)
        for changes, fits in enough
        if changes
        and not any(_is_milder(other, changes) and other != changes for other, _ in enough)
    }


def _list_sets(request: Request, most: int) -> Iterator[Changes]:
    options = list_all_options(request, request.posts[0])
    for size in range(most + 1):
        for chosen in combinations(options, size):
            yield from product(*chosen)
    for split in _list_splits(request.posts[0]):
        others = [one for one in options if (one[0].criterion, one[0].wish) not in split.second]
        yield (split,)
        for changes in others if most > 1 else ():
            yield from ((split, change) for change in changes)


def _list_splits(post: Post) -> Iterator[Change]:
    wishes = [
        *(("region", number) for number in range(len(post.places))),
        *(("theme", number) for number in range(len(post.themes))),
        *(("language", number) for number in range(len(post.languages))),
    ]
    for size in (1, 2):
        for second in combinations(wishes, size):
            rest = len(wishes) - size
            # halves of one size are named once: the first woman has the first wish
            if rest > size or (rest == size and wishes[0] not in second):
                yield Change("split", post=post.code, second=second)


def _is_milder(one: Changes, other: Changes) -> bool:
    def covers(change: Change, by: Change) -> bool:
        same = (change.criterion, change.wish) == (by.criterion, by.wish)
        is_alone = not change.second and change.stand_in is None
        return same and (change == by or (by.is_drop and is_alone))

    return all(any(covers(change, by) for by in other) for change in one)


def count_by_hand(roster: list[Mediator], request: Request, changes: Changes) -> int:
    """Return how many fit, pairs counted once: what is left out is not held against anybody."""
    lowered = apply_changes(
        request, [one for one in changes if not one.takes_out and not one.second]
    )
    second = {wish for one in changes for wish in one.second}
    wholes, firsts, seconds = [], [], []
    for woman in roster:
        if not reference.is_visible(woman, lowered, NOW):
            continue
        misses = {
            (name, wish) for name, wish, _, _ in reference.decide(woman, lowered, NOW, TERMS)[0]
        }
        misses -= {
            (one.criterion, one.wish)
            for one in changes
            if one.takes_out and _is_excused(woman, roster, request, one)
        }
        shared_out = {one for one in misses if one[0] in SHARED_OUT}
        if not misses:
            wholes.append(woman)
        elif second and misses <= second:
            firsts.append(woman)
        elif second and misses == shared_out and not misses & second:
            seconds.append(woman)
    stay = _part(wholes, [*firsts, *seconds], request)
    counts = [sum(one.id in stay for one in women) for women in (wholes, firsts, seconds)]
    return counts[0] + min(counts[1:])


def _is_excused(woman: Mediator, roster: list[Mediator], request: Request, change: Change) -> bool:
    if change.stand_in is None:
        return True
    post = request.posts[0]
    wish = post.languages[change.wish]
    helpers = list_interpreters(roster, request, post, wish, change.stand_in)
    return any(_list_shared(woman, wish) & _list_shared(helper, wish) for helper in helpers)


def list_interpreters(
    roster: list[Mediator], request: Request, post: Post, wish: LanguageWish, how: str
) -> list[Mediator]:
    """Return who fits a post of interpreting: the role, or C2."""
    added = Post("interpreter", exclusions=post.exclusions, languages=(wish,))
    if how == "interpreter_mediator":
        added = replace(added, roles=(how,), role_grade=post.role_grade)
    else:
        added = replace(added, languages=(replace(wish, level=max(6, wish.level)),))
    asked = replace(request, posts=(added,))
    return [
        woman
        for woman in roster
        if reference.is_visible(woman, asked, NOW)
        and not reference.decide(woman, asked, NOW, TERMS)[0]
    ]


def _list_shared(woman: Mediator, wish: LanguageWish) -> set[str]:
    return {
        one.code
        for one in woman.languages
        if (one.speaking or 0) >= 4
        and one.grade >= Grade.CONFIRMED
        and not meets_language(one.code, wish, TERMS)
    }


def _part(wholes: list[Mediator], halves: list[Mediator], request: Request) -> set[int]:
    """Return who stays once of look-alikes only one does; who fits alone stays first."""
    women = [*wholes, *halves]
    columns = Columns.build(women, TERMS)
    is_first = np.array([True] * len(wholes) + [False] * len(halves), np.bool_)
    asking = Asking(request, NOW, TERMS)
    outcomes = judge_look_alikes(columns, columns.rows(), is_first, asking)
    return {woman.id for woman, outcome in zip(women, outcomes, strict=True) if outcome != o.X2}
