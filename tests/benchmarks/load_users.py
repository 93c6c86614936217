"""What users of each kind do, one round after another, as people and programs do it: read, then write.

Every write carries the form token and the version of the page that was read before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from urllib.parse import urlencode

from tests.benchmarks.list_page import LANGUAGES, PLACES
from tests.benchmarks.load_browser import Astray, Browser, Over
from tests.benchmarks.load_roster import Users
from tests.factories import PASSWORD
from tests.matching.names.typing import GIVEN

THEMES = ("ceasefire", "constitution", "reconciliation", "gender_inclusion", "elections")
FLOOR = "B2"
SPOKEN = ("English", "French", "Arabic", "Spanish")
RECORD = re.compile(r'href="(/people/[1-9]\d*)"')
QUESTION = re.compile(r'action="(/me/approaches/[\w-]+/read)"')
CONFLICT = 409
"""Somebody else saved first, or something changed since the search: the right answer, with both."""

Round = Callable[[Browser, Random], None]


@dataclass(frozen=True)
class Life:
    """A user: how she comes in, and what she does again and again."""

    arrive: Callable[[Browser], None]
    act: Round

    def live(
        self, browser: Browser, random: Random, rounds: int, note_astray: Callable[[str], None]
    ) -> None:
        """Arrive, then do so many rounds, or until the time is up; the next one where astray."""
        has_arrived = False
        for _ in range(rounds):
            try:
                if not has_arrived:
                    self.arrive(browser)
                    has_arrived = True
                self.act(browser, random)
            except Astray as problem:
                note_astray(str(problem))
            except Over:
                return


def list_lives(users: Users) -> Iterator[Life]:
    """One for each user."""
    kinds: tuple[tuple[tuple[str, ...], Round], ...] = (
        (users.coordinators, keep_records),
        (users.envoys, seek),
        (users.mediators, answer),
    )
    for addresses, act in kinds:
        for address in addresses:
            yield Life(_make_sign_in(address), act)
    for key in users.programs:
        yield Life(_make_entrance(key), call)
    for tokens in users.link_holders:
        yield Life(lambda browser: None, _make_renewal(iter(tokens)))


def _make_sign_in(address: str) -> Callable[[Browser], None]:
    def sign_in(browser: Browser) -> None:
        page = browser.read("open sign-in", "/sign-in")
        form = page.read_form("/sign-in", email=address, password=PASSWORD)
        browser.write("sign in", "/sign-in", form)

    return sign_in


def _make_entrance(key: str) -> Callable[[Browser], None]:
    def enter(browser: Browser) -> None:
        browser.headers["Authorization"] = f"Bearer {key}"
        browser.read("program: whose key", "/api/v1/me")

    return enter


def _make_renewal(tokens: Iterator[str]) -> Round:
    """Another woman's link each time; without one left she only reads what anybody may."""

    def renew(browser: Browser, random: Random) -> None:
        token = next(tokens, "")
        if not token:
            browser.read("open how matching works", "/how-matching-works")
            return
        browser.read("open a renewal link", f"/r/{token}")
        browser.write("renew by link", f"/r/{token}", {"answer": "same"}, statuses=(200,))

    return renew


def keep_records(browser: Browser, random: Random) -> None:
    """A coordinator: Monday, her list three ways, two women, a correction, a telephone call."""
    browser.read("open Monday", "/monday")
    women = RECORD.findall(browser.read("open the list", "/people").text)
    theme, language = random.choice(THEMES), random.choice(LANGUAGES)
    narrowed = f"/people?theme={theme}&language={language}&place={random.choice(PLACES)}"
    women += RECORD.findall(browser.read("narrow the list", narrowed).text)
    name = random.choice(GIVEN)[0].lower()
    women += RECORD.findall(
        browser.read("search a name", f"/people?{urlencode({'text': name})}").text
    )
    woman = random.choice(women)
    browser.read("open a woman", random.choice(women))
    browser.read("open a woman", woman)
    _correct(browser, woman, random)
    _write_down(browser, woman, random)
    browser.read("open coverage", "/coverage")
    browser.read("open requests to us", "/requests-asked")
    browser.read("open a wrong address", "/people/999999999", status=404)


def _correct(browser: Browser, woman: str, random: Random) -> None:
    page = browser.read("open the form of a record", f"{woman}/edit")
    said = f"Text messages only, after {random.randint(8, 20)} o'clock"
    form = page.read_form(f"{woman}/edit", safe_contact=said)
    browser.write("save a record", f"{woman}/edit", form, statuses=(303, CONFLICT))


