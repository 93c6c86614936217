"""Which pairs of records are compared at all: those that share a key, in blocks of bounded size.

A strong key (a whole date, a code, two words of a name) makes a block of its own. Weak keys (the
sound of one name, a year) make blocks two by two, or alone where few records share them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from matching.duplicates.comparing import Column, Places
from matching.duplicates.fields import Kind
from matching.names.sounds import skeleton
from matching.names.words import split_name

#: More records than this under one key tell nobody apart: the block is passed over and counted.
LARGEST = 150
#: A weak key alone makes a block where no more share it.
FEW = 25

Keys = list[tuple[str, ...]]
"""Per record its keys of one family."""


def find_pairs(columns: Sequence[Column], split_at: int | None) -> tuple[Places, Places, int]:
    """Return (first, second, blocks passed over). `split_at`: only pairs across the two files."""
    strong, weak = _list_families(columns)
    count = len(columns[0].of_record)
    found: list[Places] = [np.zeros(0, np.int64)]
    passed_over = 0
    alone = [(family, LARGEST) for family in strong] + [(family, FEW) for family in weak]
    both = ((_cross(one, other), LARGEST) for one, other in combinations(weak, 2))
    for families, is_alone in ((alone, True), (both, False)):
        for family, largest in families:
            codes, large = _pair_up(family, largest, split_at)
            found.append(codes)
            passed_over += 0 if is_alone and largest == FEW else large
    pairs = np.sort(np.concatenate(found))  # sorting whole numbers is quicker than hashing them
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // max(count, 1), pairs % max(count, 1), passed_over


def _list_families(columns: Sequence[Column]) -> tuple[list[Keys], list[Keys]]:
    strong, weak = [], []
    for column in columns:
        fine = [_list_strong(column.field.kind, value) for value in column.values]
        coarse = [_list_weak(column.field.kind, value) for value in column.values]
        strong.append([fine[place] if place >= 0 else () for place in column.of_record.tolist()])
        weak.append([coarse[place] if place >= 0 else () for place in column.of_record.tolist()])
    for place, column in enumerate(columns):
        for other, partner in enumerate(columns):
            if column.field.swaps_with == partner.field.name and place < other:
                weak[place] = _join(weak[place], weak[other])
                strong.append(_sort_both(weak[place]))
    return strong, weak


def _join(one: Keys, other: Keys) -> Keys:
    """Both names of a record in one family, so that names which changed places meet."""
    return [a + b for a, b in zip(one, other, strict=True)]


def _sort_both(keys: Keys) -> Keys:
    return [(" ".join(sorted(set(one))),) if len(set(one)) > 1 else () for one in keys]


def _cross(one: Keys, other: Keys) -> Keys:
    """Every key of the one with every key of the other."""
    return [
        tuple(f"{a}|{b}" for a in left for b in right)
        for left, right in zip(one, other, strict=True)
    ]


def _list_strong(kind: Kind, value: str) -> tuple[str, ...]:
    if kind is Kind.PERSON:
        return tuple(_list_word_pairs(value))
    if kind in (Kind.CODE, Kind.PHONE) or (kind in (Kind.DATE, Kind.TEXT) and len(value) >= 6):
        return (value,)
    return ()


def _list_word_pairs(value: str) -> Iterator[str]:
    for name in value.split("\n"):
        for one, other in combinations(sorted({*_list_sounds(name)}), 2):
            yield f"{one} {other}"


def _list_sounds(name: str) -> Iterable[str]:
    return (skeleton(word)[:4] or word[:2] for word in split_name(name))


def _list_weak(kind: Kind, value: str) -> tuple[str, ...]:
    if kind is Kind.PERSON:
        return tuple(dict.fromkeys(s for name in value.split("\n") for s in _list_sounds(name)))
    if kind is Kind.NAME:
        return (skeleton(value)[:3] or value[:2],)
    if kind is Kind.TEXT:
        return (value.replace(" ", "")[:4],)
    if kind is Kind.DATE:
        return tuple(dict.fromkeys((value[:4], value[4:]))) if len(value) == 8 else (value,)
    if kind is Kind.CODES:
        return tuple(value.split())
    return (value[:3], value[-3:]) if len(value) >= 6 else (value,)


def _pair_up(family: Keys, largest: int, split_at: int | None) -> tuple[Places, int]:
    """Codes (first * records + second) of the pairs within blocks, and how many were too large."""
    numbers: dict[str, int] = {}
    found = [
        (numbers.setdefault(key, len(numbers)), place)
        for place, keys in enumerate(family)
        for key in dict.fromkeys(keys)
    ]
    key, place = np.array(found, np.int64).reshape(-1, 2).T
    sizes = np.bincount(key, minlength=len(numbers))
    fits = (sizes >= 2) & (sizes <= largest)
    kept = fits[key]
    key, place = key[kept], place[kept]
    order = np.argsort(key, kind="stable")
    places, ends = place[order], np.cumsum(np.where(fits, sizes, 0))[key[order]]
    return _list_codes(places, ends, len(family), split_at), int((sizes > largest).sum())


def _list_codes(places: Places, ends: Places, count: int, split_at: int | None) -> Places:
    """Pair each with those after it in its block: with the next, the one after the next, and so on.

    The records of a block lie side by side, each with the place at which its block ends.
    """
    codes, one, step = [np.zeros(0, np.int64)], np.arange(len(places)), 1
    while len(one := one[one + step < ends[one]]):
        first, second = places[one], places[one + step]
        if split_at is not None:
            across = (first < split_at) & (second >= split_at)
            first, second = first[across], second[across]
        codes.append(first * count + second)
        step += 1
    return np.concatenate(codes)
