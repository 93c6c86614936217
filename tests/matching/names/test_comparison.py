"""One name in two scripts: the servant of, an article that belongs to the name, one letter for g and q."""

import pytest

from matching.names import ALIKE, NameIndex, compare_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mona Abdelrahman", "MOUNA Rahmane"),
        ("Mona Abdel Rahman", "منى عبد الرحمن"),
        ("Ilwad Karim", "إلواد كريم"),
        ("Salwa Gargoum", "سلوى قرقوم"),
        ("Lobna Alsharafi", "لبنى الشرفي"),
        ("Dr. Amna Osman", "آمنة عثمان"),
    ],
)
def test_these_are_alike(one: str, other: str) -> None:
    assert compare_names(one, other) >= ALIKE
    assert compare_names(other, one) >= ALIKE


def test_every_name_that_begins_so_is_reached_however_many_they_are() -> None:
    index = NameIndex.build(
        (at, (f"Fa{chr(97 + at % 26)}{chr(97 + at // 26)}du Xu",)) for at in range(300)
    )
    assert len(index.find("fa", limit=300)) == 300
