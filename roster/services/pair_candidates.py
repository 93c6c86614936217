"""Which pairs the nightly comparison compares at all: comparing names costs, and most are alone.

Compared are two women of different networks who share something rare: a mailbox, a telephone, the
sounds of two names, or of one name and the year of birth. Two whose years, mailboxes and telephones
all differ where both say them are passed over: nobody would be asked of namesakes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from matching.duplicates import is_slip
from matching.likeness import Identity
from matching.names import skeleton, split_name
from roster.queries.compared_records import ComparedRecord

LARGEST = 150
"""More records than this under one key tell nobody apart; the engine passes them over, too."""
PHONE_DIGITS = 8
"""The last digits of a telephone number, however the country is written before them."""


class Said(NamedTuple):
    """What of a woman's record tells her from a namesake; empty where it says nothing."""

    email: str
    phone: str
    birth_year: str


def list_pairs(
    records: Sequence[ComparedRecord], changed: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Places of the two of each pair that is worth comparing, the first one first.

    ``changed``: only pairs with one of these mediators; None: all.
    """
    said = [_read(record.person) for record in records]
    found: set[tuple[int, int]] = set()
    for places in _list_blocks(records, changed):
        for one, other in combinations(places, 2):
            is_near = changed is None or _is_changed(records, (one, other), changed)
            if (
                is_near
                and _is_across(records[one], records[other])
                and _may_be_one(said, one, other)
            ):
                found.add((one, other))
    return sorted(found)


def _is_changed(
    records: Sequence[ComparedRecord], places: Iterable[int], changed: Collection[int]
) -> bool:
    return any(records[place].mediator_id in changed for place in places)


def _is_across(one: ComparedRecord, other: ComparedRecord) -> bool:
    return one.network_code != other.network_code and one.mediator_id != other.mediator_id


def _list_blocks(
    records: Sequence[ComparedRecord], changed: Collection[int] | None
) -> Iterator[list[int]]:
    """Places of the records under each key that neither too many nor one alone have."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in set(_list_keys(record.person)):
            blocks[key].append(place)
    for places in blocks.values():
        if 2 <= len(places) <= LARGEST and (
            changed is None or _is_changed(records, places, changed)
        ):
            yield places


def _list_keys(person: Identity) -> Iterator[str]:
    """A sound of a name alone is shared by too many; with another, or with the year, it is not."""
    said = _read(person)
    if said.email:
        yield f"email {said.email}"
    if said.phone:
        yield f"phone {said.phone}"
    for name in person.names:
        sounds = sorted({skeleton(word) or word for word in split_name(name)})
        yield from (f"{one} {other}" for one, other in combinations(sounds, 2))
        if said.birth_year:
            yield from (f"{one} {said.birth_year}" for one in sounds)


def _read(person: Identity) -> Said:
    digits = "".join(filter(str.isdigit, person.phone or ""))
    return Said(
        (person.email or "").casefold(), digits[-PHONE_DIGITS:], str(person.birth_year or "")
    )


def _may_be_one(said: Sequence[Said], one: int, other: int) -> bool:
    """Something beside the name is the same, or nothing of it differs by more than a slip."""
    both = [(a, b) for a, b in zip(said[one], said[other], strict=True) if a and b]
    return any(a == b for a, b in both) or all(is_slip(a, b) for a, b in both)
