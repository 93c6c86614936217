"""Why two women could learn from each other, in words: to one of them, or to the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roster.wording.messages import N_
from roster.wording.speech import Wording

TO_HER: Mapping[str, tuple[str, str]] = {
    "shared_language": ("language", N_("You both speak %(names)s.")),
    "shared_theme": ("theme", N_("You both work on: %(names)s.")),
    "shared_region": ("region", N_("You have both worked in %(names)s.")),
    "other_track": ("track", N_("She knows what you have not done yet: %(names)s.")),
    "other_network": ("", N_("She comes from another network.")),
    "wish_to_learn": ("", N_("She has done what you would like to learn: %(names)s.")),
}
"""Ground -> kind of its codes and the sentence, said to the woman who reads it."""

OF_TWO: Mapping[str, str] = {
    "shared_language": N_("Shared languages"),
    "shared_theme": N_("Shared themes"),
    "shared_region": N_("Shared regions"),
    "other_track": N_("Another track"),
    "other_network": N_("Another network"),
    "wish_to_learn": N_("What she would like to learn"),
}
"""Ground -> its name where points are shown."""

LEARNT = ("role", "theme", "track", "region", "country")
"""Kinds of which something can be learnt about, in the order in which a code is looked up."""


def word_ground(wording: Wording, ground: str, found: Sequence[str]) -> str:
    """One ground as a sentence to her; "" for one that no table knows."""
    kind, sentence = TO_HER.get(ground, ("", ""))
    if not sentence:
        return ""
    return wording.gettext(sentence, names=wording.list_and(word_codes(wording, kind, found)))


def word_points(
    wording: Wording, ground: str, found: Sequence[str], points: float, out_of: float
) -> str:
    """One ground with its points: ``Shared languages: English (15 of 30 points)``."""
    kind = TO_HER.get(ground, ("", ""))[0]
    names = [] if ground == "other_network" else word_codes(wording, kind, found)
    return wording.gettext(
        N_("%(ground)s: %(names)s (%(points)s)"),
        ground=wording.gettext(OF_TWO.get(ground, ground)),
        names=wording.list_and(names) or (wording.gettext(N_("yes")) if found else "–"),
        points=wording.points(points, out_of),
    )


def word_codes(wording: Wording, kind: str, codes: Sequence[str]) -> list[str]:
    """Names of codes, of one kind or (``""``) of whichever kind knows each."""
    return [_word_code(wording, (kind,) if kind else LEARNT, code) for code in codes]


def _word_code(wording: Wording, kinds: Sequence[str], code: str) -> str:
    names = (wording.term(kind, code) for kind in kinds)
    return next((name for name in names if name != code), code)
