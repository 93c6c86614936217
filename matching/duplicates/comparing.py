"""Pairs of records -> the level of agreement in every field, each two values compared once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from matching.duplicates.fields import Field, Kind, prepare
from matching.names.comparison import ALIKE, compare_names, is_nearly_alike, pair_words
from matching.names.sounds import skeleton
from matching.names.variants import is_variant
from matching.names.words import list_splits

Places = NDArray[np.int64]
Levels = NDArray[np.int8]
MISSING = -1
"""Level where one of the two records says nothing."""

_NAME_ALIKE, _NAME_NEAR = 0.92, 0.80
#: Under this two names are not heard: their consonants are not compared.
_NAME_HEARD = 0.55
_TEXT_ALIKE, _TEXT_NEAR = 0.88, 0.65
LARGEST_TABLE = 4_000_000
"""Entries of a table in which each two values of a field have their place."""


@dataclass(frozen=True)
class Column:
    """The values of one field over all records: each different value once, and who has which."""

    field: Field
    values: list[str]
    of_record: NDArray[np.int32]
    """Place in `values` by record; -1 where there is none."""
    counts: NDArray[np.int64]
    """How many records have each value."""

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """The values, to take many at once."""
        return np.array(self.values, np.object_)

    @classmethod
    def build(cls, field: Field, records: Sequence[Mapping[str, object]]) -> "Column":
        """Prepare and number the values of one field."""
        numbers: dict[str, int] = {"": -1}
        texts = (prepare(field.kind, record.get(field.name)) for record in records)
        places = [numbers.setdefault(text, len(numbers) - 1) for text in texts]
        of_record = np.array(places, np.int32)
        counts = np.bincount(of_record[of_record >= 0], minlength=len(numbers) - 1)
        return cls(field, list(numbers)[1:], of_record, counts)


def compare_pairs(
    columns: Sequence[Column], first: Places, second: Places
) -> tuple[Levels, Levels]:
    """Levels (pairs x fields), and per pair and field 1 where two fields had changed places."""
    levels = np.stack([_compare(one, one, first, second) for one in columns], axis=1)
    crossed = np.zeros_like(levels)
    places = {column.field.name: place for place, column in enumerate(columns)}
    for place, column in enumerate(columns):
        other = places.get(column.field.swaps_with or "")
        if other is not None and place < other:
            _try_crossed(columns, (place, other), (first, second), levels, crossed)
    return levels, crossed


def _try_crossed(
    columns: Sequence[Column],
    two: tuple[int, int],
    pairs: tuple[Places, Places],
    levels: Levels,
    crossed: Levels,
) -> None:
    """Where both agree better crosswise, that is how they are compared."""
    one, other = columns[two[0]], columns[two[1]]
    across = (_compare(one, other, *pairs), _compare(other, one, *pairs))
    straight = _cost(levels[:, two[0]]) + _cost(levels[:, two[1]])
    better = np.flatnonzero(_cost(across[0]) + _cost(across[1]) + 0.5 < straight)
    for place, found in zip(two, across, strict=True):
        levels[better, place] = found[better]
        crossed[better, place] = 1


def _cost(levels: Levels) -> NDArray[np.float64]:
    return np.where(levels == MISSING, 1.5, levels.astype(np.float64))


def _compare(one: Column, other: Column, first: Places, second: Places) -> Levels:
    left, right = one.of_record.take(first), other.of_record.take(second)
    said = np.flatnonzero((left >= 0) & (right >= 0))
    width = max(len(other.values), 1)
    different, back = _part(left[said].astype(np.int64) * width + right[said], one, width)
    lefts, rights = np.divmod(different, width)
    judged = _JUDGES[one.field.kind](_list_texts(one, lefts), _list_texts(other, rights))
    levels = np.full(len(first), MISSING, np.int8)
    levels[said] = np.asarray(judged, np.int8)[back]
    return levels


def _part(codes: Places, one: Column, width: int) -> tuple[Places, Any]:
    """Return the different codes and where each code stands among them.

    Told by a table where it is small; by sorting where a comparison is dear; else not at all, since
    values of which there are many hardly meet twice.
    """
    size = len(one.values) * width
    if size <= LARGEST_TABLE:
        occurs = np.zeros(size, np.bool_)
        occurs[codes] = True
        different = np.flatnonzero(occurs)
        place = np.zeros(size, np.int32)
        place[different] = np.arange(len(different), dtype=np.int32)
        return different, place.take(codes)
    if one.field.kind in _QUICK:
        return codes, slice(None)
    return np.unique(codes, return_inverse=True)


def _list_texts(column: Column, places: Places) -> list[str]:
    texts: list[str] = column.texts.take(places).tolist()
    return texts


def _one_by_one(
    judge: Callable[[str, str], int],
) -> Callable[[list[str], list[str]], Sequence[int]]:
    return lambda lefts, rights: [judge(a, b) for a, b in zip(lefts, rights, strict=True)]


def _judge_person(one: str, other: str) -> int:
    names = [(a, b) for a in one.split("\n") for b in other.split("\n")]
    likeness = max(compare_names(a, b) for a, b in names)
    if likeness >= ALIKE:
        return 0 if likeness >= 0.995 else 1
    if any(is_nearly_alike(a, b) for a, b in names):
        return 2
    return 3 if any(_share_word(a, b) for a, b in names) else 4


def _share_word(one: str, other: str) -> bool:
    pairs = [pair for split in list_splits(one, other) for pair in pair_words(*split)]
    return any(min(len(a), len(b)) > 2 for a, b, _ in pairs)


def _judge_names(lefts: list[str], rights: list[str]) -> Levels:
    likeness = process.cpdist(lefts, rights, scorer=JaroWinkler.normalized_similarity)
    levels = _grade(likeness, (1.0, _NAME_ALIKE, _NAME_NEAR))
    for place in np.flatnonzero((likeness < _NAME_ALIKE) & (likeness >= _NAME_HEARD)).tolist():
        if _sounds_same(lefts[place], rights[place]):
            levels[place] = 1
    return levels


def _grade(likeness: NDArray[np.float32], floors: Sequence[float]) -> Levels:
    """The level of each likeness: how many of the floors, the highest first, it stays under."""
    levels: Levels = np.sum([likeness < floor for floor in floors], axis=0, dtype=np.int8)
    return levels


def _sounds_same(one: str, other: str) -> bool:
    sound = skeleton(one)
    return (len(sound) > 2 and sound == skeleton(other)) or is_variant(one, other)


def _judge_texts(lefts: list[str], rights: list[str]) -> Levels:
    sorted_words = process.cpdist(lefts, rights, scorer=fuzz.token_sort_ratio)
    letters = process.cpdist(
        [text.replace(" ", "") for text in lefts],
        [text.replace(" ", "") for text in rights],
        scorer=fuzz.ratio,
    )
    return _grade(np.maximum(sorted_words, letters) / 100, (1.0, _TEXT_ALIKE, _TEXT_NEAR))


def _judge_dates(lefts: list[str], rights: list[str]) -> Levels:
    """A slip is one digit, or day and month in the other order; near are two digits."""
    slips = _count_slips(lefts, rights)
    is_near = (slips <= 2) & (_measure(lefts) >= 6)
    levels = np.where(slips <= 1, slips, np.where(is_near, 2, 3)).astype(np.int8)
    for place in np.flatnonzero(slips > 1).tolist():
        one, other = lefts[place], rights[place]
        if one[:4] == other[:4] and sorted(one) == sorted(other):
            levels[place] = 1
    return levels


def _measure(texts: list[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _count_slips(lefts: list[str], rights: list[str]) -> NDArray[np.int64]:
    """Letters to change, leave out, put in or swap with their neighbour; 3 stands for more."""
    found = process.cpdist(lefts, rights, scorer=OSA.distance, score_cutoff=2)
    return found.astype(np.int64)


def _judge_number(one: str, other: str) -> int:
    if one == other:
        return 0
    if one.isdecimal() and other.isdecimal() and abs(int(one) - int(other)) <= 1:
        return 1
    return 2 if len(one) >= 3 and OSA.distance(one, other) <= 1 else 3


def _judge_code(lefts: list[str], rights: list[str]) -> Levels:
    """One slip in four letters or more is forgiven, two in seven or more."""
    slips = _count_slips(lefts, rights)
    shorter = np.minimum(_measure(lefts), _measure(rights))
    forgiven = np.select([shorter >= 7, shorter >= 4], [2, 1], 0)
    return np.where(slips == 0, 0, np.where(slips <= forgiven, 1, 2)).astype(np.int8)


def is_slip(one: str, other: str) -> bool:
    """Two letters or digits at most are written otherwise; no more is ever forgiven."""
    return int(OSA.distance(one, other, score_cutoff=2)) <= 2


def _judge_codes(one: str, other: str) -> int:
    return 0 if one == other else 1 if set(one.split()) & set(other.split()) else 2


_QUICK = frozenset({Kind.TEXT, Kind.DATE, Kind.CODE, Kind.PHONE})
"""Kinds that are compared by hundreds of thousands at once."""
_JUDGES: Mapping[Kind, Callable[[list[str], list[str]], Sequence[int] | Levels]] = {
    Kind.PERSON: _one_by_one(_judge_person),
    Kind.NAME: _judge_names,
    Kind.TEXT: _judge_texts,
    Kind.DATE: _judge_dates,
    Kind.NUMBER: _one_by_one(_judge_number),
    Kind.CODE: _judge_code,
    Kind.PHONE: _judge_code,
    Kind.CODES: _one_by_one(_judge_codes),
}
