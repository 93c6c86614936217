"""Every call as its description says it: whatever fits the schemas is answered as they promise."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest
from tests.builder_factories import add_team
from tests.document_factories import add_document
from tests.factories import find_canaries
from tests.roster.api.asked import Asked, add_asked
from tests.roster.api.program import ROOT, Program

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
EXAMPLES = 4
"""Of each call: what is tried is the seam between schema and service, not the schema library."""


@pytest.fixture
def asked(app: Flask, database: Database) -> Asked:
    """A request that was answered, and a woman of the answer who was asked."""
    return add_asked(app, database)


@pytest.fixture
def known(asked: Asked, database: Database) -> dict[str, object]:
    """What stands in addresses: of the request, its team, its document, its approach."""
    with database.writing() as session:
        request = session.scalars(select(MatchRequest).where(MatchRequest.code == asked.code)).one()
        document = add_document(session, request, ["a-copy"])
        add_team(session, request)
        given = {"document_code": document.code, "watermark": document.copies[-1].watermark}
        session.commit()
    codes = {"code": asked.code, "approach_code": asked.approach, "handle": asked.handle}
    return {**given, **codes, "number": 1, "scheme": "theme"}


def test_what_fits_the_description_is_answered_as_it_says(
    app: Flask, asked: Asked, known: dict[str, object]
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        _drive(operation, asked, known)
        tried.append(operation.label)
    paths = app.extensions["describe_calls"]()["paths"]
    assert len(tried) + 1 == sum(map(len, paths.values()))  # all but the document itself


def _drive(operation: Any, asked: Asked, known: dict[str, object]) -> None:
    """Some calls that fit the description of one operation."""
    program = asked.hers if "/me/approaches" in operation.path else asked.envoy

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def drive(case: Any) -> None:
        path = case.path_parameters or {}
        path.update({name: one for name, one in known.items() if name in path})
        named = {"Authorization": f"Bearer {program.key}"}
        if "If-Match" in (case.headers or {}):
            named["If-Match"] = _read_etag(program, case.formatted_path)
        answer = case.call(headers=named)
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code != 404 or path.keys() - known.keys(), operation.label
        assert find_canaries(answer.text) == set()

    drive()


def _read_etag(program: Program, path: str) -> str:
    """The version of what the call is about: of the nearest above it that has one."""
    place = path.removeprefix(ROOT)
    while place:
        if etag := program.get(place).headers.get("ETag"):
            return etag
        place = place.rpartition("/")[0]
    raise AssertionError(f"nothing above {path} has a version")
