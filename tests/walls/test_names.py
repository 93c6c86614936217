"""I2 of the trust design: what a name may hold, at every door by which names come in."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from marshmallow import ValidationError

from roster import clock
from roster.db import Database
from roster.models import Identity
from roster.schemas.profile import load_profiles_document
from roster.spreadsheets import read_spreadsheet
from tests.walls.forms import make_own_record_form, make_record_form
from tests.walls.village import Village
from tests.walls.walk import open_browser

TURNING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
"""Signs that turn the direction of whatever stands around a name."""
FORBIDDEN = [*TURNING, "\x00", "\x1b", "\x7f", "\r\n", "\n", "\r"]
GOOD = [
    "شیرین\u200cدخت عبادی",
    "فاطمة الزهراء",
    "Людмила О\u2019Нил",
    "Ó",
    "李",
    "A" * 200,
    "Ngozi",
    "Jose\u0301 Ñandu\u0301",
    "María-José d'Ávila",
]
ONE_LINE = ("display_name", "original_name", "safe_contact")
Door = tuple[str, str, Callable[..., dict[str, Any]], str]
DOORS: dict[str, Door] = {
    "coordinator": ("coordinator", "/people/{}/edit", make_record_form, "nwm"),
    "herself": ("ada", "/me/details", make_own_record_form, ""),
}


def write_name(
    app: Flask, database: Database, village: Village, door: str, **names: str
) -> tuple[int, Identity]:
    """Send the form of a door with these names; the status, and what stands afterwards."""
    identity, path, make_form, network = DOORS[door]
    number = village.record_of("ada", network or None)
    with database.reading() as session:
        form = {**make_form(session, village), **names}
    answer = open_browser(app, village, identity).post(path.format(number), data=form)
    with database.reading() as session:
        return answer.status_code, session.get_one(Identity, number)


@pytest.mark.parametrize("door", DOORS)
def test_a_form_refuses_signs_that_no_name_holds(
    app: Flask, database: Database, village: Village, door: str
) -> None:
    for field in ONE_LINE:
        for sign in FORBIDDEN:
            status, held = write_name(app, database, village, door, **{field: f"An{sign}na"})
            assert (status in (400, 422), sign in str(getattr(held, field))) == (True, False), (
                field,
                sign,
            )


@pytest.mark.parametrize("door", DOORS)
def test_a_form_takes_every_name_and_keeps_it_in_one_form(
    app: Flask, database: Database, village: Village, door: str
) -> None:
    for name in GOOD:
        status, held = write_name(
            app, database, village, door, display_name=name, original_name=name
        )
        stored = unicodedata.normalize("NFC", name)
        assert (status, held.display_name, held.original_name) == (303, stored, stored)


def read_names(name: str) -> tuple[str, list[str]]:
    """The verdict on a list's only row, and the names read from it."""
    cell = name.replace('"', '""')
    content = f'Name;E-mail;Country\n"{cell}";a@example.org;Kenya\n'.encode()
    result = read_spreadsheet(
        content, file_name="list.csv", network="nwm", reference_day=clock.now().date()
    )
    [row] = result.rows
    values = json.loads(json.dumps(dict(row.values), default=str))
    return row.verdict, [str(each) for each in values.values()]


@pytest.mark.parametrize("sign", [sign for sign in FORBIDDEN if sign != "\x00"])
def test_a_list_brings_no_such_sign_into_a_record(sign: str) -> None:
    _, values = read_names(f"Anna{sign}Berg")
    assert [value for value in values if sign in value] == []


@pytest.mark.parametrize("name", GOOD)
def test_a_list_brings_every_name(name: str) -> None:
    verdict, values = read_names(name)
    stored = unicodedata.normalize("NFC", name)
    assert (verdict, any(stored in value for value in values)) == ("ok", True)


def make_profile(name: str) -> list[dict[str, Any]]:
    return [
        {
            "reference": "W1",
            "names": {"display_name": name, "original_name": name},
            "memberships": [{"network": "nwm", "accreditation": "accredited"}],
        }
    ]


@pytest.mark.parametrize("sign", FORBIDDEN)
def test_a_profile_file_brings_no_such_sign(sign: str) -> None:
    with pytest.raises(ValidationError):
        load_profiles_document(make_profile(f"An{sign}na"))


@pytest.mark.parametrize("name", GOOD)
def test_a_profile_file_brings_every_name_in_one_form(name: str) -> None:
    [loaded] = load_profiles_document(make_profile(name))
    stored = unicodedata.normalize("NFC", name)
    assert loaded["names"]["display_name"] == loaded["names"]["original_name"] == stored
