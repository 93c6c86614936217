"""What holds for every text, whatever it says."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.letters import KINDS
from tests.matching.letters.scoring import (
    HELD_OUT,
    WORKED_ON,
    Letter,
    describe,
    get_reader,
    load_letters,
    read,
)
from tests.work import count_calls

LETTERS = load_letters(*WORKED_ON, HELD_OUT)
PIECES = tuple(piece for letter in LETTERS for piece in letter.text.split("\n") if piece)
RECEIVED = date(2026, 11, 20)


def found(text: str, letter: Letter) -> list[str]:
    return sorted(describe(one) for one in get_reader().read(text, letter.received))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.dates(date(1, 1, 1), date(9990, 1, 1)))
def test_no_text_makes_the_reader_fail(text: str, received: date) -> None:
    for one in get_reader().read(text, received):
        assert one.text == text[one.start : one.end]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([" ", "\n", "\n\n", ", "]))
def test_every_proposal_points_at_its_words(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    for one in read(text):
        assert one.text == text[one.start : one.end] != ""
        assert one.kind in KINDS
        assert (one.code is None) != (one.value is None)
        assert 0 < one.confidence <= 1


def strip_accents(text: str) -> str:
    """Without accents, tatweel and vowel signs; hamza seats stay as letters of their own."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    )
    return plain.replace("ـ", "")


CHANGES = {
    "capitals": str.upper,
    "small letters": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "no accents": strip_accents,
    "tatweel": lambda text: text.replace("ب", "بـ").replace("بـ ", "ب "),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace(" %", "\u00a0%"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_the_way_of_writing_changes_nothing_that_is_found(letter: Letter, change: str) -> None:
    assert found(CHANGES[change](letter.text), letter) == found(letter.text, letter)


def wrap(text: str, width: int) -> str:
    """The same paragraphs and lists with lines of another width."""
    return "\n\n".join(_wrap_paragraph(part, width) for part in text.split("\n\n"))


def _wrap_paragraph(text: str, width: int) -> str:
    if "\n-" in text or "\n>" in text:
        return text
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [24, 60])
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_where_lines_break_changes_nothing_that_is_found(letter: Letter, width: int) -> None:
    assert found(wrap(letter.text, width), letter) == found(letter.text, letter)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "……!!!",
        "Wir brauchen bis Freitag drei neue Drucker und zwei Tische für das Büro im zweiten Stock.",
        "Tafadhali njoo kesho asubuhi na ulete vitabu viwili kwa ajili ya watoto wa shule yetu.",
        "Завтра мы поедем на дачу и возьмём с собой две книги, три яблока и хорошее настроение.",
        "Yarın sabah erkenden pazara gidip iki kilo elma ve üç ekmek almayı düşünüyoruz hep birlikte.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt.",
        "12 34 56 78 2027-01-01 40 % +41 22 917 1234",
        "The rain in spring was heavy, and the two of us walked for three hours without an umbrella.",
    ],
)
def test_what_asks_for_nothing_gives_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("languages", [("en",), ("ar",)])
def test_the_work_of_reading_grows_as_the_letter_does(languages: tuple[str, ...]) -> None:
    """Some 31 calls a sign: 50,000 signs are read in 0.6 s on the machine this was written on."""
    asking = [
        part
        for letter in LETTERS
        for part in letter.text.split("\n\n")
        if letter.language in languages and len(part) > 150 and ">" not in part
    ]
    text = ("\n\n".join(asking) * 40)[:50_000]
    read(text[:100])
    few, _ = count_calls(lambda: read(text[:5_000]))
    many, found_all = count_calls(lambda: read(text))
    assert few < 5_000 * 40
    assert many < few * 11
    assert found_all[-1].end > 45_000
