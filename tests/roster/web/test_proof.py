"""S7 of the trust design: what cannot be taken back asks for the password once more."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from roster import clock
from roster.db import Database
from roster.models import Account, AuditEvent, Mediator
from roster.services.sign_in import PER_ADDRESS, start_session
from tests.roster.services.leaving import Left, make_left
from tests.roster.web.browser import PASSWORD, read_token, stored_password, with_key

pytestmark = pytest.mark.usefixtures("early_in_a_window")

WRONG = "not the password at all"


@pytest.fixture
def left(database: Database, tmp_path: Path) -> Left:
    return make_left(database, tmp_path)


def enter(app: Flask, left: Left, *, minutes: float, has_password: bool = True) -> FlaskClient:
    """Her browser, in a session whose password was given so many minutes ago."""
    with left.database.writing() as session:
        account = session.get_one(Account, left.account)
        account.password_hash = stored_password() if has_password else None
        key, web_session = start_session(session, account=account)
        web_session.proved_at = clock.now() - timedelta(minutes=minutes)
        session.commit()
    return with_key(app, key)


def press(client: FlaskClient, **values: str) -> tuple[int, str]:
    """Leave the service with the form as it stands."""
    page = client.get("/me/leave")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    sent = {
        "csrf_token": read_token(page),
        "version": version[1] if version else "",
        "sure": "yes",
        **values,
    }
    answer = client.post("/me/leave", data=sent)
    return answer.status_code, answer.text


def state(left: Left) -> str:
    with left.database.reading() as session:
        return session.get_one(Mediator, left.her).state


def count_proofs(left: Left) -> int:
    with left.database.reading() as session:
        proved = select(func.count()).where(AuditEvent.action == "session.proved")
        return session.scalar(proved) or 0


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 303), (10.0, 403), (600.0, 403)])
def test_a_session_is_asked_from_the_tenth_minute_on(
    app: Flask, left: Left, minutes: float, status: int
) -> None:
    assert press(enter(app, left, minutes=minutes))[0] == status
    assert state(left) == ("withdrawn" if status == 303 else "active")
    assert count_proofs(left) == 0


def test_the_form_is_kept_and_goes_on_with_the_right_password(app: Flask, left: Left) -> None:
    client = enter(app, left, minutes=11)
    status, page = press(client)
    assert status == 403
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    assert 'action="/me/leave"' in page
    status, page = press(client, proof=WRONG)
    assert (status, state(left)) == (422, "active")
    assert WRONG not in page
    assert press(client, proof=PASSWORD)[0] == 303
    assert (state(left), count_proofs(left)) == ("withdrawn", 1)


def test_a_proof_is_good_for_ten_minutes_in_that_session_alone(app: Flask, left: Left) -> None:
    one, other = (enter(app, left, minutes=11) for _ in range(2))
    page = one.get("/me/leave")
    kept = {"csrf_token": read_token(page), "proof": PASSWORD, "version": "0", "sure": "yes"}
    assert one.post("/me/leave", data=kept).status_code == 409  # proved, and then an old version
    assert press(other)[0] == 403
    assert press(one)[0] == 303


def test_tries_are_counted_as_those_of_a_sign_in(app: Flask, left: Left) -> None:
    client = enter(app, left, minutes=11)
    assert [press(client, proof=WRONG)[0] for _ in range(PER_ADDRESS)] == [422] * PER_ADDRESS
    assert press(client, proof=PASSWORD)[0] == 429
    assert state(left) == "active"


def test_without_a_password_there_is_nothing_to_ask(app: Flask, left: Left) -> None:
    assert press(enter(app, left, minutes=600, has_password=False))[0] == 303


def test_hiding_asks_nothing(app: Flask, left: Left) -> None:
    client = enter(app, left, minutes=600)
    page = client.get("/me/leave")
    hidden = client.post("/me/hide", data={"csrf_token": read_token(page)})
    assert hidden.status_code == 303
    with left.database.reading() as session:
        assert session.get_one(Mediator, left.her).is_hidden
