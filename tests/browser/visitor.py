"""One person at a browser: she reads labels and presses buttons, in her language, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from roster.wording import Wording, get_wording
from tests.browser.weak_line import Line, weaken
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

    from tests.browser.server import LiveServer

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 900}
LOCALES = {"en": "en-GB", "ar": "ar-EG", "fr": "fr-FR"}
EXPECTED = "Failed to load resource: the server responded with a status of"
"""How the browser's console notes a page of refusal, and the icon that there is none of."""

LINKS = """() => [...document.querySelectorAll("a[href^='/']:not([href$='.json'],[href$='.pdf'])")]
  .map(each => new URL(each.href).pathname)"""
"""To pages; a file to keep is no page."""

CONTROLS = """() => Object.fromEntries(
  [...document.querySelectorAll("main [name]:not([type=hidden]):not(button)")].map(each => {
    const is_choice = each.type === "checkbox" || each.type === "radio";
    return is_choice ? [each.name + " " + each.value, each.checked] : [each.name, each.value];
  })
)"""


@dataclass
class Visitor:
    """A context of its own: no cookie of anybody else. ``complaints`` is what the browser minded.

    ``line`` counts what is fetched and pressed; only that of a weak line knows the bytes.
    """

    server: LiveServer
    context: BrowserContext
    page: Page
    wording: Wording
    complaints: list[str] = field(default_factory=list)
    line: Line = field(default_factory=Line)

    def say(self, message: str, **values: object) -> str:
        """The message in her language."""
        return self.wording.gettext(message, **values)

    def open(self, path: str) -> int:
        """Open an address of the service; the status of the answer."""
        response = self.page.goto(self.server.url + path)
        assert response is not None
        return response.status

    def open_tab(self) -> Visitor:
        """The same person in another tab."""
        tab = self.context.new_page()
        _listen(tab, self.complaints, self.server)
        return Visitor(self.server, self.context, tab, self.wording, self.complaints)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.url)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def main(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def shows(self, message: str, **values: object) -> bool:
        """Whether the sentence stands in the page's text."""
        return " ".join(self.say(message, **values).split()) in " ".join(self.main.split())

    def field(self, label: str) -> Locator:
        """The one control with this label, which may be marked as optional."""
        optional = _spaced(self.say("(optional)"))
        words = rf"^\s*{_spaced(self.say(label))}\s*({optional})?\s*$"
        return self.page.get_by_label(re.compile(words))

    def fill(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def fill_named(self, **values: str) -> None:
        """Controls by name, where labels are repeated: ``posts_0`` stands for ``posts-0``."""
        for name, value in values.items():
            self.named(name).fill(value)

    def named(self, name: str) -> Locator:
        name = re.sub(r"_(\d+)_", r"-\1-", name)
        return self.page.get_by_role("main").locator(f'[name="{name}"]')

    def choose(self, label: str, option: str) -> None:
        """Choose by the option's value."""
        self.field(label).select_option(option)

    def tick(self, words: str) -> None:
        """Tick a box or take one of several answers, by the words beside it."""
        self.page.get_by_label(self.say(words), exact=True).check()

    def button(self, words: str, *, about: str = "", **values: object) -> Locator:
        """The button that begins with these words; ``about`` names its row."""
        start = re.compile(rf"^\s*{_spaced(self.say(words, **values))}.*{_spaced(about)}")
        return self.page.get_by_role("button", name=start)

    def click(self, place: Locator) -> None:
        """Click on what leads to another page, and wait for it."""
        self.line.presses += 1
        with self.page.expect_navigation():
            place.click()

    def press(self, words: str, *, about: str = "", **values: object) -> None:
        """Press it, the first where the page says it twice."""
        self.click(self.button(words, about=about, **values).first)

    def link(self, words: str, *, about: str = "", **values: object) -> Locator:
        start = re.compile(rf"^\s*{_spaced(self.say(words, **values))}.*{_spaced(about)}")
        return self.page.get_by_role("link", name=start)

    def follow(self, words: str, *, about: str = "", **values: object) -> None:
        self.click(self.link(words, about=about, **values).first)

    def controls(self) -> dict[str, object]:
        """What stands in every control of the page."""
        found: dict[str, object] = self.page.evaluate(CONTROLS)
        return found

    def wander(self, is_wanted: Callable[[str], bool] = lambda path: True) -> Iterator[str]:
        """Open every page that links lead to from her first one; the path of each."""
        ahead, seen = ["/"], set[str]()
        while ahead:
            path = ahead.pop(0)
            if path not in seen and is_wanted(path):
                self.open(path)
                seen |= {path, self.path}
                ahead += self.page.evaluate(LINKS)
                yield self.path

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.open("/sign-in")
        self.fill("E-mail address", email)
        self.fill("Password", password)
        self.press("Sign in")


def _spaced(words: str) -> str:
    """A pattern of these words: a browser tells a space that does not break as any other."""
    return r"\s+".join(map(re.escape, words.split()))


def make_visitor(
    browser: Browser,
    server: LiveServer,
    language: str,
    *,
    is_phone: bool = False,
    is_weak: bool = False,
    runs_scripts: bool = False,
    colours: Literal["light", "dark"] = "light",
) -> Visitor:
    """A browser as it comes from the shop, but for scripts, which it does not run unless told.

    ``is_weak``: a telephone on a weak line.
    """
    is_phone = is_phone or is_weak
    context = browser.new_context(
        locale=LOCALES[language],
        viewport=PHONE if is_phone else DESKTOP,
        is_mobile=is_phone,
        has_touch=is_phone,
        java_script_enabled=runs_scripts,
        color_scheme=colours,
    )
    context.set_default_timeout(30_000)
    page, complaints = context.new_page(), list[str]()
    _listen(page, complaints, server)
    line = weaken(context, page) if is_weak else Line()
    return Visitor(server, context, page, get_wording(language), complaints, line)


def _listen(page: Page, complaints: list[str], server: LiveServer) -> None:
    def note_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            complaints.append(f"{page.url}: {message.text}")

    def note_request(request: Request) -> None:
        if not server.is_own(request.url):
            complaints.append(f"{page.url}: asks for {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", note_request)
