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

from roster.db import Database
from tests.approach_factories import add_french
from tests.factories import find_canaries
from tests.roster.api.program import Program, add_program, search

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
EXAMPLES = 4
"""Of each call: what is tried is the seam between schema and service, not the schema library."""


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    return add_program(app, database)


@pytest.fixture
def code(program: Program, database: Database) -> str:
    """A request that was answered."""
    with database.writing() as session:
        for _ in range(2):
            add_french(session)
        session.commit()
    return search(program)


def test_what_fits_the_description_is_answered_as_it_says(
    app: Flask, program: Program, code: str
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        _drive(operation, program, code)
        tried.append(operation.label)
    paths = app.extensions["describe_calls"]()["paths"]
    assert len(tried) + 1 == sum(map(len, paths.values()))  # all but the document itself


def _drive(operation: Any, program: Program, code: str) -> None:
    """Some calls that fit the description of one operation."""

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
        _aim(case, code)
        named = {"Authorization": f"Bearer {program.key}"}
        if "If-Match" in (case.headers or {}):
            named["If-Match"] = program.get(f"/requests/{code}").headers["ETag"]
        answer = case.call(headers=named)
        case.validate_response(answer, checks=CHECKS)
        assert find_canaries(answer.text) == set()

    drive()


def _aim(case: Any, code: str) -> None:
    """Let it be of the request that there is, and of its first answer."""
    known = {"code": code, "number": 1}
    path = case.path_parameters or {}
    path.update({name: one for name, one in known.items() if name in path})
