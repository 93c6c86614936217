"""What every call of a program passes: its key, its scope, its permission, and one commit at the end.

``serves`` stands directly under the route. It knows the program by its key alone, never by a
cookie, counts the call, and asks the same permissions as the pages. A call that names an
idempotency key is done once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, cast

from flask import Response, g, request
from marshmallow import Schema

from roster import clock, permissions
from roster.api.errors import CallRefused
from roster.edge.units_of_work import (
    database,
    finish_writing,
    own_unit_of_work,
    reading,
    writing,
)
from roster.errors import NotFound
from roster.permissions import NOTHING, Actor, Permission, Subject
from roster.queries.program_keys import Program, find_program
from roster.services.idempotency import Once, digest_call, find_kept, keep_answer
from roster.services.program_keys import count_call

IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_BEARER = re.compile(r"Bearer +([A-Za-z0-9_\-]{20,100})", re.IGNORECASE)
_ETAG = re.compile(r'"([1-9][0-9]{0,8})"')


@dataclass(frozen=True)
class Call:
    """One call as it is guarded and described. ``scope`` "": any key; ``is_open``: none at all."""

    summary: str
    permission: Permission
    gives: type[Schema] | None
    scope: str = ""
    subject: Callable[..., Subject] | None = None
    takes: type[Schema] | None = None
    status: int = 200
    names_version: bool = False
    """It changes what the caller must have read: ``If-Match`` with its ETag."""
    is_once: bool = False
    """It takes an ``Idempotency-Key``."""
    is_open: bool = False
    shown_once: str = ""
    """A member that is told once: the same call sent again has null for it."""
    parameters: tuple[str, ...] = ()
    """Numbers in the query: pages."""


@dataclass(frozen=True)
class Reply:
    """What a view answers: a document, where it lies, and the version that it shows."""

    document: Any
    location: str = ""
    version: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


View = Callable[..., Reply]


def serves(call: Call) -> Callable[[View], Callable[..., Response]]:
    """Declare what a call needs and gives."""

    def declare(view: View) -> Callable[..., Response]:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            if not call.is_open:
                _admit(call, arguments)
            if call.names_version:
                read_version()
            response = _answer(call, view, arguments)
            finish_writing(response)
            return response

        marked = cast(Any, guarded)
        marked.permission, marked.call = call.permission, call
        return guarded

    return declare


def current_program() -> Program:
    """The key of this call and its account."""
    return cast(Program, g.program)


def current_actor() -> Actor:
    """For whom the program asks."""
    return current_program().actor


def read_version() -> int:
    """The version that ``If-Match`` names; 428 where none is named, 412 for what is no version."""
    given = request.headers.get("If-Match", "")
    if not given:
        raise CallRefused(428, "if_match_missing")
    found = _ETAG.fullmatch(given.strip())
    if found is None:
        raise CallRefused(412, "if_match_stale")
    return int(found[1])


def _admit(call: Call, arguments: dict[str, Any]) -> None:
    program = _find_program()
    with own_unit_of_work() as session:
        count_call(session, key_id=program.key_id)
    if call.scope and call.scope not in program.scopes:
        # before the subject is looked for: a key must not learn what exists beyond its scopes
        raise CallRefused(403, "scope_missing", scope=call.scope)
    found = NOTHING if call.subject is None else call.subject(reading(), **arguments)
    if not permissions.decide(call.permission, program.actor, found):
        raise NotFound


def _find_program() -> Program:
    given = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if given is None:
        raise CallRefused(401, "key_missing", headers={"WWW-Authenticate": "Bearer"})
    # a session of its own: while a call waits for its turn to write it holds one connection, not two
    with database().reading() as session:
        program = find_program(session, key=given[1], now=clock.now())
    if program is None:
        headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        raise CallRefused(401, "key_unknown", headers=headers)
    g.program = program
    return program


def _answer(call: Call, view: View, arguments: dict[str, Any]) -> Response:
    key = request.headers.get("Idempotency-Key")
    if key is None or not call.is_once:
        return _write(call, view(**arguments))
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise CallRefused(400, "idempotency_wrong")
    sent = digest_call(request.method, request.path, request.get_data())
    once = Once(current_program().key_id, key, sent)
    # the head for order is taken first, so that an equal call waits here until this one is done
    kept = find_kept(writing(), once)
    if kept is not None:
        said = json.loads(kept.body)
        headers = {**said["headers"], "Idempotent-Replayed": "true"}
        return _respond(kept.status, said["document"], headers)
    reply = view(**arguments)
    headers, document = _list_headers(reply), _dump(call, reply)
    kept_document = {**document, call.shown_once: None} if call.shown_once else document
    keep_answer(writing(), once, status=call.status, headers=headers, document=kept_document)
    return _respond(call.status, document, headers)


def _write(call: Call, reply: Reply) -> Response:
    return _respond(call.status, _dump(call, reply), _list_headers(reply))


def _dump(call: Call, reply: Reply) -> Any:
    """What the schema names of it, and nothing else."""
    return reply.document if call.gives is None else call.gives().dump(reply.document)


def _list_headers(reply: Reply) -> dict[str, str]:
    headers = dict(reply.headers)
    if reply.location:
        headers["Location"] = reply.location
    if reply.version is not None:
        headers["ETag"] = f'"{reply.version}"'
    return headers


def _respond(status: int, document: Any, headers: dict[str, str]) -> Response:
    text = json.dumps(document, ensure_ascii=False)
    response = Response(text, status, mimetype="application/json")
    response.headers.update(headers)
    return response
