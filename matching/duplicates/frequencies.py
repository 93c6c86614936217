"""Agreement in a rare value says more than in a common one: the weight moves with how rare it is."""

from collections import Counter
from functools import cache

import numpy as np

from matching.duplicates.comparing import Column, Levels, Places
from matching.duplicates.fields import Kind
from matching.duplicates.learning import Floats
from matching.names.sounds import skeleton
from matching.names.words import split_name

#: The weight of an agreement moves by so many bits at most.
MOST_BITS = 6.0
#: No coincidence is held to be rarer than this.
RAREST = 1e-5


def weigh_rare(
    column: Column, m: Floats, u: Floats, levels: Levels, pairs: tuple[Places, Places]
) -> Floats:
    """Bits to add to the weight of each pair that agrees in this field, by how common the value is."""
    added = np.zeros(len(levels))
    deepest = 1 if column.field.kind is Kind.PERSON else 0
    rows = np.flatnonzero((levels >= 0) & (levels <= deepest))
    if not len(rows):
        return added
    chance = _list_chances(column)
    values = [column.of_record[side[rows]] for side in pairs]
    common = np.maximum(chance[values[0]], chance[values[1]])
    usual = u[levels[rows]]
    if deepest:  # "same" and "similar" are two ways of writing one name
        common = np.where(levels[rows] == 1, common * 4, common)
    added[rows] = np.clip(np.log2(usual / np.maximum(common, RAREST)), -MOST_BITS, MOST_BITS)
    return added


def _list_chances(column: Column) -> Floats:
    """Per value the chance that another person has it: its share of the records that say one.

    The two records compared are no evidence of that: only who else has the value counts.
    """
    records = max(int(column.counts.sum()), 2)
    if column.field.kind is Kind.PERSON:
        return _list_name_chances(column, records)
    chances: Floats = np.maximum(column.counts - 2, 0.5) / (records - 1)
    return chances


def _list_name_chances(column: Column, records: int) -> Floats:
    """A name is as common as its words together; of several names of one person the commonest."""
    words: Counter[str] = Counter()
    for value, count in zip(column.values, column.counts.tolist(), strict=True):
        for sound in {_sound(word) for name in value.split("\n") for word in split_name(name)}:
            words[sound] += count

    @cache
    def rate(name: str) -> float:
        shares = [max(words[_sound(word)] - 1, 1) / records for word in set(split_name(name))]
        return float(np.prod(sorted(shares)[:2])) if shares else 1.0

    return np.array([max(map(rate, value.split("\n"))) for value in column.values])


def _sound(word: str) -> str:
    return skeleton(word) or word
