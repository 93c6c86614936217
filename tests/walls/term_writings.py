"""Every route that writes about a term of the vocabulary, with its right form."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from roster.permissions import OPERATOR
from roster.services.term_merges import merge_term
from roster.services.vocabulary import add_word, retire_term
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import Writing

ADDRESS = "/vocabulary/<scheme>/<term>"
YOUTH: dict[str, Any] = {"actor": OPERATOR, "kind": "theme", "code": "youth"}


def _add_word(session: Session, village: Village) -> None:
    add_word(session, **YOUTH, expected_version=0, language="en", word="those who come after")


def _merge(session: Session, village: Village) -> None:
    merge_term(session, **YOUTH, expected_version=0, into="reconciliation")


def _retire(session: Session, village: Village) -> None:
    retire_term(session, **YOUTH, expected_version=0)


def _write(tail: str, form: dict[str, Any], touches: str, **more: Any) -> Writing:
    place = f"/vocabulary/theme/youth{tail}"
    route = f"POST {ADDRESS}{tail}"
    return Writing(route, "administrator", lambda village: place, just(**form), touches, **more)


STAMPED = "term_change.changed_at term_change.changed_by"
WORD = {"language": "en", "word": "those who come after"}
TERM_WRITINGS = [
    _write("/names", {"version": 0, "en": "Young people"}, "term_change+"),
    _write("/words", {"version": 0, **WORD}, "term_change+"),
    _write(
        "/words/end", {"version": 1, **WORD}, f"term_change.synonyms {STAMPED}", prepare=_add_word
    ),
    _write("/merge", {"version": 0, "into": "reconciliation"}, "term_change+"),
    _write("/merge/end", {"version": 1}, f"term_change.merged_into {STAMPED}", prepare=_merge),
    _write("/retire", {"version": 0}, "term_change+"),
    _write("/retire/end", {"version": 1}, f"term_change.is_retired {STAMPED}", prepare=_retire),
]
