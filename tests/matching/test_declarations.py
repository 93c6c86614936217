"""How long a declaration holds, to the day, through leap years too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from matching import Columns, Declaration
from matching.conflicts.declaration import is_declared
from matching.criteria import Asking
from tests.matching.builders import TERMS, make_mediator, make_request

COVERED = frozenset({"gov", "opposition"})


@pytest.mark.parametrize(
    ("declared_on", "last_day"),
    [
        (date(2026, 3, 1), date(2027, 3, 1)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 3, 1), date(2028, 3, 1)),
        (date(2027, 12, 31), date(2028, 12, 31)),
        (date(2028, 3, 1), date(2029, 3, 1)),
    ],
)
def test_a_declaration_holds_to_the_same_day_of_the_next_year(
    declared_on: date, last_day: date
) -> None:
    others = (make_mediator(2, declaration=None), make_mediator(3))
    woman = make_mediator(1, declaration=Declaration(declared_on, COVERED))
    columns = Columns.build((woman, *others), TERMS)

    def is_in_force(day: date) -> bool:
        now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        asking = Asking(make_request(), now, TERMS, make_request().posts[0])
        row = columns.row(1)
        return bool(is_declared(columns, columns.rows(), asking)[columns.rows() == row][0])

    assert is_in_force(last_day)
    assert not is_in_force(date.fromordinal(last_day.toordinal() + 1))
