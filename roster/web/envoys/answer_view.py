"""A stored run ready for the page: persons by handle, near misses, the funnel in steps of five."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matching.evidence import Evidence, Verdict, public_code
from roster.models import Run, RunRow
from roster.services.small_cells import band_funnel, round_count
from roster.services.stored_evidence import read_evidence
from roster.wording import N_, Wording
from roster.wording.answers import word_count, word_cure, word_headline
from roster.wording.evidence import Worded, word_card
from roster.wording.reasons import word_gate

PAGE = 5
"""Persons with their evidence on one page; a shortlist has three to five."""
NEAR_PAGE = 20


@dataclass(frozen=True)
class PersonView:
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

    @property
    def is_gone(self) -> bool:
        return self.missing is None


@dataclass(frozen=True)
class FunnelStepView:
    label: str
    fell: str | None
    left: str
    before_share: float
    left_share: float


@dataclass(frozen=True)
class AnswerView:
    headline: str
    listed_count: int
    persons: list[PersonView]
    page: int
    pages: int
    near_misses: list[NearMissView]
    near_count: int
    near_page: int
    near_pages: int
    funnel: list[FunnelStepView]
    considered: str
    not_visible: str
    has_ended: bool
    """Something it rests on has run out since: searching again may give another answer."""
    shown_ids: list[int]
    """Women whose card is on this page, for the read log."""


def make_answer_view(
    wording: Wording, run: Run, showable: set[int], *, now: datetime, page: int, near: int
) -> AnswerView:
    """One page of a run; ``showable`` are the women whose card may be shown today."""
    listed = [row for row in run.rows if row.state == "listed"]
    near_misses = [row for row in run.rows if row.state == "near_miss"]
    women, near_women = len(_handles(listed)), len(_handles(near_misses))
    on_page, page, pages = _cut(listed, page, PAGE)
    near_on_page, near, near_pages = _cut(near_misses, near, NEAR_PAGE)
    ranks = _rank(listed)
    shown = [row for row in [*on_page, *near_on_page] if row.mediator_id in showable]
    return AnswerView(
        headline=word_headline(wording, women, near_women),
        listed_count=women,
        persons=[_person(wording, row, ranks[row.id], showable, run.at) for row in on_page],
        page=page,
        pages=pages,
        near_misses=[_near_miss(wording, row, showable, run.at) for row in near_on_page],
        near_count=near_women,
        near_page=near,
        near_pages=near_pages,
        funnel=_make_funnel(wording, run, women),
        considered=word_count(wording, round_count(run.considered)),
        not_visible=word_count(wording, round_count(run.not_visible)),
        has_ended=run.holds_until is not None and run.holds_until <= now,
        shown_ids=sorted({row.mediator_id for row in shown if row.mediator_id is not None}),
    )


def _handles(rows: Iterable[RunRow]) -> set[str]:
    return {row.handle for row in rows}


def _cut(rows: Sequence[RunRow], page: int, size: int) -> tuple[Sequence[RunRow], int, int]:
    pages = max(1, -(-len(rows) // size))
    page = min(page, pages)
    return rows[(page - 1) * size : page * size], page, pages


def _rank(rows: Iterable[RunRow]) -> dict[int, int]:
    """Rank within the post, by the row's number."""
    ranks, last = {}, dict[str, int]()
    for row in rows:
        last[row.post] = ranks[row.id] = last.get(row.post, 0) + 1
    return ranks


def _person(
    wording: Wording, row: RunRow, rank: int, showable: set[int], at: datetime
) -> PersonView:
    if row.mediator_id not in showable:
        return PersonView(row.handle, rank, row.post, is_gone=True)
    evidence = [read_evidence(one) for one in row.evidence]
    items = word_card(wording, evidence, now=at)
    kind, state = _word_state(wording, evidence, items)
    return PersonView(
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


def _near_miss(wording: Wording, row: RunRow, showable: set[int], at: datetime) -> NearMissView:
    evidence = [read_evidence(one) for one in row.evidence]
    missing = next((one for one in evidence if one.verdict < Verdict.PASS), None)
    if row.mediator_id not in showable or missing is None:
        return NearMissView(row.handle, row.post)
    return NearMissView(
        handle=row.handle,
        post=row.post,
        points=wording.points(row.points, row.out_of),
        missing=word_card(wording, [missing], now=at)[0],
        cure=word_cure(wording, public_code(missing)),
    )


def _make_funnel(wording: Wording, run: Run, listed: int) -> list[FunnelStepView]:
    considered = word_count(wording, round_count(run.considered))
    steps = [FunnelStepView(word_gate(wording, "considered"), None, considered, 0.0, 100.0)]
    for row in band_funnel(run.funnel, run.considered, listed):
        steps.append(
            FunnelStepView(
                label=word_gate(wording, row.gate),
                fell=word_count(wording, row.fell),
                left=word_count(wording, row.left),
                before_share=row.before_share,
                left_share=row.left_share,
            )
        )
    return steps
