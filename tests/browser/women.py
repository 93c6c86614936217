"""A woman of a walk: what she has, the letters that reach her, and what no page behind a link holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from roster import clock
from roster.db import Database
from roster.models import Availability, Mediator, Record
from roster.services.consents import list_live_consents
from tests.browser.look import most_bytes
from tests.factories import add_account, add_mediator, find_canaries
from tests.roster.web.browser import stored_password

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

NAME = "Zzohra Invented"
"""In no other text of the service."""


@dataclass(frozen=True)
class Woman:
    """``record_id`` is that of her network's record, ``email`` that of her account."""

    id: int
    record_id: int
    email: str


def add_woman(database: Database, language: str, **values: Any) -> Woman:
    """A woman who reads ``language`` and has a password; ``values`` as ``add_mediator`` has them."""
    with database.writing() as session:
        mediator = add_mediator(session, **{"name": NAME, "language": language, **values})
        account = add_account(
            session,
            "mediator",
            mediator=mediator,
            language=language,
            password_hash=stored_password(),
        )
        record_id = session.scalars(
            select(Record.id).where(
                Record.mediator_id == mediator.id, Record.network_code.is_not(None)
            )
        ).one()
        session.commit()
        return Woman(mediator.id, record_id, account.email)


def read_link(outbox: Visitor) -> str:
    """The newest link that was sent, as the outbox page of the demo has it."""
    assert outbox.open("/outbox") == 200
    path = outbox.link("Open its link").first.get_attribute("href")
    assert path is not None
    return path


def names_nobody(visitor: Visitor) -> bool:
    """No text of her record, no name of hers or of the service."""
    page = visitor.page.content()
    named = (NAME, "Roster of Women Mediators", visitor.say("Roster of Women Mediators"))
    return not find_canaries(page) and not any(one in page for one in named)


def count_writings(database: Database) -> int:
    """How many units of work have written so far."""
    with database.reading() as session:
        return int(session.execute(text("SELECT n FROM ledger_head")).scalar_one())


def read_standing(database: Database, woman: Woman) -> tuple[str, str]:
    """What she says of her time, and who said it."""
    with database.reading() as session:
        row = session.scalars(
            select(Availability).where(
                Availability.mediator_id == woman.id, Availability.superseded_at.is_(None)
            )
        ).one()
        return row.status, row.confirmed_by


def is_hidden(database: Database, woman: Woman) -> bool:
    with database.reading() as session:
        return session.get_one(Mediator, woman.id).is_hidden


def open_first(her: Visitor, path: str) -> None:
    """Open a page of hers from a telephone that holds nothing of the service yet, and weigh it."""
    her.line.restart()
    assert her.open(path) == 200
    place = re.sub(r"(?<=/[rihcsa]/).+", "…", path)
    print(f"first visit to {place}: {her.line.transferred} bytes, {her.line.seconds:.1f} s")
    assert 5_000 < her.line.transferred < most_bytes(path)


def list_consents(database: Database, woman_id: int) -> dict[str, str]:
    """Each yes of hers that stands, by its purpose: the way in which she gave it."""
    with database.reading() as session:
        live = list_live_consents(session, woman_id, clock.now())
        return {purpose: row.channel for purpose, row in sorted(live.items())}
