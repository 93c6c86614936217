"""Refusals and failures as problem documents (RFC 9457): no trace, path or query, and a code."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from roster.api.languages import current_wording
from roster.errors import Ended, NotFound, Refused, RosterError, StaleVersion, TooMany
from roster.wording.codes import word_code
from roster.wording.program_codes import OF_STATUS

log = logging.getLogger("roster.api")

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[RosterError], int] = {
    NotFound: 404,
    StaleVersion: 412,
    Ended: 410,
    Refused: 422,
    TooMany: 429,
}
KEPT_HEADERS = ("Allow", "Retry-After")
FIELDS: Mapping[str, str] = {
    "approach_unknown_handle": "women",
    "approached_already": "women",
    "approach_too_many": "women",
    "document_choice_wrong": "chosen",
    "document_choice_gone": "chosen",
    "document_rests_on_ended": "chosen",
    "document_too_long": "chosen",
    "not_comparable": "second",
    "team_member_gone": "keep",
    "ties_first": "ties",
    "weights_out_of_bounds": "points",
}
"""Of a refusal that is about one member of what was sent: which; the refusal may name it itself."""


class CallRefused(RosterError):
    """A call that no service was asked for; ``errors`` are marshmallow's, ``more`` further members."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        errors: Any = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
        **values: object,
    ) -> None:
        super().__init__(code, **values)
        self.status, self.errors = status, errors
        self.headers, self.more = dict(headers or {}), dict(more or {})


def write_problem(
    status: int,
    code: str = "",
    *,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """One problem document; it is the same for absent and for not allowed."""
    # the endpoint and never the path: a path may hold a code
    log.info("request %s to %s: %d", g.get("request_code"), request.endpoint, status)
    phrase = HTTPStatus(status).phrase
    document = {"type": "about:blank", "title": phrase, "status": status}
    document |= {"code": code or phrase.lower().replace(" ", "_")}
    document |= {"detail": detail or _say_status(status)}
    document |= {"request": g.get("request_code", ""), **more}
    response = Response(json.dumps(document, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    response.headers.update(dict(headers or {}))
    return response


def _show_http_error(error: HTTPException) -> Response:
    """What Werkzeug refused."""
    headers = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    return write_problem(error.code or 500, headers=headers)


def _show_roster_error(error: RosterError) -> Response:
    """What a use case refused; the sentence is in the language of the call."""
    if isinstance(error, CallRefused):
        return write_problem(
            error.status,
            error.code,
            detail=_word(error),
            headers=error.headers,
            **_list_errors(error),
            **error.more,
        )
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)
    if isinstance(error, StaleVersion):
        return write_problem(status, "if_match_stale", detail=_say("if_match_stale"))
    if not isinstance(error, Refused | TooMany):
        return write_problem(status)
    wait = error.values.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait is not None else {}
    errors = _point_at(error)
    return write_problem(status, error.code, detail=_word(error), headers=headers, **errors)


def _show_stale_row(_error: StaleDataError) -> Response:
    """Two wrote the same row at the same time; this one came second."""
    return write_problem(409, "changed_meanwhile", detail=_say("changed_meanwhile"))


def _show_database_away(error: OperationalError) -> Response:
    """The database does not answer; it may do so in a moment."""
    log.error("request %s to %s: database: %s", g.request_code, request.endpoint, error.orig)
    return write_problem(503, headers={"Retry-After": "5"})


def _word(error: RosterError) -> str:
    return _say(error.code, **error.values)


def _say(code: str, **values: object) -> str:
    return word_code(current_wording(), code, **values)


def _say_status(status: int) -> str:
    """What a status says by itself; no more of what is absent or not allowed."""
    known = OF_STATUS.get(status) or OF_STATUS[400 if status < 500 else 500]
    return current_wording().gettext(known)


def _point_at(error: RosterError) -> dict[str, Any]:
    """The member of what was sent that a refusal is about, where it is about one that was."""
    name = str(error.values.get("field") or FIELDS.get(error.code, ""))
    sent = request.get_json(silent=True) if name else None
    if not isinstance(sent, dict) or name not in sent:
        return {}
    return {"errors": [{"pointer": f"/{name}", "code": error.code, "detail": _word(error)}]}


def _list_errors(error: CallRefused) -> dict[str, Any]:
    """What is wrong in the document, by JSON pointer."""
    if error.errors is None:
        return {}
    found = [
        {"pointer": pointer, "code": code, "detail": _say(code)}
        for pointer, code in _flatten(error.errors)
    ]
    return {"errors": found}


def _flatten(messages: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    for key, value in messages.items():
        below = pointer if key == "_schema" else f"{pointer}/{_escape(str(key))}"
        if isinstance(value, dict):
            yield from _flatten(value, below)
        else:
            yield from ((below, str(code)) for code in value)


def _escape(name: str) -> str:
    """A member's name in a pointer (RFC 6901); names that were sent are cut."""
    return name[:64].replace("~", "~0").replace("/", "~1")


def use_problems(app: Flask) -> None:
    """Under ``/api/`` every error is a problem document; elsewhere it stays what it was."""
    ours: Mapping[type[Exception], Callable[[Any], Response]] = {
        HTTPException: _show_http_error,
        RosterError: _show_roster_error,
        StaleDataError: _show_stale_row,
        OperationalError: _show_database_away,
    }
    pages = dict(app.error_handler_spec[None][None])
    for kind, show in ours.items():
        app.register_error_handler(kind, _choose(show, pages[kind]))


def _choose(
    show_problem: Callable[[Any], Response], show_page: Callable[[Any], Any]
) -> Callable[[Any], Any]:
    def show(error: Any) -> Any:
        return (show_problem if request.path.startswith(PREFIX) else show_page)(error)

    return show
