"""What one reader of a document may see of it at this moment.

Of the women nothing is stored with a document but their handles. At each viewing: who may not be
shown any more, or took back her word, is no longer available; a woman of class 3 who was put
forward stands on the requester's screen only, never in a file or behind a link; a name stands for
its code only for the requester, to whom it was released, and while the release lasts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matching.evidence import Verdict
from roster.documents import FunnelStep, Issue, Miss, ShareSum, Woman
from roster.facts import load_mediators
from roster.models import Document, DocumentCopy, Run, RunRow
from roster.queries.documents import get_run_of, list_withdrawn
from roster.services.asked_requests import list_cleared
from roster.services.released_names import ReleasedName, list_released_names
from roster.services.shown_cards import list_reasons
from roster.services.small_cells import band_funnel, round_count
from roster.services.stored_evidence import read_evidence

ONLY_CLASS = ("class",)
"""The one ground on which a woman who was put forward stands on a screen and in no file."""
MOST_MISSES = 3


@dataclass(frozen=True)
class Shown:
    """A document ready for its words."""

    issue: Issue
    shown_ids: list[int]
    """Women whose card is in it, for the read log."""
    named_ids: list[int]
    """Those of them who stand in it by name."""
    left_out: int
    """Women who may be shown on screen only and are therefore not in this file."""


def show_document(
    session: Session, *, document: Document, copy: DocumentCopy, now: datetime, on_screen: bool
) -> Shown:
    """The document as the reader of this copy may see it now.

    ``on_screen`` is false for files. A copy behind a link is treated as a file.
    """
    run = get_run_of(session, document)
    is_own = copy.token_digest is None
    rows = _find_rows(run, document.content)
    visible, hidden = _part_rows(session, run, rows, now, on_screen=on_screen and is_own)
    names = list_released_names(session, run.request_id, now) if is_own else {}
    chosen = _make_women(rows["chosen"], visible, hidden, names)
    reserves = _make_women(rows["reserves"], visible, hidden, names)
    misses = _list_misses(session, run, now)
    issue = Issue(
        request_code=run.match_request.code,
        code=document.code,
        criteria=run.criteria,
        classification=document.classification,
        at=run.at,
        issued_at=document.issued_at,
        ends_at=document.ends_at,
        recipient=copy.recipient,
        watermark=copy.watermark,
        weights_version=run.weights_version,
        chosen=chosen,
        reserves=reserves,
        is_ranked=bool(document.content["is_ranked"]),
        near_misses=tuple(one for row in misses for one in _make_miss(row)),
        share=_make_share(run.criteria),
        **_count(run, chosen),
    )
    ids = sorted(visible | set(_ids(misses)))
    return Shown(issue, ids, [one for one in ids if one in names], len(hidden))


def list_on_screen(session: Session, run: Run, rows: Iterable[RunRow], now: datetime) -> set[int]:
    """Women of these rows who may stand on the requester's screen now, class 3 put forward too."""
    free, only_screen = _judge(session, run, rows, now)
    return free | only_screen


def _judge(
    session: Session, run: Run, rows: Iterable[RunRow], now: datetime
) -> tuple[set[int], set[int]]:
    """Who may be shown anywhere, and who on the requester's screen only."""
    women = list(load_mediators(session, ids=_ids(rows), now=now))
    forward = list_cleared(session, run.request_id, "put_forward")
    withdrawn = list_withdrawn(session, run.request_id)
    reasons = {woman.id: list_reasons(woman, now) for woman in women if woman.id not in withdrawn}
    free = {one for one, grounds in reasons.items() if not grounds}
    only_screen = {
        one for one, grounds in reasons.items() if grounds == ONLY_CLASS and one in forward
    }
    return free, only_screen


def _ids(rows: Iterable[RunRow]) -> list[int]:
    return sorted({row.mediator_id for row in rows if row.mediator_id is not None})


def _find_rows(run: Run, content: Mapping[str, Any]) -> dict[str, list[RunRow]]:
    by_name = {(row.post, row.handle): row for row in run.rows}
    return {
        part: [by_name[post, handle] for post, handle in content[part]]
        for part in ("chosen", "reserves")
    }


def _part_rows(
    session: Session,
    run: Run,
    rows: Mapping[str, Sequence[RunRow]],
    now: datetime,
    *,
    on_screen: bool,
) -> tuple[set[int], set[int]]:
    """Women who are shown, and those who are left out of this copy without a word."""
    free, only_screen = _judge(session, run, [*rows["chosen"], *rows["reserves"]], now)
    return (free | only_screen, set()) if on_screen else (free, only_screen)


def _make_women(
    rows: Iterable[RunRow],
    visible: Collection[int],
    hidden: Collection[int],
    names: Mapping[int, ReleasedName],
) -> tuple[Woman, ...]:
    return tuple(
        _make_woman(row, names.get(row.mediator_id or 0))
        if row.mediator_id in visible
        else Woman(row.handle, row.post, is_gone=True)
        for row in rows
        if row.mediator_id not in hidden
    )


def _make_woman(row: RunRow, named: ReleasedName | None) -> Woman:
    return Woman(
        handle=row.handle,
        post=row.post,
        evidence=tuple(map(read_evidence, row.evidence)),
        name=named.name if named else "",
        network=named.network_code if named else "",
    )


def _list_misses(session: Session, run: Run, now: datetime) -> list[RunRow]:
    """Rows of women one step away who may be shown anywhere, each once, the nearest first."""
    rows = {row.handle: row for row in reversed(run.rows) if row.state == "near_miss"}
    nearest = sorted(rows.values(), key=lambda row: row.position)
    free, _ = _judge(session, run, nearest, now)
    return [row for row in nearest if row.mediator_id in free][:MOST_MISSES]


def _make_miss(row: RunRow) -> Iterable[Miss]:
    evidence = [read_evidence(one) for one in row.evidence]
    missing = next((one for one in evidence if one.verdict < Verdict.PASS), None)
    return [Miss(row.handle, missing)] if missing else []


def _count(run: Run, chosen: Sequence[Woman]) -> dict[str, Any]:
    """Counts by the rule of small cells; who fits is exact only where all of them are shown."""
    fitting = len({row.handle for row in run.rows if row.state == "listed"})
    listed = len({one.handle for one in chosen if not one.is_gone})
    steps = band_funnel(run.funnel, run.considered, listed)
    return {
        "considered": round_count(run.considered),
        "fitting": fitting if fitting == listed else round_count(fitting),
        "funnel": tuple(FunnelStep(row.gate, row.fell) for row in steps),
    }


def _make_share(criteria: Mapping[str, Any]) -> ShareSum | None:
    team = criteria.get("present_team")
    if team is None:
        return None
    return ShareSum(team["women"], team["men"], criteria.get("target_share"))
