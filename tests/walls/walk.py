"""Walking the village: every address with every id, and what a page shows to somebody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import Account
from roster.queries.her_parts import PARTS
from roster.wording import LANGUAGES, get_wording
from tests.factories import PASSWORD, find_canaries
from tests.walls.village import Village

IDENTITIES = (
    "public", "ada", "bea", "cem", "dia", "coordinator", "other coordinator", "envoy",
    "other envoy", "administrator", "auditor",
)  # fmt: skip
ABSENT = 999_999
Seen = tuple[str, int]
"""A field, and the number of the record, file, request or account that it is of."""


def open_browser(app: Flask, village: Village, identity: str) -> FlaskClient:
    """A browser of this identity, signed in before; her program where a program is asked."""
    client = app.test_client()
    if identity in village.programs:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {village.programs[identity][1]}"
    if identity in village.keys:
        client.set_cookie("session_key", village.keys[identity])
    return client


def list_paths(
    app: Flask, village: Village, method: str, *, whole: Iterable[str] = ()
) -> list[str]:
    """Every address of this method, with ids of either side and such as are nobody's.

    ``whole`` names the arguments of which all ids of the village are tried.
    """
    given = {
        name: values if name in whole else [*values[:1], *values[-2:]]
        for name, values in _list_arguments(village).items()
    }
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, values, method=method)
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ())
            for values in _combine(rule, given)
        ]


def _combine(rule: Rule, given: dict[str, list[object]]) -> Iterator[dict[str, object]]:
    names = sorted(rule.arguments)
    for values in itertools.product(*(given[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def _list_arguments(village: Village) -> dict[str, list[object]]:
    return {
        "record_id": [*sorted(village.records), ABSENT],
        "import_id": [*sorted(number for number, _ in village.imports.values()), ABSENT],
        "account_id": [*village.accounts.values(), ABSENT],
        "network_code": ["nwm", "absent"],
        "recognition_id": [*village.recognitions.values(), ABSENT],
        "search_id": [*village.searches.values(), ABSENT],
        "process_code": [*village.processes.values(), ABSENT],
        "objection_id": [*village.objections.values(), ABSENT],
        "clearance_id": [*village.clearances.values(), ABSENT],
        "requester_id": [village.accounts["envoy"], ABSENT],
        "focal_point_id": [village.focal_point, ABSENT],
        "sharing_id": [*village.sharing.values(), ABSENT],
        "spoken_id": [*village.spoken.values(), ABSENT],
        "pair_id": [1, ABSENT],
        "merge_id": [1, ABSENT],
        "slug": ["call-nwm", "call-awmn", "no-such-call"],
        "call_id": [*village.calls.values(), ABSENT],
        "application_id": [*village.applications.values(), ABSENT],
        "kind": ["word", "column"],
        "choice_id": [*village.choices.values(), ABSENT],
        "row_id": [village.rows["taken nwm"], ABSENT],
        "code": [*sorted(code for code, _ in village.requests.values()), "R-26-ZZZZZ"],
        "number": [1, 2],
        "approach_code": [*(code for code, _ in village.approaches.values()), "A-26-ZZZZZ"],
        "handle": [*(handle for _, handle in village.approaches.values()), "Z9-Z9Z"],
        "token": ["no-such-token", *village.tokens.values()],
        "filename": ["look.css", "no-such-file"],
        "key_id": [*(number for number, _ in village.programs.values()), ABSENT],
        "scheme": ["theme", "no-such-list"],
        "term": ["youth", "no-such-term"],
        "template_id": [1, ABSENT],
        "document_code": [*(code for code, _ in village.documents.values()), "D-26-ZZZZZ"],
        "watermark": [*(mark for _, mark in village.documents.values()), "no-such-mark"],
        "part": [*(part.name for part in PARTS), "no-such-part"],
    }


def speak(database: Database, client: FlaskClient, language: str) -> None:
    """Let the service speak this language to everybody."""
    client.set_cookie("language", language)
    with database.writing() as session:
        session.execute(update(Account).values(language=language))
        session.commit()


def read_answer(response: TestResponse) -> str:
    """All that an answer says: its body, and headers such as where it leads."""
    return f"{response.text}\n{response.headers}"


def find_seen(text: str, village: Village) -> set[Seen]:
    """Whose fields show in ``text``: canaries, and the countries that are said once."""
    found = _mark_pattern(tuple(village.marks)).findall(text)
    codes = _codes_by_name(tuple(village.marks))
    return find_canaries(text) | {village.marks[codes[word]] for word in found}


@cache
def _codes_by_name(countries: tuple[str, ...]) -> dict[str, str]:
    named = {code: code for code in countries}
    for language in LANGUAGES:
        named |= {get_wording(language).term("country", code): code for code in countries}
    return named


@cache
def _mark_pattern(countries: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted(_codes_by_name(countries), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _is_ours(attrs: list[tuple[str, str | None]]) -> bool:
    """A file of the service, loaded late: what stands inside such an element is never run."""
    given = dict(attrs)
    return (given.get("src") or "").startswith("/static/") and set(given) == {"src", "defer"}


class _Tags(HTMLParser):
    """What a browser would run or follow in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not _is_ours(attrs):
            self.faults.append(f"<{tag}>")
        if tag in ("img", "iframe", "object", "embed", "style", "base"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"{name}= in <{tag}>")
            is_address = name in ("href", "src", "action", "formaction", "xlink:href")
            scheme = urlsplit((value or "").strip()).scheme if is_address else ""
            if scheme and (value or "") != "about:blank":
                self.faults.append(f"{name}={value!r} in <{tag}>")


def find_markup(page: str) -> list[str]:
    """Scripts, handlers, foreign addresses and evaluated braces in a page."""
    parser = _Tags()
    parser.feed(page)
    parser.close()
    evaluated = ["evaluated braces"] if "54439" in page else []
    return [*parser.faults, *evaluated]


def assert_nothing_secret(log: str, village: Village) -> None:
    """L3: nobody, no key, no token and no password is in the log."""
    assert find_canaries(log) == set()
    secrets = [PASSWORD, *village.keys.values(), *village.tokens.values(), "example.org"]
    secrets += [text for _, text in village.programs.values()]
    assert [secret for secret in secrets if secret in log] == []
