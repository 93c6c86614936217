"""The request form as it was entered: its controls by name, its posts and its rows.

A control is named by the path of its value: ``posts-0-languages-1-level``. Lists of words are one
text with commas; a wish without words is no wish. What they mean: ``form_criteria``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from roster.schemas.request import MOST_POSTS
from roster.schemas.signs import NEVER_IN_TEXT

POST_LISTS = ("roles", "tracks", "phases")
BESIDE = ("process", "answer_by")
"""Asked on the form and kept beside the criteria."""
BUTTONS = ("do", "version", "csrf_token", *BESIDE)

MOST_ROWS = 10
"""Lines of one kind in a post: their number has one digit."""

_SEPARATORS = re.compile(r"[,;،\n]+")
_NAME = re.compile(
    r"(?:title|start|end|place|modality|accreditation_floor|days_per_month|notice_days"
    r"|target_share|most_share|countries|present_team-(?:women|men)"
    r"|exclusions-(?:nationalities|residences|offices|former_within_years|office_years"
    r"|second_passport_flag_only)"
    r"|parties-\d{1,2}-(?:country|code|stance)"
    r"|posts-\d{1,2}-(?:roles|tracks|phases|code|(?:role|track|phase)_grade|seniority|origin"
    r"|community|origin_is_hard|themes-\d-(?:any_of|depth|grade|weight)"
    r"|languages-\d-(?:any_of|skill|level|grade|weight)"
    r"|places-\d-(?:any_of|since_year|grade|weight)))"
)

Controls = dict[str, str | list[str]]


@dataclass
class RequestForm:
    """What was entered, what it means, and what is wrong with it by control."""

    controls: Controls
    criteria: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        value = self.controls.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)

    def chosen(self, name: str) -> list[str]:
        """The ticked boxes of a name."""
        value = self.controls.get(name, [])
        return [value] if isinstance(value, str) else value

    def list_words(self) -> set[str]:
        """Every word that was entered or chosen, in any control."""
        lists = ([one] if isinstance(one, str) else one for one in self.controls.values())
        return {word for one in lists for each in one for word in split_words(each)}

    @property
    def posts(self) -> list[int]:
        """Numbers of the posts on the page, at least one."""
        numbers = {int(found[1]) for name in self.controls if (found := _POST.match(name))}
        return sorted(numbers) or [0]

    def rows(self, prefix: str, offered: int) -> range:
        """Numbers of the rows of a list: those that are offered, and all that are filled."""
        pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-")
        used = [int(found[1]) for name in self.controls if (found := pattern.match(name))]
        return range(max([offered, *(number + 1 for number in used)]))

    def add_post(self) -> None:
        """One more place to fill, while there is room; lines without words are taken off."""
        if len(self.posts) < MOST_POSTS:
            new = self.posts[-1] + 1
            self._drop_empty_rows()
            self.controls[f"posts-{new}-roles"] = []

    def _drop_empty_rows(self) -> None:
        """A line without words is no wish, and each makes the page heavier."""
        empty = [
            name.removesuffix("any_of")
            for name, value in self.controls.items()
            if name.endswith("-any_of") and not value
        ]
        self.controls = {
            name: value
            for name, value in self.controls.items()
            if not name.startswith(tuple(empty))
        }

    def add_row(self, prefix: str) -> None:
        """One more line for a language, theme or place, while there is room; else nothing."""
        number = len(self.rows(prefix, 0))
        if _ROWS.fullmatch(prefix) and number < MOST_ROWS:
            self.controls[f"{prefix}-{number}-any_of"] = ""

    def remove_post(self, number: int) -> None:
        """Take a place off the form; one always stays."""
        if len(self.posts) > 1:
            self.controls = {
                name: value
                for name, value in self.controls.items()
                if not name.startswith(f"posts-{number}-")
            }


_POST = re.compile(r"posts-(\d+)-")
_ROWS = re.compile(r"posts-\d{1,2}-(?:languages|themes|places)")


def read_controls(posted: MultiDict[str, str]) -> RequestForm:
    """What was entered; a name that the form does not have, or a control character, is an error."""
    controls: Controls = {}
    errors: dict[str, list[str]] = {}
    for name in posted:
        if name in BUTTONS:
            continue
        values = [unicodedata.normalize("NFC", one) for one in posted.getlist(name)]
        if not _NAME.fullmatch(name):
            errors[""] = ["unknown_field"]
        elif any(NEVER_IN_TEXT.search(one) for one in values):
            errors[name] = ["forbidden_characters"]
        is_list = name.rpartition("-")[2] in POST_LISTS
        controls[name] = values if is_list else values[-1].strip()
    return RequestForm(controls, errors=errors)


def split_words(text: str) -> list[str]:
    """Words between commas, semicolons or line breaks."""
    return [word.strip() for word in _SEPARATORS.split(text) if word.strip()]
