"""A coordinator takes in her list, finds a woman in it, changes her record and asks her."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import func, select

from roster.db import Database
from roster.models import Link, OutboxMessage, Record
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.roster.web.browser import make_account

ROOT = Path(__file__).parents[2]
LIST = ROOT / "roster" / "demo" / "samples" / "a4_nordic.csv"
TRUTH = json.loads((ROOT / "roster" / "demo" / "samples" / "truth.json").read_text())


def read_table(visitor: Visitor, name: str) -> list[list[str]]:
    """The cells of a table's body."""
    rows = visitor.page.get_by_role("region", name=visitor.say(name)).locator("tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def read_list(visitor: Visitor) -> None:
    """Choose the file and have it read."""
    visitor.follow("Spreadsheets")
    visitor.field("File").set_input_files(LIST)
    visitor.press("Read the file")


def count_rows(database: Database) -> tuple[int, int]:
    """Records, and the sum of their versions: changes whenever one of them does."""
    with database.reading() as session:
        counted = session.execute(select(func.count(), func.sum(Record.version))).one()
    return counted[0], counted[1] or 0


def wrong_rows() -> set[int]:
    """The rows of the list in which something must be decided by a person."""
    return {
        row["row"]
        for row in TRUTH["files"][LIST.name]["rows"]
        for problem in row["problems"]
        if problem["severity"] == "error"
    }


def test_a_coordinator_takes_in_her_list_and_asks_a_woman_on_it(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    _, email = make_account(database, "coordinator", network="nwm", language=language)
    her = visit(language)
    her.sign_in(email, "not her password at all")
    assert her.page.get_by_role("alert").count() == 1
    her.sign_in(email)
    assert her.path == "/monday"

    read_list(her)
    assert her.shows("Nothing has been saved yet.")
    assert count_rows(database) == (0, 0)
    shown = {int(cells[0]) for cells in read_table(her, "Problems to decide")}
    assert shown == wrong_rows()
    her.click(her.page.locator("form[action$='/confirm'] button"))
    taken = count_rows(database)
    assert taken[0] > 40
    assert her.page.get_by_role("status").count() == 1

    read_list(her)
    assert her.page.locator("main .note.due").count() >= 1
    her.click(her.page.locator("form[action$='/confirm'] button"))
    assert count_rows(database) == taken

    find_her(her)
    change_in_two_tabs(her)
    her.press("Ask her to answer for herself")
    assert her.shows("She is asked by mail to answer for herself.")
    with database.reading() as session:
        assert session.scalars(select(Link.purpose)).all() == ["invitation"]
        assert session.scalars(select(OutboxMessage.template)).all() == ["invitation"]
    her.press("Sign out")
    assert her.open("/people") == 200
    assert her.path.startswith("/sign-in")

    assert her.complaints == []
    examine(server, her.context.browser)


def find_her(her: Visitor) -> None:
    """Search by name, then by language and theme, and open the one woman who is left."""
    her.follow("People")
    her.fill("Name, language, theme or place, in any script", "holmgren")
    her.press("Show")
    names = her.page.locator("main ul.rows > li strong")
    assert sorted(names.all_inner_texts()) == ["Märta Holmgren", "Ulrika Holmgren", "Åsa Holmgren"]
    her.choose("Language", "ara")
    her.choose("Theme", "religious_mediation")
    her.press("Show")
    assert names.all_inner_texts() == ["Åsa Holmgren"]
    her.follow("Open", about="Åsa Holmgren")
    assert her.heading.strip() == "Åsa Holmgren"


def change_in_two_tabs(her: Visitor) -> None:
    """Two tabs hold the same record; the second to save is shown both versions."""
    profile = her.path
    other = her.open_tab()
    for tab, residence, phone in ((her, "Norway", "+47 000 11"), (other, "Norway", "+47 000 22")):
        tab.open(f"{profile}/edit")
        tab.fill("Country of residence", residence)
        tab.fill("Telephone", phone)
    her.press("Save")
    assert her.path == profile
    assert "+47 000 11" in her.main
    other.press("Save")
    assert her.server.recorder.answers[-1].status == 409
    [_, *versions] = next(row for row in read_table(other, "Two versions") if "22" in row[1])
    assert versions == ["+47 000 22", "+47 000 11"]
    assert other.field("Telephone").input_value() == "+47 000 22"
    other.page.close()
    her.page.reload()
    assert ("+47 000 11" in her.main, "+47 000 22" in her.main) == (True, False)
