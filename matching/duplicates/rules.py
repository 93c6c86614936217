"""What no weight outvotes: fields without which nothing is proposed, or nothing is probable."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.duplicates.comparing import MISSING, Levels
from matching.duplicates.fields import LEVELS, Field, Kind

Flags = NDArray[np.bool_]


def is_like(fields: Sequence[Field], levels: Levels) -> Flags:
    """Per row of levels: every needed field is alike in full."""
    return _reaches(fields, levels, _first_half)


def may_be_proposed(fields: Sequence[Field], levels: Levels) -> Flags:
    """Alike as far as needed, and denied by no field that nothing else outweighs.

    Every needed field is alike in full; or nearly, and a confirming field is the same and none is
    different; or by half at least, and an own field is the same.
    """
    own = _is_same(levels, [place for place, field in enumerate(fields) if field.own])
    confirmed, denied = _confirm(fields, levels)
    near = _reaches(fields, levels, _first_partly) & confirmed & ~denied
    half = _reaches(fields, levels, _last) & own
    allowed = is_like(fields, levels) | near | half
    for place, field in enumerate(fields):
        if field.denies:
            others = [at for at, one in enumerate(fields) if one.confirms and at != place]
            allowed &= ~_is_different(field, levels[:, place]) | _is_same(levels, others)
    return allowed


def may_be_probable(fields: Sequence[Field], levels: Levels) -> Flags:
    """Alike in every needed field; confirmed by a field where such are declared, denied by none."""
    like = is_like(fields, levels)
    if not any(field.confirms for field in fields):
        return like
    confirmed, denied = _confirm(fields, levels)
    probable: Flags = like & confirmed & ~denied
    return probable


def _confirm(fields: Sequence[Field], levels: Levels) -> tuple[Flags, Flags]:
    """Per row: a confirming field is the same; one is different."""
    places = [place for place, field in enumerate(fields) if field.confirms]
    denied = np.zeros(len(levels), np.bool_)
    for place in places:
        denied |= _is_different(fields[place], levels[:, place])
    return _is_same(levels, places), denied


def _is_same(levels: Levels, places: Sequence[int]) -> Flags:
    """Per row: one of these fields is the same."""
    same: Flags = (levels[:, list(places)] == 0).any(axis=1)
    return same


def _is_different(field: Field, levels: Levels) -> Flags:
    different: Flags = levels == _last(field)
    return different


def _reaches(fields: Sequence[Field], levels: Levels, end: Callable[[Field], int]) -> Flags:
    """Per row: every needed field is said, at a level before its `end`."""
    reached = np.ones(len(levels), np.bool_)
    for place, field in enumerate(fields):
        if field.needed:
            reached &= (levels[:, place] != MISSING) & (levels[:, place] < end(field))
    return reached


def _last(field: Field) -> int:
    return len(LEVELS[field.kind]) - 1


def _first_half(field: Field) -> int:
    """The first level that is no longer a full likeness."""
    return LEVELS[field.kind].index("near") if field.kind is Kind.PERSON else _last(field)


def _first_partly(field: Field) -> int:
    """The first level that is not even nearly alike."""
    return LEVELS[field.kind].index("partly") if field.kind is Kind.PERSON else _last(field)
