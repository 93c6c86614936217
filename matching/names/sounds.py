"""How a word sounds, whatever its script: Latin letters for it, and its consonants alone."""

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
    for sound, written in _SAME_SOUND:
        latin = latin.replace(sound, written)
    kept = [char for char in latin if char not in "aewyh' "]
    return "".join(char for i, char in enumerate(kept) if i == 0 or kept[i - 1] != char)
