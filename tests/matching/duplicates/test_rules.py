"""What no weight outvotes: names that are not alike, a year that denies, a name with nothing else."""

import numpy as np

from matching.duplicates.people import PEOPLE
from matching.duplicates.rules import is_like, may_be_probable, may_be_proposed

#: Levels of name, year of birth, nationalities, e-mail, telephone.
ROWS = np.array(
    [
        [0, 0, 0, -1, -1],
        [1, -1, 0, 2, 0],
        [0, 3, 0, 0, -1],
        [0, -1, 0, -1, -1],
        [2, 0, 0, 0, 0],
        [2, 0, 0, -1, 0],
        [3, 0, 0, 0, 0],
        [-1, 0, 0, 0, 0],
        [1, 0, 0, -1, 1],
    ],
    np.int8,
)


def test_each_rule_holds_row_by_row() -> None:
    assert is_like(PEOPLE, ROWS).tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 1]
    assert may_be_proposed(PEOPLE, ROWS).tolist() == [1, 1, 1, 1, 1, 0, 0, 0, 1]
    assert may_be_probable(PEOPLE, ROWS).tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]
