"""What of a woman's record stands between her and a request: things to be filled in or confirmed.

A thing is missing where nothing is known, where what is known counts for too little as it stands,
or where it has ended. What she has answered otherwise (other dates, another level) is no gap of
her record, and no rule that keeps her out of a request is told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matching import Evidence, Verdict
from matching.facts import Mediator


class MissingItem(NamedTuple):
    """``code`` as in ``CODES``; ``about``: the codes of which one would do, where it is about some."""

    code: str
    about: tuple[str, ...] = ()


CODES = frozenset({
    "consent", "answer", "answer_details", "accreditation", "declaration", "nationality",
    "residence", "language", "theme", "role", "track", "phase", "region", "seniority", "training",
    "no_language", "no_theme", "no_role", "no_track", "no_phase", "no_region",
})  # fmt: skip
"""``no_…``: nothing of this kind is entered at all."""

NAMED = frozenset({"language", "theme", "role", "track", "phase", "region"})
"""Criteria that ask for codes, of which a record may hold none."""
UNKNOWN = {
    "freshness": "answer",
    "window": "answer_details",
    "notice": "answer_details",
    "days_per_month": "answer_details",
    "modality": "answer_details",
    "origin": "nationality",
    "seniority": "seniority",
}
"""Criteria of which nothing may be known, and the part of the record that would say it."""
DECLARED = {
    "declaration": "declaration",
    "office": "declaration",
    "nationality": "nationality",
    "former_year": "nationality",
    "residence": "residence",
}
"""What a declaration lacks, and the part of the record that would say it."""


def list_missing(woman: Mediator, reasons: Iterable[Evidence]) -> frozenset[MissingItem] | None:
    """Return what would have to be filled in for these reasons to fall away.

    None where something else stands in the way. Empty where only a question remains that her record
    cannot answer before the request is made: her ties to its very sides.
    """
    found: set[MissingItem] = set()
    for reason in reasons:
        items = _list_of(woman, reason)
        if items is None:
            return None
        found.update(items)
    return frozenset(found)


def _list_of(woman: Mediator, reason: Evidence) -> tuple[MissingItem, ...] | None:
    name, facts = reason.criterion, reason.facts
    if name == "declaration":
        return _list_undeclared(facts)
    if name in NAMED:
        return _list_named(woman, reason)
    if name in UNKNOWN:
        is_missing = reason.verdict == Verdict.UNKNOWN
        return (MissingItem(UNKNOWN[name]),) if is_missing else None
    if name == "training":
        return (MissingItem("training", _codes(facts)),)
    may_come = {"consent": facts.get("why") == "missing", "accreditation": reason.is_curable}
    return (MissingItem(name),) if may_come.get(name) else None


def _list_named(woman: Mediator, reason: Evidence) -> tuple[MissingItem, ...] | None:
    name = reason.criterion
    if _holds_none(woman, name):
        return (MissingItem(f"no_{name}"),)
    is_unknown = reason.verdict == Verdict.UNKNOWN
    return (MissingItem(name, _codes(reason.facts)),) if is_unknown else None


def _list_undeclared(facts: Mapping[str, object]) -> tuple[MissingItem, ...] | None:
    """A declaration that is in force and does not name the sides of a request lacks nothing yet."""
    undeclared = facts.get("undeclared")
    if not isinstance(undeclared, tuple):
        return None
    is_in_force = facts.get("on") is not None and not facts.get("days")
    lacking = [one for one in undeclared if not (one == "declaration" and is_in_force)]
    return tuple(MissingItem(DECLARED[one]) for one in lacking)


def _codes(facts: Mapping[str, object]) -> tuple[str, ...]:
    asked = facts.get("asked")
    return tuple(str(one) for one in asked) if isinstance(asked, tuple) else ()


def _holds_none(woman: Mediator, name: str) -> bool:
    held: Mapping[str, tuple[object, ...]] = {
        "language": woman.languages,
        "theme": woman.themes,
        "role": (*woman.roles_held, *woman.roles_sought),
        "track": woman.tracks,
        "phase": woman.phases,
        "region": woman.places,
    }
    return not held[name]
