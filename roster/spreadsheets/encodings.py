"""From bytes to text: which encoding a text file has, and text that was decoded wrongly before."""

import codecs

from charset_normalizer import from_bytes

from roster.spreadsheets.refusals import SpreadsheetRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The one-byte encodings that offices of these networks use; more would only add wrong guesses on
#: short texts (measured: Windows-1250 is preferred for short French).
_ONE_BYTE = ["cp1252", "cp1256", "cp1251", "cp1253", "mac_roman"]
#: Bytes 0x80-0x9F that stand for letters in the middle of Western words only in Mac Roman.
_SAMPLE_BYTES = 200_000
_ARABIC = range(0x0600, 0x0700)


def decode_text(content: bytes) -> tuple[str, str]:
    """Return (text, encoding): by byte order mark, then strict UTF-8, UTF-16, then by statistics.

    Raises SpreadsheetRefused("not_a_spreadsheet") for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, encoding), encoding
    if (wide := _guess_wide(content)) is not None:
        return _decode(content, wide), wide
    if b"\0" in content:
        raise SpreadsheetRefused("not_a_spreadsheet")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = guess_one_byte_encoding(content)
        return content.decode(encoding, errors="replace"), encoding


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SpreadsheetRefused("unreadable", encoding=encoding) from error


def _guess_wide(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly all separators and digits have a zero byte on one side."""
    sample = content[: _SAMPLE_BYTES & ~1]
    if len(sample) < 4 or sample.count(0) < len(sample) // 20:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even > 10 * odd:
        return "utf-16-be"
    return "utf-16-le" if odd > 10 * even else None


def guess_one_byte_encoding(content: bytes) -> str:
    """Return the likeliest one-byte encoding; Windows-1252 where nothing else is likelier."""
    high = bytes(byte for byte in content[:_SAMPLE_BYTES] if byte >= 0x80)
    scores = {encoding: _score(content[:_SAMPLE_BYTES], encoding) for encoding in _ONE_BYTE}
    best = max(scores.values())
    likely = [encoding for encoding in _ONE_BYTE if scores[encoding] > best - 0.02]
    if len(likely) == 1 or not high:
        return likely[0]
    match = from_bytes(content[:_SAMPLE_BYTES], cp_isolation=likely).best()
    return match.encoding if match is not None and match.encoding in likely else likely[0]


def _score(sample: bytes, encoding: str) -> float:
    """Share of non-ASCII characters that stand well in their words: 0..1, less for impossible ones."""
    text = sample.decode(encoding, errors="replace")
    good = total = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ord(char) < 128:
            continue
        total += 1
        good += _stands_well(before, char, after)
    return good / total if total else 1.0


def _stands_well(before: str, char: str, after: str) -> bool:
    if char == "�" or ord(char) < 0xA0:
        return False
    if not char.isalpha():
        return char in "’‘“”«»–—…·°ºª½€،؛؟ŽŒœ\xa0†•" and not (before.isalpha() and char in "«»°")
    if ord(char) in _ARABIC:
        return _is_arabic_or_edge(before) and _is_arabic_or_edge(after)
    neighbours = [other for other in (before, after) if other.isalpha()]
    if not neighbours or any(_script(other) != _script(char) for other in neighbours):
        return False
    if char.isupper() and before.isalpha() and before.islower():
        return False
    return not all(ord(other) > 127 for other in neighbours) or _script(char) != "latin"


def _is_arabic_or_edge(char: str) -> bool:
    return ord(char) in _ARABIC or not char.isalpha()


def _script(char: str) -> str:
    point = ord(char)
    if point < 0x250 or 0x1E00 <= point < 0x1F00:
        return "latin"
    return "arabic" if point in _ARABIC else f"block {point >> 8}"


def repair_mojibake(text: str) -> str | None:
    """Return the text as it was before it was decoded with the wrong encoding; None if it is sound.

    Looks for UTF-8 read as Windows-1252, Windows-1256 or Mac Roman, and for Arabic in Windows-1256
    read as Windows-1252. Only an undoing that is exact counts.
    """
    if text.isascii():
        return None
    for encoding in ("cp1252", "cp1256", "mac_roman"):
        if (repaired := _undo(text, encoding)) is not None:
            return repaired
    return _undo_arabic(text)


def _undo(text: str, encoding: str) -> str | None:
    try:
        original = _encode_loosely(text, encoding).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    is_shorter = len(original) < len(text) and not original.isascii()
    return original if is_shorter and all(char.isprintable() for char in original) else None


def _encode_loosely(text: str, encoding: str) -> bytes:
    """Encode, passing the five bytes that Windows-1252 leaves undefined through as they are."""
    return b"".join(
        bytes([ord(char)]) if 0x80 <= ord(char) < 0xA0 else char.encode(encoding) for char in text
    )


def _undo_arabic(text: str) -> str | None:
    letters = [char for char in text if not char.isspace()]
    accented = [char for char in letters if 0xC0 <= ord(char) <= 0xFF]
    if len(accented) < 3 or len(accented) < 0.8 * len(letters):
        return None
    try:
        original = text.encode("cp1252").decode("cp1256")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    arabic = sum(ord(char) in _ARABIC for char in original)
    return original if arabic >= 0.7 * len(letters) else None
