"""Two coordinators of different networks, side by side: one in French, one in English, one woman.

She reads Arabic, as does the administrator. Whatever reaches a coordinator is searched for what
only the other network may read: pages, refusals, files and letters.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import Mediator, Membership, Record
from roster.permissions import SCHEDULER
from roster.settings import Settings
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.offices import (
    Office,
    find_leaks,
    list_named_in_letters,
    list_readable,
    look_round,
    open_office,
)
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_mediator
from tests.pair_factories import NAME, add_listed, add_own_account, add_strangers
from tests.roster.web.browser import make_account, stored_password

BOTH = ("nwm", "mwmn")
HER_ADDRESS = "she.herself@example.org"


def add_two_lists(session: Session) -> None:
    """One woman on two lists, with an account by way of the first; others on each."""
    add_strangers(session)
    hers = add_listed(session, "nwm", language="ar")
    account, _ = add_own_account(session, hers, HER_ADDRESS)
    account.password_hash, account.language = stored_password(), "ar"
    add_listed(session, "mwmn", has_own_record=False)
    for network, name in (("nwm", "Bodil Ravn"), ("mwmn", "Giulia Marchetti")):
        add_mediator(session, network=network, name=name, entries=[("theme", "youth")])
        add_mediator(session, network=network, safety_class=2, availability=False)


@pytest.fixture
def turn(database: Database, settings: Settings) -> Turn:
    with database.writing() as session:
        add_two_lists(session)
        session.commit()
    return Turn(database, settings, SCHEDULER)


def test_two_offices_share_compare_join_and_part_and_read_no_word_of_each_other(
    visit: OpenVisitor, server: LiveServer, database: Database, turn: Turn
) -> None:
    readable = {network: list_readable(database, network) for network in BOTH}
    nordic = open_office(visit, database, "nwm", "en")
    southern = open_office(visit, database, "mwmn", "fr")
    share_a_class(nordic.her, southern.her)
    agree_to_compare(nordic.her, southern.her)
    get_job("compare_networks").run(turn)
    for office in (nordic, southern):
        office.her.open("/duplicates")
        assert office.her.shows("Nobody waits for your word.")
    answer_for_herself(visit("ar", is_phone=True))
    join_and_part(database, nordic.her, southern.her)
    keep_words(visit, database, nordic.her, southern.her)
    for office in (nordic, southern):
        look_round(office.her)
        try_the_others(office, readable)
    remove(visit, database, southern)
    for office in (nordic, southern):
        assert find_leaks(office, readable[office.network]) == {}
        assert office.her.complaints == []
    assert list_named_in_letters(database) == set()
    examine(server, nordic.her.context.browser)


def share_a_class(giving: Visitor, reading: Visitor) -> None:
    """One network shows its cards of class 1 to the other: no name is on them."""
    giving.open("/sharing")
    giving.choose("Shared with", "mwmn")
    giving.page.locator('[name=shared_class][value="1"]').check()
    giving.press("Share these cards")
    reading.open("/shared")
    assert reading.page.locator("main article").count() == 2
    assert not any(name in reading.main for name in ("Bodil", "Brightwater"))


def agree_to_compare(*offices: Visitor) -> None:
    """Each says yes to the other, by its name."""
    for her, other in zip(offices, reversed(BOTH), strict=True):
        her.open("/duplicates")
        her.press("Compare with them", about=her.wording.term("network", other))
    assert offices[1].shows("You both compare")


def answer_for_herself(her: Visitor) -> None:
    """She is asked before any coordinator, on her telephone, from right to left."""
    her.sign_in(HER_ADDRESS)
    her.open("/me/same")
    assert her.page.locator("html").get_attribute("dir") == "rtl"
    networks = [her.wording.term("network", code) for code in BOTH]
    assert not any(name in her.main for name in networks)
    her.press("Yes, that is also me")
    assert her.shows(
        "You have said yes. Whoever stands behind the other entry has not said so yet."
    )
    assert her.complaints == []


def join_and_part(database: Database, nordic: Visitor, southern: Visitor) -> None:
    """Both judge; the two become one with a record in each network, and two again."""
    for her in (nordic, southern):
        her.open("/duplicates")
        her.press("One woman", about=NAME)
    assert [len(records) for records in read_women(database)] == [3]
    for her in (nordic, southern):
        her.open("/people")
        assert her.page.get_by_text(NAME).count() >= 1
    southern.open("/duplicates")
    southern.press("They are two: part them", about=NAME)
    assert sorted(len(records) for records in read_women(database)) == [1, 2]


def read_women(database: Database) -> list[list[str | None]]:
    """The networks of each one's records, her own among them, for every active woman so named."""
    with database.reading() as session:
        women: dict[int, list[str | None]] = {}
        for record in session.scalars(select(Record).join(Mediator)):
            if session.get_one(Mediator, record.mediator_id).state == "active":
                women.setdefault(record.mediator_id, []).append(record.network_code)
        named = select(Record.mediator_id, Record.id)
        hers = {
            woman
            for woman, number in session.execute(named)
            if session.get_one(Record, number).identity.display_name == NAME
        }
        return [records for woman, records in women.items() if woman in hers]


