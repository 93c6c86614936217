"""Women of lists: the fields by which their entries are compared."""

from collections.abc import Callable, Sequence

import numpy as np

from matching.duplicates.fields import Field, Kind
from matching.duplicates.learning import Model
from matching.duplicates.linking import Linkage, link
from matching.likeness import Identity

PEOPLE = (
    Field("names", Kind.PERSON, needed=True),
    Field("birth_year", Kind.NUMBER, confirms=True, denies=True),
    Field("nationalities", Kind.CODES),
    Field("email", Kind.CODE, own=True, confirms=True),
    Field("phone", Kind.PHONE, confirms=True),
)
"""Nobody is proposed without a likeness of names: sisters share a telephone, chapters an e-mail."""


def link_people(people: Sequence[Identity], others: Sequence[Identity] | None = None) -> Linkage:
    """Find entries that may be one woman, within a list or across two."""
    theirs = None if others is None else [_record(one) for one in others]
    return link([_record(one) for one in people], PEOPLE, theirs)


def link_pairs(
    people: Sequence[Identity],
    among: Sequence[tuple[int, int]],
    *,
    model: Model | None = None,
    between: Callable[[], object] = lambda: None,
) -> Linkage:
    """The same of these pairs of places alone; see ``link``."""
    records = [_record(one) for one in people]
    places = np.array(among, np.int64).reshape(-1, 2)
    return link(records, PEOPLE, among=(places[:, 0], places[:, 1]), model=model, between=between)


def _record(identity: Identity) -> dict[str, object]:
    return {field.name: getattr(identity, field.name) for field in PEOPLE}
