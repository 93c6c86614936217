"""All that is held of her, as one file; leaving a network, leaving altogether, and staying after all."""

from __future__ import annotations

import json
from pathlib import Path

from roster.db import Database
from roster.models import Mediator
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import NAME, Woman, add_woman
from tests.factories import add_membership, add_record, find_canaries


def test_she_takes_her_data_with_her_leaves_and_takes_it_back(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language)
    with database.writing() as session:
        mediator = session.get_one(Mediator, woman.id)
        add_membership(session, mediator, "awmn")
        add_record(session, mediator, "awmn", name=NAME)
        session.commit()
    her = visit(language, is_weak=True)
    her.sign_in(woman.email)
    her.open("/me/data")
    keep_file(her, woman)
    her.follow("Open")
    her.open("/me/leave")
    her.page.locator("[name=networks][value=awmn]").check()
    her.press("Leave the networks I ticked")
    assert her.page.locator("[name=networks]").count() == 1
    her.press("Take it back")
    assert her.page.locator("[name=networks]").count() == 2

    her.press("Leave the service")
    assert her.page.get_by_role("alert").count() == 1
    assert find_state(database, woman) == "active"
    her.tick("Yes, I leave the service")
    her.press("Leave the service")
    assert her.heading == her.say("You have left")
    assert find_state(database, woman) == "withdrawn"
    her.press("Sign out")
    her.sign_in(woman.email)
    assert her.heading == her.say("You have left")
    her.press("Take it back")
    assert find_state(database, woman) == "active"
    assert her.complaints == []
    examine(server, her.context.browser, under="/me")


def keep_file(her: Visitor, woman: Woman) -> None:
    """The file holds her name in every record of hers; its own name tells nothing."""
    with her.page.expect_download() as started:
        her.link("Download it all").click()
    assert started.value.suggested_filename == "my-data.json"
    kept = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    text = json.dumps(kept, ensure_ascii=False)
    assert text.count(NAME) >= 3
    assert woman.record_id in {record for _, record in find_canaries(text)}


def find_state(database: Database, woman: Woman) -> str:
    with database.reading() as session:
        return session.get_one(Mediator, woman.id).state
