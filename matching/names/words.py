"""The words of a name that say who it is: without particles, titles and words of marriage."""

import re
from functools import lru_cache

from matching.names.sounds import skeleton
from matching.terms import normalise

#: Words inside names that say nothing of who it is.
PARTICLES = frozenset(
    {
        "al", "el", "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "les",
        "los", "van", "von", "der", "den", "bint", "bin", "ben", "ibn", "mint", "ould", "um",
        "umm", "abu", "abou", "abd", "abdel", "abdul", "abdal", "عبد", "epouse", "nee", "ep",
        "vve", "veuve", "born", "بن", "بنت", "ابن", "ال", "ولد", "منت",
    }
)  # fmt: skip
#: Forms of address before a name. Normalised, so the Arabic ones stand without their article.
TITLES = frozenset(
    {
        "dr", "dra", "doctor", "prof", "professor", "professeur", "mme", "mlle", "mrs", "ms",
        "miss", "madame", "mademoiselle", "sra", "srta", "hon", "amb", "ambassador",
        "ambassadrice", "eng", "hajja", "hadja", "el", "cheikha", "lalla", "سيده", "انسه",
        "دكتوره", "استاذه", "حاجه", "شيخه", "مدام",
    }
)  # fmt: skip
NAMELESS = PARTICLES | TITLES
_SERVANT_OF = re.compile(r"^abd(?:el|ul|al|er|ou|ur|o|e|u)?([a-z]{4,})$")


@lru_cache(maxsize=100_000)
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name that count, normalised, particles and titles left out."""
    return drop_nameless(tuple(normalise(name).split()))


def drop_nameless(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles and titles; all of them where nothing else would remain.

    "Servant of" is one too, also where it is written in one: "Abdelrahman", "Abderrahmane".
    """
    kept = (word for word in words if word not in NAMELESS)
    return tuple(_SERVANT_OF.sub(r"\1", word) for word in kept) or words


def split_alike(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split both names, cutting neither where the other is written in one: "Ben Ammar", "Benammar"."""
    first, second = tuple(normalise(one).split()), tuple(normalise(other).split())
    return drop_nameless(_join_words(first, second)), drop_nameless(_join_words(second, first))


def _join_words(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if not set(words) - set(other):
        return words
    joined: list[str] = []
    for word in words:
        both = joined[-1] + word if joined else ""
        if len(skeleton(both)) > 2 and both not in other and skeleton(both) in map(skeleton, other):
            joined[-1] = next(one for one in other if skeleton(one) == skeleton(both))
        elif both in other:
            joined[-1] = both
        else:
            joined.append(word)
    return tuple(joined)


def list_joined(name: str) -> tuple[tuple[str, ...], ...]:
    """Per word that counts, its forms: itself, and written in one with the particles before it."""
    forms: list[tuple[str, ...]] = []
    before = ""
    for word in normalise(name).split():
        if word in NAMELESS:
            before += word if word in PARTICLES else ""
            continue
        (core,) = drop_nameless((word,))
        forms.append(tuple(dict.fromkeys((core, word, before + word))))
        before = ""
    return tuple(forms) or tuple((word,) for word in normalise(name).split())
