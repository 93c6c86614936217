"""The document that describes every call (OpenAPI 3.1), made from the calls and their schemas."""

from __future__ import annotations

import inspect
import re
from functools import partial
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, current_app
from marshmallow import Schema
from werkzeug.routing import Rule

from roster.api import blueprint
from roster.api.calls import Call, Reply, serves
from roster.api.errors import MEDIA_TYPE
from roster.permissions import Permission
from roster.schemas.problem_replies import ProblemSchema

TITLE = "Roster of women mediators, for programs"
VERSION = "1"
DESCRIPTION = """Every call but this document needs a key, made on the page “Keys for programs”: Authorization: Bearer and the key. A key does what its account may, within its scopes; 403 names the scope that it lacks. What is not found and what is not yours is the same: 404.

Women are named by handles, which are of one request alone. Before anybody is asked or named in a document, what changed since the search is told, and accepted by its digest. Names come only with a release, for as long as it lasts, and each look is noted for her.

A change names the version that was read: If-Match with the ETag (428 without it, 412 when somebody was first). A POST that names an Idempotency-Key is done once within a week, however often it is sent, and answered the same; with another call the key is refused (422).

Instants are UTC, days are those of the account's time zone. Counts of women who are not shown are multiples of five, null for fewer than five. Every refusal is a problem document (RFC 9457) with a code; what is wrong in a body stands under errors, each with a pointer to its member; 429 and 503 say in Retry-After how long to wait. Sentences come in the language of Accept-Language (en, fr, ar, es, pt, sw), else in that of the account. A key has 600 calls in a quarter of an hour."""
TAGS = {
    "runs": "Answers",
    "relaxations": "Answers",
    "why-not": "Answers",
    "changes": "Answers",
    "weights": "Answers",
    "teams": "Teams",
    "approaches": "Approaches and releases",
    "releases": "Approaches and releases",
    "documents": "Documents and copies",
    "me": "You, and what you are asked",
    "vocabulary": "Words",
}
"""By a part of the address, the first that is here; the rest is of requests."""
OTHER_TAG = "Requests, and what helps to write them"
_ARGUMENT = re.compile(r"<(?:(int):)?(\w+)>")
_METHODS = frozenset({"GET", "POST", "PUT"})


@blueprint.get("/openapi.json")
@serves(Call("This document", Permission.READ_PUBLIC, None, is_open=True))
def send_document() -> Reply:
    """The same that the page for people is made from."""
    return Reply(describe_calls(current_app))


def describe_calls(app: Flask) -> dict[str, Any]:
    """The whole document, made once for each application."""
    made: dict[str, Any] | None = app.extensions.get("api_document")
    if made is None:
        made = app.extensions["api_document"] = _write(app)
    return made


def use_description(app: Flask) -> None:
    """Let the page for people read it."""
    app.extensions["describe_calls"] = partial(describe_calls, app)


def _write(app: Flask) -> dict[str, Any]:
    spec = APISpec(
        title=TITLE,
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": DESCRIPTION},
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
    )
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    _declare(spec, ProblemSchema)
    for rule in app.url_map.iter_rules():
        call = getattr(app.view_functions[rule.endpoint], "call", None)
        if isinstance(call, Call):
            methods = sorted(_METHODS & (rule.methods or set()))
            operations = {one.lower(): _describe(spec, rule, call) for one in methods}
            spec.path(path=_ARGUMENT.sub(r"{\2}", rule.rule), operations=operations)
    document: dict[str, Any] = _let_null_be_chosen(spec.to_dict())
    return document


def _describe(spec: APISpec, rule: Rule, call: Call) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix("api."),
        "summary": call.summary,
        "tags": [_find_tag(rule)],
        "parameters": _list_parameters(rule, call),
        "responses": {
            str(call.status): _answer(spec, call),
            "default": {
                "description": "A refusal.",
                "content": {MEDIA_TYPE: {"schema": _refer(spec, ProblemSchema)}},
            },
        },
    }
    if not call.is_open:
        operation["security"] = [{"key": [call.scope] if call.scope else []}]
    if call.takes is not None:
        content = {"application/json": {"schema": _refer(spec, call.takes)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _find_tag(rule: Rule) -> str:
    """Under which heading people read it."""
    parts = rule.rule.split("/")
    return next((TAGS[one] for one in parts if one in TAGS), OTHER_TAG)


def _answer(spec: APISpec, call: Call) -> dict[str, Any]:
    schema = {"type": "object"} if call.gives is None else _refer(spec, call.gives)
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _list_parameters(rule: Rule, call: Call) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": 99_999}
    found = [
        _parameter("path", name, number if kind else {"type": "string"}, is_required=True)
        for kind, name in _ARGUMENT.findall(rule.rule)
    ]
    found += [_parameter("query", name, number) for name in call.parameters]
    if call.names_version:
        found.append(_parameter("header", "If-Match", {"type": "string"}, is_required=True))
    if call.is_once:
        text = {"type": "string", "pattern": "^[!-~]{1,200}$"}
        found.append(_parameter("header", "Idempotency-Key", text))
    return found


def _parameter(
    place: str, name: str, schema: dict[str, Any], *, is_required: bool = False
) -> dict[str, Any]:
    return {"in": place, "name": name, "required": is_required, "schema": schema}


def _refer(spec: APISpec, schema: type[Schema]) -> dict[str, str]:
    _declare(spec, schema)
    return {"$ref": f"#/components/schemas/{_name(schema)}"}


def _declare(spec: APISpec, schema: type[Schema]) -> None:
    name = _name(schema)
    if name not in spec.components.schemas:
        text = inspect.cleandoc(schema.__doc__ or "")
        spec.components.schema(name, component={"description": text}, schema=schema)


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _let_null_be_chosen(value: Any) -> Any:
    """A choice that may be null says so among its values, too."""
    if isinstance(value, list):
        return [_let_null_be_chosen(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name: _let_null_be_chosen(one) for name, one in value.items()}
    kinds, values = found.get("type"), found.get("enum")
    if isinstance(kinds, list) and "null" in kinds and isinstance(values, list):
        found["enum"] = values if None in values else [*values, None]
    return found
