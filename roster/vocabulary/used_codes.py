"""Where codes of the lists that administrators keep are used, and how a stored one is read today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from roster.vocabulary import load_vocabulary

KIND_OF_FIELD = {
    "track": "track",
    "role_held": "role",
    "role_sought": "role",
    "theme": "theme",
    "phase": "phase",
    "training": "training",
}
"""Field of an entry -> the list that its code is of. Codes of all other fields are a standard's."""
KIND_IN_POST = {"roles": "role", "tracks": "track", "phases": "phase", "trainings": "training"}
"""Part of a post that is a list of codes -> their list."""
WISHES_IN_POST = {"themes": "theme", "themes_nice": "theme"}
"""Part of a post whose rows hold codes under ``any_of`` -> their list."""


def read_code(field: str, code: str) -> str:
    """The code as which one of this field is read."""
    kind = KIND_OF_FIELD.get(field)
    return code if kind is None else load_vocabulary().read(kind, code)


def list_read_as(field: str, code: str) -> tuple[str, ...]:
    """Every code that may stand in this field and is read as this one."""
    kind = KIND_OF_FIELD.get(field)
    return (code,) if kind is None else load_vocabulary().read_as(kind, code)


def list_stored(held: Iterable[tuple[str, str]], field: str, code: str) -> Iterator[str]:
    """The codes, of pairs (field, code), that a form shows as this one; the code itself for none.

    So a form that is saved as it was leaves every code as it was written.
    """
    found = [one for of, one in held if of == field and read_code(field, one) == code]
    yield from found or [code]


def read_criteria(criteria: Mapping[str, Any]) -> dict[str, Any]:
    """The criteria of a request or search with each code as it is read today."""
    if not load_vocabulary().merged or not criteria.get("posts"):
        return dict(criteria)
    return {**criteria, "posts": [_read_post(post) for post in criteria["posts"]]}


def _read_post(post: Mapping[str, Any]) -> dict[str, Any]:
    lists = {
        name: _read_all(kind, post[name]) for name, kind in KIND_IN_POST.items() if post.get(name)
    }
    wishes = {
        name: [{**wish, "any_of": _read_all(kind, wish["any_of"])} for wish in post[name]]
        for name, kind in WISHES_IN_POST.items()
        if post.get(name)
    }
    return {**post, **lists, **wishes}


def _read_all(kind: str, codes: Iterable[str]) -> list[str]:
    vocabulary = load_vocabulary()
    return list(dict.fromkeys(vocabulary.read(kind, code) for code in codes))


def list_wished(criteria: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Every (kind, code) of these lists that a kept search names, several with commas between."""
    return {
        (kind, code)
        for kind in set(KIND_OF_FIELD.values())
        for code in str(criteria.get(kind) or "").split(",")
        if code
    }


def list_used(criteria: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Every (kind, code) of these lists that criteria name, as stored."""
    found = set()
    for post in criteria.get("posts") or ():
        for name, kind in KIND_IN_POST.items():
            found |= {(kind, code) for code in post.get(name) or ()}
        for name, kind in WISHES_IN_POST.items():
            found |= {(kind, code) for wish in post.get(name) or () for code in wish["any_of"]}
    return found
