"""Whom the nightly comparison compares at all: comparing names costs, and most women are alone.

A woman is compared who shares something rare with a woman of another network: a mailbox, a
telephone, the sounds of two names, or of one name and the year of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from matching.likeness import Identity
from matching.names import skeleton, split_name
from roster.queries.compared_records import ComparedRecord

LARGEST = 150
"""More records than this under one key tell nobody apart; the engine passes them over, too."""
PHONE_DIGITS = 8
"""The last digits of a telephone number, however the country is written before them."""
BACKGROUND = 400
"""Others who are compared beside them, since what is rare is learnt from those who are not alike."""


def list_candidates(records: Sequence[ComparedRecord]) -> list[ComparedRecord]:
    """Who may have a second entry in another network, and some others at even distances."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in _list_strong_keys(record.person):
            blocks[key].append(place)
    chosen = {
        place
        for places in blocks.values()
        if 2 <= len(places) <= LARGEST and len({records[one].network_code for one in places}) > 1
        for place in places
    }
    others = [place for place in range(len(records)) if place not in chosen]
    step = max(len(others) // BACKGROUND, 1)
    return [records[place] for place in sorted(chosen.union(others[::step][:BACKGROUND]))]


def _list_strong_keys(person: Identity) -> Iterator[str]:
    """A sound of a name alone is shared by too many; with another, or with the year, it is not."""
    if person.email:
        yield f"email {person.email.casefold()}"
    if person.phone:
        yield f"phone {''.join(filter(str.isdigit, person.phone))[-PHONE_DIGITS:]}"
    for name in person.names:
        sounds = sorted({skeleton(word) or word for word in split_name(name)})
        yield from (f"{one} {other}" for one, other in combinations(sounds, 2))
        if person.birth_year:
            yield from (f"{one} {person.birth_year}" for one in sounds)
