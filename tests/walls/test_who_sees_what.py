"""Z4 and I4 of the trust design: everybody fetches everything, and what is seen is counted.

What may be seen is written out below, field by viewer, from the visibility matrix of the trust
design: R is seen on some page, r may be seen and no page shows it yet, - is never seen. A second
test holds it against ``roster.visibility``, so that neither can be widened alone.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from roster import clock
from roster.cli import main
from roster.db import Database
from roster.mail.messages import write_letter
from roster.models import MatchRequest, OutboxMessage, Run, RunRow
from roster.visibility import may_see
from roster.wording import LANGUAGES, get_wording
from tests.factories import find_canaries
from tests.walls.judging import (
    OF_A_WOMAN,
    VIEWERS,
    judge,
    list_to_be_seen,
    list_whole,
    read_table,
    word_viewer,
)
from tests.walls.village import Village
from tests.walls.walk import (
    IDENTITIES,
    Seen,
    assert_nothing_secret,
    find_markup,
    find_seen,
    list_paths,
    open_browser,
    read_answer,
    speak,
)


def test_the_table_says_no_more_than_the_one_table_of_fields() -> None:
    for line in OF_A_WOMAN.strip("\n").splitlines()[1:]:
        field, name, *letters = line.split()
        for viewer, letter in zip(VIEWERS, letters, strict=True):
            assert letter == "-" or may_see(name, VIEWERS[viewer]), (field, viewer)


def test_every_name_of_a_field_is_judged(village: Village) -> None:
    fields = {field for field, _ in village.marks.values()} | set(read_table())
    assert fields == set(read_table())


@pytest.mark.parametrize("identity", IDENTITIES)
def test_everybody_sees_what_is_hers_to_see_and_nothing_else(
    app: Flask,
    database: Database,
    village: Village,
    identity: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "roster")
    client = open_browser(app, village, identity)
    seen: set[Seen] = set()
    faults: dict[str, object] = {}
    opened: set[str] = set()
    for language in LANGUAGES:
        speak(database, client, language)
        whole = list_whole(identity) if language == "en" else ()
        for path in list_paths(app, village, "GET", whole=whole):
            if language != "en" and path not in opened:
                continue
            response = client.get(path, buffered=True)
            markup = find_markup(response.text) if response.mimetype == "text/html" else []
            if response.status_code >= 500 or markup:
                faults[path] = response.status_code, markup
            if response.status_code == 200:
                opened.add(path)
            seen |= find_seen(read_answer(response), village)
    assert faults == {}
    assert {one for one in seen if judge(village, identity, one) == "-"} == set()
    assert list_to_be_seen(village, identity) <= {field for field, _ in seen}
    assert_nothing_secret(caplog.text, village)


@pytest.mark.parametrize("identity", ["public", "ada", "coordinator", "envoy", "auditor"])
def test_a_refusal_shows_no_more_than_a_page(
    app: Flask, village: Village, identity: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "roster")
    client = open_browser(app, village, identity)
    seen: set[Seen] = set()
    answers: dict[str, int] = {}
    asked = [(client.post, path) for path in list_paths(app, village, "POST")]
    asked += [(client.put, path) for path in list_paths(app, village, "GET")]
    for send, path in asked:
        is_spent = path.startswith(("/i/", "/s/", "/a/")) and not path.endswith("no-such-token")
        if path == "/sign-out" or is_spent:
            continue  # it would end the walk, or make another person of her
        response = send(path, data={"version": "1", "zz": "1"})
        answers[f"{send.__name__} {path}"] = response.status_code
        if response.mimetype == "text/html":  # a file's own rows stand in it as they were
            assert find_markup(response.text) == [], path
        seen |= find_seen(read_answer(response), village)
    assert {path: status for path, status in answers.items() if status >= 500} == {}
    assert {405, 410, 422} <= set(answers.values())
    assert {one for one in seen if judge(village, identity, one) == "-"} == set()
    assert_nothing_secret(caplog.text, village)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_one_network_do_not_name_another(
    app: Flask, database: Database, village: Village, language: str
) -> None:
    client = open_browser(app, village, "coordinator")
    speak(database, client, language)
    own, other = (get_wording(language).term("network", code) for code in ("nwm", "awmn"))
    numbers = [n for n in village.records if word_viewer(village, "coordinator", n) == "own"]
    paths = ["/people", *(f"/people/{number}" for number in numbers), "/imports"]
    pages = [client.get(path).text for path in paths]
    assert any(own in page for page in pages)
    assert [path for path, page in zip(paths, pages, strict=True) if other in page] == []


def test_an_envoy_reads_cards_by_handle_and_the_woman_her_own(
    app: Flask, database: Database, village: Village
) -> None:
    code, _ = village.requests["envoy answered"]
    page = open_browser(app, village, "envoy").get(f"/requests/{code}").text
    with database.reading() as session:
        rows = select(RunRow.mediator_id, RunRow.handle).join(Run).join(MatchRequest)
        handles = dict(session.execute(rows.where(MatchRequest.code == code)).all())
    assert {village.women[name] for name in ("ada", "bea", "cem")} == set(handles)
    for handle in handles.values():
        assert handle in page
    persons = page.partition('<article class="person')[2]
    assert "English C1" in persons
    assert "English" in open_browser(app, village, "ada").get("/me/card").text


def test_a_letter_names_nobody_and_goes_to_one_address(
    database: Database, village: Village
) -> None:
    with database.reading() as session:
        messages = session.scalars(select(OutboxMessage)).all()
    assert len(messages) == sum(not name.startswith("hide") for name in village.tokens)
    for message in messages:
        for language in LANGUAGES:
            letter = write_letter(
                template=message.template,
                language=language,
                recipient=message.recipient,
                values=message.values,
                message_id=message.message_id,
                base_url="https://roster.example",
            )
            assert find_seen(f"{letter.subject}\n{letter.text}", village) == set()
            [(field, number)] = find_canaries(letter.recipient)
            owners = {"email": village.records.get(number, (None,))[0]}
            accounts = {n: village.women.get(name) for name, n in village.accounts.items()}
            owners |= {"address": accounts.get(number), "applicantaddress": None}
            assert owners[field] == message.mediator_id


@pytest.mark.parametrize("form", ["json", "text"])
def test_the_answer_at_the_command_line_names_nobody(
    database_url: str,
    database: Database,
    village: Village,
    key_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))
    monkeypatch.setenv("ROSTER_SECRET_KEY", "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e")
    day = clock.now().date()
    request = {
        "code": "R-TEST",
        "start": str(day + timedelta(days=30)),
        "end": str(day + timedelta(days=60)),
        "posts": [{"languages": ["eng"], "places_nice": [{"any_of": ["002", "019", "142"]}]}],
        "requester": {"country": "NOR"},
    }
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request), encoding="utf-8")
    ran = CliRunner().invoke(main, ["shortlist", str(path), "--format", form, "--standings"])
    assert ran.exit_code == 0, ran.output
    assert find_seen(ran.output, village) == set()
    if form == "json":
        listed = {one["mediator"] for one in json.loads(ran.output)["listed"]}
        assert {village.women[name] for name in ("ada", "cem")} <= listed
