"""One woman of a shortlist in words: her row of the table, and why she fits in at most 90 words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matching.evidence import Evidence, Verdict
from roster.documents.values import Woman
from roster.documents.words import Line, Paragraph, Sign
from roster.wording import N_, Wording
from roster.wording.evidence import (
    CONFLICT,
    SOURCES,
    Worded,
    get_base,
    word_card,
    word_conflict,
    word_evidence,
)
from roster.wording.findings import find_notice
from roster.wording.known import GRADES, Known

HEADS = (
    N_("Code"),
    N_("Accredited"),
    N_("Tracks"),
    N_("Languages"),
    N_("Notice"),
    N_("Dates"),
    N_("Conflict of interest"),
)
POST_HEAD = N_("Post")
GONE = N_("One candidate is no longer available.")
NOT_ASKED = N_("not asked")

MOST_WORDS = 90
"""Of one woman's paragraph (product, section 10)."""
WORDS_OF_FACT = 32
WORDS_OF_LACKS = 26
"""Two facts and what is missing together never pass ``MOST_WORDS``."""
FACTS = 2

KINDS = {
    "role": N_("Role"),
    "theme": N_("Theme"),
    "region": N_("Region"),
    "track": N_("Track"),
    "phase": N_("Phase"),
    "language": N_("Language"),
}
"""What speaks for her, the weightiest first among facts that are known equally well."""
SPOKEN_IN = "mediated_in"
WISHES = frozenset(
    ["themes_nice", "languages_nice", "places_nice", "mediated_in", "region_experience"]
    + ["origin_wish", "seniority_above", "phase_breadth", "track_breadth"]
)
"""Preferences that are named where they are not met; others are sums of points, no wish."""
MOST_NAMED = 3


def make_line(wording: Wording, woman: Woman, post: str) -> Line:
    """Her row of the table; ``post`` is its title where there are several, else ""."""
    if woman.is_gone:
        return Line(woman.handle, "", is_gone=True, cells=((Sign("unk", _say(wording, GONE)),),))
    cells: list[tuple[Sign, ...]] = [(Sign("", post),)] if post else []
    cells += [
        _accredited(wording, woman.evidence),
        _tracks(wording, woman.evidence),
        _languages(wording, woman.evidence),
        _notice(wording, woman.evidence),
        _dates(wording, woman.evidence),
        _conflict(wording, woman.evidence),
    ]
    return Line(woman.handle, _name(wording, woman), is_gone=False, cells=tuple(cells))


def make_paragraph(wording: Wording, woman: Woman, post: str) -> Paragraph:
    """Two evidenced facts, then what is missing or unknown: at most 90 words together."""
    if woman.is_gone:
        return Paragraph(woman.handle, "", "", (), Sign("unk", _say(wording, GONE)))
    facts = tuple(_cut(one, WORDS_OF_FACT) for one in _word_facts(wording, woman.evidence))
    lacks = _word_lacks(wording, woman.evidence)
    short = replace(lacks, text=_cut(lacks.text, WORDS_OF_LACKS))
    return Paragraph(woman.handle, woman.name, post, facts, short)


def _say(wording: Wording, message: str, **values: object) -> str:
    return wording.gettext(message, **values)


def _name(wording: Wording, woman: Woman) -> str:
    if not woman.name or not woman.network:
        return woman.name
    return wording.list_plain([woman.name, wording.term("network", woman.network)])


def _pick(evidence: Iterable[Evidence], *criteria: str) -> list[Evidence]:
    return [one for one in evidence if one.criterion in criteria]


