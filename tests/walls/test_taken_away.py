"""Z7 of the trust design: what is taken away is gone at the next request, in pages that are open."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from roster import clock
from roster.db import Database
from roster.models import Account, Consent, MatchRequest, Mediator, Run, RunRow
from roster.permissions import OPERATOR
from roster.services.accounts import Grant, change_roles, deactivate_account
from tests.factories import PASSWORD, find_canaries
from tests.walls.rows import read_rows
from tests.walls.village import Village
from tests.walls.walk import open_browser


def set_roles(database: Database, village: Village, name: str, *grants: Grant) -> None:
    with database.writing() as session:
        account_id = village.accounts[name]
        change_roles(session, actor=OPERATOR, account_id=account_id, grants=grants)
        session.commit()


def close_account(database: Database, village: Village, name: str) -> None:
    with database.writing() as session:
        deactivate_account(session, actor=OPERATOR, account_id=village.accounts[name])
        session.commit()


def sign_in_again(
    app: Flask, database: Database, village: Village, name: str
) -> tuple[FlaskClient, int]:
    client = app.test_client()
    with database.reading() as session:
        email = session.get_one(Account, village.accounts[name]).email
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return client, answer.status_code


def list_open_pages(village: Village, name: str) -> list[str]:
    """Pages that somebody of this role has open, and the changes that wait in them."""
    if name == "envoy":
        code, _ = village.requests["envoy answered"]
        return [
            "/requests",
            f"/requests/{code}",
            f"/requests/{code}/edit",
            f"/requests/{code}/runs/1",
        ]
    number, file = village.record_of("ada", "nwm"), village.imports["taken nwm"][0]
    pages = ["/people", "/imports", f"/imports/{file}", f"/people/{number}"]
    pages += [f"/people/{number}/edit", f"/people/{number}/availability"]
    return [*pages, f"/people/{number}/history"]


def test_a_coordinator_who_left_a_network_has_no_page_of_it_any_more(
    app: Flask, database: Database, village: Village
) -> None:
    client = open_browser(app, village, "coordinator")
    pages = list_open_pages(village, "coordinator")
    assert {client.get(path).status_code for path in pages} == {200}
    set_roles(database, village, "coordinator", Grant("coordinator", "awmn"))
    before = read_rows(database)
    assert {client.get(path).headers["Location"][:8] for path in pages} == {"/sign-in"}
    changes = [*pages, f"{pages[3]}/invite", f"{pages[2]}/undo", "/people/invite"]
    answers = {client.post(path, data={"version": "1"}).status_code for path in changes}
    assert answers <= {303, 405} and read_rows(database) == before
    again, status = sign_in_again(app, database, village, "coordinator")
    assert status == 303
    assert {again.get(path).status_code for path in pages[2:]} == {404}
    seen = find_canaries(again.get("/people").text + again.get("/imports").text)
    theirs = {number for number, (_, network) in village.records.items() if network == "awmn"}
    files = {number for key, (_, number) in village.imports.items() if key.endswith("awmn")}
    assert {number for _, number in seen} <= theirs | files


def test_an_envoy_who_is_none_any_more_opens_no_request(
    app: Flask, database: Database, village: Village
) -> None:
    client = open_browser(app, village, "envoy")
    pages = list_open_pages(village, "envoy")
    assert {client.get(path).status_code for path in pages} == {200}
    set_roles(database, village, "envoy", Grant("auditor"))
    assert {client.get(path).headers["Location"][:8] for path in pages} == {"/sign-in"}
    again, _ = sign_in_again(app, database, village, "envoy")
    assert {again.get(path).status_code for path in pages} == {404}


@pytest.mark.parametrize("name", ["coordinator", "envoy"])
def test_a_closed_account_is_out_at_once_and_does_not_come_back(
    app: Flask, database: Database, village: Village, name: str
) -> None:
    client = open_browser(app, village, name)
    pages = list_open_pages(village, name)
    assert {client.get(path).status_code for path in pages} == {200}
    close_account(database, village, name)
    assert {client.get(path).headers["Location"][:8] for path in pages} == {"/sign-in"}
    again, status = sign_in_again(app, database, village, name)
    assert (status, again.get("/account").status_code) == (422, 303)


def get_version(database: Database, village: Village) -> int:
    with database.reading() as session:
        return session.get_one(Mediator, village.women["ada"]).version


WAYS_OUT = {
    "hides": ("/me/hide", {}),
    "withdraws her card": (
        "/me/consents",
        {"purposes": ["membership_file", "matching"], "safety_class": "1"},
    ),
    "withdraws matching": (
        "/me/consents",
        {"purposes": ["membership_file", "card"], "safety_class": "1"},
    ),
    "withdraws everything": ("/me/consents", {"safety_class": "1"}),
    "becomes hidden by class": (
        "/me/consents",
        {"purposes": ["membership_file", "matching", "card"], "safety_class": "3"},
    ),
    "takes everything back by the link that asks": ("/c/{consent ada}", {"answer": "none"}),
    "agrees by that link to be kept on file only": (
        "/c/{consent ada}",
        {"answer": "chosen", "purposes": ["membership_file"]},
    ),
    "hides by the link she keeps": ("/h/{hide ada}", {}),
    "is not to be asked": ("/me/pause", {"until": str(clock.now().date() + timedelta(days=60))}),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_woman_who_goes_is_gone_from_the_answer_that_is_open(
    app: Flask, database: Database, village: Village, way: str
) -> None:
    code, _ = village.requests["envoy answered"]
    handle = get_handle(database, village, code)
    envoy, ada = open_browser(app, village, "envoy"), open_browser(app, village, "ada")
    page = f"/requests/{code}"
    shown = envoy.get(page).text
    assert is_shown(shown, handle)
    path, form = WAYS_OUT[way]
    path = path.format_map(village.tokens)
    if path == "/me/consents":
        form = {**form, "version": get_version(database, village)}
    sent = ada.post(path, data=form)
    assert sent.status_code in (200, 303) and "pause" not in sent.headers.get("Location", "")
    assert not is_shown(envoy.get(page).text, handle)
    assert count_those_who_fit(envoy.get(page).text) == count_those_who_fit(shown) - 1
    assert not is_shown(envoy.get(f"{page}/runs/1").text, handle)
    assert envoy.post(f"{page}/runs").status_code == 303
    with database.reading() as session:
        newest = session.scalars(select(Run).order_by(Run.id.desc())).first()
        assert newest is not None
        rows = session.scalars(select(RunRow).where(RunRow.run_id == newest.id)).all()
        assert village.women["ada"] not in {
            row.mediator_id for row in rows if row.state == "listed"
        }
        assert village.women["cem"] in {row.mediator_id for row in rows if row.state == "listed"}
    assert not is_shown(envoy.get(page).text, handle)


def get_handle(database: Database, village: Village, code: str) -> str:
    with database.reading() as session:
        row = select(RunRow.handle).join(Run).join(MatchRequest).where(MatchRequest.code == code)
        return session.scalars(row.where(RunRow.mediator_id == village.women["ada"])).one()


def count_those_who_fit(page: str) -> int:
    """The number that the page begins with."""
    found = re.search(r"<h1>(\d+) wom[ae]n fits?\.", page)
    assert found, page
    return int(found[1])


def is_shown(page: str, handle: str) -> bool:
    """Whether the woman of this handle has evidence on the page, and is not only said to be gone."""
    articles = page.split('<article class="person')[1:]
    return any(handle in one and "English C1" in one for one in articles)


def test_what_the_page_says_of_the_whole_answer_says_nothing_of_her_who_is_gone(
    app: Flask, database: Database, village: Village
) -> None:
    """The first answer to end was hers: its day goes with her."""
    code, _ = village.requests["envoy answered"]
    envoy, ada = open_browser(app, village, "envoy"), open_browser(app, village, "ada")
    page = f"/requests/{code}"
    assert "Holds until" in envoy.get(page).text
    assert ada.post("/me/hide").status_code == 303
    left = envoy.get(page).text
    assert "Holds until" not in left
    [row] = [one for one in left.split("<article") if get_handle(database, village, code) in one]
    said = re.sub(r"<[^>]+>", " ", "<" + row.partition("</article>")[0]).split()
    assert said[1:] == [get_handle(database, village, code), "no", "longer", "available"]


def test_a_yes_that_ran_out_is_no_yes_whether_or_not_a_job_has_run(
    app: Flask, database: Database, village: Village
) -> None:
    code, _ = village.requests["envoy answered"]
    handle = get_handle(database, village, code)
    with database.writing() as session:
        her = (Consent.mediator_id == village.women["ada"], Consent.purpose == "card")
        ends = clock.now() + timedelta(minutes=5)
        session.execute(update(Consent).where(*her).values(valid_until=ends))
        session.commit()
    envoy, ada = open_browser(app, village, "envoy"), open_browser(app, village, "ada")
    assert is_shown(envoy.get(f"/requests/{code}").text, handle)
    with clock.shifted(timedelta(minutes=6)):
        assert not is_shown(envoy.get(f"/requests/{code}").text, handle)
        assert envoy.post(f"/requests/{code}/runs").status_code == 303
        assert not is_shown(envoy.get(f"/requests/{code}").text, handle)
        assert "Nobody can find you" in ada.get("/me").text
        assert "Your yes ended on" in ada.get("/me/consents").text


def test_a_yes_by_voice_is_taken_back_by_voice_at_the_next_request(
    app: Flask, database: Database, village: Village
) -> None:
    with database.writing() as session:
        her = (Consent.mediator_id == village.women["ada"],)
        session.execute(update(Consent).where(*her).values(channel="voice"))
        session.commit()
    code, _ = village.requests["envoy answered"]
    handle = get_handle(database, village, code)
    envoy = open_browser(app, village, "envoy")
    assert is_shown(envoy.get(f"/requests/{code}").text, handle)
    coordinator = open_browser(app, village, "coordinator")
    path = f"/people/{village.record_of('ada', 'nwm')}/spoken-consent/take-back"
    assert coordinator.post(path).status_code == 303
    assert not is_shown(envoy.get(f"/requests/{code}").text, handle)
    assert envoy.post(f"/requests/{code}/runs").status_code == 303
    assert not is_shown(envoy.get(f"/requests/{code}").text, handle)
