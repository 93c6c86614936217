"""Counts beside the request form, and the women's share of the team, as it is being written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roster.services.live_counts import PostCount, WithoutCount, count_live, note_count
from roster.web.access import current_actor, own_unit_of_work, reading
from roster.web.envoys.asked_view import AskedView, make_share_view
from roster.web.envoys.form_criteria import check
from roster.web.envoys.request_form import RequestForm
from roster.web.index import get_index
from roster.wording import N_, Wording
from roster.wording.answers import word_count

COUNTED = re.compile(
    r"start|end|posts-\d{1,2}-(?:roles|tracks|role_grade|track_grade|(?:themes|languages)-\d-\w+)"
)
"""Controls that the counts follow."""
SHARED = re.compile(r"present_team-(?:women|men)|target_share|most_share")
KINDS = {"themes": "theme", "languages": "language", "roles": "role", "tracks": "track"}


@dataclass(frozen=True)
class CountsView:
    """The counts in words: for each post how many fit, and how many without one thing asked."""

    posts: list[tuple[str, str]]
    """The sentence of the post, and what would be without each thing; "" where nothing is asked."""
    asked: AskedView
    """Only its share."""


def count(wording: Wording, form: RequestForm) -> CountsView | None:
    """Count what the form asks; None, with the errors in the form, where it cannot be counted.

    Only the controls that the counts follow must be right: the rest may still be unfinished.
    """
    part = check(_pick(form, COUNTED))
    share = _make_share(wording, form)
    if part.errors:
        form.errors = part.errors
        return None
    actor = current_actor()
    with own_unit_of_work() as session:
        note_count(session, actor=actor)
    counts = count_live(reading(), actor=actor, criteria=part.criteria, index=get_index())
    return CountsView([_word(wording, *one) for one in _number(counts)], share)


def _pick(form: RequestForm, pattern: re.Pattern[str]) -> RequestForm:
    picked = {name: value for name, value in form.controls.items() if pattern.fullmatch(name)}
    posts: Mapping[str, str] = {f"posts-{number}-code": "" for number in form.posts}
    return RequestForm({**posts, **picked})


def _make_share(wording: Wording, form: RequestForm) -> AskedView:
    """The women's share as far as its numbers are right; else none."""
    numbers = {
        name: int(form[name])
        for name in form.controls
        if SHARED.fullmatch(name) and form[name].isdecimal() and len(form[name]) < 5
    }
    criteria: dict[str, Any] = {
        "present_team": {
            "women": numbers.get("present_team-women", 0),
            "men": numbers.get("present_team-men", 0),
        },
        "target_share": numbers.get("target_share"),
        "most_share": numbers.get("most_share"),
        "posts": form.posts,
    }
    return make_share_view(wording, criteria)


def _number(counts: list[PostCount]) -> Iterator[tuple[int, PostCount]]:
    """Each post with its number; 0 where there is only one."""
    return ((number if len(counts) > 1 else 0, one) for number, one in enumerate(counts, 1))


def _word(wording: Wording, number: int, one: PostCount) -> tuple[str, str]:
    fits = word_count(wording, one.fits)
    if number:
        said = wording.gettext(
            N_("Post %(number)s: women who would fit: %(count)s."), number=number, count=fits
        )
    else:
        said = wording.gettext(N_("Women who would fit: %(count)s."), count=fits)
    return said, wording.list_parts(_word_without(wording, each) for each in one.without)


def _word_without(wording: Wording, one: WithoutCount) -> str:
    return wording.gettext(
        N_("without %(term)s %(count)s"),
        term=wording.term(KINDS[one.facet], one.code),
        count=word_count(wording, one.fits),
    )
