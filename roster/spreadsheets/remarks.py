"""Remarks that decide about a row: she has died, she asked to be removed, the row is no person."""

import re
from collections.abc import Mapping, Sequence

from matching.terms import normalise
from roster.spreadsheets.dates import to_plain_digits
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.word_lists import get_phrases, holds_phrase

_LONG = 90
_DAGGER = re.compile(r"^\s*[†✝☨]|[†✝]\s*\d{2,4}|\s†\s*$")
_KIN = re.compile(
    r"\b(?:husband|father|mother|brother|sister|son|mari|pere|mere|frere|soeur|fils|marido|padre"
    r"|madre|hermano|hermana|pai|mae|irmao|fratello|sorella|marito|figlio|زوجها|والدها|والدتها)\b"
)
_NUMBER = re.compile(r"\d{1,6}")


def judge_remark(text: str, field: str, column: str) -> Problem | None:
    """Return STATUS_DECEASED or STATUS_WITHDRAWN where a remark of the row says so."""
    if len(text) < 3 or len(text) > 300 or text.isdecimal():
        return None
    plain = normalise(text)
    if _DAGGER.search(text) or (
        holds_phrase(text, "remarks", "deceased") and not _KIN.search(plain)
    ):
        return make_problem("STATUS_DECEASED", field, column=column, found=text)
    if holds_phrase(text, "remarks", "withdrawn"):
        return make_problem("STATUS_WITHDRAWN", field, column=column, found=text)
    return None


def judge_line(
    texts: Mapping[str, str], fields: Mapping[str, str], *, repeats_header: bool
) -> str | None:
    """Return why a row is no person, or None. `texts` and `fields` by column key, filled cells only."""
    if repeats_header:
        return "the header again"
    values = list(texts.values())
    if not values:
        return None
    if len(values) <= 3 and any(_is_total(value) for value in values):
        return "total"
    named = any(fields.get(key, "").startswith("name") for key in texts)
    if len(values) == 1:
        return _judge_single(values[0], is_named=named)
    known = {fields.get(key, "") for key in texts} - {"", "ignore", "do_not_import"}
    if not named and len(known) == 0:
        return "no value of a person"
    if _is_total(values[0]) and not named:
        return "total"
    return None


def _judge_single(text: str, *, is_named: bool) -> str | None:
    """A cell that stands alone is a person only where a name stands and looks like one."""
    if not is_named:
        return "a line of text"
    if text.lstrip()[:1] in "*•†#(" or len(text) > _LONG or text.rstrip().endswith((":", ".")):
        return "a line of text"
    words = normalise(text).split()
    if not words or any(phrase == words[0] for phrase in get_phrases("remarks", "footnote")):
        return "a line of text"
    if normalise(text) in get_phrases("remarks", "regions"):
        return "section"
    return "section" if any(char.isdecimal() for char in text) else None


def _is_total(text: str) -> bool:
    plain = re.sub(r"[\d.,%]+", " ", normalise(text)).strip()
    return plain in get_phrases("remarks", "total")


def find_withdrawn(
    notes: Sequence[str],
    *,
    rows: Sequence[int],
    numbers: Mapping[str, int],
    names: Mapping[str, int],
) -> dict[int, str]:
    """Return row -> note for the women whom notes outside the table name as asking to be removed.

    A note names a row ("Row 5", "ligne 5"), a number of the list ("No. 12": `numbers`) or a woman
    (`names`, normalised as written and in the other order).
    """
    found: dict[int, str] = {}
    for note in notes:
        for sentence in re.split(r"\n|(?<=[.!?؟])\s+(?=\w)", note):
            if holds_phrase(sentence, "remarks", "withdrawn") is None:
                continue
            for row in _list_named(note, rows, numbers, names):
                found.setdefault(row, note)
    return found


def _list_named(
    note: str, rows: Sequence[int], numbers: Mapping[str, int], names: Mapping[str, int]
) -> list[int]:
    plain = normalise(to_plain_digits(note))
    padded = f" {plain} "
    named = [row for name, row in names.items() if name and f" {name} " in padded]
    if named:
        return named
    words = plain.split()
    by_row = _list_numbered(words, "row_words", {str(row): row for row in rows})
    return by_row + _list_numbered(words, "number_words", numbers)


def _list_numbered(words: Sequence[str], list_name: str, known: Mapping[str, int]) -> list[int]:
    """Numbers that follow one of the words: "rows 5, 7 and 9"."""
    found = []
    phrases = get_phrases("remarks", list_name)
    for place, word in enumerate(words):
        if word not in phrases:
            continue
        for follower in words[place + 1 : place + 6]:
            if _NUMBER.fullmatch(follower) and follower in known:
                found.append(known[follower])
            elif follower not in ("and", "et", "y", "e", "و", "n", "no"):
                break
    return found
