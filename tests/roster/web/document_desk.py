"""An envoy with an answer in which three women fit, and what she does with its documents."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import Account, Document, MatchRequest
from tests.approach_factories import add_french, add_office
from tests.roster.web.browser import post_form, sign_in_as, stored_password


class Desk:
    """An envoy at her desk: three women fit her request, a fourth is one step away."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app, self.database = app, database
        with database.writing() as session:
            self.women = [add_french(session).id for _ in range(3)]
            add_french(session, languages={"fra": "B1"})
            self.office = add_office(
                session,
                title="Talks on corridors",
                present_team={"women": 1, "men": 3},
                target_share=40,
                notice_days=14,
            )
            owner = self.office.actor.account_id
            self.code = self.office.request.code
            session.commit()
        with database.writing() as session:
            account = session.get_one(Account, owner)
            account.password_hash = stored_password()
            self.email = account.email
            session.commit()
        self.browser = sign_in_as(app, self.email)

    @property
    def path(self) -> str:
        return f"/requests/{self.code}/documents"

    def issue(self, **values: Any) -> TestResponse:
        form = {
            "version": self.read(MatchRequest.version), "chosen": ["1", "2"], "reserves": ["3"],
            "language": "en", "classification": "restricted", **values,
        }  # fmt: skip
        return post_form(self.browser, self.path, page=self.path, **form)

    def issued(self, **values: Any) -> str:
        """The code of the newest document."""
        assert self.issue(**values).status_code == 303
        return str(self.read(Document.code))

    def read(self, column: Any) -> Any:
        """The newest value of a column."""
        with self.database.reading() as session:
            return session.scalars(select(column).order_by(column.class_.id.desc())).first()

    def change(self, statement: Any) -> None:
        with self.database.writing() as session:
            session.execute(statement)
            session.commit()

    def hand_on(self, code: str, recipient: str = "A second office") -> str:
        """The path of the link of a new copy."""
        page = f"/documents/{code}/copies"
        version = self.read(Document.version)
        answer = post_form(self.browser, page, page=page, version=version, recipient=recipient)
        found = re.search(r"https?://[^<\s]*(/d/[\w-]+)", answer.text)
        assert found, answer.text
        return found[1]


def read_pdf(answer: TestResponse) -> str:
    """The text of a file, as a program reads it back."""
    assert answer.mimetype == "application/pdf", answer.text
    return "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.data)).pages)
