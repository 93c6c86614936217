"""The schema says of a woman's file what stands in it: nothing more, nothing less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from roster import clock
from roster.cli import main
from roster.db import Database
from roster.queries.her_data import collect_her_data
from roster.schemas.her_data import describe_her_data
from tests.roster.services.leaving import make_left

TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}


def find_faults(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """What of the value the schema forbids, as far as this schema's own words go."""
    if schema.get("type") == "object":
        if value.keys() != schema["properties"].keys():
            yield f"{path}: {value.keys() ^ schema['properties'].keys()}"
        for name, inner in schema["properties"].items():
            yield from find_faults(value.get(name), inner, f"{path}.{name}")
    elif schema.get("type") == "array":
        for number, item in enumerate(value):
            yield from find_faults(item, schema["items"], f"{path}[{number}]")
    elif "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, TYPES[kind]) for kind in kinds):
            yield f"{path}: {value!r} is no {schema['type']}"
        is_instant = schema.get("format") == "date-time" and isinstance(value, str)
        if is_instant and datetime.fromisoformat(value).utcoffset() is None:
            yield f"{path}: without its time zone"


def test_a_real_file_is_what_its_schema_says(database: Database, tmp_path: Path) -> None:
    left = make_left(database, tmp_path)
    left.leave("awmn")
    with database.reading() as session:
        data = collect_her_data(session, actor=left.actor, mediator_id=left.her, now=clock.now())
    schema = describe_her_data()
    assert list(find_faults(data, schema)) == []
    data["messages"][0]["attempts"] = "3"
    del data["you"][0]["language"]
    assert len(list(find_faults(data, schema))) == 3


def test_the_schema_is_printed_with_a_reason_for_what_is_left_out() -> None:
    printed = CliRunner().invoke(main, ["schema", "her-data"])
    assert json.loads(printed.output) == describe_her_data()
    assert "token_digest: opens something" in printed.output
