"""A coordinator asks why one of her own women was not proposed for a request."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import ReadEvent, Record
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_declaration
from tests.factories import add_account, add_mediator, find_canaries
from tests.roster.services.test_runs import submit
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.test_explaining_pages import read_heading, strip_tokens

SIDE, KEPT_OUT = "Sudan", "Chad"


@pytest.fixture
def coordinator(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def add_request(database: Database, **changes: Any) -> tuple[str, int, int]:
    """A searched request with a side: its code, the record and the number of a woman tied to it."""
    with database.writing() as session:
        woman = add_mediator(session, languages={"fra": "B1"}, declares=False)
        add_declaration(
            session, woman, covers=["SDN"], interests=[{"kind": "kin", "country": "SDN"}]
        )
        add_mediator(session, languages={"fra": "C1"})
        actor = get_actor(add_account(session, "envoy"))
        request = submit(
            session,
            actor,
            parties=[{"country": "SDN"}],
            exclusions={"nationalities": ["TCD"]},
            **changes,
        )
        index = RosterIndex(load_vocabulary())
        run_request(session, actor=actor, request_id=request.id, index=index)
        hers = select(Record).where(Record.mediator_id == woman.id, Record.network_code == "nwm")
        found = request.code, session.scalars(hers).one().id, woman.id
        session.commit()
    return found


def test_her_network_reads_whole_codes_and_nothing_of_the_request_that_is_private(
    coordinator: FlaskClient, database: Database
) -> None:
    code, record, woman = add_request(database)
    assert f'href="/people/{record}/why-not"' in coordinator.get(f"/people/{record}").text
    with database.writing() as session:
        session.query(ReadEvent).delete()
        session.commit()
    page = coordinator.get(f"/people/{record}/why-not?request={code.lower()}").text
    assert read_heading(page) == "She is not proposed today."
    for words in ("Kin, funding or future work with a side", ">C5<", ">L2<"):
        assert words in page
    for private in (SIDE, KEPT_OUT, "Corridor", "SDN", "TCD", "request_title", "Would fit with"):
        assert private not in page
    assert find_canaries(page) == {("displayname", record)}
    with database.reading() as session:
        noted = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
    assert list(map(tuple, noted)) == [(woman, "record")]


def test_a_request_that_asks_others_and_one_of_nobody_read_alike(
    coordinator: FlaskClient, database: Database
) -> None:
    code, record, _ = add_request(database, networks=["awmn"])
    pages = []
    for typed in (code, "R-26-ZZZZZ", "x"):
        page = coordinator.get(f"/people/{record}/why-not?request={typed}").text
        assert read_heading(page) == "No request of this code asks your network."
        pages.append(strip_tokens(page.replace(f'value="{typed}"', "value")))
    assert len(set(pages)) == 1


def test_no_other_network_asks_about_her(app: Flask, database: Database) -> None:
    code, record, _ = add_request(database)
    other = sign_in_as(app, make_account(database, "coordinator", network="awmn")[1])
    assert other.get(f"/people/{record}/why-not?request={code}").status_code == 404
