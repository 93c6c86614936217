"""The look as the tests read it: an environment in two directions, and whether markup is balanced."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from roster.wording import get_wording, make_environment
from tests.roster.look_values import LOOK_VALUES

VOID = {"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"}
STEP = {"label": "Theme", "fell": 3, "left": 9, "before_share": 100, "left_share": 71.5}
PERSON = {"handle": "K7-Q2M", "kind": "due", "state": "12 days left", "sentence": "<b>"}


class Balance(HTMLParser):
    """Keeps the open elements; anything closed out of order is remembered."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if "style" in dict(attrs) or any(name.startswith("on") for name, _ in attrs):
            self.faults.append(f"{tag} carries style or script")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")


@pytest.fixture(params=["en", "ar"])
def environment(request: pytest.FixtureRequest) -> Environment:
    environment = make_environment(get_wording(request.param))
    environment.globals.update(
        csrf_token=lambda: "token",
        url_for=lambda endpoint, **values: f"/{endpoint}",
        get_flashed_messages=lambda with_categories: [("yes", "Saved"), ("no", "Not saved")],
        request=SimpleNamespace(endpoint="pages.home", view_args={"code": "R-26-118"}),
        step=STEP,
        person=PERSON,
        **LOOK_VALUES,
    )
    return environment
