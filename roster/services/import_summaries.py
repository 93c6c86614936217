"""What is kept of a list as a whole: columns, counts, and which rows and words need a look.

It is reckoned once while the rows go by, so that a page about a long list need not open them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from roster.spreadsheets import Problem, ReadResult, ReadRow, result_as_json
from roster.spreadsheets.choices import fold, list_words

MOST_SHOWN = 200
"""Rows to be confirmed, and words to be decided, that a page shows at once."""


class Tally:
    """Counts over the rows of one list, in their order."""

    def __init__(self) -> None:
        self._tables: Counter[int] = Counter()
        self._remarks: Counter[str] = Counter()
        self._warned: dict[int, None] = {}
        self._words: Counter[tuple[str, str]] = Counter()
        self._spellings: dict[tuple[str, str], str] = {}
        self.rows = 0

    def note(self, row: ReadRow) -> None:
        """Count the next row."""
        self._tables[row.table] += 1
        self.note_found(self.rows, row.problems)
        self.rows += 1

    def note_found(self, place: int, problems: Iterable[Problem]) -> None:
        """Count what was found in the row at this place, or between it and others."""
        for problem in problems:
            self._note_problem(place, problem)

    def _note_problem(self, place: int, problem: Problem) -> None:
        if problem.severity == "info":
            self._remarks[problem.code] += 1
        elif problem.severity == "warning":
            self._warned[place] = None
        for asked, word in list_words(problem):
            if key := fold(word):
                self._words[asked, key] += 1
                self._spellings.setdefault((asked, key), word)

    def summarise(self, head: ReadResult) -> dict[str, Any]:
        """The summary of an import: how it was read, and what is to be looked at."""
        words = self._words.most_common()
        return {
            **{name: value for name, value in result_as_json(head).items() if name != "rows"},
            "table_rows": [
                self._tables[number] for number in range(1, max(self._tables, default=0) + 1)
            ],
            "remarks": dict(self._remarks),
            "warned": sorted(self._warned)[:MOST_SHOWN],
            "words": [[key[0], self._spellings[key], count] for key, count in words[:MOST_SHOWN]],
            "more_words": max(len(words) - MOST_SHOWN, 0),
        }


def summarise(result: ReadResult) -> dict[str, Any]:
    """The summary of a whole reading."""
    tally = Tally()
    for row in result.rows:
        tally.note(row)
    return tally.summarise(result)
