"""Proposals of two entries that may be one person, in words."""

from __future__ import annotations

from collections.abc import Mapping

from matching.duplicates import Feature, Pair
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


def word_feature(wording: Wording, feature: Feature) -> str:
    """One field with its sign: + speaks for one person, - against, ? nothing known."""
    sign = "?" if feature.level == "missing" else "-" if feature.weight < 0 else "+"
    label = wording.gettext(FIELDS[feature.field]) if feature.field in FIELDS else feature.field
    level = wording.gettext(LEVELS[feature.level])
    if feature.has_changed_places:
        level = wording.gettext(N_("%(level)s, in the other place"), level=level)
    return f"{sign} {label}: {level}"
