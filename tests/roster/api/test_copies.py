"""Copies of a document by a program: the address is told once, and ends when it is called back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import DocumentCopy, IdempotentAnswer
from tests.approach_factories import add_french
from tests.roster.api.program import Program, add_program, read_problem, search


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    with database.writing() as session:
        add_french(session)
        session.commit()
    return add_program(app, database)


@pytest.fixture
def path(program: Program) -> str:
    """Of an issued document."""
    code = search(program)
    (card,) = program.get(f"/requests/{code}/runs/1").json["listed"]
    chosen = [{"handle": card["handle"], "post": card["post"]}]
    document = {"chosen": chosen, "language": "en", "classification": "restricted"}
    version = program.get(f"/requests/{code}").headers["ETag"]
    issued = program.post(f"/requests/{code}/documents", document, If_Match=version)
    assert issued.status_code == 201, issued.text
    return f"/documents/{issued.json['code']}"


def give(
    program: Program, path: str, recipient: str = "Second office", **headers: str
) -> TestResponse:
    version = program.get(path).headers["ETag"]
    sent = {"recipient": recipient}
    return program.post(f"{path}/copies", sent, If_Match=version, **headers)


def test_the_address_opens_until_the_copy_is_called_back(program: Program, path: str) -> None:
    given = give(program, path).json
    link = urlsplit(given["address"]).path
    stranger = program.app.test_client(use_cookies=False)
    assert stranger.get(link).status_code == 200
    listed = program.get(f"{path}/copies").json["copies"]
    assert [(one["is_own"], one["recipient"]) for one in listed][1:] == [(False, "Second office")]
    assert all("address" not in one for one in listed)
    version = program.get(path).headers["ETag"]
    ended = program.post(f"{path}/copies/{given['watermark']}/revocation", If_Match=version)
    assert (ended.json["is_revoked"], stranger.get(link).status_code) == (True, 410)
    again = program.post(f"{path}/copies/{given['watermark']}/revocation", If_Match=version)
    assert read_problem(again) == (422, "document_ended")


def test_an_equal_call_gives_no_second_copy_and_tells_no_address(
    program: Program, path: str, database: Database
) -> None:
    first = give(program, path, Idempotency_Key="copy")
    second = give(program, path, Idempotency_Key="copy")
    address = first.json["address"]
    assert second.json == {**first.json, "address": None}
    token = address.rpartition("/")[2]
    with database.reading() as session:
        assert len(session.scalars(select(DocumentCopy)).all()) == 2
        kept = session.scalars(select(IdempotentAnswer.body)).all()
    assert [token in one for one in kept] == [False] * len(kept) != []


def test_own_copy_ends_with_the_document_alone(program: Program, path: str) -> None:
    (own,) = program.get(f"{path}/copies").json["copies"]
    version = program.get(path).headers["ETag"]
    for watermark in (own["watermark"], "no-such-mark"):
        refused = program.post(f"{path}/copies/{watermark}/revocation", If_Match=version)
        assert read_problem(refused) == (404, "not_found")
    assert program.get(f"{path}/copies").json["copies"] == [own]


@pytest.mark.parametrize("recipient", ["", "x", "x" * 81, "Office\u202etxt", "two\nlines", 3])
def test_a_reader_needs_a_name_that_can_stand_across_a_page(
    program: Program, path: str, recipient: str
) -> None:
    refused = give(program, path, recipient)
    assert refused.status_code == 422
    assert len(program.get(f"{path}/copies").json["copies"]) == 1


def test_copies_of_anothers_document_are_not_there(
    app: Flask, database: Database, program: Program, path: str
) -> None:
    other = add_program(app, database)
    sent = {"recipient": "Second office"}
    answers = [
        other.get(f"{path}/copies"),
        other.post(f"{path}/copies", sent, If_Match='"1"'),
        other.post("/documents/D-26-ZZZZZ/copies", sent, If_Match='"1"'),
    ]
    assert {read_problem(one) for one in answers} == {(404, "not_found")}
    reader = add_program(app, database, scopes=["requests:read"], account=program.account_id)
    refused = reader.post(f"{path}/copies", sent, If_Match='"1"')
    assert read_problem(refused) == (403, "scope_missing")
    stale = program.post(f"{path}/copies", sent, If_Match='"9"')
    assert read_problem(stale) == (412, "if_match_stale")
