"""One approach by its requester's program: ended, its name asked for, the woman chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from roster import clock
from roster.db import Database
from roster.models import Availability, Deployment, Mediator, OutboxMessage, Release
from tests.factories import find_canaries
from tests.roster.api.asked import Asked, add_asked
from tests.roster.api.program import add_program, read_problem


@pytest.fixture
def asked(app: Flask, database: Database) -> Asked:
    return add_asked(app, database)


@pytest.fixture
def ready(asked: Asked) -> Asked:
    """Both words are given."""
    asked.say()
    asked.let_network_agree()
    return asked


def count(database: Database, table: type[object]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_approach_is_ended_once_and_she_is_told(asked: Asked) -> None:
    before = count(asked.database, OutboxMessage)
    ended = asked.act("end")
    assert (ended.json["state"], ended.json["handle"]) == ("called_off", asked.handle)
    assert ended.headers["ETag"] == asked.envoy.get(asked.path).headers["ETag"]
    assert count(asked.database, OutboxMessage) == before + 1
    assert read_problem(asked.act("end")) == (422, "approach_over")
    assert asked.hers.get(asked.own_path).json["state"] == "called_off"


def test_a_release_needs_both_words_and_shows_only_what_she_ticked(asked: Asked) -> None:
    asked.say()
    assert read_problem(asked.act("release", {})) == (422, "release_needs_both")
    assert count(asked.database, Release) == 0
    asked.let_network_agree()
    released = asked.act("release", {}, Idempotency_Key="name")
    assert (released.json["state"], released.json["is_kept_back"]) == ("released", False)
    assert find_canaries(released.text) == set()
    (one,) = asked.envoy.get(f"/requests/{asked.code}/releases").json["releases"]
    assert [field["name"] for field in one["fields"]] == ["display_name", "email"]
    assert {name for name, _ in find_canaries(str(one))} == {"displayname", "email"}


def test_what_changed_since_the_search_is_accepted_before_a_release(ready: Asked) -> None:
    soon = clock.now().date() + timedelta(days=40)
    ended = update(Availability).where(Availability.mediator_id == ready.woman)
    ready.change(ended.values(window_to=soon))
    refused = ready.act("release", {})
    assert read_problem(refused) == (409, "changes_to_accept")
    assert [one["pointer"] for one in refused.json["errors"]] == ["/accepted"]
    assert {one["handle"] for one in refused.json["changes"]} == {ready.handle}
    asked = {"handles": [ready.handle]}
    told = ready.envoy.post(f"/requests/{ready.code}/changes", asked).json
    assert (told["run"], told["changes"]) == (1, refused.json["changes"])
    assert told["accept"] == refused.json["accept"]
    assert ready.act("release", {"accepted": "0" * 64}).status_code == 409
    done = ready.act("release", {"accepted": told["accept"]})
    assert done.json["state"] == "released"


def test_she_is_chosen_after_her_release_and_not_before(ready: Asked) -> None:
    assert read_problem(ready.act("choice")) == (422, "approach_over")
    ready.act("release", {})
    chosen = ready.act("choice", Idempotency_Key="chosen")
    assert (chosen.json["state"], chosen.json["is_kept_back"]) == ("selected", False)
    assert count(ready.database, Deployment) == 1


def test_whoever_hid_is_not_released(ready: Asked) -> None:
    ready.change(update(Mediator).where(Mediator.id == ready.woman).values(is_hidden=True))
    told = ready.envoy.post(f"/requests/{ready.code}/changes", {"handles": [ready.handle]}).json
    assert [one["code"] for one in told["changes"]] == ["gone"]
    refused = ready.act("release", {"accepted": told["accept"]})
    assert read_problem(refused) == (422, "approach_gone")
    assert count(ready.database, Release) == 0


def test_a_stale_version_does_nothing(ready: Asked) -> None:
    for act, document in (("end", None), ("release", {}), ("choice", None)):
        stale = ready.envoy.post(f"{ready.path}/{act}", document, If_Match='"1"')
        assert read_problem(stale) == (412, "if_match_stale"), act
        missing = ready.envoy.post(f"{ready.path}/{act}", document)
        assert read_problem(missing) == (428, "if_match_missing"), act
    assert ready.envoy.get(ready.path).json["state"] == "ready"


def test_anothers_approach_is_as_if_it_were_not_there(
    app: Flask, database: Database, ready: Asked
) -> None:
    other = add_program(app, database)
    own = add_asked(app, database)
    for act in ("end", "release", "choice"):
        mixed = f"/requests/{own.code}/approaches/{ready.handle}/{act}"
        answers = [
            other.post(f"{ready.path}/{act}", {}, If_Match='"1"'),
            own.envoy.post(mixed, {}, If_Match='"1"'),
            other.post(f"/requests/R-26-ZZZZZ/approaches/ZZ-ZZZ/{act}", {}, If_Match='"1"'),
        ]
        assert {read_problem(one) for one in answers} == {(404, "not_found")}, act
    assert ready.envoy.get(ready.path).json["state"] == "ready"


def test_a_key_that_may_not_ask_for_names_does_not(
    app: Flask, database: Database, ready: Asked
) -> None:
    owner = ready.envoy.account_id
    scopes = ["approaches:read", "approaches:write", "releases:read"]
    program = add_program(app, database, scopes=scopes, account=owner)
    refused = program.post(f"{ready.path}/release", {}, If_Match='"1"')
    assert read_problem(refused) == (403, "scope_missing")
    assert "releases:write" in refused.json["detail"]
