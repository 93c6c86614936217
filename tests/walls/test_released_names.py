"""A released name is read by its requester alone, on one page and by one call: what she ticked."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from roster.db import Database
from tests.factories import find_canaries
from tests.walls.approaches import show_cem
from tests.walls.village import Village
from tests.walls.walk import IDENTITIES, open_browser

HERS = frozenset({"displayname", "email"})


def list_paths(app: Flask, village: Village) -> list[str]:
    """Every page and call of requests and approaches, with every request and what was asked of Cem."""
    approach, handle = village.approaches["cem"]
    given: dict[str, list[object]] = {
        "code": [code for code, _ in village.requests.values()],
        "handle": [handle],
        "approach_code": [approach],
        "number": [1],
    }
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, dict(zip(names, values, strict=True)), method="GET")
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and rule.rule.startswith(("/requests/", "/approaches", "/api/v1/requests/"))
            and rule.arguments <= given.keys()
            for names in [sorted(rule.arguments)]
            for values in itertools.product(*(given[name] for name in names))
        ]


@pytest.mark.parametrize("identity", [one for one in IDENTITIES if one not in ("ada", "dia")])
def test_nobody_else_reads_the_name_that_was_released_and_nowhere_else(
    app: Flask, database: Database, village: Village, identity: str
) -> None:
    with database.writing() as session:
        show_cem(session, village)
        session.commit()
    mine = {number for number, (her, _) in village.records.items() if her == village.women["cem"]}
    client = open_browser(app, village, identity)
    seen: dict[str, set[str]] = {}
    for path in list_paths(app, village):
        response = client.get(path, buffered=True)
        fields = {field for field, number in find_canaries(response.text) if number in mine}
        if fields:
            seen[path] = fields
    code, handle = village.approaches["cem"]
    wanted: dict[str, set[str]] = {}
    if identity == "envoy":
        request = village.requests["envoy answered"][0]
        wanted = {
            f"/requests/{request}/released/{handle}": set(HERS),
            f"/api/v1/requests/{request}/releases": set(HERS),
        }
    if identity == "coordinator":
        wanted = {"/approaches": {"displayname"}, f"/approaches/{code}": {"displayname"}}
    assert seen == wanted
