"""Pictures of the pages that open without signing in: behind links, and of an open call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from roster import clock
from roster.models import Account, Application, Mediator, OpenCall, Record
from roster.services.links import PATHS, make_link

if TYPE_CHECKING:
    from roster.db import Database
    from tests.browser.visitor import Visitor

STEPS: tuple[tuple[str, str], ...] = (
    ("renewal", "change"),
    ("renewal", "pause"),
    ("renewal", "same"),
    ("invitation", ""),
    ("consent", "same"),
    ("hide", "hide"),
    ("sign_in", ""),
)
"""Purposes of links, and the press by which the next page opens; empty for none."""


def take_links(
    visitor: Visitor, database: Database, take: Callable[[str], None], language: str
) -> None:
    """Each page behind a link, before and after its button."""
    for purpose, press in STEPS:
        visitor.open(make_path(database, purpose, language))
        take(f"link-{purpose}")
        if press:
            visitor.click(visitor.page.locator(f'button[name=answer][value="{press}"]'))
            take(f"link-{purpose}-{press}")
    take_form(visitor, *make_form_paths(database, language), take)


def take_form(visitor: Visitor, call: str, link: str, take: Callable[[str], None]) -> None:
    """An open call, and an applicant's form from its last page back to its first."""
    visitor.open(f"{call}?language={visitor.wording.language}")
    take("call")
    visitor.open(link)
    take("applicant")
    for page in ("next", "work", "person"):
        visitor.open(link)
        visitor.click(visitor.page.locator("button[name=page]"))
        if page != "next":
            visitor.click(visitor.page.locator(f"button[name=page][value={page}]"))
        take(f"applicant-{page}")


def make_path(database: Database, purpose: str, language: str) -> str:
    """A new link of this purpose to a woman of the demo who has an answer that stands."""
    with database.writing() as session:
        her = session.scalars(
            select(Mediator)
            .join(Account, Account.mediator_id == Mediator.id)
            .where(Mediator.state == "active", Account.password_hash.is_not(None))
        ).first()
        assert her is not None
        her.language, her.is_hidden = language, False
        record = select(Record.id).where(
            Record.mediator_id == her.id, Record.network_code.is_not(None)
        )
        record_id = session.scalars(record).first() if purpose == "invitation" else None
        _, token = make_link(session, purpose, her.id, record_id=record_id)
        session.commit()
    return PATHS[purpose] + token


def make_form_paths(database: Database, language: str) -> tuple[str, str]:
    """An open call, and a link to an application of it that can still be written on."""
    with database.writing() as session:
        application = session.scalars(select(Application)).first()
        call = session.scalars(
            select(OpenCall).where(OpenCall.closes_on >= clock.now().date())
        ).first()
        assert application is not None and call is not None
        application.state, application.language = "begun", language
        _, token = make_link(session, "application", application_id=application.id)
        session.commit()
        return f"/apply/{call.slug}", PATHS["application"] + token
