"""Proposals of two entries that may be one person, in words."""

from __future__ import annotations

from collections.abc import Mapping

from matching.duplicates import Feature, Linkage, Pair
from roster.wording.messages import N_
from roster.wording.speech import Wording

VERDICTS: Mapping[str, str] = {
    "probable": N_("probably one person"),
    "possible": N_("possibly one person"),
}
FIELDS: Mapping[str, str] = {
    "names": N_("Name"),
    "birth_year": N_("Year of birth"),
    "nationalities": N_("Nationality"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
}
"""Fields of our own lists; the fields of another file bear the names that it gives them."""
LEVELS: Mapping[str, str] = {
    "same": N_("the same"),
    "similar": N_("alike"),
    "near": N_("nearly"),
    "slip": N_("perhaps mistyped"),
    "partly": N_("alike in part"),
    "some": N_("one in common"),
    "other": N_("different"),
    "missing": N_("not given"),
}


def word_pair(
    wording: Wording, pair: Pair, first: Mapping[str, int], second: Mapping[str, int]
) -> str:
    """Which two entries, and how sure."""
    return wording.gettext(
        N_("%(first)s and %(second)s: %(verdict)s (%(percent)d in 100)"),
        first=_word_place(wording, first),
        second=_word_place(wording, second),
        verdict=wording.gettext(VERDICTS[pair.verdict]),
        percent=int(pair.score * 100),
    )


def _word_place(wording: Wording, place: Mapping[str, int]) -> str:
    if "record" in place:
        return wording.gettext(N_("record %(number)d"), number=place["record"])
    return wording.gettext(N_("file %(file)d, row %(row)d"), file=place["file"], row=place["row"])


def word_total(wording: Wording, found: Linkage, entries: int) -> str:
    """How many entries were compared, and how many pairs may be one person."""
    probable = sum(pair.verdict == "probable" for pair in found.pairs)
    counts = {"probable": probable, "possible": len(found.pairs) - probable}
    return wording.gettext(
        N_("Entries: %(entries)d. Pairs: %(probable)d probable, %(possible)d possible."),
        entries=entries,
        **counts,
    )


def word_unreadable(wording: Wording, file: str, problem: str) -> str:
    """A file that is no table of text; ``problem`` is what the reader said of it."""
    sentence = N_("%(file)s is not CSV in UTF-8: %(problem)s")
    return wording.gettext(sentence, file=file, problem=problem)


def word_no_column(wording: Wording, file: str, column: str) -> str:
    """A column was declared that the file does not have."""
    sentence = N_("%(file)s has no column “%(column)s”.")
    return wording.gettext(sentence, file=file, column=column)


def word_feature(wording: Wording, feature: Feature) -> str:
    """One field with its sign: + speaks for one person, - against, ? nothing known."""
    sign = "?" if feature.level == "missing" else "-" if feature.weight < 0 else "+"
    label = wording.gettext(FIELDS[feature.field]) if feature.field in FIELDS else feature.field
    level = word_level(wording, feature.level, swapped=feature.has_changed_places)
    return f"{sign} {label}: {level}"


def word_level(wording: Wording, level: str, *, swapped: bool) -> str:
    """How alike two values are; ``swapped``: given and family name had changed places."""
    words = wording.gettext(LEVELS[level])
    return wording.gettext(N_("%(level)s, in the other place"), level=words) if swapped else words
