"""The mirror shows what the real page shows: the same fragment, for every kind of woman."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import Consent, Mediator, Membership, ReadEvent, Record, RunRow
from tests import factories
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.test_envoy_pages import ask

SHOWN = {"display_name", "original_name", "title", "other_names", "email", "phone"}
WOMEN: dict[str, dict[str, Any]] = {
    "open": {"safety_class": 0},
    "listed": {"safety_class": 1},
    "discreet": {"safety_class": 2},
    "hidden class": {"safety_class": 3},
    "hidden": {"is_hidden": True},
    "paused": {"paused_until": True},
    "suspended": {"accreditation": "suspended"},
    "without consent": {"consents": False},
}
"""What became of each after she was in an answer."""


def change_her(database: Database, mediator_id: int, change: dict[str, Any]) -> None:
    with database.writing() as session:
        woman = session.get_one(Mediator, mediator_id)
        for name in ("safety_class", "is_hidden"):
            setattr(woman, name, change.get(name, getattr(woman, name)))
        if "paused_until" in change:
            woman.paused_until = woman.created_at.replace(year=woman.created_at.year + 1)
        if "accreditation" in change:
            member = select(Membership).where(Membership.mediator_id == mediator_id)
            session.scalars(member).one().accreditation = change["accreditation"]
        if "consents" in change:
            for row in session.scalars(select(Consent).where(Consent.mediator_id == mediator_id)):
                row.withdrawn_at = row.given_at
        factories.add_change(session, woman)
        session.commit()


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def add_women(database: Database, *levels: str) -> list[int]:
    with database.writing() as session:
        women = [
            factories.add_mediator(session, languages={"fra": level}, name=f"Invented {level}")
            for level in levels
        ]
        session.commit()
        return [woman.id for woman in women]


def enter(app: Flask, database: Database, mediator_id: int) -> FlaskClient:
    """A browser in which this woman is signed in."""
    with database.reading() as session:
        woman = session.get_one(Mediator, mediator_id)
    return sign_in_as(app, make_account(database, "mediator", mediator=woman)[1])


def handle_of(database: Database, mediator_id: int) -> str:
    with database.reading() as session:
        handles = select(RunRow.handle).where(RunRow.mediator_id == mediator_id)
        return session.scalars(handles).one()


def find_row(page: str, handle: str) -> str:
    """The one row of a page that bears this code, listed or a step away, without what it lets do."""
    articles = re.findall(r'<article class="person.*?</article>', page, re.S)
    lines = re.findall(r"<li><div><strong><bdi.*?</li>", page, re.S)
    [row] = [one for one in (*articles, *lines) if f">{handle}<" in one]
    shown = re.sub(r'<div><button type="submit".*?</button></div>', "", str(row), flags=re.S)
    return shown.replace(handle, "?")


def find_sections(page: str) -> str:
    """The facts under her name and the sections; what a coordinator may do comes after them."""
    [facts] = re.findall(r'<dl class="facts">.*?</dl>', page, re.S)
    sections = page[page.index('<section class="sec"') :].partition('<section class="sec" id=')[0]
    return f"{facts}{sections[: sections.rindex('</section>')]}"


def leave_out_note(sections: str) -> str:
    return re.sub(r"\s*<div><dt>Note of the network</dt>.*?</div>", "", sections, flags=re.S)


@pytest.mark.parametrize("change", WOMEN.values(), ids=WOMEN)
@pytest.mark.parametrize("level", ["C1", "B1"], ids=["listed", "one step away"])
def test_an_envoys_row_of_her_is_the_same_in_the_mirror(
    app: Flask, database: Database, envoy: FlaskClient, change: dict[str, Any], level: str
) -> None:
    her, *_ = add_women(database, level, "C2", "B1")
    place = ask(envoy)
    change_her(database, her, change)

    real = find_row(envoy.get(place).text, handle_of(database, her))
    mirror = enter(app, database, her).get("/me/card").text
    assert find_row(mirror, "K7-Q2M") == real
    is_shown = change.get("safety_class", 9) < 3
    assert ("no longer available" in real) == (not is_shown)
    assert ("sees nothing of you now" in mirror) == (not is_shown)
    assert handle_of(database, her) not in mirror


def test_a_woman_whom_no_answer_named_sees_her_card_or_why_there_is_none(
    app: Flask, database: Database
) -> None:
    shown, kept = add_women(database, "C1", "B2")
    change_her(database, kept, {"safety_class": 3})
    pages = [enter(app, database, her).get("/me/card").text for her in (shown, kept)]
    assert ["No answer has named you yet" in page for page in pages] == [True, False]
    assert ["sees nothing of you now" in page for page in pages] == [False, True]
    assert [factories.find_canaries(page) for page in pages] == [set(), set()]


@pytest.mark.parametrize("change", WOMEN.values(), ids=WOMEN)
@pytest.mark.parametrize("is_shared", [True, False])
def test_her_coordinators_page_is_the_same_in_the_mirror_but_for_their_note(
    app: Flask, database: Database, change: dict[str, Any], is_shared: bool
) -> None:
    her, _other = add_women(database, "C1", "B2")
    change_her(database, her, change)
    with database.writing() as session:
        records = session.scalars(select(Record).where(Record.mediator_id == her)).all()
        own = next(one for one in records if one.network_code is None)
        own.is_shared = is_shared
        number = next(one.id for one in records if one.network_code == "nwm")
        session.commit()
    coordinator = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])

    real = find_sections(coordinator.get(f"/people/{number}").text)
    mirror = enter(app, database, her).get("/me/card?viewer=coordinator").text
    assert find_sections(mirror) == leave_out_note(real) != real
    canaries = factories.find_canaries(mirror)
    assert ("note", number) not in canaries and ("biography", number) in canaries
    assert (("biography", own.id) in canaries) == is_shared


def test_each_of_her_networks_has_a_page_of_the_mirror(app: Flask, database: Database) -> None:
    [her] = add_women(database, "C1")
    with database.writing() as session:
        woman = session.get_one(Mediator, her)
        factories.add_membership(session, woman, "awmn")
        second = factories.add_record(session, woman, "awmn").id
        first = session.scalar(
            select(Record.id).where(Record.mediator_id == her, Record.network_code == "nwm")
        )
        session.commit()
    client = enter(app, database, her)
    pages = [client.get(f"/me/card?viewer=coordinator&page={n}").text for n in ("1", "2", "9")]
    seen = [{number for _, number in factories.find_canaries(page)} for page in pages]
    assert [second in one for one in seen] == [True, False, False]
    assert [first in one for one in seen] == [False, True, True]


@pytest.mark.parametrize("viewer", ["other", "administrator", "auditor", "public"])
def test_whoever_gets_nothing_is_said_to_get_nothing(
    app: Flask, database: Database, viewer: str
) -> None:
    [her] = add_women(database, "C1")
    with database.reading() as session:
        numbers = session.scalars(select(Record.id)).all()
    roles = {"other": ("coordinator", {"network": "awmn"}), "public": None}
    role = roles.get(viewer, (viewer, {}))
    client = sign_in_as(app, make_account(database, role[0], **role[1])[1]) if role else None

    mirror = enter(app, database, her).get(f"/me/card?viewer={viewer}").text
    assert factories.find_canaries(mirror) == set()
    assert '<section class="sec"' not in mirror and "<article" not in mirror
    for number in numbers:
        real = (client or app.test_client()).get(f"/people/{number}")
        assert real.status_code in (303, 404)


def test_looking_into_the_mirror_is_no_look_and_another_viewer_is_an_envoy(
    app: Flask, database: Database
) -> None:
    [her] = add_women(database, "C1")
    client = enter(app, database, her)
    plain = client.get("/me/card").text
    assert client.get("/me/card?viewer=nobody&page=-1").text.count("<h1>") == 1
    assert "No answer has named you yet" in plain
    client.get("/me/card?viewer=coordinator")
    with database.reading() as session:
        assert session.scalars(select(ReadEvent)).all() == []


def test_a_record_without_a_membership_has_a_page_and_a_mirror(
    app: Flask, database: Database
) -> None:
    [her] = add_women(database, "C1")
    with database.writing() as session:
        session.delete(session.scalars(select(Membership)).one())
        number = session.scalars(select(Record.id).where(Record.network_code == "nwm")).one()
        session.commit()
    coordinator = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    real = coordinator.get(f"/people/{number}")
    mirror = enter(app, database, her).get("/me/card?viewer=coordinator")
    assert (real.status_code, mirror.status_code) == (200, 200)
    assert find_sections(mirror.text) == leave_out_note(find_sections(real.text))
