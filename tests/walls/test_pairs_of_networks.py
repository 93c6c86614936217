"""A pair of two networks, open and joined: neither network, nor she, sees a field of the other record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roster.db import Database
from tests.walls.judging import read_table
from tests.walls.pairs import join_by_offices, suspect_pair
from tests.walls.village import Village
from tests.walls.walk import find_seen, list_paths, open_browser, read_answer

Prepare = Callable[[Session, Village], Any]
OF_WOMEN = frozenset(read_table())
OTHER = {"coordinator": "awmn", "other coordinator": "nwm"}


def walk(app: Flask, village: Village, identity: str) -> set[tuple[str, int]]:
    """What this identity sees of women, on every page with every number."""
    client = open_browser(app, village, identity)
    paths = list_paths(app, village, "GET", whole=("record_id",))
    return {
        one
        for path in paths
        for one in find_seen(read_answer(client.get(path, buffered=True)), village)
        if one[0] in OF_WOMEN
    }


@pytest.mark.parametrize("prepare", [suspect_pair, join_by_offices])
@pytest.mark.parametrize("identity", sorted(OTHER))
def test_a_coordinator_sees_nothing_of_the_other_networks_record(
    app: Flask, database: Database, village: Village, identity: str, prepare: Prepare
) -> None:
    with database.writing() as session:
        prepare(session, village)
        session.commit()
    theirs = {
        number for number, (_, network) in village.records.items() if network == OTHER[identity]
    }
    seen = walk(app, village, identity)
    closed = {village.record_of(name, None) for name in ("ada", "bea")}
    theirs |= closed if prepare is join_by_offices else set()
    assert {one for one in seen if one[1] in theirs} == set()


@pytest.mark.parametrize("prepare", [suspect_pair, join_by_offices])
def test_she_sees_nothing_of_a_record_that_she_has_not_shown_to_be_hers(
    app: Flask, database: Database, village: Village, prepare: Prepare
) -> None:
    with database.writing() as session:
        prepare(session, village)
        session.commit()
    theirs = {village.record_of("bea", network) for network in ("awmn", None)}
    assert {number for _, number in walk(app, village, "ada")} & theirs == set()


def test_the_pages_say_what_is_open_and_to_whom(
    app: Flask, database: Database, village: Village
) -> None:
    with database.writing() as session:
        suspect_pair(session, village)
        session.commit()
    judged = "/duplicates/1"
    assert judged in open_browser(app, village, "coordinator").get("/duplicates").text
    assert judged in open_browser(app, village, "other coordinator").get("/duplicates").text
    assert 'name="pair" value="1"' in open_browser(app, village, "ada").get("/me/same").text
    assert 'name="pair"' not in open_browser(app, village, "cem").get("/me/same").text