def _write_down(browser: Browser, woman: str, random: Random) -> None:
    page = browser.read("open her time", f"{woman}/availability")
    form = page.read_form(
        f"{woman}/availability", status="available", days_per_month=str(random.randint(1, 28))
    )
    browser.write("write down her time", f"{woman}/availability", form, statuses=(303, CONFLICT))


def seek(browser: Browser, random: Random) -> None:
    """An envoy: a request with counts as it grows, its answer, another search, women asked."""
    browser.read("open own requests", "/requests")
    page = browser.read("open the form of a request", "/requests/new")
    form = page.read_form("/requests", **_make_wishes(random))
    for roles in ("facilitator", "mentor"):
        counted = {**form, "posts-0-roles": roles}
        browser.look_up("count while writing", "/requests/counts", counted)
    answer = browser.write("save and search", "/requests", {**form, "do": "search"})
    path = answer.path
    browser.read("open the answer again", path)
    page = browser.read("open the form of a saved request", f"{path}/edit")
    changed = page.read_form(f"{path}/edit", do="search", days_per_month="4")
    browser.write("change and search", f"{path}/edit", changed)
    browser.read("open relaxations", f"{path}/relaxations")
    _ask(browser, path)


def _make_wishes(random: Random) -> dict[str, str]:
    first = datetime.now(UTC).date() + timedelta(days=random.randint(20, 60))
    at = "posts-0"
    return {
        "title": "Talks on a corridor",
        "start": first.isoformat(),
        "end": (first + timedelta(days=30)).isoformat(),
        f"{at}-tracks": random.choice(("II", "III")),
        f"{at}-themes-0-any_of": random.choice(THEMES),
        f"{at}-themes-0-weight": "hard",
        f"{at}-languages-0-any_of": random.choice(SPOKEN),
        f"{at}-languages-0-level": FLOOR,
        f"{at}-languages-0-weight": "hard",
    }


def _ask(browser: Browser, path: str) -> None:
    """The first woman of the answer, where there is one."""
    page = browser.read("open the terms", f"{path}/approaches/new?card=1")
    if 'name="card" value="1"' not in page.text:
        return
    terms = {
        "card": "1", "who": "The office of an envoy", "purpose": "Talks on a corridor",
        "place": "By the river", "effort": "Eight weeks", "risk": "some", "pay": "fee",
    }  # fmt: skip
    form = page.read_form(f"{path}/approaches", **terms)
    browser.write("ask a woman", f"{path}/approaches", form, statuses=(303, CONFLICT))


def answer(browser: Browser, random: Random) -> None:
    """A mediator: her page, the same answer once more, what she is asked, who looked, her wishes."""
    page = browser.read("open her page", "/me")
    action = "/me/availability/renew"
    browser.write("renew", action, page.read_form(action), statuses=(303, CONFLICT))
    page = browser.read("open what she is asked", "/me/approaches")
    found = QUESTION.search(page.text)
    if found is not None:
        browser.write("read a question", found[1], page.read_form(found[1]))
    browser.read("open her card", "/me/card")
    browser.read("open answers that named her", "/me/shortlists")
    page = browser.read("open her messages", "/me/messages")
    cadence = random.choice(("one", "three", "weekly"))
    form = page.read_form("/me/messages", cadence=cadence)
    browser.write("choose her messages", "/me/messages", form, statuses=(303, CONFLICT))


_KEYS = count()
"""So that no two calls of a run have the same idempotency key."""


def call(browser: Browser, random: Random) -> None:
    """A program: counts, a draft, its submission, the answer."""
    first = datetime.now(UTC).date() + timedelta(days=random.randint(20, 60))
    post = {
        "themes": [{"any_of": [random.choice(THEMES)]}],
        "languages": [{"any_of": [random.choice(LANGUAGES[:5])], "level": FLOOR}],
    }
    criteria = {"start": first.isoformat(), "end": first.isoformat(), "posts": [post]}
    browser.call("program: count", "/api/v1/counts", criteria, is_write=False)
    browser.read("program: list requests", "/api/v1/requests")
    key = f"load-{next(_KEYS)}-{random.random()}"
    made = browser.call(
        "program: draft",
        "/api/v1/requests",
        {"criteria": criteria},
        is_write=True,
        status=201,
        headers={"Idempotency-Key": key},
    )
    path = f"/api/v1/requests/{made.read_document()['code']}"
    versions = {"If-Match": made.headers["ETag"]}
    browser.call("program: submit", f"{path}/submission", None, is_write=True, headers=versions)
    browser.read("program: read the answer", f"{path}/runs/1")
