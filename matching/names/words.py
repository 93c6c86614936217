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
        "dr", "dra", "doctor", "prof", "pr", "professor", "professeur", "mme", "mlle", "mrs", "ms",
        "miss", "madame", "mademoiselle", "sra", "srta", "hon", "amb", "ambassador",
        "ambassadrice", "eng", "hajja", "hadja", "el", "cheikha", "lalla", "سيده", "انسه",
        "د", "دكتوره", "ا", "استاذه", "حاجه", "شيخه", "مدام",
    }
)  # fmt: skip
NAMELESS = PARTICLES | TITLES
_SERVANT_OF = re.compile(r"^(?:abd(?:el|ul|al|er|ou|ur|o|e|u)?(?=[a-z]{4})|عبدال(?=...))")
#: "Mother of" one child: said beside a name, never the name ("Umm Kulthum" begins with it).
_MOTHER_OF = frozenset({"ام", "umm", "oum", "om"})


@lru_cache(maxsize=100_000)
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name that count, normalised, particles and titles left out."""
    return drop_nameless(_cut_words(name))


def _cut_words(name: str) -> tuple[str, ...]:
    """All words of a name, normalised, but for whose mother she is called after two words of it."""
    words = tuple(normalise(name).split())
    for place in range(2, len(words) - 1):
        if words[place] in _MOTHER_OF:
            return words[:place]
    return words


def drop_nameless(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles and titles; all of them where nothing else would remain.

    Initials are left out where two words beside them are written out.
    "Servant of" is one too, also where it is written in one: "Abdelrahman", "Abderrahmane".
    """
    kept = [_SERVANT_OF.sub("", word) for word in words if word not in NAMELESS]
    written_out = [word for word in kept if len(word) > 1]
    return tuple(written_out if len(written_out) > 1 else kept) or words


def list_splits(one: str, other: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The ways to split both names: as written; words joined that the other name writes in one.

    "Ben Ammar" beside "Benammar" is one word, and so are two that only sound like one together.
    """
    first, second = _cut_words(one), _cut_words(other)
    splits = [(drop_nameless(first), drop_nameless(second))]
    joined = (drop_nameless(_join_words(first, second)), drop_nameless(_join_words(second, first)))
    return splits if joined in splits else [*splits, joined]


def _join_words(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if not set(words) - set(other):
        return words
    written = {skeleton(one): one for one in reversed(other)}
    joined: list[str] = []
    for word in words:
        both = joined[-1] + word if joined else ""
        sound = skeleton(both)
        if both in other:
            joined[-1] = both
        elif len(sound) > 1 and sound in written and skeleton(joined[-1]) not in written:
            joined[-1] = written[sound]
        else:
            joined.append(word)
    return tuple(joined)


def list_joined(name: str) -> tuple[tuple[str, ...], ...]:
    """Per word that counts, its forms: itself, and written in one with the particles before it."""
    words = list_words(name)
    forms: list[tuple[str, ...]] = []
    before = ""
    for word in words:
        if word in NAMELESS:
            before += word if word in PARTICLES else ""
            continue
        forms.append(_list_forms(word, before))
        before = ""
    return tuple(forms) or tuple((word,) for word in words)


def list_words(name: str) -> list[str]:
    """All words of a name, normalised one by one: most are met before."""
    return [word for written in name.split() for word in _cut_word(written)]


@lru_cache(maxsize=200_000)
def _cut_word(written: str) -> tuple[str, ...]:
    """A word as it is written, normalised: one word, or several where a hyphen joins them."""
    return tuple(normalise(written).split())


@lru_cache(maxsize=200_000)
def _list_forms(word: str, before: str) -> tuple[str, ...]:
    (core,) = drop_nameless((word,))
    return tuple(dict.fromkeys((core, word, before + word)))
