"""Every refusal in words: in the language that the call accepts, by the field that it is about."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import Account
from roster.wording import LANGUAGES, get_wording
from roster.wording.codes import FORM_ERRORS
from roster.wording.program_codes import OF_PROGRAMS, OF_STATUS
from tests.roster.api.program import Program, add_program, draft, make_criteria


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    return add_program(app, database)


def refuse(program: Program, language: str = "") -> list[TestResponse]:
    """A refusal of each kind: by key, by version, absent, by method, by body and by its field."""
    accepts = {"Accept_Language": language}
    code = draft(program).json["code"]
    path = f"/requests/{code}"
    wrong = {"criteria": make_criteria(end="yesterday")}
    return [
        program.get("/me", Authorization="Bearer none", **accepts),
        program.call("PUT", path, wrong, **accepts),
        program.get("/requests/R-26-ZZZZZ", **accepts),
        program.call("DELETE", path, **accepts),
        program.post("/requests", [], **accepts),
        program.post("/requests", wrong, **accepts),
    ]


def word_all(language: str) -> list[str]:
    wording = get_wording(language)
    said = [OF_PROGRAMS[one] for one in ("key_missing", "if_match_missing")]
    said += [OF_STATUS[404], OF_STATUS[405], OF_PROGRAMS["not_json"], FORM_ERRORS["invalid"]]
    return [wording.gettext(one) for one in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_speaks_the_language_that_the_call_accepts(
    program: Program, language: str
) -> None:
    said = [one.json["detail"] for one in refuse(program, f"de, {language}-XX;q=0.8, en;q=0.1")]
    assert said == word_all(language)
    assert language == "en" or not set(said) & set(word_all("en"))


def test_without_a_choice_it_speaks_the_language_of_the_account(
    program: Program, database: Database
) -> None:
    with database.writing() as session:
        session.execute(update(Account).values(language="es"))
        session.commit()
    for accepted in ("", "*", "de"):
        said = [one.json["detail"] for one in refuse(program, accepted)]
        unread = [0, 3]  # no key was read: nobody's language is known
        assert [one for place, one in enumerate(said) if place not in unread] == [
            one for place, one in enumerate(word_all("es")) if place not in unread
        ], accepted
    assert program.get("/vocabulary/role", Accept_Language="fr").json != (
        program.get("/vocabulary/role").json
    )


def test_every_refusal_of_a_body_names_a_member_that_was_sent_or_is_missing(
    program: Program,
) -> None:
    sent = {"criteria": make_criteria(), "process": "no-such-process", "answer_by": "1999-01-01"}
    cases = (
        ({}, {("/criteria", "required")}),
        ({"criteria": None}, {("/criteria", "null")}),
        ({"criteria": make_criteria(), "a/b~c": 1}, {("/a~1b~0c", "unknown_field")}),
        ({**sent, "process": None}, {("/answer_by", "end_in_the_past")}),
    )
    for document, wanted in cases:
        refused = program.post("/requests", document)
        errors = json.loads(refused.text)["errors"]
        assert (refused.status_code, {(one["pointer"], one["code"]) for one in errors}) == (
            422, wanted,
        )  # fmt: skip
        assert all(one["detail"] for one in errors)
