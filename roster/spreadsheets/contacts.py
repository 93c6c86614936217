"""E-mail addresses and phone numbers: the first valid one, as it was written."""

import re

from roster.spreadsheets.dates import to_plain_digits
from roster.spreadsheets.names import clean_text
from roster.spreadsheets.results import Problem, make_problem

_CUT = re.compile(r"[\s,;|<>()\[\]\"'،؛]+|(?<=\w)/(?=\S)|/")
_EMAIL = re.compile(
    r"[A-Za-z0-9\u00a1-\U0010ffff.!#$%&*+=?^_`{|}~'-]+"
    r"@(?:[A-Za-z0-9\u00a1-\U0010ffff](?:[A-Za-z0-9\u00a1-\U0010ffff-]{0,61}"
    r"[A-Za-z0-9\u00a1-\U0010ffff])?\.)+[A-Za-z\u00a1-\U0010ffff]{2,24}"
)
_PHONES = re.compile(
    r"[;\n|]|\s*[/,]\s*(?=\+|0|\()|\s+(?:or|ou|o|y|et|and|e|أو|و)\s+", re.IGNORECASE
)
_EXTENSION = re.compile(r"(?:ext|poste|int|extension|x)\.?\s*\d+\s*$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE][+-]?\d+")
MIN_PHONE_DIGITS = 6
MAX_PHONE_DIGITS = 17  # 15 by ITU-T E.164, and a prefix such as 00


def read_email(text: str, column: str) -> tuple[str | None, list[Problem]]:
    """Return (first valid address or None, problems EMAIL_INVALID, EMAIL_MULTIPLE)."""
    plain = re.sub(r"(?i)mailto:", " ", clean_text(text).text)
    pieces = [piece.strip(".") for piece in _CUT.split(plain) if piece]
    valid = list(dict.fromkeys(piece for piece in pieces if is_email(piece)))
    if not valid:
        return None, [make_problem("EMAIL_INVALID", "email", column=column, found=text)]
    if len({address.casefold() for address in valid}) > 1:
        return valid[0], [make_problem("EMAIL_MULTIPLE", "email", column=column, found=text)]
    return valid[0], []


def is_email(text: str) -> bool:
    """Tell whether a text is one address, by form only."""
    return len(text) <= 254 and ".." not in text and _EMAIL.fullmatch(text) is not None


def read_phone(text: str, column: str) -> tuple[str | None, list[Problem]]:
    """Return (digits, with "+" where the number says so, or None; problems)."""
    plain = to_plain_digits(clean_text(text).text)
    numbers = [_read_number(piece) for piece in _PHONES.split(plain)]
    valid = list(dict.fromkeys(number for number in numbers if number))
    if not valid:
        return None, [make_problem("PHONE_INVALID", "phone", column=column, found=text)]
    if len(valid) > 1:
        return valid[0], [make_problem("PHONE_MULTIPLE", "phone", column=column, found=text)]
    return valid[0], []


def _read_number(text: str) -> str | None:
    if _SCIENTIFIC.fullmatch(text.strip()):
        return None  # the spreadsheet dropped the last digits
    text = _EXTENSION.sub("", text).replace("(0)", "")
    digits = "".join(char for char in text if char.isdecimal())
    if not MIN_PHONE_DIGITS <= len(digits) <= MAX_PHONE_DIGITS:
        return None
    if "+" in text:
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def looks_like_phone(text: str) -> bool:
    """Tell whether a text is nothing but a phone number or a plain number."""
    plain = to_plain_digits(text)
    return re.fullmatch(r"[+-]?[\d\s().,/-]{1,40}", plain) is not None and any(
        char.isdecimal() for char in plain
    )
