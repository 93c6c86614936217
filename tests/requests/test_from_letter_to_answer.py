"""Twelve requests as they would arrive, each carried from its letter to an answer checked whole.

The women of a letter differ from one another in one thing each, so that one word read wrongly, or
one rule less, gives another answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from roster.db import Database
from roster.models import Account, MatchRequest
from roster.queries.accounts import get_actor
from roster.services.stored_evidence import read_evidence
from tests.factories import find_canaries
from tests.requests.carrying import (
    add_women,
    carry,
    describe,
    end_with_nobody,
    list_names,
    load_letter,
    on_the_day,
    propose_team,
    read,
)
from tests.requests.telling import Carried, tell, tell_relaxations
from tests.roster.web.browser import make_account, sign_in_as

MOST_SHOWN = 5
"""A page shows so many who fit, then those who are one step away."""


@pytest.fixture(params=list_names())
def carried(request: pytest.FixtureRequest, app: Flask, database: Database) -> Iterator[Carried]:
    letter = load_letter(request.param)
    with on_the_day(letter):
        ids = add_women(database, letter)
        number, email = make_account(database, "envoy", country="NOR", office="Office")
        envoy = sign_in_as(app, email)
        code = carry(envoy, letter)
        if letter.team:
            propose_team(envoy, letter, code)
        with database.reading() as session:
            made = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
            actor = get_actor(session.get_one(Account, number))
            yield Carried(letter, envoy, session, actor, made, ids)


@pytest.mark.parametrize("name", list_names())
def test_what_the_letter_says_is_read_and_nothing_else(name: str) -> None:
    letter = load_letter(name)
    assert tuple(map(describe, read(letter))) == letter.read


def test_a_letter_comes_to_its_answer(carried: Carried, database: Database) -> None:
    wanted = carried.letter.answer
    found = tell(carried)
    assert found == {name: wanted.get(name, type(value)()) for name, value in found.items()}
    if not any(wanted.get("listed", {}).values()):
        assert tell_relaxations(carried) == wanted["relaxations"]
    check_points(carried)
    check_page(carried)
    if "ended" in wanted:
        check_end(carried, database)


def check_points(carried: Carried) -> None:
    """The points of each woman are the sum of what her evidence gives."""
    for row in carried.list_rows("listed"):
        given = sum(read_evidence(one).points or 0 for one in row.evidence)
        assert row.points == pytest.approx(given)


def check_page(carried: Carried) -> None:
    """The page has cards of the answer, the best in its order, and nothing personal."""
    page = carried.envoy.get(f"/requests/{carried.request.code}").text
    rows = [*carried.list_rows("listed"), *carried.list_rows("near_miss")]
    handles = list(dict.fromkeys(row.handle for row in rows))
    shown = list(dict.fromkeys(re.findall("|".join(handles) or "$.", page)))
    assert shown[:MOST_SHOWN] == handles[:MOST_SHOWN]
    assert set(shown) <= set(handles)
    assert find_canaries(page) == set()
    assert [one for one in carried.letter.answer.get("says", ()) if one not in unescape(page)] == []


def check_end(carried: Carried, database: Database) -> None:
    """*Nobody was found* is a valid answer, and it says why."""
    reason = carried.letter.answer["ended"]
    end_with_nobody(carried.envoy, carried.request.code, carried.request.version, reason)
    with database.reading() as session:
        request = session.get_one(MatchRequest, carried.request.id)
        assert (request.state, request.close_reason) == ("no_match", reason)
