"""The points of a letter that were taken, as controls of the request form."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matching.letters import PresentTeam
from roster.schemas.request import MOST_POSTS
from roster.web.envoys.letter_choices import NICE, Choice, SideChoice
from roster.web.envoys.request_form import Controls

WORDS = {
    "country": "countries",
    "nationality": "exclusions-nationalities",
    "residence": "exclusions-residences",
    "office": "exclusions-offices",
}
"""Kinds of which a request names several, and the control that holds them."""
SINGLE = {
    "start_date": "start",
    "end_date": "end",
    "notice": "notice_days",
    "days_per_month": "days_per_month",
    "modality": "modality",
    "women_share": "target_share",
}
LISTS = {"role": "roles", "track": "tracks", "phase": "phases"}
WISHES = {"theme": "themes", "language": "languages", "region": "places"}
MOST_WISHES = 10
"""Rows of one kind that the form can hold."""
_DURATION = re.compile(r"P(\d{1,4})([DWMY])")


def fill_controls(choices: Iterable[Choice]) -> Controls:
    """The controls of a form that asks what was taken, and nothing else.

    Several posts ask the same, but each has its own role where there are as many roles as posts.
    A duration gives the last day where a first day was taken and no last one.
    """
    taken = [one for one in choices if one.is_taken]
    controls: Controls = {}
    _fill_request(controls, taken)
    posts = _count_posts(taken)
    for number in range(posts):
        _fill_post(controls, f"posts-{number}", taken, number, posts)
    return controls


def fill_sides(choices: Iterable[SideChoice]) -> Controls:
    """The controls of the sides that were taken: a state by its country, another by its code."""
    controls: Controls = {}
    for number, one in enumerate(one.side for one in choices if one.is_taken):
        name = "code" if one.country is None else "country"
        controls[f"parties-{number}-{name}"] = one.country or one.code
    return controls


def _fill_request(controls: Controls, taken: Sequence[Choice]) -> None:
    for kind, name in WORDS.items():
        codes = [one.point.code for one in taken if one.point.kind == kind and one.point.code]
        if codes:
            controls[name] = ", ".join(dict.fromkeys(codes))
    for kind, name in SINGLE.items():
        for one in taken:
            if one.point.kind == kind:
                controls[name] = one.point.code or _write(one.point.value)
    for one in taken:
        if isinstance(one.point.value, PresentTeam):
            controls["present_team-women"] = str(one.point.value.women)
            controls["present_team-men"] = str(one.point.value.men)
    _fill_last_day(controls, taken)


def _write(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _fill_last_day(controls: Controls, taken: Sequence[Choice]) -> None:
    lasts = [str(one.point.value) for one in taken if one.point.kind == "duration"]
    if lasts and "start" in controls and "end" not in controls:
        last = find_last_day(date.fromisoformat(str(controls["start"])), lasts[0])
        controls["end"] = last.isoformat()


def find_last_day(first: date, duration: str) -> date:
    """The last day of a time that begins on ``first``; ``duration`` is ISO 8601 of one unit."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return first
    count, unit = int(found[1]), found[2]
    if unit in "DW":
        return first + timedelta(days=count * (7 if unit == "W" else 1) - 1)
    months = first.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    day = min(first.day, monthrange(year, month)[1])
    return date(year, month, day) - timedelta(days=1)


def _count_posts(taken: Sequence[Choice]) -> int:
    counts = [one.point.value for one in taken if one.point.kind == "post_count"]
    asked = sum(count for count in counts if isinstance(count, int))
    return min(max(asked, 1), MOST_POSTS)


def _fill_post(
    controls: Controls, prefix: str, taken: Sequence[Choice], number: int, posts: int
) -> None:
    for kind, name in LISTS.items():
        codes = [one.point.code for one in taken if one.point.kind == kind and one.point.code]
        if kind == "role" and len(codes) == posts:
            codes = codes[number : number + 1]
        controls[f"{prefix}-{name}"] = list(codes)
    for one in taken:
        if one.point.kind == "seniority" and one.point.code:
            controls[f"{prefix}-seniority"] = one.point.code
    for kind, name in WISHES.items():
        wishes = [one for one in taken if one.point.kind == kind][:MOST_WISHES]
        for row, one in enumerate(wishes):
            _fill_wish(controls, f"{prefix}-{name}-{row}", one)


def _fill_wish(controls: Controls, at: str, one: Choice) -> None:
    controls[f"{at}-any_of"] = one.point.code or ""
    controls[f"{at}-weight"] = "nice" if one.force == NICE else "hard"
    if one.level:
        controls[f"{at}-level"] = one.level
