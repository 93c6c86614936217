"""Coordinators at their desks: whose women they may read, and all that ever reached them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.mail.messages import write_letter
from roster.models import OutboxMessage, Record
from roster.wording import LANGUAGES
from tests.browser.conftest import OpenVisitor
from tests.browser.pictures import KIND
from tests.browser.server import KEY, Answered
from tests.browser.visitor import Visitor
from tests.factories import find_canaries
from tests.roster.web.browser import make_account

FILES = ("/export", "/problems")
"""How addresses end from which files come."""


@dataclass
class Office:
    """A coordinator of one network, signed in; ``keys`` are those of all her sessions."""

    network: str
    account_id: int
    email: str
    her: Visitor
    keys: set[str] = field(default_factory=set)

    def note_key(self) -> None:
        """Remember this session before it ends."""
        self.keys |= {each["value"] for each in self.her.context.cookies() if each["name"] == KEY}

    def enter(self) -> None:
        """Sign in, again if she was away for long."""
        self.note_key()
        self.her.context.clear_cookies()
        self.her.sign_in(self.email)
        self.note_key()

    @property
    def answers(self) -> list[Answered]:
        """All that the service has ever answered her."""
        return [one for one in self.her.server.recorder.answers if one.key in self.keys]


def open_office(visit: OpenVisitor, database: Database, network: str, language: str) -> Office:
    account_id, email = make_account(database, "coordinator", network=network, language=language)
    office = Office(network, account_id, email, visit(language))
    office.enter()
    assert office.her.path == "/monday"
    return office


def list_readable(database: Database, network: str) -> frozenset[int]:
    """Its own records, and those that its own women keep of themselves, by their numbers."""
    with database.reading() as session:
        women = select(Record.mediator_id).where(Record.network_code == network)
        records = select(Record.id).where(
            Record.mediator_id.in_(women),
            (Record.network_code == network) | Record.network_code.is_(None),
        )
        return frozenset(session.scalars(records))


def find_leaks(office: Office, readable: frozenset[int]) -> dict[str, set[tuple[str, int]]]:
    """Fields of records that are not hers to read, by where they reached her."""
    assert len(office.answers) > 10
    found = {
        f"{one.method} {one.path}": {
            seen for seen in find_canaries(read_all(one)) if seen[1] not in readable
        }
        for one in office.answers
    }
    return {path: seen for path, seen in found.items() if seen}


def read_all(answer: Answered) -> str:
    """Head and body; of a workbook, what is in it."""
    if answer.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            body = "\n".join(book.read(name).decode() for name in book.namelist())
    else:
        body = answer.body.decode(errors="replace")
    return f"{answer.headers}\n{body}"


def list_named_in_letters(database: Database) -> set[tuple[str, int]]:
    """Fields of anybody that stand in a letter of any language, but for where it goes."""
    with database.reading() as session:
        messages = session.scalars(select(OutboxMessage)).all()
    letters = [
        write_letter(
            template=one.template,
            language=language,
            recipient=one.recipient,
            values=one.values,
            message_id=one.message_id,
            base_url="https://roster.example",
        )
        for one in messages
        for language in LANGUAGES
    ]
    assert letters
    return {seen for one in letters for seen in find_canaries(f"{one.subject}\n{one.text}")}


def look_round(visitor: Visitor) -> set[str]:
    """Open one page of each kind that links lead to from the first; the kinds."""
    kinds: set[str] = set()
    for path in visitor.wander(lambda path: KIND.sub("…", path) not in kinds):
        kinds.add(KIND.sub("…", path))
    return kinds


def take_file(visitor: Visitor, words: str, folder: Path) -> Path:
    """Press what sends a file, and keep it."""
    with visitor.page.expect_download() as started:
        visitor.button(words).first.click()
    path = folder / f"{int(clock.now().timestamp())}-{started.value.suggested_filename}"
    started.value.save_as(path)
    return path
