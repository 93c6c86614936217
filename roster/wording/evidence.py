"""Evidence of the engine becomes the lines of a card: label, value, sign, how known and when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.evidence import Evidence, Verdict, public_code
from roster.wording.findings import word_finding
from roster.wording.known import GRADES, Known
from roster.wording.labels import CONFLICT_RULE, word_label
from roster.wording.messages import N_
from roster.wording.reasons import word_reason
from roster.wording.speech import Wording

SIGNS = {Verdict.PASS: "yes", Verdict.FAIL: "no", Verdict.UNKNOWN: "unk", Verdict.FLAG: "flag"}
CONFLICT = (
    "declaration",
    "nationality",
    "residence",
    "office",
    "held_interest",
    "public_statement",
    "refused",
)
"""Criteria that an envoy reads as one line: the verdict word of the conflict-of-interest rule."""

SILENT = ("consent", "safety_class", "pool", "suspension", "integrity", "pause", "look_alike")
"""Criteria of which a card says nothing when they pass."""

SAME_WORDS = {
    "themes_nice": "theme",
    "languages_nice": "language",
    "places_nice": "region",
    "region_experience": "region",
    "origin_wish": "origin",
    "track_breadth": "track",
    "phase_breadth": "phase",
}
"""Preferences that are worded like a gate."""

PLACES = ("place", "region", "residence", "nationality", "community")
"""Criteria whose label names what the request is about; a woman is told that when she is named."""

DUE_DAYS = 14
BAND_DAYS = 5

SOURCES = {
    "self": N_("said by herself"),
    "coordinator": N_("confirmed by her coordinator"),
    "import": N_("from a list"),
    "operator": N_("entered by the operator"),
}
FRESH_SOURCES = {
    "self": N_("confirmed by herself"),
    "coordinator": N_("entered by her coordinator"),
    "import": N_("from a list"),
    "operator": N_("entered by the operator"),
}


@dataclass(frozen=True)
class Worded:
    """One line of evidence. ``sign``: yes no unk part flag due off. Days where the record runs out."""

    label: str
    value: str
    sign: str
    note: str = ""
    is_hard: bool = True
    days_left: int | None = None
    days_total: int = 90


def word_evidence(
    wording: Wording,
    evidence: Evidence,
    *,
    now: datetime.datetime | None = None,
    for_envoy: bool = True,
) -> Worded:
    """One piece of evidence in words.

    For an envoy days are banded to months, days left to steps of five, and a protected ground is
    only "not proposed" or "conflict-of-interest rule". Others are coordinators, about their own
    women, and the woman herself. ``now`` gives the life line of an availability.
    """
    known = Known(wording, evidence)
    hidden = public_code(evidence) if for_envoy else ""
    if hidden in ("not_proposed", "not_counted"):
        label, value = wording.gettext(N_("Proposal")), word_reason(wording, hidden)
        return Worded(label, begin_line(value), SIGNS[evidence.verdict], is_hard=evidence.is_hard)
    criterion = get_base(evidence.criterion)
    line = Worded(
        label=begin_line(_word_label(known, criterion, hidden)),
        value=begin_line(word_finding(known, criterion)),
        sign=_get_sign(evidence, criterion),
        note=_word_note(known, criterion, for_envoy=for_envoy),
        is_hard=evidence.is_hard,
    )
    return _add_life(line, known, now, for_envoy=for_envoy) if criterion == "freshness" else line


def word_card(
    wording: Wording,
    evidences: Iterable[Evidence],
    *,
    now: datetime.datetime | None = None,
    names_places: bool = True,
) -> list[Worded]:
    """All lines of a card for an envoy: silent gates left out, the conflict rule as one line.

    ``names_places`` is false for the woman herself: which country a request is about she learns
    only when she has been named to its envoy.
    """
    lines, conflicts = [], []
    for evidence in evidences:
        passes = evidence.verdict == Verdict.PASS
        if evidence.criterion in CONFLICT:
            conflicts.append(evidence)
        elif not (passes and evidence.criterion in SILENT):
            line = word_evidence(wording, evidence, now=now)
            if not names_places and get_base(evidence.criterion) in PLACES:
                line = replace(line, label=wording.gettext(N_("A place or people of the request")))
            lines.append(line)
    return lines + ([word_conflict(wording, conflicts)] if conflicts else [])


def word_conflict(wording: Wording, evidences: Iterable[Evidence]) -> Worded:
    """The verdict of the conflict-of-interest rule over all its criteria: the weightiest counts."""
    weight = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.FLAG, Verdict.PASS)
    worst = min(evidences, key=lambda evidence: weight.index(evidence.verdict))
    line = word_evidence(wording, replace(worst, facts={}))
    if public_code(worst) == "not_proposed":
        return line
    notes = {
        Verdict.PASS: N_("all sides of the request"),
        Verdict.FLAG: N_("her coordinator can explain"),
        Verdict.UNKNOWN: N_("would fit if she declares"),
    }
    note = wording.gettext(notes[worst.verdict]) if worst.verdict in notes else ""
    return replace(line, label=wording.gettext(CONFLICT_RULE), note=note)


def get_base(criterion: str) -> str:
    """The criterion whose words serve: a preference often asks what a gate asks, more softly."""
    return SAME_WORDS.get(criterion, criterion)


def begin_line(text: str) -> str:
    """A line of evidence begins with a capital, in scripts that have them."""
    return text[:1].upper() + text[1:]


def _word_label(known: Known, criterion: str, hidden: str) -> str:
    return known.say(CONFLICT_RULE) if hidden == "conflict_rule" else word_label(known, criterion)


def _get_sign(evidence: Evidence, criterion: str) -> str:
    if evidence.verdict == Verdict.FLAG and criterion in ("freshness", "accreditation"):
        return "part"
    if not evidence.is_hard and 0 < evidence.points < evidence.out_of:
        return "part"
    if not evidence.is_hard and evidence.verdict == Verdict.FAIL:
        return "off"
    return SIGNS[evidence.verdict]


def _word_note(known: Known, criterion: str, *, for_envoy: bool) -> str:
    """How it is known and when; the points of a preference; the grade asked where it is short."""
    evidence = known.evidence
    parts = [_word_source(known, criterion, for_envoy=for_envoy), _word_grade(known)]
    if evidence.out_of > 0:
        parts.append(known.wording.points(evidence.points, evidence.out_of))
    return known.wording.list_parts(part for part in parts if part)


def _word_source(known: Known, criterion: str, *, for_envoy: bool) -> str:
    if criterion in CONFLICT:
        return ""
    words = FRESH_SOURCES if criterion.startswith("freshness") else SOURCES
    source = known.code("by")
    day = known.day("confirmed_at") or known.day("on")
    if source not in words:
        return ""
    if day is None:
        return known.say(words[source])
    date = known.wording.month(day) if for_envoy else known.wording.date(day)
    return known.say(N_("%(source)s, %(date)s"), source=known.say(words[source]), date=date)


def _word_grade(known: Known) -> str:
    """What is missing where the evidence is weaker than the request takes."""
    asked, found = known.code("grade_asked"), known.code("grade")
    if known.evidence.verdict != Verdict.UNKNOWN or asked not in GRADES or found not in GRADES:
        return ""
    if list(GRADES).index(found) >= list(GRADES).index(asked):
        return ""
    values = {"found": known.say(GRADES[found]), "asked": known.say(GRADES[asked])}
    return known.say(N_("%(found)s; asked: %(asked)s"), **values)


def _add_life(
    line: Worded, known: Known, now: datetime.datetime | None, *, for_envoy: bool
) -> Worded:
    start, end = known.instant("confirmed_at"), known.instant("valid_until")
    if now is None or start is None or end is None or end <= start:
        return line
    total = max((end - start).days, 1)
    left = min(max((end - now).days, 0), total)
    sign = "due" if line.sign == "yes" and left <= DUE_DAYS else line.sign
    shown = left // BAND_DAYS * BAND_DAYS if for_envoy else left
    return replace(line, sign=sign, days_left=shown, days_total=total)
