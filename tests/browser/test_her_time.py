"""Her time on her own pages: longer, shorter, said anew, ended, paused; the picture and the history."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from roster import clock
from roster.db import Database
from roster.models import Availability
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import Woman, add_woman, read_standing


def test_she_says_anew_moves_and_ends_her_time_and_reads_what_was_said_before(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language)
    her = visit(language, is_weak=True)
    her.sign_in(woman.email)
    assert her.page.locator("figure svg.ch").count() == 1
    her.follow("Change it")
    refuse_and_keep(her, database)
    her.named("refused").fill(her.wording.term("country", "COL"))
    her.press("Save my answer")
    assert read_standing(database, woman) == ("partly", "self")

    move_last_day(her, database, woman, days=400)
    move_last_day(her, database, woman, days=20)
    her.follow("Change it")
    last = her.wording.date((clock.now() + timedelta(days=20)).date())
    assert last in her.page.locator("figure").inner_text()
    her.fill("Last day of this answer", (clock.now() + timedelta(days=5)).date().isoformat())
    her.press("End it with that day")
    assert her.wording.days_left(5) in her.main

    pause_and_come_back(her)
    her.follow("What was said before")
    assert her.page.locator("ol.hist > li").count() == 4
    assert her.complaints == []
    examine(server, her.context.browser, under="/me")


def refuse_and_keep(her: Visitor, database: Database) -> None:
    """A place that nobody knows: what she typed stays, and nothing is stored."""
    before = count_statements(database)
    her.page.get_by_label(her.wording.term("availability_status", "partly"), exact=True).check()
    her.fill("Days a month at most", "9")
    her.fill("Where you will not go", "Atlantis")
    her.press("Save my answer")
    assert her.page.get_by_role("alert").count() == 1
    assert her.named("refused").get_attribute("aria-invalid") == "true"
    kept = her.controls()
    assert (kept["refused"], kept["days_per_month"]) == ("Atlantis", "9")
    assert kept["status partly"] is True
    assert count_statements(database) == before


def count_statements(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Availability.id))) or 0


def move_last_day(her: Visitor, database: Database, woman: Woman, *, days: int) -> None:
    """The time she named goes on until then, and all the rest stays."""
    day = (clock.now() + timedelta(days=days)).date()
    her.follow("Change it")
    her.fill("Last day of the time you named", day.isoformat())
    her.press("Save this last day")
    assert her.page.get_by_role("status").count() == 1
    with database.reading() as session:
        row = session.scalars(
            select(Availability).where(
                Availability.mediator_id == woman.id, Availability.superseded_at.is_(None)
            )
        ).one()
        assert (row.window_to, row.days_per_month, row.status) == (day, 9, "partly")


def pause_and_come_back(her: Visitor) -> None:
    her.follow("Do not ask me until …")
    her.fill("Last day of the pause", (clock.now() + timedelta(days=9)).date().isoformat())
    her.press("Pause")
    her.press("End the pause")
    assert her.button("End the pause").count() == 0
