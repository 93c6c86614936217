"""Names as they stand in a list: cleaned, without title, in Latin and in Arabic script."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from matching.terms import normalise
from roster.spreadsheets.word_lists import get_phrases, read_words

BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKS = "\u200e\u200f\u061c"
_INVISIBLE = "\u00a0\u1680\u2007\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_NOTHING = "\u200b\u2060\ufeff\u00ad\u180e\u034f\u115f\u1160\u3164"
_JOINERS = "\u200c\u200d"
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOST = re.compile(r"[^\W\d_]\?|\?[^\W\d_]|\ufffd")
_DELETE = str.maketrans(dict.fromkeys(BIDI_CONTROLS + _MARKS + _NOTHING))
_TO_SPACE = str.maketrans(dict.fromkeys(_INVISIBLE, " "))
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True)
class CleanText:
    """A cleaned text and the codes of what was removed from it."""

    text: str
    codes: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


def clean_text(text: str) -> CleanText:
    """Remove direction controls, invisible and control characters; keep joiners inside words.

    U+200C stays between Arabic-script letters, where Persian and Urdu need it. The result is NFC
    with single spaces (line breaks are kept).
    """
    if text.isascii() and text.isprintable():
        return CleanText(" ".join(text.split()))
    codes = []
    if controls := [char for char in text if char in BIDI_CONTROLS]:
        codes.append("BIDI_CONTROL")
    if any(char in _INVISIBLE + _NOTHING + _MARKS for char in text) or _has_loose_joiner(text):
        codes.append("INVISIBLE_CHARS")
    if any(_is_control(char) for char in text):
        codes.append("CONTROL_CHARS")
    kept = "".join(" " if _is_control(char) else char for char in text)
    kept = _drop_loose_joiners(kept.translate(_DELETE).translate(_TO_SPACE))
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).splitlines())
    notes = {"BIDI_CONTROL": _name_points(controls)} if controls else {}
    return CleanText("\n".join(line for line in lines if line), tuple(codes), notes)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"


def _name_points(chars: list[str]) -> str:
    return ", ".join(f"U+{point:04X}" for point in sorted({ord(char) for char in chars}))


def _has_loose_joiner(text: str) -> bool:
    return _drop_loose_joiners(text) != text


def _drop_loose_joiners(text: str) -> str:
    """Drop zero-width joiners that do not stand between letters of a script that joins."""
    if not any(joiner in text for joiner in _JOINERS):
        return text
    kept = []
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char not in _JOINERS or (_joins(before) and _joins(after)):
            kept.append(char)
    return "".join(kept)


def _joins(char: str) -> bool:
    """Arabic, Syriac, Indic and other scripts in which a joiner changes the written word."""
    return unicodedata.category(char) in ("Lo", "Mn", "Mc")


def has_lost_characters(text: str) -> bool:
    """Tell whether letters were replaced by "?" or U+FFFD when the file was saved."""
    return _LOST.search(text) is not None


@cache
def _titles() -> frozenset[str]:
    return frozenset(normalise(word) for word in read_words("remarks")["titles"]) - {""}


def split_title(text: str) -> tuple[str | None, str]:
    """Return (title as written or None, rest): "Prof. Dr. Anna Ek" -> ("Prof. Dr.", "Anna Ek").

    A title is never the whole name: one word at least stays.
    """
    words = text.split()
    taken = 0
    while taken < len(words) - 1:
        size = _count_title_words(words[taken:-1])
        if not size:
            break
        taken += size
    rest = " ".join(words[taken:]).strip(" ,;")
    title = " ".join(words[:taken]).strip(" ,;")
    return (title or None), _strip_degrees(rest)


def _count_title_words(words: list[str]) -> int:
    for size in (3, 2, 1):
        phrase = " ".join(words[:size])
        if len(words) >= size and normalise(phrase) in _titles() and _looks_like_title(phrase):
            return size
    return 0


def _looks_like_title(phrase: str) -> bool:
    """Short words are titles only with a full stop or in the usual case ("Dr", not "da")."""
    return phrase.endswith(".") or len(phrase) > 2 or not phrase.isascii() or phrase[0].isupper()


def _strip_degrees(name: str) -> str:
    head, comma, tail = name.rpartition(",")
    return _strip_degrees(head.strip()) if comma and _is_degrees(tail) else name


def _is_degrees(text: str) -> bool:
    words = text.split()
    degrees = get_phrases("remarks", "degrees")
    return bool(words) and all(normalise(word) in degrees for word in words)


def split_scripts(text: str) -> tuple[str | None, str | None]:
    """Return (name, name in Arabic script) of a cell that may hold one or both."""
    if not _ARABIC.search(text):
        return (text or None), None
    if not _LATIN.search(text):
        return None, text
    pieces = [piece.strip(" -–—/|,;:") for piece in re.split(r"[/|\n()\[\]]|\s[-–—]\s", text)]
    latin = [piece for piece in pieces if piece and not _ARABIC.search(piece)]
    arabic = [piece for piece in pieces if piece and not _LATIN.search(piece)]
    if len(latin) + len(arabic) == len([piece for piece in pieces if piece]):
        return (" ".join(latin) or None), (" ".join(arabic) or None)
    words = text.split()
    return (
        " ".join(word.strip("/-()") for word in words if not _ARABIC.search(word)) or None,
        " ".join(word.strip("/-()") for word in words if not _LATIN.search(word)) or None,
    )
