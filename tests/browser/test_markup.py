"""Markup in every field runs nowhere: not on a coordinator's pages, not on hers, not an envoy's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Account, Entry, Experience, Identity, Membership, Record
from roster.permissions import OPERATOR
from roster.services.invitations import invite
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Visitor
from tests.factories import add_mediator
from tests.roster.web.browser import make_account

MARKUP = (
    '"><script>window.ran = 1</script>'
    "'><img src=x onerror='window.ran = 2'>"
    "</title></textarea><svg onload=window.ran=3><style>body{display:none}</style>"
)
SHORT = "'\"><svg onload=window.ran=6>"
ADDRESS = "javascript:window.ran=4"
TEXTS = (
    (Identity, ("display_name", "original_name", "title", "safe_contact", "phone")),
    (Experience, ("process", "mandating_body", "contribution")),
    (Account, ("display_name", "requester_office")),
)


def write_markup(session: Session) -> None:
    """Markup in every text that somebody may have typed; an address that is a script."""
    for table, names in TEXTS:
        for row in session.scalars(select(table)):
            for name in names:
                setattr(row, name, MARKUP)
    for membership in session.scalars(select(Membership)):
        membership.antenna = SHORT
    for identity in session.scalars(select(Identity)):
        identity.other_names, identity.email = [MARKUP, ADDRESS], ADDRESS
    for entry in session.scalars(select(Entry)):
        if entry.sealed is not None:
            entry.sealed = MARKUP
        if entry.field == "language":
            entry.detail = {"word": MARKUP}


def prepare(database: Database) -> list[str]:
    """A coordinator, an envoy and a mediator, by their addresses; another woman is asked."""
    with database.writing() as session:
        women = [add_mediator(session, languages={"fra": level}) for level in ("C1", "B1")]
        asked = add_mediator(session, consents=False, has_own_record=False)
        record = session.scalars(select(Record).where(Record.mediator_id == asked.id)).one()
        invite(session, actor=OPERATOR, record_id=record.id)
        session.commit()
    emails = [
        make_account(database, "coordinator", network="nwm")[1],
        make_account(database, "envoy", country="NOR", office="Office")[1],
        make_account(database, "mediator", mediator=women[0])[1],
    ]
    with database.writing() as session:
        write_markup(session)
        session.commit()
    return emails


def test_markup_in_every_field_runs_on_no_page(
    visit: OpenVisitor, database: Database, tmp_path: Path
) -> None:
    emails = prepare(database)
    people = [visit("en", runs_scripts=True) for _ in emails]
    for visitor, email in zip(people, emails, strict=True):
        visitor.sign_in(email)
    read_file(people[0], tmp_path)
    ask(people[1])
    for visitor, least in zip(people, (8, 5, 8), strict=True):
        seen = [path for path in visitor.wander() if check_page(visitor)]
        assert len(seen) >= least, seen
    people[0].open("/outbox")
    assert check_page(people[0])
    assert [each.complaints for each in people] == [[], [], []]


def check_page(visitor: Visitor) -> bool:
    """Nothing ran, and the page can be seen."""
    assert visitor.page.evaluate("window.ran") is None
    assert visitor.page.get_by_role("main").is_visible()
    return True


def read_file(coordinator: Visitor, folder: Path) -> None:
    """A list with markup in its name, headings and cells."""
    path = folder / "<img src=x onerror=window.ran=5>.csv"
    cells = MARKUP.replace('"', "”").replace(",", ";")
    path.write_text(
        f"Name,E-mail,Languages,Notes,{cells}\n"
        f"{cells},{ADDRESS},{cells},{cells},{cells}\n"
        f"Invented Person,person@example.org,French,{cells},{cells}\n"
    )
    coordinator.follow("Spreadsheets")
    coordinator.field("File").set_input_files(path)
    coordinator.press("Read the file")
    assert coordinator.path.startswith("/imports/")


def ask(envoy: Visitor) -> None:
    """Markup in every line of the form is refused and shown again; then in the title only."""
    start = clock.now().date() + timedelta(days=30)
    envoy.open("/requests/new")
    lines = envoy.page.locator("main input:not([type])")
    for line in lines.all():
        line.fill(MARKUP)
    envoy.fill("First day", start.isoformat())
    envoy.fill("Last day", (start + timedelta(days=30)).isoformat())
    envoy.press("Submit and search")
    assert check_page(envoy)
    for line in lines.all():
        line.fill("")
    envoy.fill("Process", MARKUP)
    envoy.press("Submit and search")
    assert check_page(envoy)
