"""Refusals and failures as pages: no trace, path or query, and a code that the log knows."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping

from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from roster.errors import Ended, NotFound, Refused, RosterError, StaleVersion, TooMany
from roster.web.pages import current_wording, render, render_for_nobody
from roster.wording.codes import word_code

log = logging.getLogger("roster.web")

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without signs that look alike when read over the telephone."""
STATUS: Mapping[type[RosterError], int] = {
    NotFound: 404,
    StaleVersion: 409,
    Ended: 410,
    Refused: 422,
    TooMany: 429,
}


def start_request() -> None:
    """Give the request its code, ``E7Q4-M2KD``: random, so that it counts nothing."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    g.request_code = f"{letters[:4]}-{letters[4:]}"


def show_error(status: int, **values: object) -> Response:
    """The error page. It is the same for absent and for not allowed."""
    # the endpoint and never the path: a path may hold a token
    log.info("request %s to %s: %d", g.request_code, request.endpoint, status)
    show = render if status < 500 else render_for_nobody
    page = show("errors/error.html", status=status, request_code=g.request_code, **values)
    return make_response(page, status)


def show_http_error(error: HTTPException) -> Response:
    """What Werkzeug refused."""
    status = error.code or 500
    response = show_error(404 if status in (401, 403) else status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def show_roster_error(error: RosterError) -> Response:
    """What a use case refused and the view did not word itself."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)
    if isinstance(error, StaleVersion):
        return show_error(
            status, yours=list(error.wanted.items()), theirs=list(error.current.items())
        )
    response = show_error(status, sentence=_word_refusal(error))
    if isinstance(error, TooMany) and "retry_after" in error.values:
        response.headers["Retry-After"] = str(error.values["retry_after"])
    return response


def _word_refusal(error: RosterError) -> str:
    """Why it was refused, where that tells nothing of what exists."""
    if not isinstance(error, Refused | TooMany):
        return ""
    return word_code(current_wording(), error.code, **error.values)


def show_stale_row(_error: StaleDataError) -> Response:
    """Two wrote the same row at the same time; this one came second."""
    return show_error(409)


def show_database_away(error: OperationalError) -> Response:
    """The database does not answer; it may do so in a moment."""
    log.error("request %s to %s: database: %s", g.request_code, request.endpoint, error.orig)
    return show_error(503)


class Service(Flask):
    """Flask with a log that holds the request's code and no path."""

    def log_exception(self, exc_info: object) -> None:
        log.error(
            "request %s to %s failed",
            g.get("request_code"),
            request.endpoint,
            exc_info=exc_info,  # type: ignore[arg-type]
        )


def use_error_pages(app: Flask) -> None:
    """Every error becomes a page."""
    app.before_request(start_request)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(RosterError, show_roster_error)
    app.register_error_handler(StaleDataError, show_stale_row)
    app.register_error_handler(OperationalError, show_database_away)
