"""An answer as text for a terminal: the list with its evidence, near misses, the funnel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from matching import Answer, Candidate, Evidence, State, public_code
from roster.services.answer_changes import Movement
from roster.services.card_evidence import put_on_card
from roster.services.small_cells import band_funnel, round_count
from roster.wording import N_, Wording
from roster.wording.answers import (
    word_count,
    word_cure,
    word_headline,
    word_post,
    word_request,
)
from roster.wording.evidence import Worded, word_card
from roster.wording.reasons import word_gate, word_reason

Handles = Mapping[int, str]
SIGNS = {"yes": "+", "no": "-", "unk": "?", "part": "~", "flag": "!", "due": "+", "off": "-"}
"""The sign of each line: + meets, ~ partly, ! a flag, ? unknown, - does not meet."""
INDENT = "     "


def explain_answer_as_text(
    wording: Wording, answer: Answer, handles: Handles, *, title: str = "", most: int = 10
) -> str:
    """The whole answer in words, women by handle, evidence by the rules of the card.

    ``most`` bounds how many women of each kind are explained in full; the headline counts all.
    """
    listed, near = answer.counts[State.LISTED], answer.counts[State.NEAR_MISS]
    lines = [
        title or wording.gettext(N_("Request %(code)s"), code=answer.request.code),
        f"{word_headline(wording, listed, near)} ({wording.instant(answer.now)})",
        "",
        *_word_asked(wording, answer),
        *_word_listed(wording, answer, handles, most),
        *_word_near_misses(wording, answer, handles, most),
        *_word_funnel(wording, answer),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _word_asked(wording: Wording, answer: Answer) -> Iterator[str]:
    yield wording.gettext(N_("Asked (H must be met, P adds points):"))
    yield from (_word_criterion(*one) for one in word_request(wording, answer.request))
    for post in answer.request.posts:
        if len(answer.request.posts) > 1:
            yield f"  {post.code}:"
        yield from (_word_criterion(*one) for one in word_post(wording, post))
    yield ""


def _word_criterion(is_hard: bool, text: str) -> str:
    return f"  {'H' if is_hard else 'P'}  {text}"


def _word_listed(wording: Wording, answer: Answer, handles: Handles, most: int) -> Iterator[str]:
    ranks: dict[str, int] = {}
    shown = 0
    for one in answer.listed:
        rank = ranks[one.post] = ranks.get(one.post, 0) + 1
        if rank > most:
            continue
        shown += 1
        post = f", {one.post}" if len(answer.request.posts) > 1 else ""
        points = wording.points(one.points, one.out_of)
        yield f"{rank:>3}. {handles[one.mediator_id]}  {points}{post}"
        yield from _word_evidence(wording, one.evidence, answer.now)
        yield ""
    if shown < len(answer.listed):
        rest = len(answer.listed) - shown
        yield wording.ngettext("and %(num)d more", "and %(num)d more", rest)
        yield ""


def _word_evidence(wording: Wording, evidence: Sequence[Evidence], now: datetime) -> Iterator[str]:
    for line in word_card(wording, [put_on_card(one) for one in evidence], now=now):
        yield f"{INDENT}{_word_line(line)}"


def _word_line(line: Worded) -> str:
    note = f" ({line.note})" if line.note else ""
    return f"{SIGNS[line.sign]} {line.label}: {line.value}{note}"


def _word_near_misses(
    wording: Wording, answer: Answer, handles: Handles, most: int
) -> Iterator[str]:
    if not answer.near_misses:
        return
    yield wording.gettext(N_("One step away:"))
    for one in answer.near_misses[:most]:
        yield f"  {handles[one.mediator_id]}  {_word_missing(wording, one, answer.now)}"
    yield ""


def _word_missing(wording: Wording, candidate: Candidate, now: datetime) -> str:
    if candidate.missing is None:
        raise ValueError("not a near miss")
    line = word_card(wording, [put_on_card(candidate.missing)], now=now)[0]
    return f"{_word_line(line)}. {word_cure(wording, public_code(candidate.missing))}."


def _word_funnel(wording: Wording, answer: Answer) -> Iterator[str]:
    steps = [{"gate": step.gate, "fell": step.fell, "left": step.left} for step in answer.funnel]
    yield wording.gettext(
        N_("Considered: %(count)s"), count=word_count(wording, round_count(answer.considered))
    )
    for row in band_funnel(steps, answer.considered, answer.counts[State.LISTED]):
        fell, left = word_count(wording, row.fell), word_count(wording, row.left)
        sentence = wording.gettext(
            N_("%(gate)s: %(fell)s fell, %(left)s left"),
            gate=word_gate(wording, row.gate),
            fell=fell,
            left=left,
        )
        yield f"  {sentence}"


STATES = {
    State.LISTED: N_("listed"),
    State.NEAR_MISS: N_("one step away"),
    State.EXCLUDED: N_("not proposed"),
    State.NOT_VISIBLE: N_("not proposed"),
}


def explain_changes_as_text(
    wording: Wording, movements: Sequence[Movement], handles: Handles
) -> str:
    """Who moved between two answers, from where to where, and why, by handle."""
    if not movements:
        return wording.gettext(N_("Nothing changed.")) + "\n"
    lines = [_word_movement(wording, movement, handles) for movement in movements]
    return "\n".join(lines) + "\n"


def _word_movement(wording: Wording, movement: Movement, handles: Handles) -> str:
    codes = dict.fromkeys(public_code(one) for one in movement.grounds)
    grounds = [
        f"{word_reason(wording, code)} [{code}]" if code.isalnum() else word_reason(wording, code)
        for code in codes
        if code
    ]
    sentence = wording.gettext(
        N_("%(handle)s: %(before)s, then %(after)s"),
        handle=handles[movement.mediator_id],
        before=wording.gettext(STATES[movement.before]),
        after=wording.gettext(STATES[movement.after]),
    )
    return f"  {sentence}: {wording.list_and(grounds)}" if grounds else f"  {sentence}"
