"""Names found as one types them: any word first, any script and spelling, unfinished or mistyped."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.names import NameIndex
from tests.matching.names.typing import make_people, type_names

PEOPLE = [
    (1, ("Fatoumata Diallo", "فاطمة ديالو")),
    (2, ("Kaouther JELASSI",)),
    (3, ("كوثر الجلاصي",)),
    (4, ("Наталья Иванова",)),
    (5, ("Rim Ben Ammar",)),
    (6, ("Dr. Fatma el-Zahra Haddad",)),
    (7, ("منى عبد الرحمن",)),
    (8, ("Clarisse Mbuyi Ilunga épouse Kalala",)),
    (9, ("Maria da Conceição dos Reis",)),
]
INDEX = NameIndex.build(PEOPLE)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("fatima dial", {1: ["variant", "begins"]}),
        ("jelasi kawthar", {2: ["sounds", "sounds"], 3: ["sounds", "sounds"]}),
        ("الجلاصي", {3: ["same"], 2: ["sounds"]}),
        ("ivanova nat", {4: ["same", "begins"]}),
        ("benamar", {5: ["sounds"]}),
        ("ammar", {5: ["same"]}),
        ("haddad fat", {6: ["same", "begins"], 1: None}),
        ("mouna abderrahmane", {7: ["variant", "sounds"]}),
        ("kalala clarisse", {8: ["same", "same"]}),
        ("Reis, Conceicao", {9: ["same", "same"]}),
        ("clarise mbuyi", {8: ["sounds", "same"]}),
        ("mbuyu clarisse", {8: ["sounds", "same"]}),
        ("diallp fatoumata", {1: ["mistyped", "same"]}),
    ],
)
def test_a_name_is_found_however_it_is_typed_and_says_how(
    typed: str, wanted: dict[int, list[str] | None]
) -> None:
    found = {one.entry_id: [word.how for word in one.words] for one in INDEX.find(typed)}
    assert found == {entry: hows for entry, hows in wanted.items() if hows is not None}


def test_the_same_stands_before_the_begun_and_the_begun_before_the_like_and_each_once() -> None:
    index = NameIndex.build(
        [(10, ("Amina Noor",)), (11, ("Amina Nour", "أمينة نور")), (12, ("Aminata Nouri",))]
    )
    assert [one.entry_id for one in index.find("amina nour")] == [11, 12, 10]


@pytest.mark.parametrize("typed", ["", "  ", "x", "!?", "qqqqqqq zzzzzz"])
def test_nothing_is_found_where_nothing_is_alike(typed: str) -> None:
    assert INDEX.find(typed) == []
    assert NameIndex.build([]).find(typed or "a") == []


@given(st.text(max_size=30))
def test_any_text_may_be_typed_and_scores_are_in_order(typed: str) -> None:
    found = INDEX.find(typed, limit=3)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores) and len(found) <= 3


def test_nine_of_ten_typed_variants_find_their_name_among_the_first_ten() -> None:
    people = make_people(2_000)
    index = NameIndex.build((number, (name,)) for number, name in people)
    reached: dict[str, list[bool]] = {}
    for kind, number, typed in type_names(people):
        hits = [one.entry_id for one in index.find(typed, limit=10)]
        reached.setdefault(kind, []).append(number in hits)
    recall = {kind: sum(hits) / len(hits) for kind, hits in reached.items()}
    assert set(recall) == {"order", "typo", "unfinished", "other_script"}
    assert all(share >= 0.9 for share in recall.values()), recall


def test_names_take_under_a_hundred_bytes_each_beside_their_words() -> None:
    people = make_people(20_000)
    index = NameIndex.build((number, (name,)) for number, name in people)
    lines = index.lines
    arrays: list[NDArray[Any]] = [
        lines.of_word.values, lines.of_word.starts, lines.words.values, lines.words.starts,
        lines.places, lines.sizes, lines.entries, lines.frequent.bits,
    ]  # fmt: skip
    assert sum(int(one.nbytes) for one in arrays) / len(people) < 100
