"""Countries, themes, roles and networks of a cell: codes, what is unknown, and problems."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from matching.terms import Terms, normalise
from roster.spreadsheets.lists_in_cells import split_list
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.word_lists import get_phrases, is_blank

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


@dataclass
class ReadTerms:
    """Codes in the order of the cell, each once; words that fit no code; what is to be said."""

    codes: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@lru_cache(maxsize=65536)
def find_code(terms: Terms, kind: str, text: str) -> str | None:
    """Return the one code of a text, also without a remark in brackets ("Tanzania (Zanzibar)")."""
    match = terms.find(text, kind)
    if match is None and _BRACKETS.search(text) and not terms.ambiguous(text, kind):
        match = terms.find(_BRACKETS.sub("", text), kind)
    return match.code if match else None


@lru_cache(maxsize=65536)
def list_ambiguous(terms: Terms, kind: str, text: str) -> tuple[str, ...]:
    """Return the codes between which a text does not decide, or ()."""
    return terms.ambiguous(text, kind)


def read_countries(terms: Terms, text: str, field_name: str, column: str) -> ReadTerms:
    """Read country names, codes or adjectives; ambiguous and unknown ones are errors."""
    read = ReadTerms()

    def knows(item: str) -> bool:
        return bool(find_code(terms, "country", item) or list_ambiguous(terms, "country", item))

    for item in _list_items(text, knows):
        if (code := find_code(terms, "country", item)) is not None:
            _add(read.codes, code)
        else:
            read.unmapped.append(item)
            read.problems.append(_judge_country(terms, item, field_name, column))
    return read


def _judge_country(terms: Terms, item: str, field_name: str, column: str) -> Problem:
    if codes := list_ambiguous(terms, "country", item):
        note = " or ".join(codes)
        return make_problem("COUNTRY_AMBIGUOUS", field_name, column=column, found=item, note=note)
    is_region = terms.find(item, "region") is not None
    is_region = is_region or normalise(item) in get_phrases("remarks", "regions")
    code = "REGION_FOR_COUNTRY" if is_region else "COUNTRY_UNKNOWN"
    return make_problem(code, field_name, column=column, found=item)


def read_words(terms: Terms, kind: str, text: str, field_name: str, column: str) -> ReadTerms:
    """Read themes or roles; what fits no code is kept as unmapped, never guessed."""
    read = ReadTerms()
    for item in _list_items(text, lambda one: find_code(terms, kind, one) is not None):
        if (code := find_code(terms, kind, item)) is not None:
            _add(read.codes, code)
        else:
            read.unmapped.append(item)
    if read.unmapped:
        found = "; ".join(read.unmapped)
        code = f"{kind.upper()}_UNMAPPED"
        read.problems.append(make_problem(code, field_name, column=column, found=found))
    return read


def read_networks(terms: Terms, text: str, column: str) -> ReadTerms:
    """Read networks that are named in a cell; unknown ones are said, not kept as codes."""
    read = ReadTerms()
    for item in _list_items(text, lambda one: find_code(terms, "network", one) is not None):
        if (code := find_code(terms, "network", item)) is not None:
            _add(read.codes, code)
        else:
            read.unmapped.append(item)
    if read.unmapped:
        found = "; ".join(read.unmapped)
        read.problems.append(
            make_problem("NETWORK_UNKNOWN", "networks", column=column, found=found)
        )
    return read


def _list_items(text: str, knows: Callable[[str], bool]) -> Sequence[str]:
    return [item for item in split_list(text, knows) if not is_blank(item)]


def _add(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)
