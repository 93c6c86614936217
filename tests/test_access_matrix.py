"""Every route x role x own or foreign row, with the expected answer written out beforehand.

``access_matrix.toml`` is reviewed by people; this walks it. A route without a row fails.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from roster.app import create_app
from roster.db import Database
from roster.settings import Settings
from tests.access_world import (
    ROLES,
    World,
    build_world,
    dump,
    list_routes,
    make_path,
    open_browser,
)
from tests.conftest import drop_database
from tests.factories import find_canaries
from tests.roster.web.browser import without_lots
from tests.settled import settle, sign_in_anew

MATRIX: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("access_matrix.toml").read_text(encoding="utf-8")
)
REFUSED = frozenset({"in", "401", "404"})
Cell = tuple[str, str]
"""Role and side."""


def make_app(settings: Settings, database: Database) -> Flask:
    """The application as it serves, but for CSRF tokens, which have tests of their own."""
    app = create_app(settings, database)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def compiled_app(key_file: Path) -> Flask:
    """One application for all cells, so that its templates are compiled once."""
    settings = Settings(
        database_url="sqlite://", secret_key="Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e", key_file=key_file
    )
    return make_app(settings, Database(settings.database_url))


@pytest.fixture
def app(compiled_app: Flask, database: Database) -> Flask:
    compiled_app.extensions["database"] = database
    compiled_app.extensions.pop("roster_index", None)  # it follows one database
    return compiled_app


@pytest.fixture(scope="session")
def settled(
    make_database_url: Callable[..., str], migrated_template: str, key_file: Path
) -> tuple[str, World]:
    """The address of a database that is only ever copied, and the world in it."""
    url = make_database_url(migrated_template)
    return url, settle(url, build_world)


@pytest.fixture
def world(settled: tuple[str, World]) -> World:
    return settled[1]


@pytest.fixture
def database_url(
    make_database_url: Callable[..., str], settled: tuple[str, World], database_kind: str
) -> Iterator[str]:
    """The address of a world of one's own, in which everybody has just signed in."""
    url = make_database_url(settled[0])
    sign_in_anew(url)
    yield url
    drop_database(url, database_kind)


def read_row(route: str) -> dict[Cell, str]:
    """The expected answers of one route."""
    return {
        (role, side): answer
        for side, answers in MATRIX[route].items()
        for role, answer in zip(ROLES, answers.split(), strict=True)
    }


def ask(app: Flask, world: World, route: str, role: str, side: str) -> TestResponse:
    """Send one request, a change with an empty form."""
    rule = list_routes(app)[route]
    path = make_path(app, rule, world, role, side)
    method = route.split(" ")[0]
    return open_browser(app, world, role).open(path, method=method, buffered=True)


def word_answer(response: TestResponse) -> str:
    """The status; ``in`` for the way to sign-in."""
    sent_to = response.headers.get("Location", "")
    is_sent = response.status_code == 303 and sent_to.startswith("/sign-in")
    return "in" if is_sent else str(response.status_code)


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    assert sorted(MATRIX) == sorted(list_routes(app))


@pytest.mark.parametrize("route", MATRIX)
def test_every_cell_of_the_route_answers_as_written(
    app: Flask, world: World, database: Database, route: str
) -> None:
    expected = read_row(route)
    refused = [cell for cell, answer in expected.items() if answer in REFUSED]
    allowed = [cell for cell in expected if cell not in refused]
    before = dump(database)
    answers = {cell: word_answer(ask(app, world, route, *cell)) for cell in refused}
    assert dump(database) == before
    answers |= {cell: word_answer(ask(app, world, route, *cell)) for cell in allowed}
    assert answers == expected


@pytest.mark.parametrize("route", [route for route in MATRIX if "foreign" in MATRIX[route]])
def test_what_is_not_hers_looks_like_what_does_not_exist(
    app: Flask, world: World, route: str
) -> None:
    for role in ROLES:
        foreign, absent = (ask(app, world, route, role, side) for side in ("foreign", "absent"))
        assert strip(foreign) == strip(absent), role


def strip(response: TestResponse) -> tuple[int, str, list[str]]:
    """An answer without its random code and its place in the address."""
    return response.status_code, without_lots(response.text), sorted(response.headers.keys())


READ_ROUTES = [route for route in MATRIX if route.startswith("GET ")]
SEES = {
    "mediator": {"record"},
    "coordinator": {"record", "file", "applicant", "request"},
    "envoy": {"processtitle", "request", "record"},
}
"""Of which of her own side's rows a role sees the text; nobody sees anything else. A network reads
what its women are asked for."""
RELEASED = {"displayname", "email"}
"""What the woman who is released has ticked: all that an envoy reads of a record."""


@pytest.mark.parametrize("role", ROLES)
def test_pages_show_the_rows_of_her_own_side_and_no_others(
    app: Flask, world: World, role: str
) -> None:
    seen = set()
    for route in READ_ROUTES:
        for side in MATRIX[route]:
            answered = ask(app, world, route, role, side)  # some are no text: a document, a sheet
            seen |= find_canaries(answered.data.decode("utf-8", "replace"))
    kinds = {word_kind(field) for field, _ in seen}
    assert kinds == SEES.get(role, set())
    if role == "envoy":
        assert {field for field, _ in seen if word_kind(field) == "record"} == RELEASED
    assert {(word_kind(field), number) for field, number in seen} <= world.own_canaries


def word_kind(field: str) -> str:
    """Whose text it is: that of a record, a file, a process, a request or an application."""
    kinds = ("file", "processtitle", "request", "applicant")
    return next((kind for kind in kinds if field.startswith(kind)), "record")


def test_ids_of_the_other_side_in_a_form_or_below_her_own_page_do_nothing(
    app: Flask, world: World, database: Database
) -> None:
    client = open_browser(app, world, "coordinator")
    own, foreign = world.arguments["own"], world.arguments["foreign"]
    before = dump(database)
    client.post("/people/invite", data={"record": str(foreign["record_id"])})
    row = f"/imports/{own['import_id']}/rows/{foreign['row_id']}"
    answer = client.post(row, data={"choice": "leave_out"})
    assert answer.status_code == 404
    assert dump(database) == before
