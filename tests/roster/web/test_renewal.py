"""The renewal page: its five presses, and the forms behind two of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.local_days import end_of_day, local_day
from roster.models import AuditEvent, Link, Mediator
from roster.services.invitations import send_renewal
from tests import factories
from tests.access_world import dump
from tests.roster.web.link_pages import (
    COORDINATOR,
    add_handed_over,
    describe_standing,
    find_link,
    path_of,
)

KATHMANDU = "Asia/Kathmandu"
CHANGED = {
    "answer": "changed",
    "status": "partly",
    "window_from": "2027-02-01",
    "window_to": "2027-02-28",
    "notice_days": "14",
    "modalities": ["remote", "hybrid"],
    "days_per_month": "4",
    "longest_stay_days": "20",
    "refused": "Sudan, Eastern Africa",
}


@pytest.fixture
def woman(database: Database) -> int:
    """A woman with an answer, beside another who has said the same."""
    with database.writing() as session:
        factories.add_mediator(session, time_zone=KATHMANDU)
        her = factories.add_mediator(session, time_zone=KATHMANDU)
        session.commit()
        return her.id


@pytest.fixture
def path(database: Database, woman: int) -> str:
    with database.writing() as session:
        sent = send_renewal(session, actor=COORDINATOR, mediator_id=woman)
        session.commit()
        return path_of(sent.message)


def read_her(database: Database, woman: int) -> tuple[str, dict[str, Any]]:
    with database.reading() as session:
        return describe_standing(session, woman)


def is_spent(database: Database) -> bool:
    with database.reading() as session:
        return find_link(session, "renewal").used_at is not None


@pytest.mark.parametrize(("answer", "field"), [("change", "status"), ("pause", "until")])
def test_opening_a_form_stores_nothing_spends_nothing_and_tells_nothing(
    client: FlaskClient, database: Database, path: str, answer: str, field: str
) -> None:
    before = dump(database)
    shown = client.post(path, data={"answer": answer})
    assert (shown.status_code, f'name="{field}"' in shown.text) == (200, True)
    assert "Set-Cookie" not in shown.headers
    assert " checked" not in shown.text and " selected" not in shown.text
    assert 'name="window_from" value' not in shown.text
    assert factories.find_canaries(shown.text) == set()
    assert len(shown.data) < 8_500
    assert dump(database) == before


def test_the_form_sent_is_her_new_answer_and_spends_the_link(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    client.post(path, data={"answer": "change"})
    assert client.post(path, data=CHANGED).status_code == 200
    by, said = read_her(database, woman)
    assert by == "self"
    assert {
        **said,
        "window_from": str(said["window_from"]),
        "window_to": str(said["window_to"]),
    } == {
        "status": "partly",
        "window_from": "2027-02-01",
        "window_to": "2027-02-28",
        "notice_days": 14,
        "longest_stay_days": 20,
        "days_per_month": 4,
        "modalities": ("remote", "hybrid"),
        "refused": ("SDN", "014"),
    }
    assert client.post(path, data=CHANGED).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"status": ""}, 'value="2027-02-01"'),
        ({"window_to": "2027-01-01"}, 'value="2027-01-01"'),
        ({"window_from": "2020-01-01", "window_to": "2020-02-01"}, 'value="2020-02-01"'),
        ({"window_from": "31.12.2026"}, 'value="31.12.2026"'),
        ({"refused": "Atlantis, Sudan"}, 'value="Atlantis, Sudan"'),
        ({"days_per_month": "32"}, 'value="32"'),
        ({"longest_stay_days": "9" * 40}, f'value="{"9" * 40}"'),
        ({"notice_days": "5"}, 'value="remote" checked'),
        ({"modalities": ["remote", "by_boat"]}, 'value="remote" checked'),
        ({"refused": "Sudan\u202e"}, 'value="4"'),
        ({"version": "1"}, 'value="remote" checked'),
        ({"time_zone": "UTC"}, 'value="Sudan, Eastern Africa"'),
    ],
)
def test_a_wrong_field_leaves_the_link_unspent_and_all_that_was_typed(
    client: FlaskClient,
    database: Database,
    path: str,
    wrong: dict[str, Any],
    kept: str,
) -> None:
    before = dump(database)
    sent = client.post(path, data={**CHANGED, **wrong})
    assert (sent.status_code, 'role="alert"' in sent.text) == (422, True)
    assert kept in sent.text
    assert dump(database) == before
    assert client.post(path, data=CHANGED).status_code == 200


def test_another_language_keeps_what_was_typed(
    client: FlaskClient, database: Database, path: str
) -> None:
    before = dump(database)
    shown = client.post(f"{path}?language=ar", data={**CHANGED, "answer": ["change"]})
    assert (shown.status_code, 'dir="rtl"' in shown.text) == (200, True)
    for kept in ('value="2027-02-01"', 'value="Sudan, Eastern Africa"', 'value="partly" checked'):
        assert kept in shown.text
    assert shown.text.count('formaction="?language=') == 5
    assert 'role="alert"' not in shown.text
    assert dump(database) == before


def test_not_available_is_one_press(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    assert client.post(path, data={"answer": "unavailable"}).status_code == 200
    by, said = read_her(database, woman)
    assert (by, said["status"], said["modalities"]) == ("self", "unavailable", None)
    assert is_spent(database)


def test_a_pause_lasts_to_the_end_of_her_day_and_leaves_her_answer(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    said = read_her(database, woman)
    day = local_day(clock.now(), KATHMANDU) + timedelta(days=20)
    assert client.post(path, data={"answer": "paused", "until": str(day)}).status_code == 200
    with database.reading() as session:
        paused = session.get_one(Mediator, woman).paused_until
    assert paused == end_of_day(day, KATHMANDU)
    assert read_her(database, woman) == said
    assert is_spent(database)


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "2099-01-01"])
def test_a_day_that_cannot_be_leaves_the_link_unspent(
    client: FlaskClient, database: Database, path: str, until: str
) -> None:
    before = dump(database)
    sent = client.post(path, data={"answer": "paused", "until": until})
    assert (sent.status_code, f'value="{until}"' in sent.text) == (422, until != "")
    assert dump(database) == before


def test_hiding_from_the_page_acts_at_once_twice_says_the_same_and_leaves_the_question(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    first = client.post(path, data={"answer": "hide"})
    once = dump(database)
    second = client.post(path, data={"answer": "hide"})
    assert (first.status_code, first.text) == (200, second.text)
    assert dump(database) | {"change": []} == once | {"change": []}
    with database.reading() as session:
        hidden = session.scalars(select(Mediator.id).where(Mediator.is_hidden)).all()
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_id == woman)
        ).all()
    assert (hidden, actions) == ([woman], ["mediator.hidden"])
    assert client.post(path, data={"answer": "same"}).status_code == 200


def test_a_day_that_is_over_is_not_renewed_and_the_form_is_one_press_away(
    client: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, availability=False)
        over = clock.now().date() - timedelta(days=3)
        factories.add_availability(session, woman, window_from=over, window_to=over)
        path = path_of(send_renewal(session, actor=COORDINATOR, mediator_id=woman.id).message)
        session.commit()
    sent = client.post(path, data={"answer": "same"})
    assert (sent.status_code, "The days you named are over" in sent.text) == (422, True)
    assert not is_spent(database)
    assert client.post(path, data=CHANGED).status_code == 200


@pytest.mark.parametrize("posted", [{}, {"answer": ""}, {"answer": "erase"}, {"zz": "1"}])
def test_an_answer_that_is_none_changes_nothing(
    client: FlaskClient, database: Database, path: str, posted: dict[str, str]
) -> None:
    before = dump(database)
    assert client.post(path, data=posted).status_code == 422
    assert dump(database) == before


def test_what_is_answered_over_a_link_that_was_handed_over_is_marked(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    assert "passed this page on" not in client.get(path).text
    with database.writing() as session:
        handed = add_handed_over(session, session.get_one(Mediator, woman))
        session.commit()
    assert client.get(path).status_code == 410
    assert "passed this page on" in client.get(handed).text
    assert client.post(handed, data=CHANGED).status_code == 200
    with database.reading() as session:
        link = session.scalars(select(Link).where(Link.was_handed_over)).one()
        rows = session.execute(
            select(AuditEvent.action, AuditEvent.actor, AuditEvent.subject_id).order_by(
                AuditEvent.id
            )
        ).all()
        assert link.used_at is not None
    assert [tuple(row) for row in rows[1:]] == [
        ("renewal.handed_over", "account", link.id),
        ("renewal.used_handed_over", "link", link.id),
        ("availability.stated", "link", woman),
    ]


def test_only_her_own_answer_is_renewed(
    client: FlaskClient, database: Database, woman: int, path: str
) -> None:
    before = dump(database)["availability"]
    said = read_her(database, woman)
    with clock.shifted(timedelta(days=2)):
        assert client.post(path, data={"answer": "same"}).status_code == 200
    after = dump(database)["availability"]
    assert (len(before), len(set(after) - set(before))) == (2, 2)
    assert read_her(database, woman) == said
    with database.reading() as session:
        assert find_link(session, "renewal").used_at is not None
