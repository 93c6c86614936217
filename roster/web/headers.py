"""Headers of every answer, and how large a question may be."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request

from roster.settings import Settings
from roster.web.access import current_actor
from roster.web.files import find_file

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT_POLICY = f"{CONTENT_POLICY}; script-src 'self'; connect-src 'self'"
"""Of the one page that runs a script, which is ours and asks nobody but us."""
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
TWO_YEARS = 2 * 365 * 24 * 3600
LARGEST_BODY = 256 * 1024
LARGEST_UPLOAD = 20 * 1024 * 1024 + LARGEST_BODY
"""A file of 20 MB and the form around it."""
MOST_PARTS = 1_000
"""Controls of one form: the longest one has a few hundred."""


def allow_script() -> None:
    """Let the page that is being made run the house's own script."""
    g.runs_script = True


def limit_body() -> None:
    """Let only somebody signed in send a file, and only where a file is asked for."""
    request.max_content_length = LARGEST_BODY
    request.max_form_memory_size = LARGEST_BODY
    request.max_form_parts = MOST_PARTS
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "accepts_upload", False) and current_actor().account_id is not None:
        request.max_content_length = LARGEST_UPLOAD


def add_headers(response: Response) -> Response:
    """The same protection on every answer: pages, files and errors."""
    settings: Settings = current_app.extensions["settings"]
    response.headers.update(HEADERS)
    if g.get("runs_script"):
        response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
    is_file = request.endpoint == "static" and response.status_code in (200, 304)
    response.headers["Cache-Control"] = (
        f"public, max-age={TWO_YEARS}, immutable" if is_file and "v" in request.args else "no-store"
    )
    response.headers.pop("Server", None)
    return response


def compress_file(response: Response) -> Response:
    """Files go over a weak line at a third of their size. Pages do not: they hold secrets, and the
    length of a compressed secret tells of it (BREACH)."""
    if request.endpoint != "static" or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    response.direct_passthrough = False
    response.set_data(_compress(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


@cache
def _compress(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@cache
def _hash_file(path: Path, _changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def add_file_hash(endpoint: str, values: dict[str, Any]) -> None:
    """``?v=…`` of a file's content: it may be kept for long, and a new one is fetched at once."""
    if endpoint != "static" or "filename" not in values:
        return
    path = find_file(values["filename"])
    if path.is_file():
        values.setdefault("v", _hash_file(path, path.stat().st_mtime_ns))


def use_headers(app: Flask) -> None:
    """Put limits before and headers after every request."""
    app.before_request(limit_body)
    app.after_request(add_headers)
    app.after_request(compress_file)
    app.url_defaults(add_file_hash)
