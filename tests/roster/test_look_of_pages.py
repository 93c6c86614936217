"""Pages of the look: one heading, only the symbols used, and a page for every refusal."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from roster.wording import get_wording
from tests.roster.look_reading import Balance, environment

__all__ = ["environment"]


def render_page(environment: Environment, base: str, **values: object) -> str:
    source = (
        '{% extends "' + base + '" %}{% from "parts/signs.html" import sign %}'
        "{% block title %}Home{% endblock %}{% block head %}<h1>Home</h1>{% endblock %}"
        "{% block body %}{{ sign('due', 'soon') }}{% endblock %}"
    )
    return environment.from_string(source).render(**values)


ACCOUNT = SimpleNamespace(id=1)
LINKS = [{"href": "/", "label": "Home", "is_current": True}]


@pytest.mark.parametrize("base", ["layout.html", "narrow.html"])
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"account": None, "navigation": []},
        {
            "account": ACCOUNT,
            "navigation": LINKS,
            "marking": "M.",
            "is_demo": True,
            "hide_url": "/",
        },
        {"is_link_page": True},
    ],
)
def test_page_is_well_formed_with_one_heading(
    environment: Environment, base: str, values: dict[str, object]
) -> None:
    balance = Balance(render_page(environment, base, **values))
    assert (balance.open, balance.faults) == ([], [])
    assert (balance.seen.count("h1"), balance.seen.count("main")) == (1, 1)


def test_page_holds_only_the_symbols_it_uses(environment: Environment) -> None:
    text = render_page(environment, "layout.html")
    assert set(re.findall(r'symbol id="i-(\w+)"', text)) == {"due", "yes", "no"}
    assert set(re.findall(r'href="#i-(\w+)"', text)) == {"due", "yes", "no"}


def test_narrow_pages_do_not_name_the_service(environment: Environment) -> None:
    name = get_wording(environment.globals["wording"].language).gettext("Roster of Women Mediators")
    assert name in render_page(environment, "layout.html")
    assert name not in render_page(environment, "narrow.html", account=ACCOUNT, hide_url="/")


def test_page_behind_a_link_has_no_head_but_a_way_out(environment: Environment) -> None:
    text = render_page(environment, "narrow.html", is_link_page=True)
    assert ("<header" in text, 'href="about:blank" rel="noreferrer"' in text) == (False, True)


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 503]
)
def test_every_refusal_has_its_page(environment: Environment, status: int) -> None:
    page = environment.get_template("errors/error.html")
    text = page.render(status=status, request_code="E7Q4-M2KD")
    balance = Balance(text)
    assert (balance.open, balance.faults, "E7Q4-M2KD" in text) == ([], [], True)


def test_forbidden_and_absent_are_one_page(environment: Environment) -> None:
    page = environment.get_template("errors/error.html")
    pages = {page.render(status=status, request_code="E7Q4-M2KD") for status in (401, 403, 404)}
    assert len(pages) == 1


def test_conflict_shows_both_versions(environment: Environment) -> None:
    page = environment.get_template("errors/error.html")
    text = page.render(
        status=409,
        request_code="E7Q4-M2KD",
        yours=[("Place", "Tunis")],
        theirs=[("Place", "Sfax")],
        edit_url="/edit",
    )
    assert all(part in text for part in ("<dd>Tunis</dd>", "<dd>Sfax</dd>", 'href="/edit"'))
