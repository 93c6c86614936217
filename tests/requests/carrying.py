"""A letter carried to its answer as an envoy does it: pasted, confirmed, completed, searched.

Every step is a page of the service; nothing stands in for the reader, the form or the engine. The
clock stands on the day of receipt.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from matching.letters import PresentTeam, Proposal
from roster import clock
from roster.db import Database
from roster.vocabulary.letter_reader import load_letter_reader
from tests.requests.women import add_woman
from tests.roster.web.browser import post_form
from tests.roster.web.filled_form import read_filled

LETTERS = Path(__file__).parent / "letters"
MORNING = time(9, tzinfo=UTC)


@dataclass(frozen=True)
class Letter:
    """One file: the letter, what is confirmed and added, the women, and the answer expected."""

    name: str
    received: date
    text: str
    read: tuple[str, ...]
    """kind | code or value | level | force | words, in the order of the letter."""
    confirmed: Mapping[str, str]
    """kind and code -> ``yes``, ``no``, or the level as which it is taken."""
    filled: Mapping[str, str | list[str]]
    """Controls of the form that the letter says nothing of."""
    team: Mapping[str, str]
    """Rules of the team, if one is asked for: controls of that page."""
    women: Mapping[str, Mapping[str, Any]]
    answer: Mapping[str, Any]


def list_names() -> list[str]:
    """The letters that are carried."""
    return sorted(path.stem for path in LETTERS.glob("*.toml"))


@cache
def load_letter(name: str) -> Letter:
    document = tomllib.loads((LETTERS / f"{name}.toml").read_text(encoding="utf-8"))
    shared = document.get("woman", {})
    return Letter(
        name=name,
        received=document["received"],
        text=document["letter"].strip(),
        read=tuple(document["read"]),
        confirmed=document.get("confirmed", {}),
        filled=document.get("filled", {}),
        team=document.get("team", {}),
        women={who: {**shared, **says} for who, says in document["women"].items()},
        answer=document["answer"],
    )


@contextmanager
def on_the_day(letter: Letter) -> Iterator[None]:
    """The morning on which the letter was received."""
    with clock.shifted(datetime.combine(letter.received, MORNING) - clock.now()):
        yield


def read(letter: Letter) -> list[Proposal]:
    """What the reader finds."""
    return load_letter_reader().read(letter.text, letter.received)


def describe(one: Proposal) -> str:
    """One point as the files write it."""
    value = one.value
    if isinstance(value, PresentTeam):
        value = f"men={value.men} women={value.women}"
    words = " ".join(one.text.split())
    return "|".join((one.kind, one.code or str(value), one.level or "", one.force.value, words))


def add_women(database: Database, letter: Letter) -> dict[str, int]:
    """The roster: the number of each woman by the name the file gives her."""
    with database.writing() as session:
        ids = {who: add_woman(session, says) for who, says in letter.women.items()}
        session.commit()
    return ids


def carry(envoy: FlaskClient, letter: Letter) -> str:
    """Paste, confirm, complete and search; the code of the request that was made."""
    start = "/requests/letter"
    day = letter.received.isoformat()
    page = post_form(envoy, start, page=start, letter=letter.text, received=day).text
    pressed = _press(page, "/requests/letter/form") | _confirm(letter)
    form = post_form(envoy, "/requests/letter/form", page=start, **pressed).text
    pressed = _press(form, "/requests") | letter.filled | {"do": ["search"]}
    answer = post_form(envoy, "/requests", page="/requests/new", **pressed)
    assert answer.status_code == 303, answer.text
    return str(answer.location).rpartition("/")[2]


def propose_team(envoy: FlaskClient, letter: Letter, code: str) -> None:
    """Ask for a team under the rules of the letter."""
    page = f"/requests/{code}/team"
    answer = post_form(envoy, page, page=page, **letter.team)
    assert answer.status_code == 303, answer.text


def end_with_nobody(envoy: FlaskClient, code: str, version: int, reason: str) -> None:
    """Say that nobody was found, and why."""
    values = {"version": str(version), "do": "find_nobody", "reason": reason}
    answer = post_form(envoy, f"/requests/{code}/end", page=f"/requests/{code}", **values)
    assert answer.status_code == 303, answer.text


def _confirm(letter: Letter) -> dict[str, list[str]]:
    """The marks on the reading page that differ from those it offers."""
    wanted = dict(letter.confirmed)
    changes: dict[str, list[str]] = {}
    for number, one in enumerate(read(letter), 1):
        said = wanted.pop(f"{one.kind} {one.code or one.value}", None)
        if said is not None:
            changes[f"take-{number}"] = ["no" if said == "no" else "yes"]
        if said not in (None, "yes", "no"):
            changes[f"level-{number}"] = [said]
    assert not wanted, wanted
    return changes


def _press(page: str, action: str) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody touched."""
    values = read_filled(page, action)
    values.pop("csrf_token", None)
    return values | _read_radios(page)


def _read_radios(page: str) -> dict[str, list[str]]:
    found = re.findall(r'type="radio" name="([\w-]+)" value="(\w+)" checked', page)
    return {name: [value] for name, value in found}
