"""Passwords: A1 and A2 of the trust design."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from sqlalchemy import select

from roster.db import Database
from roster.errors import Refused
from roster.models import Account
from roster.services.passwords import (
    check_new_password,
    hash_password,
    needs_new_hash,
    verify_password,
)
from tests.factories import PASSWORD
from tests.roster.web.browser import make_account, post_form, sign_in_as, try_sign_in
from tests.work import least_seconds

MOST_COMMON = [
    "123456", "password", "123456789", "12345678", "12345", "qwerty", "1234567", "111111",
    "1234567890", "123123", "abc123", "1234", "password1", "iloveyou", "1q2w3e4r", "000000",
    "qwerty123", "dragon", "monkey", "letmein",
]  # fmt: skip


def refusal_of(password: str) -> str | None:
    try:
        check_new_password(password, email="somebody@example.org")
    except Refused as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("k7#Qm2!x", "password_too_short"),
        ("k7#Qm2!xPw9", "password_too_short"),
        ("k7#Qm2!xPw9z", None),
        ("k7#Qm2!xPw9z-aB", None),
        ("k7#Qm2!x" * 8, None),
        ("k7#Qm2!x" * 16, None),
        ("k7#Qm2!x" * 16 + "y", "password_too_long"),
        (" k7#Qm2!xPw9z", None),
        ("aaaaaaaaaaaaaaaa", "password_common"),
        ("Somebody@Example.org", "password_common"),
    ],
)
def test_a_new_password_is_long_enough_and_not_easy(password: str, code: str | None) -> None:
    assert refusal_of(password) == code


def test_the_most_common_passwords_are_refused_and_so_are_their_longer_kin() -> None:
    longer = ["password1234", "Qwerty123456", "123456789012", "ILoveYou1234", "letmein12345"]
    assert [word for word in [*MOST_COMMON, *longer] if refusal_of(word) is None] == []


def test_an_overlong_password_is_refused_before_it_costs_a_hash() -> None:
    stored = hash_password(PASSWORD)
    assert refusal_of("x" * 129) == "password_too_long"
    assert verify_password("x" * 100_000, stored) is False
    assert least_seconds(lambda: verify_password("x" * 100_000, stored)) < 0.02


@pytest.mark.parametrize("length", [64, 128])
def test_a_long_password_is_kept_exactly(length: int) -> None:
    password = ("k7#Qm2!x" * 16)[:length]
    stored = hash_password(password)
    assert verify_password(password, stored)
    assert not verify_password(password[:-1], stored)


def test_passwords_that_differ_at_character_73_only_are_two_passwords() -> None:
    password = "k7#Qm2!x" * 10
    near_twin = password[:72] + "?" + password[73:]
    assert not verify_password(near_twin, hash_password(password))


def test_a_leading_space_belongs_to_the_password() -> None:
    stored = hash_password(" k7#Qm2!xPw9z")
    assert verify_password(" k7#Qm2!xPw9z", stored)
    assert not verify_password("k7#Qm2!xPw9z", stored)


def test_a_password_is_stored_as_argon2id_of_the_wanted_cost() -> None:
    parameters = extract_parameters(hash_password(PASSWORD))
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19_456, 2, 1)


def test_an_older_hash_is_replaced_at_sign_in(app: Flask, database: Database) -> None:
    account_id, email = make_account(database)
    older = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with database.writing() as session:
        session.get_one(Account, account_id).password_hash = older
        session.commit()
    sign_in_as(app, email)
    with database.reading() as session:
        stored = session.scalars(select(Account.password_hash)).one()
    assert stored is not None and stored != older and not needs_new_hash(stored)
    sign_in_as(app, email)


def test_a_changed_password_opens_and_the_former_one_does_not(
    app: Flask, database: Database
) -> None:
    _, email = make_account(database)
    client = sign_in_as(app, email)
    answer = post_form(
        client,
        "/account/password",
        current=PASSWORD,
        new=" my new one: 9 words",
        again=" my new one: 9 words",
    )
    assert answer.status_code == 303
    assert try_sign_in(app.test_client(), email, PASSWORD).status_code == 422
    assert try_sign_in(app.test_client(), email, "my new one: 9 words").status_code == 422
    sign_in_as(app, email, " my new one: 9 words")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"current": "not the present one"}, "This is not your present password."),
        ({"new": "short", "again": "short"}, "at least 12 characters"),
        ({"again": "something else here"}, "The two new passwords differ."),
        ({"new": "password1234", "again": "password1234"}, "Others guess this password first."),
        ({"current": ""}, "This is not your present password."),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    app: Flask, database: Database, changes: dict[str, str], sentence: str
) -> None:
    _, email = make_account(database)
    client = sign_in_as(app, email)
    given = {"current": PASSWORD, "new": "k7#Qm2!xPw9z", "again": "k7#Qm2!xPw9z", **changes}
    answer = post_form(client, "/account/password", **given)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    sign_in_as(app, email)
