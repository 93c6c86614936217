"""What every page must be: readable by all, no wider than a phone, large enough to touch, light.

The pages that a walk met are shown again as they were served, this time with scripts on, since the
rules of accessibility are checked by one. Nothing is asked of the service but its stylesheet.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.browser.server import Answered, LiveServer
from tests.browser.visitor import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
CONTRAST: dict[str, Any] = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
"""What changes with the colours of the device, and not with the language."""

RUN_AXE = """async options => (await axe.run(document, options)).violations.map(each =>
  each.id + ": " + each.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", "))"""

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

SMALL_TARGETS = """() => [...document.querySelectorAll(
  "a[href], button, select, textarea, summary, input:not([type=hidden])")]
  .map(each => each.type === "checkbox" || each.type === "radio" ? each.closest("label") : each)
  .filter(each => each && each.checkVisibility() && !each.closest(".vh, .skip, [aria-hidden=true]"))
  .filter(each => !(each.tagName === "A" && each.parentElement.matches("p, small, dd, li")
    && each.parentElement.textContent.trim() !== each.textContent.trim()))
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => Math.min(box.width, box.height) < 43.5)
  .map(([each, box]) => each.tagName.toLowerCase() + " " + JSON.stringify(
    (each.innerText || each.name || "").trim()) + " " + box.width.toFixed() + "x"
    + box.height.toFixed())"""
"""Links within a sentence are left out: they are as high as its line."""

HER_PAGES = re.compile(r"/(me|[irchsa]|apply|sign-in)(/|$)")
"""What a woman reads on her phone, signed in or behind a link."""
LONG_PAGES = re.compile(r"/(imports/\d+|requests/R-[^/]+(/runs/\d+)?|outbox)$")
"""Tables with a line for each row of a file, answers with all their evidence: as long as they are."""
FIRST_VISIT = 30_000
LIGHTEST = ((re.compile(r"/[rh]/"), 12_000), (re.compile(r"/me$"), 16_000))
"""Pages that must be lighter than the others of hers: behind a link, and her home."""
PAGE = 48_000

_examined: set[tuple[object, ...]] = set()
"""Builds of pages, with their language, that an earlier walk of this run has examined."""


def examine(server: LiveServer, browser: Browser | None, *, under: str = "/") -> None:
    """Fail with all that is wrong with the pages served so far, or those ``under`` an address.

    All are weighed; a page is shown again only if no walk of this run has shown its like before.
    """
    assert browser is not None
    pages = [one for one in server.pages if one.path.startswith(under)]
    assert pages
    findings = [
        f"{one.path} ({one.status}): {said}" for one in pages for said in _weigh(one, server)
    ]
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_grave(message) else None)
    for one in pages:
        if (kind := (_read_language(one), *one.build)) in _examined:
            continue
        _examined.add(kind)
        findings += [f"{one.path} ({one.status}): {each}" for each in _show(page, one, server)]
    context.close()
    findings += said
    assert not findings, "\n".join(findings)


def _is_grave(message: Any) -> bool:
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def is_hers(one: Answered) -> bool:
    """Whether it is one of a mediator's pages, read on a phone."""
    return HER_PAGES.match(one.path) is not None


def _read_language(one: Answered) -> str:
    found = re.search(r'<html lang="(\w+)"', one.text)
    return found[1] if found else ""


def most_bytes(path: str) -> int:
    """What a page of hers may weigh with its compressed sheet, on the first visit."""
    return next((limit for kind, limit in LIGHTEST if kind.match(path)), FIRST_VISIT)


def _weigh(one: Answered, server: LiveServer) -> Iterator[str]:
    sheets = {a.path: a.body for a in server.recorder.answers if a.path.endswith(".css")}
    whole = len(one.body) + sum(len(gzip.compress(sheet)) for sheet in sheets.values())
    if is_hers(one) and whole > most_bytes(one.path):
        yield f"{whole} bytes with its compressed sheet"
    if not LONG_PAGES.match(one.path) and len(one.body) > PAGE:
        yield f"{len(one.body)} bytes"


def _show(page: Page, one: Answered, server: LiveServer) -> Iterator[str]:
    """Show a page as it was served, on a phone and on a desk, by day and by night."""
    address = f"{server.url}{one.path}"

    def answer(route: Route) -> None:
        if route.request.url == address:
            route.fulfill(status=one.status, headers=one.headers, body=one.body)
        else:
            route.continue_()

    page.route("**/*", answer)
    page.set_viewport_size(PHONE)
    page.goto(address)
    yield from _check_direction(page)
    if wider := page.evaluate(SIDEWAYS):
        yield f"phone: {wider} px too wide"
    if is_hers(one):
        yield from (f"phone: small target {each}" for each in page.evaluate(SMALL_TARGETS))
    yield from _check_rules(page)
    page.unroute("**/*")


def _check_rules(page: Page) -> Iterator[str]:
    page.evaluate(_load_axe())
    has_dark = page.locator("html").get_attribute("lang") == "en"
    for name, size in (("phone", PHONE), ("desk", DESKTOP)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        yield from (f"{name}: {each}" for each in page.evaluate(RUN_AXE, OPTIONS))
        if has_dark:
            page.emulate_media(color_scheme="dark")
            yield from (f"{name}, dark: {each}" for each in page.evaluate(RUN_AXE, CONTRAST))


def _check_direction(page: Page) -> Iterator[str]:
    language = page.locator("html").get_attribute("lang")
    direction = page.locator("html").get_attribute("dir")
    if direction != ("rtl" if language == "ar" else "ltr"):
        yield f"{language} is written {direction}"


def _load_axe() -> str:
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)