def _accredited(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    for one in _pick(evidence, "accreditation"):
        day = Known(wording, one).day("on")
        if day is not None:
            return (Sign("", str(day.year)),)
        return (Sign("", word_evidence(wording, one).value),)
    return (Sign("", _say(wording, NOT_ASKED)),)


def _tracks(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    known = (Known(wording, one) for one in _pick(evidence, "track", "track_breadth"))
    names = dict.fromkeys(name for one in known for name in one.names("track", "found"))
    return tuple(Sign("", name) for name in names) or (Sign("", _say(wording, NOT_ASKED)),)


def _languages(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    """Each language that was asked and that she has: its level, and beneath how it is known."""
    found: dict[str, Sign] = {}
    for one in _pick(evidence, "language", "languages_nice"):
        known = Known(wording, replace(one, points=0, out_of=0))
        if known.codes("found"):
            text = word_evidence(wording, one).value
            found.setdefault(text, Sign("", text, _word_source(known)))
    return tuple(found.values()) or (Sign("", _say(wording, NOT_ASKED)),)


def _word_source(known: Known) -> str:
    source = known.code("by")
    return known.say(SOURCES[source]) if source in SOURCES else ""


def _notice(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    for one in _pick(evidence, "notice", "notice_margin"):
        known = Known(wording, one)
        if known.number("found") is not None:
            return (Sign("", find_notice(known)),)
    return (Sign("", _say(wording, NOT_ASKED)),)


def _dates(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    for one in _pick(evidence, "window"):
        worded = word_evidence(wording, one)
        return (Sign(worded.sign, worded.value),)
    return (Sign("", _say(wording, NOT_ASKED)),)


def _conflict(wording: Wording, evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    conflicts = _pick(evidence, *CONFLICT)
    if not conflicts:
        return (Sign("", _say(wording, NOT_ASKED)),)
    worded = word_conflict(wording, conflicts)
    return (Sign(worded.sign, worded.value),)


def _word_facts(wording: Wording, evidence: Sequence[Evidence]) -> list[str]:
    """The two best known facts, of two kinds where there are two."""
    ranked = sorted(_list_facts(evidence), key=_rank)
    chosen: list[Evidence] = []
    for one in ranked:
        if _kind_of(one) not in map(_kind_of, chosen):
            chosen.append(one)
    chosen += [one for one in ranked if one not in chosen]
    return [_word_fact(wording, one) for one in chosen[:FACTS]]


def _kind_of(one: Evidence) -> str:
    return get_base(one.criterion)


def _list_facts(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    for one in evidence:
        is_kind = _kind_of(one) in KINDS or one.criterion == SPOKEN_IN
        if is_kind and one.verdict >= Verdict.PASS and one.facts.get("found"):
            yield one


def _rank(one: Evidence) -> tuple[int, int]:
    grades, grade = list(GRADES), one.facts.get("grade")
    known = grades.index(str(grade)) if grade in GRADES else -1
    kinds = [*KINDS, SPOKEN_IN]
    return -known, kinds.index(_kind_of(one))


def _word_fact(wording: Wording, one: Evidence) -> str:
    worded = word_evidence(wording, replace(one, points=0, out_of=0))
    if one.criterion == SPOKEN_IN:
        return _end(worded.label, worded.note, wording)
    kind = _say(wording, KINDS[_kind_of(one)])
    said = _say(wording, N_("%(kind)s: %(what)s"), kind=kind, what=worded.value)
    return _end(said, worded.note, wording)


def _end(said: str, note: str, wording: Wording) -> str:
    if not note:
        return f"{said}."
    return _say(wording, N_("%(fact)s (%(source)s)."), fact=said, source=note)


def _word_lacks(wording: Wording, evidence: Sequence[Evidence]) -> Sign:
    """Flags first, then what is unknown, then wishes that are not met; one of them gives the sign."""
    items = word_card(wording, [one for one in evidence if one.is_hard or _is_wish(one)])
    flags = [f"{one.label}: {one.value}" for one in items if one.sign in ("flag", "due")]
    unknown = [one.label for one in items if one.sign == "unk"]
    unmet = [one.label for one in items if _is_unmet(one)]
    parts = [
        _name_some(wording, N_("To note: %(criteria)s."), flags),
        _name_some(wording, N_("Unknown: %(criteria)s."), unknown),
        _name_some(wording, N_("Not met: %(criteria)s."), unmet),
    ]
    text = " ".join(part for part in parts if part)
    if not text:
        return Sign("yes", _say(wording, N_("Nothing missing.")))
    return Sign("flag" if flags else "unk" if unknown else "off", text)


def _is_wish(one: Evidence) -> bool:
    return one.criterion in WISHES


def _is_unmet(one: Worded) -> bool:
    return not one.is_hard and one.sign in ("no", "off")


def _name_some(wording: Wording, message: str, names: list[str]) -> str:
    if not names:
        return ""
    return _say(wording, message, criteria=wording.list_parts(names[:MOST_NAMED]))


def _cut(text: str, most: int) -> str:
    words = text.split(" ")
    return text if len(words) <= most else " ".join(words[:most]) + " …"
