"""What no weight outvotes: names that are not alike, a year that denies, a name with nothing else."""

import numpy as np
import pytest

from matching.duplicates.fields import Field, Kind
from matching.duplicates.people import PEOPLE
from matching.duplicates.rules import is_like, may_be_probable, may_be_proposed

#: Levels of name, year of birth, nationalities, e-mail, telephone; and what they allow.
RULED = [
    ("one name, one year", [0, 0, 0, -1, -1], "like proposed probable"),
    ("one telephone, another address", [1, -1, 0, 2, 0], "like proposed"),
    ("other years, one address", [0, 3, 0, 0, -1], "like proposed"),
    ("other years, one telephone", [0, 3, 0, -1, 0], "like proposed"),
    ("other years", [0, 3, 0, -1, -1], "like"),
    ("other years, a telephone nearly the same", [1, 3, 0, -1, 1], "like"),
    ("a name and no more", [0, -1, 0, -1, -1], "like proposed"),
    ("nearly a name, one year", [2, 0, 0, -1, -1], "proposed"),
    ("nearly a name, one telephone", [2, -1, 0, -1, 0], "proposed"),
    ("nearly a name, one year, other telephone", [2, 0, 0, -1, 2], ""),
    ("nearly a name and no more", [2, -1, 0, -1, -1], ""),
    ("a word of the name, one address", [3, 0, 0, 0, 0], "proposed"),
    ("a word of the name, one telephone", [3, 0, 0, -1, 0], ""),
    ("another name, all else the same", [4, 0, 0, 0, 0], ""),
    ("no name", [-1, 0, 0, 0, 0], ""),
    ("one year, a telephone nearly the same", [1, 0, 0, -1, 1], "like proposed probable"),
]


@pytest.mark.parametrize(("levels", "allowed"), [r[1:] for r in RULED], ids=[r[0] for r in RULED])
def test_each_rule_holds_row_by_row(levels: list[int], allowed: str) -> None:
    row = np.array([levels], np.int8)
    rules = {"like": is_like, "proposed": may_be_proposed, "probable": may_be_probable}
    found = [name for name, rule in rules.items() if rule(PEOPLE, row).tolist() == [True]]
    assert " ".join(found) == allowed


@pytest.mark.parametrize(
    ("kind", "levels", "expected"),
    [
        (Kind.CODE, [0, 1, 2, -1], [True, True, False, False]),
        (Kind.NAME, [0, 2, 3, -1], [True, True, False, False]),
    ],
)
def test_a_needed_field_that_is_no_name_of_a_woman_is_alike_unless_it_is_another(
    kind: Kind, levels: list[int], expected: list[bool]
) -> None:
    fields = [Field("a number or a town", kind, needed=True)]
    rows = np.array([[one] for one in levels], np.int8)
    assert is_like(fields, rows).tolist() == may_be_proposed(fields, rows).tolist() == expected
