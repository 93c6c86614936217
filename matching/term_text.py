"""The written form of a free word, made comparable: one function for both sides of a look-up."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

#: Articles and connectives that carry no meaning in a label (en, fr, es, pt, it).
_SMALL_WORD = re.compile(
    "the|of|and|an?|to|la|les?|l|des?|du|d|et|aux?|une?|il|lo|gli|i|el|los|las|del|y|[eo]s?|as"
    "|d[oa]s?|della|dello|delle|degli|dei|dell|di"
)

_ARABIC_LETTERS = str.maketrans(
    {"ـ": None, "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "گ": "ك", "ھ": "ه", "ە": "ه"}
)
_HALF = re.compile(r"\s*½")
_DECIMAL = re.compile(r"(?<![^\W_])(\d+|i)\s?[.,]\s?(\d+|v)(?![^\W_])")
_DECIMAL_MARK = "\ue000"
_ASCII_SIGNS = re.compile(f"[^a-z0-9{_DECIMAL_MARK}]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character of decomposed text as it counts in a comparison: itself, ASCII, space or nothing."""
    if character == _DECIMAL_MARK:
        return "."
    category = unicodedata.category(character)
    if category in ("Mn", "Cf"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] not in "LN" and category not in ("Mc", "So"):
        return " "
    is_latin = ord(character) > 127 and unicodedata.name(character, "").startswith("LATIN")
    if is_latin or character.isupper():  # capitals of scripts and signs that case folding leaves
        return _ASCII_SIGNS.sub("", anyascii(character).lower())
    return character


def _strip_article(word: str) -> str:
    """Drop the Arabic article, also after "and"; three letters must remain so that no word is lost."""
    if word.startswith("ال") and len(word) >= 5:
        return word[2:]
    if word.startswith("وال") and len(word) >= 6:
        return "و" + word[3:]
    return word


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Bring a word or label into the form in which spellings are compared.

    NFKC and case folding; accents, vowel signs, tatweel and invisible characters are dropped;
    punctuation, hyphens and apostrophes become one space; digits of any script become 0-9; a
    decimal sign between digits (or in "I.5", "I.V", "1½") becomes a dot; Arabic alef, yaa and taa
    marbuta forms are unified and the article dropped. The result is for comparing, not for showing.
    """
    if text.isascii():
        marked = _DECIMAL.sub(rf"\1{_DECIMAL_MARK}\2", text.lower())
        return _ASCII_SIGNS.sub(" ", marked).strip().replace(_DECIMAL_MARK, ".")
    text = _HALF.sub(".5", text).replace("٫", ".")
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = _DECIMAL.sub(rf"\1{_DECIMAL_MARK}\2", text.translate(_ARABIC_LETTERS))
    folded = "".join(_fold_character(character) for character in text)
    return " ".join(_strip_article(word) for word in folded.split())


def squeeze(normalised: str) -> str:
    """Leave the spaces out: "cease fire", "cease-fire" and "ceasefire" are one word."""
    return normalised.replace(" ", "")


def loosen(normalised: str) -> str:
    """Leave out small words and the plural s as well; empty when nothing certain remains."""
    words = [word for word in normalised.split() if not _SMALL_WORD.fullmatch(word)]
    singular = (word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)
    loose = "".join(singular)
    return loose if len(loose) > 3 else ""
