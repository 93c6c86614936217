"""Invented records and corrupted copies of them, as in the FEBRL sets; seeded."""

from random import Random

from matching.duplicates import Field, Kind

FIELDS = (
    Field("given_name", Kind.NAME, swaps_with="surname"),
    Field("surname", Kind.NAME, swaps_with="given_name"),
    Field("date_of_birth", Kind.DATE),
    Field("address", Kind.TEXT),
    Field("postcode", Kind.CODE),
)
_GIVEN = [
    "emily",
    "joshua",
    "sophie",
    "thomas",
    "lachlan",
    "georgia",
    "benjamin",
    "isabella",
    "noah",
    "chloe",
    "liam",
    "ruby",
]
_PARTS = [
    "hill",
    "wood",
    "stone",
    "brook",
    "field",
    "worth",
    "man",
    "ford",
    "well",
    "ton",
    "ley",
    "by",
    "ridge",
    "berry",
    "dale",
    "crest",
]
_WAYS = ["street", "road", "place", "avenue", "close", "court"]

Record = dict[str, object]


def make_records(
    originals: int, copies: int, seed: int
) -> tuple[list[Record], set[tuple[int, int]]]:
    """Originals, then a corrupted copy each of the first of them; and the true pairs by place."""
    random = Random(seed)
    records = [_make(random) for _ in range(originals)]
    records += [_corrupt(random, records[place]) for place in range(copies)]
    return records, {(place, originals + place) for place in range(copies)}


def _make(random: Random) -> Record:
    day = f"{random.randint(1920, 1999)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    return {
        "given_name": random.choice(_GIVEN),
        "surname": random.choice(_PARTS) + random.choice(_PARTS),
        "date_of_birth": day,
        "address": f"{random.randint(1, 200)} {random.choice(_PARTS)}{random.choice(_PARTS)}"
        f" {random.choice(_WAYS)}",
        "postcode": str(random.randint(2000, 2400)),
    }


def _corrupt(random: Random, record: Record) -> Record:
    copy = dict(record)
    for name in random.sample(sorted(copy), 2):
        kind = random.choice(("slip", "slip", "slip", "missing", "swap"))
        if kind == "missing":
            copy[name] = None
        elif kind == "swap":
            copy["given_name"], copy["surname"] = copy["surname"], copy["given_name"]
        elif copy[name]:
            copy[name] = _slip(random, str(copy[name]))
    return copy


def _slip(random: Random, text: str) -> str:
    place = random.randrange(len(text))
    other = random.choice("0123456789" if text[place].isdigit() else "aeiounrst")
    return text[:place] + random.choice(("", other, text[place] + other)) + text[place + 1 :]
