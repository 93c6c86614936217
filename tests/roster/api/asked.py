"""Women who were asked for a request, with the programs of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Update
from werkzeug.test import TestResponse

from roster.db import Database
from roster.queries.approaches import find_approach
from tests.approach_factories import add_french, add_office, agree, ask, get_approach
from tests.factories import add_account
from tests.roster.api.program import Program, add_program

YES = {"answer": "yes", "allows": ["email"], "ties": "none"}


@dataclass(frozen=True)
class Asked:
    """One woman who was asked, and another of the same answer who was not."""

    database: Database
    envoy: Program
    hers: Program
    code: str
    """Of the request."""
    approach: str
    handle: str
    woman: int
    other: int

    @property
    def own_path(self) -> str:
        return f"/me/approaches/{self.approach}"

    @property
    def path(self) -> str:
        return f"/requests/{self.code}/approaches/{self.handle}"

    def say(self, document: Any = YES, **headers: str) -> TestResponse:
        """Her answer, to the approach as it stands."""
        read = self.hers.get(self.own_path)
        named = {"If_Match": read.headers["ETag"], **headers}
        return self.hers.post(f"{self.own_path}/answer", document, **named)

    def act(self, act: str, document: Any = None, **headers: str) -> TestResponse:
        """What her requester does, to the approach as it stands."""
        named = {"If_Match": self.envoy.get(self.path).headers["ETag"], **headers}
        return self.envoy.post(f"{self.path}/{act}", document, **named)

    def let_network_agree(self) -> None:
        with self.database.writing() as session:
            agree(session, find_approach(session, self.approach))
            session.commit()

    def change(self, statement: Update) -> None:
        with self.database.writing() as session:
            session.execute(statement)
            session.commit()


def add_asked(app: Flask, database: Database) -> Asked:
    """A request that was searched once, and the first of two women asked for it."""
    with database.writing() as session:
        woman, other = add_french(session), add_french(session)
        account = add_account(session, "mediator", mediator=woman)
        office = add_office(session)
        ask(session, office, [woman.id])
        approach = get_approach(session, office, woman.id)
        kept = (office.request.code, approach.code, approach.handle, woman.id, other.id)
        owner, her_account = office.actor.account_id, account.id
        session.commit()
    envoy = add_program(app, database, account=owner)
    hers = add_program(app, database, account=her_account)
    return Asked(database, envoy, hers, *kept)
