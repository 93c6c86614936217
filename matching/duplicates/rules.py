"""What no weight outvotes: fields without which nothing is proposed, or nothing is probable."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.duplicates.comparing import MISSING, Levels
from matching.duplicates.fields import LEVELS, Field, Kind

Flags = NDArray[np.bool_]


def is_like(fields: Sequence[Field], levels: Levels) -> Flags:
    """Per row of levels: every needed field is alike in full."""
    like = np.ones(len(levels), np.bool_)
    for place, field in enumerate(fields):
        if field.needed:
            like &= (levels[:, place] != MISSING) & (levels[:, place] < _half(field))
    return like


def may_be_proposed(fields: Sequence[Field], levels: Levels) -> Flags:
    """Every needed field is alike; or all by half at least, and an own field is the same."""
    half, own = np.ones(len(levels), np.bool_), np.zeros(len(levels), np.bool_)
    for place, field in enumerate(fields):
        if field.needed:
            last = len(LEVELS[field.kind]) - 1
            half &= (levels[:, place] != MISSING) & (levels[:, place] < last)
        if field.own:
            own |= levels[:, place] == 0
    allowed: Flags = is_like(fields, levels) | (half & own)
    return allowed


def may_be_probable(fields: Sequence[Field], levels: Levels) -> Flags:
    """Alike in every needed field; confirmed by a field where such are declared, denied by none."""
    confirming = [place for place, field in enumerate(fields) if field.confirms]
    like = is_like(fields, levels)
    if not confirming:
        return like
    confirmed, denied = np.zeros(len(levels), np.bool_), np.zeros(len(levels), np.bool_)
    for place in confirming:
        confirmed |= levels[:, place] == 0
        denied |= levels[:, place] == len(LEVELS[fields[place].kind]) - 1
    probable: Flags = like & confirmed & ~denied
    return probable


def _half(field: Field) -> int:
    """The first level that is no longer a full likeness."""
    last = len(LEVELS[field.kind]) - 1
    return last - 1 if field.kind is Kind.PERSON else last
