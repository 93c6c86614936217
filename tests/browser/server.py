"""The service in a thread of this process, so that a test moves its clock; all it answers is kept."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from roster.app import create_app

if TYPE_CHECKING:
    from roster.db import Database
    from roster.settings import Settings

DOCUMENT = "text/html"
KEY = "session_key"
"""The cookie of a session."""
ICON = "/favicon.ico"
"""Browsers ask for it unasked."""


@dataclass(frozen=True)
class Answered:
    """One answer as it left the service. ``path`` is without its question, ``key`` the asker's session."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    key: str = ""

    @property
    def is_page(self) -> bool:
        is_document = self.headers.get("Content-Type", "").startswith(DOCUMENT)
        return is_document and not 300 <= self.status < 400 and self.path != ICON

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def build(self) -> tuple[object, ...]:
        """Equal for pages that differ in their words and numbers only."""
        seen = re.sub(r'<input type="hidden"[^>]*>', "", self.text)
        parts = re.findall(r'<\w+|(?:class|name|role|aria-[a-z]+)="[^"]*"', seen)
        return (self.status, *sorted({re.sub(r"\d+|\w-\w{3}", "…", part) for part in parts}))


@dataclass
class Recorder:
    """Passes every question on to the service and keeps the answer."""

    service: Any
    answers: list[Answered] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said[:] = [int(status.split()[0]), dict(headers)]
            return start_response(status, headers, exc_info)

        parts = self.service(environ, note)
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        self.answers.append(
            Answered(
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                *said,
                body,
                key=cookies[KEY].value if KEY in cookies else "",
            )
        )
        return [body]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - its own name
        """Say nothing: a test says what went wrong."""


class LiveServer:
    """Serves on a free port of the loopback address until it is stopped."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        host, port = self._socket.getsockname()
        self.url = f"http://{host}:{port}"
        self.settings = replace(settings, base_url=self.url, is_demo=True)
        self.recorder = Recorder(create_app(self.settings, database))
        self._server = make_server(
            host,
            port,
            self.recorder,
            threaded=True,
            request_handler=_Quiet,
            fd=self._socket.fileno(),
        )
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._socket.close()

    @property
    def pages(self) -> list[Answered]:
        """Every page served so far, once of each build, in the order of its first time."""
        pages = {one.build: one for one in reversed(self.recorder.answers) if one.is_page}
        return list(reversed(pages.values()))

    def is_own(self, address: str) -> bool:
        """Whether an address belongs to this service."""
        return urlsplit(address).netloc == urlsplit(self.url).netloc