def keep_words(visit: OpenVisitor, database: Database, *offices: Visitor) -> None:
    """An administrator merges a theme into another and retires one: seen by both at once."""
    keeper = visit("ar")
    keeper.sign_in(make_account(database, "administrator", language="ar")[1])
    options = [list_themes(her) for her in offices]
    assert all({"youth", "digital_media", "human_rights_ihl"} <= found for found in options)
    keeper.open("/vocabulary/theme/youth")
    keeper.choose("Term", "human_rights_ihl")
    keeper.press("See what it touches")
    keeper.press("Read it so from now on")
    keeper.open("/vocabulary/theme/digital_media")
    keeper.press("Retire it")
    assert [list_themes(her) for her in offices] == [
        found - {"youth", "digital_media"} for found in options
    ]
    for her, name in zip(offices, ("Bodil Ravn", "Giulia Marchetti"), strict=True):
        her.open("/people?theme=human_rights_ihl")
        assert name in her.main
    keeper.open("/vocabulary/theme/youth")
    keeper.press("Let it stand for itself again")
    assert [list_themes(her) for her in offices] == [found - {"digital_media"} for found in options]
    assert keeper.complaints == []


def list_themes(her: Visitor) -> set[str]:
    """What the form offers to narrow her list by."""
    her.open("/people")
    found: list[str] = (
        her.field("Theme")
        .locator("option")
        .evaluate_all("options => options.map(each => each.value)")
    )
    return set(found) - {""}


def try_the_others(office: Office, readable: dict[str, frozenset[int]]) -> None:
    """Every page of a record that is not hers is a page of nothing, and so is her word on it."""
    other = next(network for network in BOTH if network != office.network)
    number = min(readable[other] - readable[office.network])
    pages = {}
    for tail in ("", "/edit", "/history", "/accreditation", "/availability", "/missing"):
        pages[tail] = office.her.open(f"/people/{number}{tail}"), office.her.heading
        absent = office.her.open(f"/people/999999{tail}"), office.her.heading
        assert pages[tail] == absent
    assert {status for status, _ in pages.values()} == {404}


def remove(visit: OpenVisitor, database: Database, office: Office) -> None:
    """Her duty ends in the midst of her work: whatever she opens next asks who she is."""
    office.her.open("/people")
    assert "Giulia" in office.her.main
    keeper = visit("en")
    keeper.sign_in(make_account(database, "administrator")[1])
    keeper.open(f"/accounts/{office.account_id}")
    keeper.press("Take away")
    for path in ("/people", "/monday"):
        office.her.open(path)
        assert office.her.path.startswith("/sign-in")
        assert "Giulia" not in office.her.main


def test_what_lapses_in_one_network_is_told_to_it_alone(
    visit: OpenVisitor, database: Database
) -> None:
    with database.writing() as session:
        for network, name in zip(BOTH, ("Bodil Ravn", "Giulia Marchetti"), strict=True):
            woman = add_mediator(session, network=network, name=name)
            member = session.scalars(
                select(Membership).where(Membership.mediator_id == woman.id)
            ).one()
            member.lapses_on = clock.now().date() + timedelta(days=5)
        session.commit()
    offices = [open_office(visit, database, *each) for each in zip(BOTH, ("en", "fr"), strict=True)]
    told = [[name in one.her.main for name in ("Bodil", "Giulia")] for one in offices]
    assert told == [[True, False], [False, True]]
