"""Pairs of records -> the level of agreement in every field, each two values compared once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Column:
    """The values of one field over all records: each different value once, and who has which."""

    field: Field
    values: list[str]
    of_record: NDArray[np.int32]
    """Place in `values` by record; -1 where there is none."""
    counts: NDArray[np.int64]
    """How many records have each value."""

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
    left, right = one.of_record[first], other.of_record[second]
    said = np.flatnonzero((left >= 0) & (right >= 0))
    codes = left[said].astype(np.int64) * max(len(other.values), 1) + right[said]
    different, back = np.unique(codes, return_inverse=True)
    lefts, rights = np.divmod(different, max(len(other.values), 1))
    judged = _JUDGES[one.field.kind](
        [one.values[place] for place in lefts.tolist()],
        [other.values[place] for place in rights.tolist()],
    )
    levels = np.full(len(first), MISSING, np.int8)
    levels[said] = np.asarray(judged, np.int8)[back]
    return levels


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


def _judge_names(lefts: list[str], rights: list[str]) -> Sequence[int]:
    likeness = process.cpdist(lefts, rights, scorer=JaroWinkler.normalized_similarity)
    levels = _grade(likeness, (1.0, _NAME_ALIKE, _NAME_NEAR))
    for place in np.flatnonzero((likeness < _NAME_ALIKE) & (likeness >= _NAME_HEARD)).tolist():
        if _sounds_same(lefts[place], rights[place]):
            levels[place] = 1
    return levels


def _grade(likeness: NDArray[np.float32], floors: Sequence[float]) -> list[int]:
    """The level of each likeness: how many of the floors, the highest first, it stays under."""
    under = [likeness < floor for floor in floors]
    return [int(level) for level in np.sum(under, axis=0)]


def _sounds_same(one: str, other: str) -> bool:
    sound = skeleton(one)
    return (len(sound) > 2 and sound == skeleton(other)) or is_variant(one, other)


def _judge_texts(lefts: list[str], rights: list[str]) -> Sequence[int]:
    sorted_words = process.cpdist(lefts, rights, scorer=fuzz.token_sort_ratio)
    letters = process.cpdist(
        [text.replace(" ", "") for text in lefts],
        [text.replace(" ", "") for text in rights],
        scorer=fuzz.ratio,
    )
    return _grade(np.maximum(sorted_words, letters) / 100, (1.0, _TEXT_ALIKE, _TEXT_NEAR))


def _judge_dates(lefts: list[str], rights: list[str]) -> Sequence[int]:
    """A slip is one digit, or day and month in the other order; near are two digits."""
    slips = _count_slips(lefts, rights)
    return [
        0 if a == b
        else 1 if slip <= 1 or (sorted(a) == sorted(b) and a[:4] == b[:4])
        else 2 if slip <= 2 and len(a) >= 6
        else 3
        for a, b, slip in zip(lefts, rights, slips, strict=True)
    ]  # fmt: skip


def _count_slips(lefts: list[str], rights: list[str]) -> list[int]:
    """Letters to change, leave out, put in or swap with their neighbour; 3 stands for more."""
    found = process.cpdist(lefts, rights, scorer=OSA.distance, score_cutoff=2)
    return [int(slips) for slips in found]


def _judge_number(one: str, other: str) -> int:
    if one == other:
        return 0
    if one.isdecimal() and other.isdecimal() and abs(int(one) - int(other)) <= 1:
        return 1
    return 2 if len(one) >= 3 and OSA.distance(one, other) <= 1 else 3


def _judge_code(lefts: list[str], rights: list[str]) -> Sequence[int]:
    """One slip in four letters or more is forgiven, two in seven or more."""
    slips = _count_slips(lefts, rights)
    return [
        0 if slip == 0 else 1 if slip <= _forgive(min(len(a), len(b))) else 2
        for a, b, slip in zip(lefts, rights, slips, strict=True)
    ]


def is_slip(one: str, other: str) -> bool:
    """Two letters or digits at most are written otherwise; no more is ever forgiven."""
    return int(OSA.distance(one, other, score_cutoff=2)) <= 2


def _forgive(length: int) -> int:
    return 2 if length >= 7 else 1 if length >= 4 else 0


def _judge_codes(one: str, other: str) -> int:
    return 0 if one == other else 1 if set(one.split()) & set(other.split()) else 2


_JUDGES: Mapping[Kind, Callable[[list[str], list[str]], Sequence[int]]] = {
    Kind.PERSON: _one_by_one(_judge_person),
    Kind.NAME: _judge_names,
    Kind.TEXT: _judge_texts,
    Kind.DATE: _judge_dates,
    Kind.NUMBER: _one_by_one(_judge_number),
    Kind.CODE: _judge_code,
    Kind.PHONE: _judge_code,
    Kind.CODES: _one_by_one(_judge_codes),
}
