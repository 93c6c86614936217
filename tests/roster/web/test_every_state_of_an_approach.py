"""Every page about an approach opens in every state that it can be in, for each of the three sides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import (
    Account,
    Appraisal,
    Approach,
    ApproachStep,
    Deployment,
    Mediator,
    Release,
)
from roster.services.approach_states import STATES
from tests.answer_factories import add_consents
from tests.approach_factories import add_french, add_office, put_approach
from tests.factories import add_account
from tests.roster.web.browser import make_account, sign_in_as, stored_password

DEPLOYED = ("planned", "active", "ended", "broken_off", "cancelled")
FORMS = re.compile(r'<form[^>]* method="post"[^>]* action="([^"]+)"')


class Desk:
    """One woman asked for one request, and the three who read it; a case rewrites how it stands."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            her = add_french(session)
            add_french(session)
            add_consents(session, her, ("naming",))
            office = add_office(session)
            handle = office.request.runs[-1].rows[0].handle
            approach = put_approach(session, office.request, her.id, handle=handle)
            own = add_account(session, "mediator", mediator=her, password_hash=stored_password())
            account = session.get_one(Account, office.actor.account_id)
            account.password_hash = stored_password()
            session.commit()
        self.approach_id, self.request_id, self.her = approach.id, office.request.id, her.id
        place = f"/requests/{office.request.code}"
        coordinator = make_account(database, "coordinator", network="nwm")[1]
        envoy, self.envoy = f"{place}/approaches", sign_in_as(app, account.email)
        self.coordinator, self.herself = sign_in_as(app, coordinator), sign_in_as(app, own.email)
        self.always = [
            (self.envoy, envoy),
            (self.envoy, place),
            (self.envoy, f"{envoy}/{handle}"),
            (self.coordinator, "/approaches"),
            (self.coordinator, f"/approaches/{approach.code}"),
            (self.herself, "/me"),
            (self.herself, "/me/approaches"),
            (self.herself, f"/me/approaches/{approach.code}"),
        ]
        self.after = [
            (self.envoy, f"{envoy}/{handle}/deployment"),
            (self.herself, f"/me/approaches/{approach.code}/deployment"),
        ]
        self.released = (self.envoy, f"{place}/released/{handle}")

    def set(
        self, *, release: timedelta | None = None, deployment: str = "", said: bool = False,
        hidden: bool = False, came_from: str | None = None, **columns: Any,
    ) -> None:  # fmt: skip
        """How it stands now; ``release``: how long it lasts still."""
        now = clock.now()
        with self.database.writing() as session:
            for table in (Appraisal, Deployment, Release):
                session.execute(delete(table))
            approach = session.get_one(Approach, self.approach_id)
            for name, value in columns.items():
                setattr(approach, name, value)
            session.get_one(Mediator, self.her).is_hidden = hidden
            approach.steps.append(
                ApproachStep(
                    from_state=came_from, to_state=approach.state, taken_by="herself", taken_at=now
                )
            )
            if release is not None:
                fields = ["display_name", "email"]
                values = {"released_at": now - timedelta(days=9), "ends_at": now + release}
                session.add(Release(approach_id=approach.id, fields=fields, **values))
            if deployment:
                _add_deployment(session, approach, deployment, said=said)
            session.commit()

    def read(self, client: FlaskClient, path: str, wanted: int = 200) -> str:
        """A page that opens, with a heading and something below it."""
        answer = client.get(path)
        assert answer.status_code == wanted, (path, answer.status_code)
        if wanted == 200:
            headings = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
            assert len(headings) == 1 and headings[0].strip(), path
            below = re.sub(r"<[^>]+>", " ", answer.text.partition("</h1>")[2])
            assert len(below.split()) > 10, path
            assert "None" not in below.split(), path
        return answer.text


def _add_deployment(session: Session, approach: Approach, state: str, *, said: bool) -> None:
    now = clock.now()
    values: dict[str, Any] = {"starts_on": now.date(), "ends_on": now.date(), "created_at": now}
    row = Deployment(approach_id=approach.id, state=state, reminded=[], **values)
    session.add(row)
    session.flush()
    for side in ("requester", "herself") if said else ():
        answers = {"again": "with_changes", "text": "So."}
        session.add(Appraisal(deployment_id=row.id, given_by=side, answers=answers, given_at=now))


@pytest.fixture
def desk(app: Flask, database: Database) -> Desk:
    return Desk(app, database)


def list_cases() -> Iterator[dict[str, Any]]:
    allowed = (None, ["display_name", "email"])
    for state, word in itertools.product(STATES, (None, "agreed", "declined")):
        late = {"answer_by": clock.now() - timedelta(hours=1)}
        yield {"state": state, "network_word": word, "allows": allowed[word == "agreed"], **late}
    soon = {"answer_by": clock.now() + timedelta(hours=9)}
    for state, hidden in itertools.product(STATES, (False, True)):
        yield {"state": state, "network_word": None, "allows": None, "hidden": hidden, **soon}


def test_every_state_with_every_word_of_the_network_has_its_pages(desk: Desk) -> None:
    for case in list_cases():
        desk.set(**case)
        for client, path in desk.always:
            desk.read(client, path)
        for client, path in (*desk.after, desk.released):
            desk.read(client, path, 404)


def test_a_release_has_its_page_while_it_lasts_and_an_offer_once_it_ran_out(desk: Desk) -> None:
    envoy, page = desk.always[2]
    both: dict[str, Any] = {"network_word": "agreed", "allows": ["display_name", "email"]}
    for state, days, came_from in (
        ("released", 3, "yes"), ("selected", 3, "released"), ("released", -1, "yes"),
        ("closed", -1, "released"), ("closed", -1, "yes"), ("not_selected", -1, "released"),
        ("withdrawn", -1, "released"), ("selected", -1, "released"),
    ):  # fmt: skip
        held = clock.now() + timedelta(days=days)
        desk.set(
            state=state, release=timedelta(days=days), came_from=came_from, held_until=held, **both
        )
        is_live = days > 0
        desk.read(*desk.released, 200 if is_live else 404)
        offers = [one.rpartition("/")[2] for one in FORMS.findall(desk.read(envoy, page))]
        ran_out = not is_live and (state, came_from) in (
            ("released", "yes"),
            ("closed", "released"),
        )
        assert ("again" in offers) == ran_out, (state, days, came_from)
        assert ("end" in offers) == (is_live and state == "released")
        for client, path in desk.always:
            desk.read(client, path)


@pytest.mark.parametrize("said", [False, True])
def test_every_state_of_a_deployment_has_its_pages_on_both_sides(desk: Desk, said: bool) -> None:
    both: dict[str, Any] = {"network_word": "agreed", "allows": ["display_name", "email"]}
    for deployment, approach in (
        *((one, "selected") for one in DEPLOYED), ("cancelled", "closed"), ("broken_off", "withdrawn"),
    ):  # fmt: skip
        is_over = deployment in ("ended", "broken_off")
        desk.set(state=approach, deployment=deployment, said=said and is_over, **both)
        for client, path in (*desk.always, *desk.after):
            desk.read(client, path)


def test_she_reads_that_it_is_asked_for_the_second_time_while_an_answer_is_awaited(
    desk: Desk,
) -> None:
    (own,) = [path for _, path in desk.always if path.startswith("/me/approaches/")]
    said = []
    for state, came_from in (("queued", None), ("queued", "closed"), ("yes", "sent")):
        desk.set(state=state, came_from=came_from, network_word=None, allows=None)
        said.append("You said yes to this before" in desk.read(desk.herself, own))
    assert said == [False, True, False]
