"""How a word sounds, whatever its script: Latin letters for it, and its consonants alone."""

import re
from functools import lru_cache

from anyascii import anyascii

_ARABIC_TO_LATIN = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h",
        "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
        "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
        "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ى": "a", "ء": "", "ئ": "", "ؤ": "w",
    }
)  # fmt: skip
_SAME_SOUND = (
    ("kh", "k"), ("gh", "g"), ("q", "k"), ("g", "j"), ("ou", "w"), ("oo", "w"), ("u", "w"),
    ("o", "w"), ("i", "y"), ("ee", "y"), ("dj", "j"), ("ch", "sh"), ("c", "k"), ("x", "ks"),
    ("ph", "f"), ("v", "f"), ("p", "b"),
)  # fmt: skip

_SOFT_C = re.compile("c(?=[eiy])")
#: "Sharaf al-Din" in one: its l is not heard, and not always written.
_JOINED_ARTICLE = re.compile("l(?=dn$)")
_ARTICLE = re.compile("^[ae]l(?=.{4})")
_READINGS = (
    (_ARTICLE, ""),
    (re.compile("^di(?=[aou])"), "j"),
    (re.compile("^(kh|خ|x|c(?!h))"), ""),
    (re.compile("c$"), ""),
)
_ONE_LETTER = str.maketrans("jgz", "kkd")


@lru_cache(maxsize=200_000)
def spell(word: str) -> str:
    """A normalised word in Latin letters a-z0-9; of Arabic only what is written, without vowels."""
    if word.isascii():
        return word
    if word[-1] == "ه" and len(word) > 2:  # taa marbuta as ``normalise`` leaves it
        word = word[:-1] + "ة"
    latin = word.translate(_ARABIC_TO_LATIN)
    return latin if latin.isascii() else anyascii(latin).lower().replace(" ", "")


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound, comparable over scripts: "fatima", "فاطمة" -> "ftm"."""
    latin = word.translate(_ARABIC_TO_LATIN)
    if not latin.isascii():
        latin = anyascii(latin).lower()
    latin = _SOFT_C.sub("s", latin)
    for sound, written in _SAME_SOUND:
        latin = latin.replace(sound, written)
    kept = [char for char in latin if char not in "aewyh' "]
    heard = "".join(char for i, char in enumerate(kept) if i == 0 or kept[i - 1] != char)
    return _JOINED_ARTICLE.sub("", heard.replace("nb", "mb"))


def strip_article(word: str) -> str:
    """A word in Latin letters without an article that is written in one with it."""
    return _ARTICLE.sub("", word)


@lru_cache(maxsize=200_000)
def list_readings(word: str) -> tuple[str, ...]:
    """The consonants of a word in every way that its spelling may be read, the usual one first.

    The article may be written in one with it ("Elsadig"); "di" before a vowel is j ("Diallo",
    "Jallow"); kh is h in Swahili ("Khamis", "Hamisi"); x and c are letters of the throat in Somali.
    """
    others = [skeleton(pattern.sub(read, word)) for pattern, read in _READINGS]
    return tuple(dict.fromkeys([skeleton(word), *(one for one in others if one)]))


def blur(sound: str) -> str:
    """Consonants without what changes from country to country: g, j, q and k; d, dh and z."""
    return sound.translate(_ONE_LETTER)
