"""What one user sends over real HTTP: cookies kept, forms as the page filled them in, time to read.

Every exchange is noted with its step, how long it took from the connection to the last byte, and
its status; 0 where no answer came at all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage
from http.cookies import SimpleCookie
from random import Random
from threading import Event
from typing import Any
from urllib.parse import urlencode

from tests.roster.web.filled_form import read_filled

LONGEST_SECONDS = 60
"""Whoever waits longer for an answer has none."""
NO_ANSWER = 0


class Over(Exception):
    """The time of the run is up."""


class Astray(Exception):
    """An answer was not the expected one, so the next step of this round has nothing to go on."""


@dataclass(frozen=True)
class Sample:
    """One exchange. ``is_write`` where it changes a domain row; ``is_expected`` by its status."""

    step: str
    is_write: bool
    seconds: float
    status: int
    is_expected: bool


@dataclass(frozen=True)
class Page:
    """One answer as it came."""

    step: str
    path: str
    status: int = NO_ANSWER
    text: str = ""
    headers: HTTPMessage = field(default_factory=HTTPMessage)

    def read_form(self, action: str, **changed: Any) -> dict[str, Any]:
        """What the form would send after these changes; ``Astray`` where the page has no such form."""
        filled = read_filled(self.text, action)
        if "csrf_token" not in filled:
            raise Astray(f"{self.step}: no form")
        return {**filled, **changed}

    def read_document(self) -> Any:
        """The JSON of an answer to a program."""
        return json.loads(self.text)


class Pace:
    """How long a user looks at a page: between half and one and a half times ``seconds``."""

    def __init__(self, seconds: float, over: Event, random: Random) -> None:
        self._seconds, self._over, self._random = seconds, over, random

    def rest(self) -> None:
        """Let that time pass; ``Over`` once the run ends, at once."""
        if self._over.wait(self._seconds * self._random.uniform(0.5, 1.5)):
            raise Over


class Browser:
    """One user's."""

    def __init__(
        self, address: tuple[str, int], pace: Pace, note: Callable[[Sample], None]
    ) -> None:
        self._address, self._pace, self._note = address, pace, note
        self._cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        """Sent with everything: a program's key."""

    def read(self, step: str, path: str, *, status: int = 200) -> Page:
        """Open a page."""
        return self._step(step, "GET", path, statuses=(status,))

    def look_up(self, step: str, path: str, form: Mapping[str, Any]) -> Page:
        """Send a form that changes nothing."""
        return self._step(step, "POST", path, **_write_form(form), statuses=(200,))

    def write(
        self, step: str, path: str, form: Mapping[str, Any], *, statuses: tuple[int, ...] = (303,)
    ) -> Page:
        """Send a form that changes something, and open the page to which its answer leads."""
        sent = _write_form(form)
        page = self._step(step, "POST", path, **sent, statuses=statuses, is_write=True)
        while page.status in (302, 303):
            place = page.headers["Location"]
            page = self._exchange(f"{step}, then", "GET", place, statuses=(200, 302))
        return page

    def call(
        self,
        step: str,
        path: str,
        document: Any,
        *,
        is_write: bool,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send JSON, as a program does."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        body = "" if document is None else json.dumps(document)
        options = {"body": body, "headers": sent, "statuses": (status,), "is_write": is_write}
        return self._step(step, "POST", path, **options)

    def _step(self, step: str, method: str, path: str, **options: Any) -> Page:
        self._pace.rest()
        return self._exchange(step, method, path, **options)

    def _exchange(
        self,
        step: str,
        method: str,
        path: str,
        *,
        body: str = "",
        headers: Mapping[str, str] | None = None,
        statuses: tuple[int, ...],
        is_write: bool = False,
    ) -> Page:
        began = time.perf_counter()
        page = self._ask(step, method, path, body, {**self.headers, **(headers or {})})
        took = time.perf_counter() - began
        is_expected = page.status in statuses
        self._note(Sample(step, is_write, took, page.status, is_expected))
        if not is_expected:
            raise Astray(f"{step}: {page.status}")
        return page

    def _ask(
        self, step: str, method: str, path: str, body: str, headers: Mapping[str, str]
    ) -> Page:
        sent = dict(headers)
        if self._cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection = HTTPConnection(*self._address, timeout=LONGEST_SECONDS)
        try:
            connection.request(method, path, body.encode() or None, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException):
            return Page(step, path)
        finally:
            connection.close()
        self._keep_cookies(answer.headers)
        return Page(step, path, answer.status, text, answer.headers)

    def _keep_cookies(self, headers: HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(line).items():
                if cookie.value:
                    self._cookies[name] = cookie.value
                else:
                    self._cookies.pop(name, None)


def _write_form(form: Mapping[str, Any]) -> dict[str, Any]:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return {"body": urlencode(form, doseq=True), "headers": kind}
