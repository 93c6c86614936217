"""Why a woman is not listed, in words: for an envoy by handle, for a coordinator of her own women."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matching import Change, Evidence, HerStep, PostReasons, Reason, Request, Verdict, public_code
from roster.services.own_reasons import FIELD_OF_CODE, OF_THE_NETWORK
from roster.wording import N_, Wording
from roster.wording.evidence import Worded, begin_line, word_card, word_evidence
from roster.wording.explanations import word_change, word_her_step
from roster.wording.labels import CONFLICT_RULE
from roster.wording.reasons import word_reason

BARRED = N_("barred by the rule")
UNTOLD = frozenset({"not_proposed", "not_counted", "conflict_rule"})
"""What an envoy reads instead of a code: it is no code to be shown."""


@dataclass(frozen=True)
class ReasonRow:
    """One gate that she does not pass; ``code`` is empty where none is told."""

    reason: str
    code: str
    line: Worded


@dataclass(frozen=True)
class PostRows:
    """One post. ``rows`` in order of decision, none where she fits; the smallest steps that would
    admit her, on her side alone and by the request alone, and of both where neither side is enough;
    without an end, "" where there are none."""

    title: str
    rows: list[ReasonRow]
    her_steps: str
    request_steps: str
    joint_steps: str
    changes: tuple[Change, ...]
    """What the steps ask of the request."""


def make_post_rows(
    wording: Wording,
    asked: Request,
    posts: Iterable[PostReasons],
    *,
    now: datetime,
    for_envoy: bool,
) -> list[PostRows]:
    """The reasons for each post, the nearest first."""
    return [_make_post(wording, asked, one, now, for_envoy=for_envoy) for one in posts]


def _make_post(
    wording: Wording, asked: Request, said: PostReasons, now: datetime, *, for_envoy: bool
) -> PostRows:
    hers, requests = said.her_steps or (), said.request_steps or ()
    joint = () if hers or requests else said.smallest or ()

    def say(steps: Iterable[HerStep | Change]) -> str:
        return wording.list_and(_word_step(wording, asked, said.post, one) for one in steps)

    return PostRows(
        title=word_post_title(wording, asked, said.post),
        rows=[_make_row(wording, one, now, for_envoy=for_envoy) for one in said.reasons],
        her_steps=say(hers),
        request_steps=say(requests),
        joint_steps=say(joint),
        changes=requests or tuple(one for one in joint if isinstance(one, Change)),
    )


def _word_step(wording: Wording, asked: Request, post: str, step: HerStep | Change) -> str:
    if isinstance(step, Change):
        return word_change(wording, asked, step)
    return word_her_step(wording, asked, post, step)


def word_post_title(wording: Wording, asked: Request, code: str) -> str:
    """``Post 2``; nothing where the request has one post, or the reasons are of no post."""
    codes = [post.code for post in asked.posts]
    if len(codes) < 2 or code not in codes:
        return ""
    return wording.gettext(N_("Post %(number)s"), number=codes.index(code) + 1)


def _make_row(wording: Wording, reason: Reason, now: datetime, *, for_envoy: bool) -> ReasonRow:
    evidence = reason.evidence
    code = public_code(evidence) if for_envoy else evidence.code
    words = word_reason(wording, code)
    return ReasonRow(
        reason=begin_line(words),
        code="" if code in UNTOLD else code,
        line=_word_line(wording, evidence, code, now),
    )


def _word_line(wording: Wording, evidence: Evidence, code: str, now: datetime) -> Worded:
    if code == "conflict_rule":
        label, value = wording.gettext(CONFLICT_RULE), begin_line(wording.gettext(BARRED))
        return Worded(label, value, "unk" if evidence.verdict == Verdict.UNKNOWN else "no")
    if code in FIELD_OF_CODE or code in OF_THE_NETWORK:
        return word_evidence(wording, evidence, for_envoy=False)
    return word_card(wording, [evidence], now=now)[0]
