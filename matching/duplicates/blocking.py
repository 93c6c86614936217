"""Which pairs of records are compared at all: those that share a key, in blocks of bounded size.

A strong key (a whole date, a code, two words of a name) makes a block of its own. Weak keys (the
sound of one name, a year) make blocks two by two, or alone where few records share them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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
    pairs = np.unique(np.concatenate(found))
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
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, keys in enumerate(family):
        for key in dict.fromkeys(keys):
            blocks[key].append(place)
    large = sum(len(places) > largest for places in blocks.values())
    codes = [
        _list_codes(np.array(places, np.int64), len(family), split_at)
        for places in blocks.values()
        if 2 <= len(places) <= largest
    ]
    return np.concatenate(codes) if codes else np.zeros(0, np.int64), large


def _list_codes(places: Places, count: int, split_at: int | None) -> Places:
    if split_at is not None:
        ours, theirs = places[places < split_at], places[places >= split_at]
        codes: Places = (ours[:, None] * count + theirs[None, :]).ravel()
        return codes
    one, other = _list_corners(len(places))
    crossed: Places = places[one] * count + places[other]
    return crossed


@lru_cache(maxsize=LARGEST)
def _list_corners(size: int) -> tuple[Places, Places]:
    """The places of all pairs in a block of this size."""
    one, other = np.triu_indices(size, 1)
    return one.astype(np.int64), other.astype(np.int64)
