"""Findings across the rows of one file: the same woman twice, contacts that two women share."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from matching.likeness import Identity, find_suspicions
from roster.spreadsheets.results import Problem, ReadRow, make_problem


def find_in_file(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Return the rows with DUP_IN_FILE on both rows of a pair, EMAIL_SHARED and PHONE_SHARED."""
    people = [place for place, row in enumerate(rows) if row.values]
    identities = [_identify(rows[place]) for place in people]
    added: dict[int, list[Problem]] = defaultdict(list)
    same: set[tuple[int, int]] = set()
    for one, other, suspicion in find_suspicions(identities):
        if not suspicion.is_probable:
            continue
        pair = (people[one], people[other])
        same.add(pair)
        for place, twin in (pair, pair[::-1]):
            number = rows[twin].row
            note = f"as row {number}: {', '.join(suspicion.evidence)}"
            added[place].append(make_problem("DUP_IN_FILE", note=note, rows=(number,)))
    for field, code in (("email", "EMAIL_SHARED"), ("phone", "PHONE_SHARED")):
        for place, numbers in _find_shared(rows, people, field, same):
            found = str(rows[place].values[field])
            note = f"also in row {', '.join(map(str, numbers))}"
            added[place].append(make_problem(code, field, found=found, note=note, rows=numbers))
    return [
        replace(row, problems=(*row.problems, *added[place])) if place in added else row
        for place, row in enumerate(rows)
    ]


def _identify(row: ReadRow) -> Identity:
    values = row.values
    names = tuple(name for name in (values["name"], values["name_original"]) if name)
    return Identity(
        names=names,
        birth_year=values["birth_year"],
        email=values["email"],
        phone=values["phone"],
        nationalities=tuple(values["nationalities"]),
        traits=frozenset(
            {f"theme:{code}" for code in values["themes"]}
            | {f"role:{code}" for code in values["roles"]}
            | {f"language:{language['code']}" for language in values["languages"]}
            | {f"worked_in:{code}" for code in values["worked_in"]}
            | ({f"since:{values['member_since']}"} if values["member_since"] else set())
        ),
    )


def _find_shared(
    rows: Sequence[ReadRow], people: Sequence[int], field: str, same: set[tuple[int, int]]
) -> list[tuple[int, tuple[int, ...]]]:
    """Return (place, rows of the others) of women who give the contact of another of the file."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place in people:
        if value := rows[place].values[field]:
            holders[value.casefold()].append(place)
    found = []
    for places in holders.values():
        for place in places:
            others = [
                other
                for other in places
                if other != place and tuple(sorted((place, other))) not in same
            ]
            if others:
                found.append((place, tuple(rows[other].row for other in others)))
    return found
