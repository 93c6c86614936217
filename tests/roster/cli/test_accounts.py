"""``roster account``: opened with a password that is printed once, closed, given a new one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from roster.cli import main
from roster.settings import Settings
from tests.roster.web.browser import is_signed_in, sign_in_as, try_sign_in

EMAIL = "ana@example.org"


@pytest.fixture(autouse=True)
def environment(settings: Settings, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("ROSTER_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["account", *arguments])


def create(*more: str) -> Result:
    return run("create", "--email", EMAIL, "--name", "Ana", *more)


def test_a_new_coordinator_signs_in_with_the_password_that_was_printed(app: Flask) -> None:
    answer = create("--role", "coordinator", "--network", "nwm")
    email, password = answer.output.split()
    assert (answer.exit_code, email) == (0, EMAIL)
    assert sign_in_as(app, EMAIL, password).get("/people").status_code == 200


def test_a_new_password_and_a_closed_account_end_what_was_open(app: Flask) -> None:
    first = create("--role", "envoy").output.split()[1]
    client = sign_in_as(app, EMAIL, first)
    second = run("password", EMAIL).output.split()[1]
    assert not is_signed_in(client)
    assert try_sign_in(app.test_client(), EMAIL, first).status_code == 422
    client = sign_in_as(app, EMAIL, second)
    assert run("deactivate", EMAIL).exit_code == 0
    assert not is_signed_in(client)
    assert try_sign_in(app.test_client(), EMAIL, second).status_code == 422


def test_a_refusal_says_why_and_prints_no_password(app: Flask) -> None:
    answer = create("--role", "coordinator")
    sentence = "Error: A coordinator needs a network, and nobody else has one.\n"
    assert (answer.exit_code, answer.output) == (1, sentence)
    assert run("password", EMAIL).output == "Error: No account has this address.\n"
