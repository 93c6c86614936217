"""A coordinator's week at her desk: found, kept, counted, exported and written to."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Membership, OutboxMessage
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.offices import (
    Office,
    find_leaks,
    list_named_in_letters,
    list_readable,
    look_round,
    open_office,
    take_file,
)
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_mediator
from tests.roster.services.test_completeness import ask

WATER = [("theme", "natural_resources"), ("track", "II"), ("place", "KEN")]
DAY = timedelta(days=1)


def add_women(session: Session) -> None:
    """Each of the first network needs something of her office; the second has women like them."""
    soon = clock.now() + 3 * DAY
    for network in ("nwm", "mwmn"):
        add_mediator(session, network=network, name="Anna Vann", entries=WATER, language="ar",
                     availability=soon)  # fmt: skip
        add_mediator(session, network=network, name="Bodil Elv", entries=WATER, language="fr",
                     availability=soon)  # fmt: skip
        add_mediator(session, network=network, consents=False, availability=False)
        lapsing = add_mediator(session, network=network, name="Lapse Lind")
        member = Membership.mediator_id == lapsing.id
        ends = clock.now().date() + timedelta(days=9)
        session.execute(update(Membership).where(member).values(lapses_on=ends))
    ask(session)


@pytest.fixture
def office(visit: OpenVisitor, database: Database) -> Office:
    with database.writing() as session:
        add_women(session)
        session.commit()
    return open_office(visit, database, "nwm", "en")


def test_her_week_from_monday_to_the_figures(
    visit: OpenVisitor, server: LiveServer, database: Database, office: Office, tmp_path: Path
) -> None:
    her = office.her
    assert_all_have_actions(her)
    write_to_many(database, her)
    search_and_keep(database, her)
    export_what_is_shown(her, tmp_path)
    look_at_coverage(her)
    take_figures(her, tmp_path)
    look_round(her)
    colleague = open_office(visit, database, "nwm", "ar")
    kinds = look_round(colleague.her)
    assert {"/monday", "/people", "/searches", "/coverage", "/figures", "/imports"} <= kinds
    assert her.complaints + colleague.her.complaints == []
    for one in (office, colleague):
        assert find_leaks(one, list_readable(database, "nwm")) == {}
    assert list_named_in_letters(database) == set()
    examine(server, her.context.browser)


def assert_all_have_actions(her: Visitor) -> None:
    """Monday: every line of every section has something to press."""
    lines = her.page.locator("main ul.rows > li").all()
    assert len(lines) >= 5
    assert [line.inner_text() for line in lines if line.locator("a, button").count() == 0] == []


def write_to_many(database: Database, her: Visitor) -> None:
    """Each text is read before it goes, in the language and direction of the woman; one is left out."""
    her.follow("Ask many at once")
    letters = her.page.locator("main blockquote")
    assert {(one.get_attribute("lang"), one.get_attribute("dir")) for one in letters.all()} == {
        ("ar", "rtl"),
        ("fr", "ltr"),
    }
    her.page.get_by_label("Bodil Elv").uncheck()
    her.press("Write to those chosen of %(num)d women", num=2)
    with database.reading() as session:
        asked = select(OutboxMessage.language).where(OutboxMessage.template == "renewal")
        assert session.scalars(asked).all() == ["ar"]


def search_and_keep(database: Database, her: Visitor) -> None:
    """A word in Arabic finds what is written by code; the search tells who entered since."""
    her.open("/people")
    her.fill("Name, language, theme or place, in any script", "المياه")
    her.press("Show")
    assert list_found(her) == ["Anna Vann", "Bodil Elv"]
    her.follow("Keep this search")
    her.fill("Title", "Those of the rivers")
    her.press("Keep this search")
    with database.writing() as session:
        for network in ("nwm", "mwmn"):
            add_mediator(session, network=network, name="Dagny Foss", entries=WATER)
        session.commit()
    her.open("/searches")
    her.follow("Open", about="Those of the rivers")
    assert her.page.locator("main ul.rows > li strong").all_inner_texts() == ["Dagny Foss"]
    her.press("I have seen this")
    assert her.page.locator("main ul.rows > li").count() == 0


def list_found(her: Visitor) -> list[str]:
    """Who fits, as the page shows them below its form."""
    rows = her.page.locator("section").last.locator("ul.rows > li strong")
    return sorted(rows.all_inner_texts())


def export_what_is_shown(her: Visitor, folder: Path) -> None:
    """The file holds the rows of the page, counted before."""
    her.follow("Show the list")
    shown = list_found(her)
    her.follow("Take this list as a file")
    assert her.heading.startswith(str(len(shown)))
    her.fill("What is it for?", "Invitations to a training")
    her.page.locator('[name=format][value="csv"]').check()
    content = take_file(her, "Take the file", folder).read_bytes().decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(content))
    assert sorted(row[0] for row in rows) == shown


def look_at_coverage(her: Visitor) -> None:
    """A plan of regions with the same figures as tables, without a script."""
    her.follow("Coverage")
    plan = her.page.get_by_role("img").first
    assert "region" in (plan.get_attribute("aria-label") or "")
    her.choose("Track", "II")
    her.press("Show")
    assert her.page.locator("table.heat").count() >= 2


def take_figures(her: Visitor, folder: Path) -> None:
    """Her own numbers beside what may be passed on; the sheet holds only the latter."""
    her.open("/figures")
    assert her.page.get_by_role("region").count() >= 5
    her.fill("What is it for?", "The yearly report")
    path = take_file(her, "Take the file", folder)
    assert path.suffix == ".xlsx"
    assert path.read_bytes().startswith(b"PK")
