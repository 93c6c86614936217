"""What explains an answer, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matching import Comparison, Fragility, PostReasons, Relaxation, Request, WhyNot, public_code
from roster.wording import N_, Wording
from roster.wording.explanations import (
    word_change,
    word_decision,
    word_her_step,
    word_preference,
)
from roster.wording.reasons import word_reason

Handles = Mapping[int, str]


def explain_post(
    wording: Wording,
    request: Request,
    fits: int,
    relaxations: Sequence[Relaxation],
    fragility: Fragility,
    handles: Handles,
) -> Iterator[str]:
    """One post: how many fit, what would let more fit, how surely the first places stand."""
    yield wording.ngettext("%(num)d woman fits.", "%(num)d women fit.", fits)
    for one in relaxations:
        changes = wording.list_and(word_change(wording, request, each) for each in one.changes)
        yield wording.ngettext(
            "  %(num)d would fit with: %(changes)s",
            "  %(num)d would fit with: %(changes)s",
            one.fits,
            changes=changes,
        )
    yield from _explain_fragility(wording, fragility, handles)


def _explain_fragility(wording: Wording, fragility: Fragility, handles: Handles) -> Iterator[str]:
    if not fragility.first:
        return
    if not fragility.fragile:
        yield wording.gettext(N_("No weight a tenth more or less changes the first places."))
    for one in fragility.weights:
        for shift in (one.down, one.up):
            if shift:
                yield "  " + wording.gettext(
                    N_("%(preference)s, weight changed by %(share)s: %(women)s"),
                    preference=word_preference(wording, one.preference),
                    share=f"{shift.by:+.1%}",
                    women=wording.list_plain(handles[each] for each in shift.first),
                )


def explain_why_not(
    wording: Wording, request: Request, asked: str, said: WhyNot | None
) -> Iterator[str]:
    """Why one woman is not in the answer; the same for an unknown one and one nobody may see."""
    if said is None:
        yield wording.gettext(N_("%(who)s: nobody of this request"), who=asked)
        return
    if said.is_withheld:
        yield wording.gettext(N_("%(who)s: not proposed"), who=asked)
    for post in said.posts:
        yield f"{asked}, {post.post}:"
        yield from _explain_reasons(wording, request, post)


def _explain_reasons(wording: Wording, request: Request, post: PostReasons) -> Iterator[str]:
    if not post.reasons:
        yield "  " + wording.gettext(N_("listed"))
        return
    for one in post.reasons:
        code = public_code(one.evidence)
        ground = f" [{code}]" if code.isalnum() else ""
        yield f"  - {word_reason(wording, code)}{ground}"
    if post.her_steps:
        steps = [word_her_step(wording, request, post.post, step) for step in post.her_steps]
        yield "  " + wording.gettext(N_("Would fit if: %(steps)s"), steps=wording.list_and(steps))
    if post.request_steps:
        changes = [word_change(wording, request, each) for each in post.request_steps]
        yield "  " + wording.gettext(
            N_("Would fit with: %(changes)s"), changes=wording.list_and(changes)
        )


def explain_comparison(wording: Wording, said: Comparison, handles: Handles) -> Iterator[str]:
    """A against B: who stands before the other, by what."""
    ahead = wording.gettext(N_("%(who)s stands first."), who=handles[said.ahead])
    yield f"{ahead} {word_decision(wording, said.decided_by)}"
    for one in said.differences:
        if one.points:
            yield f"  {one.points:+6.2f}  {word_preference(wording, one.criterion)}"
    yield f"  {said.gap:+6.2f}"
