"""Findings across the rows of one file: the same woman twice, contacts that two women share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

from matching.likeness import Identity, find_suspicions
from roster.spreadsheets.results import Problem, ReadRow, make_problem


@dataclass(frozen=True, slots=True)
class PersonOfRow:
    """What is compared of one row: its place among all rows, its number, and who she is."""

    place: int
    row: int
    identity: Identity


def take_person(place: int, row: ReadRow) -> PersonOfRow:
    """What is compared of a row in which a person was read."""
    return PersonOfRow(place, row.row, _identify(row))


def find_in_file(people: Sequence[PersonOfRow]) -> Mapping[int, list[Problem]]:
    """By place: DUP_IN_FILE on both rows of a pair, EMAIL_SHARED and PHONE_SHARED."""
    found: dict[int, list[Problem]] = defaultdict(list)
    same: set[tuple[int, int]] = set()
    for one, other, suspicion in find_suspicions([person.identity for person in people]):
        if not suspicion.is_probable:
            continue
        same.add((one, other))
        for her, twin in ((one, other), (other, one)):
            number = people[twin].row
            note = f"as row {number}: {', '.join(suspicion.evidence)}"
            found[people[her].place].append(make_problem("DUP_IN_FILE", note=note, rows=(number,)))
    for code, contacts in (
        ("EMAIL_SHARED", [person.identity.email for person in people]),
        ("PHONE_SHARED", [person.identity.phone for person in people]),
    ):
        for her, others in _find_shared(contacts, same):
            numbers = tuple(people[other].row for other in others)
            note = f"also in row {', '.join(map(str, numbers))}"
            found[people[her].place].append(
                make_problem(code, _FIELDS[code], found=str(contacts[her]), note=note, rows=numbers)
            )
    return found


_FIELDS = {"EMAIL_SHARED": "email", "PHONE_SHARED": "phone"}


def _identify(row: ReadRow) -> Identity:
    values = row.values
    names = tuple(name for name in (values["name"], values["name_original"]) if name)
    return Identity(
        names=names,
        birth_year=values["birth_year"],
        email=values["email"],
        phone=values["phone"],
        nationalities=tuple(values["nationalities"]),
        traits=frozenset(map(intern, _list_traits(values))),
    )


def _list_traits(values: Mapping[str, Any]) -> Iterator[str]:
    """What two copies of one entry share; of a long list each trait is held once."""
    yield from (f"theme:{code}" for code in values["themes"])
    yield from (f"role:{code}" for code in values["roles"])
    yield from (f"language:{language['code']}" for language in values["languages"])
    yield from (f"worked_in:{code}" for code in values["worked_in"])
    if values["member_since"]:
        yield f"since:{values['member_since']}"


def _find_shared(
    contacts: Sequence[str | None], same: set[tuple[int, int]]
) -> list[tuple[int, list[int]]]:
    """Return (woman, the others) for women who give the contact of another of the file."""
    holders: dict[str, list[int]] = defaultdict(list)
    for her, contact in enumerate(contacts):
        if contact:
            holders[contact.casefold()].append(her)
    found = []
    for women in holders.values():
        for her in women:
            others = [o for o in women if o != her and (min(o, her), max(o, her)) not in same]
            if others:
                found.append((her, others))
    return found
