"""What only the rows of a file together show: the same woman twice, who is said to have left.

Of each row only what is compared is kept, so that a long file need not be held whole.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from roster.spreadsheets.remarks import find_withdrawn
from roster.spreadsheets.results import Problem, ReadResult, ReadRow, Skipped, judge, make_problem
from roster.spreadsheets.same_file import PersonOfRow, find_in_file, take_person
from roster.spreadsheets.surroundings import list_name_orders


@dataclass
class Found:
    """Problems that come before and after a row's own."""

    before: list[Problem] = field(default_factory=list)
    after: list[Problem] = field(default_factory=list)


class Crossing:
    """Takes the rows of one file in their order, then says what several of them together show."""

    def __init__(self, head: ReadResult) -> None:
        self._head = head
        self._numbered: dict[int, list[str]] = defaultdict(list)
        """Per table the columns that the reading passes over: one may be the list's own number."""
        for column in head.columns:
            if column.field == "ignore":
                self._numbered[column.table].append(column.key)
        self._people: list[PersonOfRow] = []
        self._numbers: dict[str, int] = {}
        self._rows = 0
        self._lines = 0

    def note(self, row: ReadRow) -> None:
        """Remember of the next row what is compared."""
        if row.values:
            self._people.append(take_person(self._rows, row))
            self._note_number(row)
        self._lines += sum(problem.code == "NOT_A_PERSON" for problem in row.problems)
        self._rows += 1

    def _note_number(self, row: ReadRow) -> None:
        """The number that the list itself gives her: her first column that is a number."""
        keys = self._numbered[row.table]
        texts = [row.raw[key] for key in keys if row.raw.get(key, "").isdecimal()]
        if texts:
            self._numbers.setdefault(texts[0], row.row)

    def find(self) -> Mapping[int, Found]:
        """By the place of the row in the file: what is to be added to its own problems."""
        found: dict[int, Found] = defaultdict(Found)
        withdrawn = self._find_withdrawn()
        for person in self._people:
            if (note := withdrawn.get(person.row)) is not None:
                found[person.place].before.append(make_problem("WITHDRAWN_IN_NOTES", note=note))
        for place, problems in find_in_file(self._people).items():
            found[place].after += problems
        return found

    def _find_withdrawn(self) -> Mapping[int, str]:
        if not self._head.notes:
            return {}
        names = {
            name: person.row
            for person in self._people
            for written in person.identity.names
            for name in list_name_orders(written)
        }
        rows = [person.row for person in self._people]
        return find_withdrawn(self._head.notes, rows=rows, numbers=self._numbers, names=names)

    def complete_head(self) -> ReadResult:
        """The head of the reading, with the lines that are no person among what was not read."""
        lines = (Skipped("not_a_person", self._lines),) if self._lines else ()
        return replace(self._head, skipped=self._head.skipped + lines)


def cross(row: ReadRow, found: Found) -> ReadRow:
    """The row with what others show of it, judged anew."""
    problems = (*found.before, *row.problems, *found.after)
    return replace(row, problems=problems, verdict=judge(problems))
