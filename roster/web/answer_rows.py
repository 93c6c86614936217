"""One woman's row of a stored run in words, for the envoy whose answer it is and for herself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matching.evidence import Evidence, Verdict, public_code
from roster.models import RunRow
from roster.services.near_miss_asks import find_askable
from roster.services.stored_evidence import read_evidence
from roster.wording import N_, Wording
from roster.wording.answers import word_ask, word_cure
from roster.wording.evidence import Worded, word_card


@dataclass(frozen=True)
class ListedView:
    """One woman who fits. ``is_gone``: hidden, withdrawn or erased since; nothing else is said."""

    handle: str
    rank: int
    post: str
    is_gone: bool = False
    kind: str = ""
    state: str = ""
    points: str = ""
    sentence: str = ""
    items: list[Worded] = field(default_factory=list)


@dataclass(frozen=True)
class NearMissView:
    """One woman a step away: the one criterion and what would cure it."""

    handle: str
    post: str
    points: str = ""
    missing: Worded | None = None
    cure: str = ""
    position: int = 0
    """Her place in the answer, where what she lacks can be asked for; else 0."""
    ask: str = ""
    """The words of the button that asks for it."""

    @property
    def is_gone(self) -> bool:
        return self.missing is None


def rank_rows(rows: Iterable[RunRow]) -> dict[int, int]:
    """Rank within the post, by the row's number."""
    ranks, last = {}, dict[str, int]()
    for row in rows:
        last[row.post] = ranks[row.id] = last.get(row.post, 0) + 1
    return ranks


def make_listed(
    wording: Wording,
    row: RunRow,
    rank: int,
    *,
    is_shown: bool,
    at: datetime,
    names_places: bool = True,
) -> ListedView:
    """The row of a woman who fits; ``is_shown``: whether her card may be shown today.

    ``at`` is when the answer was given. ``names_places``: see ``word_card``.
    """
    if not is_shown:
        return ListedView(row.handle, rank, row.post, is_gone=True)
    evidence = [read_evidence(one) for one in row.evidence]
    items = word_card(wording, evidence, now=at, names_places=names_places)
    kind, state = _word_state(wording, evidence, items)
    return ListedView(
        handle=row.handle,
        rank=rank,
        post=row.post,
        kind=kind,
        state=state,
        points=wording.points(row.points, row.out_of),
        sentence=_word_sentence(wording, items),
        items=items,
    )


def _word_state(
    wording: Wording, evidence: Sequence[Evidence], items: Sequence[Worded]
) -> tuple[str, str]:
    """The tag beside her handle: a flag first, then a statement that runs out, else available."""
    flags = sum(one.verdict == Verdict.FLAG and one.code != "" for one in evidence)
    if flags:
        return "flag", wording.ngettext("One flag", "%(num)d flags", flags)
    lives = [one.days_left for one in items if one.sign == "due" and one.days_left is not None]
    if lives:
        left = min(lives)  # in steps of five: none may be four days or an hour
        return "due", wording.days_left(left) if left else wording.gettext(N_("Runs out soon"))
    return "yes", wording.gettext(N_("Available"))


MOST_NAMED = 3


def _word_sentence(wording: Wording, items: Sequence[Worded]) -> str:
    """What earns no points among the preferences, in the words of the criteria."""
    missing = [one.label for one in items if not one.is_hard and one.sign in ("no", "unk", "off")]
    if not missing:
        return wording.gettext(N_("Nothing missing."))
    named = wording.list_parts(missing[:MOST_NAMED])
    if len(missing) > MOST_NAMED:
        return wording.gettext(N_("Not met among others: %(criteria)s."), criteria=named)
    return wording.gettext(N_("Not met: %(criteria)s."), criteria=named)


def make_near_miss(
    wording: Wording, row: RunRow, *, is_shown: bool, at: datetime, names_places: bool = True
) -> NearMissView:
    """The row of a woman one step away; its arguments are those of ``make_listed``."""
    evidence = [read_evidence(one) for one in row.evidence]
    missing = next((one for one in evidence if one.verdict < Verdict.PASS), None)
    if not is_shown or missing is None:
        return NearMissView(row.handle, row.post)
    return NearMissView(
        handle=row.handle,
        post=row.post,
        points=wording.points(row.points, row.out_of),
        missing=word_card(wording, [missing], now=at, names_places=names_places)[0],
        cure=word_cure(wording, public_code(missing)),
        position=row.position if find_askable(row) else 0,
        ask=word_ask(wording, public_code(missing)),
    )
