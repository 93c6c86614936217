"""How far a word such as "must", "ideally" or "nobody from" reaches in its sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.letters.grammar import Mark
from matching.letters.sentences import Finding, Sentence
from matching.letters.values import Force

_CUES = ("must", "nice", "exclude", "waive")
#: Words of an exclusion that govern nothing themselves: "none of them may be".
UNKNOWN_WORDS = 4
UNKNOWN_IN_LIST = 2
#: So near to an exclusion "must" is part of it: "none of them must …".
AUXILIARY = 3
REACH_BACK = 7
#: Kinds that a force binds one by one: what comes after them is another matter.
AMOUNTS = frozenset({"start_date", "end_date", "duration", "notice", "days_per_month"})
#: Kinds that are never merely welcome, and kinds that can keep somebody out.
FIXED = frozenset({"post_count", "present_team"})
EXCLUDING = frozenset({"nationality", "residence", "office", "network", "language", "region"})
EXPLICIT = 0.03
_SMALL = (
    "and",
    "filler",
    "the",
    "national",
    "exclude",
    "from_there",
    "resident",
    "office",
    "sender",
    "person",
    "woman",
    "must",
)


@dataclass(frozen=True)
class Cue:
    """A phrase of force at words first..last; `is_after` = it stands behind what it governs."""

    first: int
    last: int
    category: str
    is_after: bool


def find_cues(sentence: Sentence) -> list[Cue]:
    """Return the cues in order; of two that overlap the longer one stays ("not required")."""
    marks = [mark for category in _CUES for mark in sentence.list_marks(category)]
    kept: list[Mark] = []
    for mark in sorted(
        marks, key=lambda one: (one.first - one.last, _CUES[::-1].index(one.category))
    ):
        if all(mark.last < other.first or other.last < mark.first for other in kept):
            kept.append(mark)
    return sorted(
        (
            Cue(one.first, one.last, one.category, one.value == "after")
            for one in kept
            if _is_cue(sentence, one)
        ),
        key=lambda one: one.first,
    )


def _is_cue(sentence: Sentence, mark: Mark) -> bool:
    """ "Une personne" is no "nobody", "moins de 35" no "except"."""
    if mark.category != "exclude" or mark.first != mark.last:
        return True
    if sentence.at("under", mark.first) is not None:
        return False
    return sentence.before("article", mark.first) is None


def find_excluded(sentence: Sentence, cues: Sequence[Cue]) -> set[int]:
    """Return the places of the words that exclusions reach."""
    reached: set[int] = set()
    targets = _list_targets(sentence)
    for cue in cues:
        if cue.category == "exclude":
            reached.update(
                _reach_back(sentence, cue, targets)
                if cue.is_after and cue.first
                else _reach_on(sentence, cue, cues, targets)
            )
    return reached


def _list_targets(sentence: Sentence) -> list[tuple[int, int]]:
    kinds = {"country", "region", "network"}
    named = [(one.first, one.last) for one in sentence.sights if kinds & one.readings.keys()]
    offices = [(one.first, one.last) for one in sentence.list_marks("office") if one.value != "any"]
    return sorted([*named, *offices])


def _reach_on(
    sentence: Sentence, cue: Cue, cues: Sequence[Cue], targets: list[tuple[int, int]]
) -> Iterator[int]:
    end = min(
        [len(sentence.words)]
        + [
            one.first
            for one in cues
            if one.first > cue.last + AUXILIARY
            and one.category in ("nice", "must", "waive")
            and not one.is_after
        ]
        + [one.first for one in sentence.list_marks("contrast") if one.first > cue.last]
    )
    last, allowed = cue.last, UNKNOWN_WORDS
    for first, target_last in targets:
        if target_last <= last:
            continue
        if first >= end or _count_unknown(sentence, last + 1, first) > allowed:
            return
        yield from range(cue.first, target_last + 1)
        last, allowed = target_last, UNKNOWN_IN_LIST


def _reach_back(sentence: Sentence, cue: Cue, targets: list[tuple[int, int]]) -> Iterator[int]:
    start, allowed = cue.first, UNKNOWN_WORDS
    for first, last in reversed(targets):
        if last >= start:
            continue
        if _count_unknown(sentence, last + 1, start) > allowed:
            return
        yield from range(max(first - 4, 0), cue.last + 1)
        start, allowed = first, 1


def _count_unknown(sentence: Sentence, first: int, end: int) -> int:
    """How many words say nothing about lists or places; a number, a day or a language cuts it."""
    unknown = 0
    levels = {one.first for one in sentence.side_sights}
    for place in range(first, end):
        is_number = sentence.words[place].form[0].isdigit() or place in sentence.taken
        if is_number or place in levels or sentence.is_in("speaks", place):
            return UNKNOWN_WORDS + 1
        unknown += not any(sentence.is_in(one, place) for one in _SMALL)
    return unknown


def settle_forces(
    sentence: Sentence, cues: Sequence[Cue], findings: Sequence[Finding], excluded: set[int]
) -> list[Finding]:
    """Give every finding its force and return those that are asked for at all."""
    ordered = sorted(findings, key=lambda one: one.first)
    dropped: set[int] = set()
    for cue in cues:
        if cue.category != "exclude" and not _is_behind(sentence, cue, ordered):
            _bind(_list_ahead(sentence, cue, cues, ordered), cue, dropped, set())
    welcomed: set[int] = set()
    for cue in cues:
        if cue.category != "exclude" and _is_behind(sentence, cue, ordered):
            behind = _list_behind(sentence, cue, ordered)
            if cue.category == "nice":
                welcomed.update(id(one) for one in behind)
            _bind(behind, cue, dropped, welcomed)
    for one in ordered:
        if one.kind in FIXED:
            one.force = Force.MUST
        elif one.kind in EXCLUDING and not excluded.isdisjoint(range(one.first, one.last + 1)):
            one.force = Force.EXCLUDE
    return [one for one in ordered if id(one) not in dropped or one.force is Force.EXCLUDE]


def _bind(bound: Sequence[Finding], cue: Cue, dropped: set[int], welcomed: set[int]) -> None:
    """What is "welcome but not required" stays welcome."""
    for one in bound:
        if cue.category == "waive":
            dropped.update({id(one)} - welcomed)
        else:
            one.force = Force(cue.category)
            one.confidence = min(one.confidence + EXPLICIT, 1.0)


def _is_behind(sentence: Sentence, cue: Cue, ordered: Sequence[Finding]) -> bool:
    if cue.first == 0 or sentence.words[cue.first].gap > 0 and not sentence.is_end(cue.last):
        return False
    near = any(0 <= cue.first - one.last - 1 <= REACH_BACK for one in ordered)
    if sentence.is_end(cue.last):
        is_inset = sentence.words[cue.first].gap > 0 and not cue.is_after
        if is_inset and _is_nearer_ahead(cue, ordered):
            return False
        return near and not sentence.is_in("and", cue.first - 1)
    if not cue.is_after:
        return False
    ahead = any(0 <= one.first - cue.last - 1 <= REACH_BACK for one in ordered)
    is_joined = sentence.is_in("and", cue.first - 1)
    return not (ahead and (is_joined or not near))


def _is_nearer_ahead(cue: Cue, ordered: Sequence[Finding]) -> bool:
    """ "… and who, preferably, belong to X": between commas it goes with the nearer finding."""
    behind = [cue.first - one.last for one in ordered if one.last < cue.first]
    ahead = [one.first - cue.last for one in ordered if one.first > cue.last]
    return bool(ahead) and min(ahead) < min(behind, default=REACH_BACK)


def _list_ahead(
    sentence: Sentence, cue: Cue, cues: Sequence[Cue], ordered: Sequence[Finding]
) -> list[Finding]:
    ends = [one.first for one in cues if one.first > cue.last and one.category != "exclude"]
    ends += [one.first for one in sentence.list_marks("contrast") if one.first > cue.last]
    end = min(ends, default=len(sentence.words))
    bound: list[Finding] = []
    for one in ordered:
        if not cue.last < one.first < end:
            continue
        if one.kind in AMOUNTS:
            is_near = cue.category != "nice" or one.first == cue.last + 1
            return bound or ([one] if is_near else [])
        bound.append(one)
    return bound


def _list_behind(sentence: Sentence, cue: Cue, ordered: Sequence[Finding]) -> list[Finding]:
    """The nearest finding, and those that a list joins to it; commas alone join nothing."""
    before = [one for one in ordered if one.last < cue.first and one.kind not in FIXED]
    if not before or cue.first - before[-1].last - 1 > REACH_BACK:
        return []
    bound, is_joined = [before[-1]], False
    for one in reversed(before[:-1]):
        between = range(one.last + 1, bound[-1].first)
        is_list = all(
            any(sentence.is_in(kind, place) for kind in ("and", "filler", "the"))
            for place in between
        )
        is_joined = is_joined or any(sentence.is_in("and", place) for place in between)
        is_one = not between and sentence.words[bound[-1].first].gap == 0
        if not is_one and (not is_list or not is_joined or one.kind != bound[-1].kind):
            break
        bound.append(one)
    return bound
