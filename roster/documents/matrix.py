"""What each woman covers of the themes and languages asked: for the document and for a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matching.evidence import Evidence, Verdict
from roster.documents.values import Woman
from roster.documents.words import Matrix, MatrixCell
from roster.wording import N_, Wording
from roster.wording.evidence import get_base
from roster.wording.known import Known
from roster.wording.labels import word_label

WISHED = ("language", "theme")
HIGH_LEVEL, FULL_DEPTH = 5, 3
"""C1, and authority: the darkest step."""
NONE = "–"
Wish = tuple[str, tuple[str, ...]]
"""Whether language or theme, and the codes any of which will do."""


def list_matrix(wording: Wording, women: Sequence[Woman], most: int | None = None) -> Matrix | None:
    """The matrix of these women; None where neither theme nor language was asked.

    Whoever is no longer available is left out. With ``most`` the lines after so many are only
    counted.
    """
    present = merge_posts(woman for woman in women if not woman.is_gone)
    wishes = list(dict.fromkeys(wish for woman in present for wish in _list_wishes(woman)))
    if not wishes:
        return None
    lines = tuple(_make_line(wording, wish, present) for wish in wishes[:most])
    left_off = len(wishes) - len(lines)
    return Matrix(
        caption=wording.gettext(N_("What each woman covers: level of language or theme")),
        heads=(
            wording.gettext(N_("Asked")),
            *(woman.handle for woman in present),
            wording.gettext(N_("Covered by")),
        ),
        lines=lines,
        left_off=wording.ngettext(
            "%(num)d wish more is in the sheet.", "%(num)d wishes more are in the sheet.", left_off
        )
        if left_off
        else "",
    )


def merge_posts(women: Iterable[Woman]) -> list[Woman]:
    """Each woman once, with what is known of her for all the posts that she stands for."""
    merged: dict[str, Woman] = {}
    for woman in women:
        before = merged.get(woman.handle)
        evidence = (*before.evidence, *woman.evidence) if before else woman.evidence
        merged[woman.handle] = replace(woman, evidence=evidence)
    return list(merged.values())


def _list_wishes(woman: Woman) -> Iterator[Wish]:
    for one in woman.evidence:
        kind, asked = get_base(one.criterion), one.facts.get("asked")
        if kind in WISHED and isinstance(asked, tuple):
            yield kind, asked


def _make_line(
    wording: Wording, wish: Wish, women: Sequence[Woman]
) -> tuple[str, tuple[MatrixCell, ...], str]:
    found = [_find(woman, wish) for woman in women]
    label = word_label(Known(wording, next(one for one in found if one)), wish[0])
    covering = sum(one is not None and one.verdict >= Verdict.PASS for one in found)
    return label, tuple(_make_cell(wording, one) for one in found), wording.number(covering)


def _find(woman: Woman, wish: Wish) -> Evidence | None:
    """The weightiest evidence of a wish: the hard one, where it is asked in two ways."""
    same = [
        one for one in woman.evidence if (get_base(one.criterion), one.facts.get("asked")) == wish
    ]
    return min(same, key=lambda one: not one.is_hard, default=None)


def _make_cell(wording: Wording, one: Evidence | None) -> MatrixCell:
    if one is None:
        return MatrixCell("", 0)
    known = Known(wording, one)
    if not known.codes("found"):
        return MatrixCell(NONE, 0)
    is_language = get_base(one.criterion) == "language"
    text = known.level("level_found") if is_language else known.depth("depth")
    number = known.number("level_found" if is_language else "depth")
    is_high = number is not None and number >= (HIGH_LEVEL if is_language else FULL_DEPTH)
    step = 1 if one.verdict < Verdict.PASS else 3 if is_high else 2
    return MatrixCell(text or wording.gettext(N_("unknown")), step)
