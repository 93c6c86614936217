"""Invented names over several languages, and what people type who look for them; seeded."""

from collections.abc import Iterator
from random import Random

GIVEN = (
    ("Fatima", "فاطمة"), ("Khadija", "خديجة"), ("Mariam", "مريم"), ("Zainab", "زينب"),
    ("Samira", "سميرة"), ("Latifa", "لطيفة"), ("Halima", "حليمة"), ("Nadia", "نادية"),
    ("Rachida", "رشيدة"), ("Salma", "سلمى"), ("Karima", "كريمة"), ("Jamila", "جميلة"),
    ("Hanan", "حنان"), ("Souad", "سعاد"), ("Yasmin", "ياسمين"), ("Natalia", "Наталия"),
    ("Tatiana", "Татьяна"), ("Svetlana", "Светлана"), ("Galina", "Галина"), ("Marina", "Марина"),
)  # fmt: skip
"""Given names in Latin letters and in another script."""
SYLLABLES = (
    ("ba", "با"), ("da", "دا"), ("fa", "فا"), ("ka", "كا"), ("la", "لا"), ("ma", "ما"),
    ("na", "نا"), ("ra", "را"), ("sa", "سا"), ("ta", "تا"), ("bi", "بي"), ("di", "دي"),
    ("li", "لي"), ("mi", "مي"), ("ri", "ري"), ("si", "سي"), ("ti", "تي"), ("lu", "لو"),
    ("mu", "مو"), ("ru", "رو"), ("sha", "شا"), ("bar", "بار"), ("dur", "دور"), ("han", "هان"),
)  # fmt: skip
"""Parts of family names, in Latin and in Arabic letters."""


def make_people(count: int) -> list[tuple[int, str]]:
    """Numbered names of three words in Latin letters."""
    return [(number, _make(number)[0]) for number in range(count)]


def type_names(people: list[tuple[int, str]]) -> Iterator[tuple[str, int, str]]:
    """(kind of variant, number, typed text) for every fiftieth name."""
    random = Random(7)
    for number, name in people[::50]:
        given, family, last = name.split()
        yield "order", number, f"{last} {family} {given}".lower()
        yield "typo", number, f"{given} {mistype(random, family)} {last}"
        yield "unfinished", number, f"{family} {given[:4]} {last[:4]}"
        yield "other_script", number, _make(number)[1]


def _make(number: int) -> tuple[str, str]:
    random = Random(number)
    given = random.choice(GIVEN)
    parts = [[random.choice(SYLLABLES) for _ in range(3)] for _ in range(2)]
    latin = " ".join("".join(one for one, _ in part).capitalize() for part in parts)
    other = " ".join("".join(two for _, two in part) for part in parts)
    return f"{given[0]} {latin}", f"{given[1]} {other}"


def mistype(random: Random, word: str) -> str:
    place = random.randrange(1, len(word) - 1)
    return random.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + random.choice("aeimnorst") + word[place + 1 :],
        ]
    )
