"""A change of the request in an address: ``language.0.1.level-4`` asks the first language of the
first post at B2; without values it is no longer asked. Numbers and codes of the form, no word of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from marshmallow import ValidationError

from matching import Change, Grade, Post, Request
from matching.changes import WISHES, Settings
from matching.facts import Requester
from roster.errors import NotFound
from roster.facts import make_request
from roster.models import MatchRequest
from roster.schemas.request import load_criteria
from roster.services.less_asked import ask_less
from roster.wording import Wording
from roster.wording.explanations import word_change

PARAMETER = "less"
WHOLE_NUMBERS = frozenset(
    {"level", "depth", "notice_days", "days_per_month", "since_year"},
)
DAYS = frozenset({"start", "end"})
GRADES = frozenset({"grade", "role_grade", "track_grade", "phase_grade"})
WORDS = frozenset({"seniority", "accreditation_floor", "modality", "met_by"})
SECOND = "second"
"""Of a split, what the second woman has: ``second-language_1``."""


@dataclass(frozen=True)
class Filled:
    """Criteria for the form, and in words what was changed in them; nothing is stored."""

    criteria: Mapping[str, Any]
    said: list[str] = field(default_factory=list)


def fill_in(wording: Wording, found: MatchRequest, values: Iterable[str]) -> Filled:
    """The criteria of a request with the changes of an address; ``NotFound`` for one that is no
    link of ours, or no longer fits what is asked."""
    asked = make_request(found.criteria, code=found.code, requester=Requester())
    try:
        changes = read_changes(asked, values)
        said = [word_change(wording, asked, one) for one in changes]
        return Filled(ask_less(found.criteria, changes), said)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise NotFound from error


def link_to_form(
    asked: Request, criteria: Mapping[str, Any], code: str, changes: Iterable[Change]
) -> str:
    """The address of the form with these changes filled in; "" where the form cannot hold them."""
    made = list(changes)
    try:
        load_criteria(ask_less(criteria, made))
        values = [_write(asked, one) for one in made]
    except (ValueError, KeyError, IndexError, ValidationError):
        return ""
    return url_for("envoys.show_edit", code=code, less=values) if made else ""


def _write(asked: Request, change: Change) -> str:
    codes = [post.code for post in asked.posts]
    number = 0 if change.post is None else codes.index(change.post) + 1
    parts = [change.criterion, str(change.wish), str(number)]
    parts += [f"{name}-{_write_value(value)}" for name, value in change.to]
    parts += [f"{SECOND}-{name}_{wish}" for name, wish in change.second]
    return ".".join(parts)


def _write_value(value: object) -> str:
    if isinstance(value, Grade):
        return value.name.lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def read_changes(asked: Request, values: Iterable[str]) -> list[Change]:
    """The changes of an address; ``ValueError`` for what no link of ours says."""
    return [_read(asked, value) for value in values]


def _read(asked: Request, text: str) -> Change:
    criterion, wish, number, *settings = text.split(".")
    if not (wish.isdecimal() and number.isdecimal() and len(wish + number) < 5):
        raise ValueError("not a place in the form")
    place = int(number)
    if place > len(asked.posts):
        raise ValueError("no such post")
    post = asked.posts[place - 1].code if place else None
    second = [one for one in settings if one.startswith(f"{SECOND}-")]
    to: Settings = tuple(_read_setting(one) for one in settings if one not in second)
    shared = tuple(_read_second(asked.posts[place - 1], one) for one in second)
    return Change(criterion, int(wish), post, to, shared)


def _read_second(post: Post, text: str) -> tuple[str, int]:
    name, _, wish = text.removeprefix(f"{SECOND}-").rpartition("_")
    wishes = getattr(post, WISHES[name])
    if not (wish.isdecimal() and len(wish) < 3 and int(wish) < len(wishes)):
        raise ValueError("not a place in the form")
    return name, int(wish)


def _read_setting(text: str) -> tuple[str, int | str | date]:
    name, _, value = text.partition("-")
    if name in WHOLE_NUMBERS and value.isdecimal() and len(value) < 6:
        return name, int(value)
    if name in DAYS:
        return name, date.fromisoformat(value)
    if name in GRADES and value.upper() in Grade.__members__:
        return name, Grade[value.upper()]
    if name in WORDS:
        return name, value
    raise ValueError("not a value of the form")
