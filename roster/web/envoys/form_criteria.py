"""The request form and its criteria: controls to the same JSON that programs send, and back.

The request schema alone decides what is right; an error is told at the control that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from roster.schemas.request import load_criteria
from roster.vocabulary.used_codes import read_criteria
from roster.web.envoys.request_form import POST_LISTS, Controls, RequestForm, split_words

TEXTS = ("title", "start", "end", "place", "modality", "accreditation_floor")
NUMBERS = ("days_per_month", "notice_days", "target_share", "most_share")
WORD_LISTS = ("countries",)

POST_GRADES = ("role_grade", "track_grade", "phase_grade")
POST_TEXTS = ("code", *POST_GRADES, "seniority", "origin", "community")
POST_CHECKS = ("origin_is_hard",)
EXCLUSION_WORDS = ("nationalities", "residences", "offices")
EXCLUSION_NUMBERS = ("former_within_years", "office_years")
WISH_KINDS = {
    "themes": ("depth", "grade"),
    "languages": ("skill", "level", "grade"),
    "places": ("since_year", "grade"),
}
"""Wishes of a post and what a row asks beside the words; ``weight`` is hard or nice."""
WHOLE_NUMBERS = frozenset({*NUMBERS, *EXCLUSION_NUMBERS, "depth", "since_year", "women", "men"})

Path = tuple[str | int, ...]


def check(form: RequestForm) -> RequestForm:
    """Fill in the criteria, or the errors, by the request schema."""
    if form.errors:
        return form
    document, controls = _make_document(form)
    try:
        form.criteria = load_criteria(document)
    except ValidationError as error:
        for path, codes in _list_errors(error.messages):
            name = _find_control(path, controls)
            form.errors.setdefault(name, []).extend(c for c in codes if c)
    return form


def _make_document(form: RequestForm) -> tuple[dict[str, Any], dict[Path, str]]:
    """The request as JSON, and for the path of each value the control that it came from."""
    document: dict[str, Any] = {}
    names: dict[Path, str] = {}
    for name in (*TEXTS, *NUMBERS):
        _put(document, (name,), _number_or_text(name, form[name]), name, names)
    for name in WORD_LISTS:
        _put(document, (name,), split_words(form[name]), name, names)
    _put_exclusions(form, document, names)
    for name in ("women", "men"):
        value = _number_or_text(name, form[f"present_team-{name}"])
        _put(document, ("present_team", name), value, f"present_team-{name}", names)
    document["parties"] = _read_parties(form, names)
    document["posts"] = [
        _read_post(form, number, place, names) for place, number in enumerate(form.posts)
    ]
    return document, names


def _put(
    into: dict[str, Any], path: Path, value: Any, control: str, names: dict[Path, str]
) -> None:
    names[path] = control
    if value in ("", None, []):
        return
    for key in path[:-1]:
        into = into.setdefault(str(key), {})
    into[str(path[-1])] = value


def _put_exclusions(form: RequestForm, document: dict[str, Any], names: dict[Path, str]) -> None:
    for name in EXCLUSION_WORDS:
        control = f"exclusions-{name}"
        _put(document, ("exclusions", name), split_words(form[control]), control, names)
    for name in EXCLUSION_NUMBERS:
        value = _number_or_text(name, form[f"exclusions-{name}"])
        _put(document, ("exclusions", name), value, f"exclusions-{name}", names)
    control = "exclusions-second_passport_flag_only"
    if form[control]:
        _put(document, ("exclusions", "second_passport_flag_only"), True, control, names)


def _read_parties(form: RequestForm, names: dict[Path, str]) -> list[dict[str, Any]]:
    parties: list[dict[str, Any]] = []
    for number in form.rows("parties", 0):
        prefix = f"parties-{number}"
        filled = {
            key: form[f"{prefix}-{key}"] for key in ("country", "code") if form[f"{prefix}-{key}"]
        }
        if not filled:
            continue
        place = len(parties)
        stance = form[f"{prefix}-stance"]
        parties.append({**filled, **({"stance": stance} if stance else {})})
        for key in ("country", "code", "stance"):
            names["parties", place, key] = f"{prefix}-{key}"
    return parties


def _read_post(
    form: RequestForm, number: int, place: int, names: dict[Path, str]
) -> dict[str, Any]:
    prefix = f"posts-{number}"
    post: dict[str, Any] = {}
    at = ("posts", place)
    for name in POST_TEXTS:
        names[*at, name] = f"{prefix}-{name}"
        if form[f"{prefix}-{name}"]:
            post[name] = form[f"{prefix}-{name}"]
    for name in POST_LISTS:
        names[*at, name] = f"{prefix}-{name}"
        post[name] = [one for one in form.chosen(f"{prefix}-{name}") if one]
    for name in POST_CHECKS:
        post[name] = bool(form[f"{prefix}-{name}"])
    for kind, keys in WISH_KINDS.items():
        for wish in _read_wishes(form, f"{prefix}-{kind}", keys):
            target = f"{kind}_nice" if wish.pop("weight") == "nice" else kind
            row = wish.pop("row")
            wishes = post.setdefault(target, [])
            for key in ("any_of", *keys):
                names[*at, target, len(wishes), key] = f"{prefix}-{kind}-{row}-{key}"
            wishes.append(wish)
    return post


def _read_wishes(form: RequestForm, prefix: str, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row in form.rows(prefix, 0):
        words = split_words(form[f"{prefix}-{row}-any_of"])
        if not words:
            continue
        rest = {
            key: _number_or_text(key, form[f"{prefix}-{row}-{key}"])
            for key in keys
            if form[f"{prefix}-{row}-{key}"]
        }
        weight = form[f"{prefix}-{row}-weight"]
        yield {"any_of": words, **rest, "row": row, "weight": weight}


def _number_or_text(name: str, text: str) -> Any:
    """A whole number as a number; anything else goes on as it is, for the schema to refuse."""
    if name in WHOLE_NUMBERS and re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return int(text)
    return text


def _list_errors(messages: Any, path: Path = ()) -> Iterator[tuple[Path, list[str]]]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            yield from _list_errors(value, (*path, key))
    else:
        yield path, [str(each) for each in messages]


def _find_control(path: Path, names: Mapping[Path, str]) -> str:
    """The control of the longest part of the path that has one; "" for the whole form."""
    for length in range(len(path), 0, -1):
        if path[:length] in names:
            return names[path[:length]]
    return ""


def write_controls(criteria: Mapping[str, Any]) -> RequestForm:
    """The form as it shows a stored request, each code as it is read today."""
    criteria = read_criteria(criteria)
    controls: Controls = {}
    for name in (*TEXTS, *NUMBERS):
        controls[name] = _text(criteria.get(name))
    for name in WORD_LISTS:
        controls[name] = ", ".join(criteria.get(name) or ())
    for name, value in (criteria.get("exclusions") or {}).items():
        controls[f"exclusions-{name}"] = _text(value)
    for name, value in (criteria.get("present_team") or {}).items():
        controls[f"present_team-{name}"] = _text(value)
    for number, party in enumerate(criteria.get("parties") or ()):
        for key, value in party.items():
            controls[f"parties-{number}-{key}"] = _text(value)
    for number, post in enumerate(criteria.get("posts") or ()):
        _write_post(controls, f"posts-{number}", post)
    return RequestForm(controls)


def _write_post(controls: Controls, prefix: str, post: Mapping[str, Any]) -> None:
    for name in POST_LISTS:
        controls[f"{prefix}-{name}"] = list(post.get(name) or ())
    for name in (*POST_TEXTS, *POST_CHECKS):
        controls[f"{prefix}-{name}"] = _text(post.get(name))
    for kind in WISH_KINDS:
        wishes = [("hard", one) for one in post.get(kind) or ()]
        wishes += [("nice", one) for one in post.get(f"{kind}_nice") or ()]
        for row, (weight, wish) in enumerate(wishes):
            controls[f"{prefix}-{kind}-{row}-weight"] = weight
            for key in ("any_of", *WISH_KINDS[kind]):
                controls[f"{prefix}-{kind}-{row}-{key}"] = _text(wish.get(key))


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return ", ".join(value) if isinstance(value, list) else str(value)
