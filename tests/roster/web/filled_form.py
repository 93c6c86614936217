"""What a browser would send of a page's form if nothing were touched."""

from __future__ import annotations

from html.parser import HTMLParser


class _Controls(HTMLParser):
    """Names and values of the controls of all forms of a page that post to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.is_inside = action, False
        self.values: list[tuple[str, str]] = []
        self.select, self.options = "", list[tuple[str, bool]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = given.get("action") == self.action
        elif not self.is_inside:
            return
        elif tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            self.values.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self.select, self.options = given["name"], []
        elif tag == "option":
            self.options.append((given.get("value", ""), "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select" and self.select and self.options:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            self.values.append((self.select, (chosen or [self.options[0][0]])[0]))
            self.select = ""


def read_filled(page: str, action: str) -> dict[str, list[str]]:
    """The values by name of the form that posts to ``action``."""
    parser = _Controls(action)
    parser.feed(page)
    found: dict[str, list[str]] = {}
    for name, value in parser.values:
        found.setdefault(name, []).append(value)
    return found
