"""From a posted form to values: lists, rows, codes for every error, nothing that was not asked."""

from __future__ import annotations

import pytest
from flask import Flask
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.web.forms import MOST_ROWS, FormResult, read_form


class Row(Schema):
    language = fields.String(required=True)
    level = fields.String(validate=validate.OneOf(["B2", "C1"]))


class Form(Schema):
    name = fields.String(required=True, validate=validate.Length(max=20))
    days = fields.Integer(validate=validate.Range(1, 31))
    themes = fields.List(fields.String(validate=validate.Length(max=5)))
    languages = fields.List(fields.Nested(Row))
    secret = fields.String(metadata={"verbatim": True})
    starts_on = fields.Date()

    @validates_schema
    def check(self, data: dict[str, object], **_kwargs: object) -> None:
        if data.get("name") == "nobody":
            raise ValidationError("nobody_there")


def read(posted: dict[str, object], **options: tuple[str, ...]) -> FormResult:
    with Flask("test").test_request_context(method="POST", data=posted):
        return read_form(Form(), **options)


def test_lists_rows_and_empty_controls_are_understood() -> None:
    posted = {
        "csrf_token": "x",
        "name": "Ana",
        "days": " ",
        "themes": ["a", "", "b"],
        "languages-0-language": "fra",
        "languages-0-level": "B2",
        "languages-2-language": "",
        "languages-10-language": "ara",
        "languages-9-language": "eng",
    }
    assert read(posted).values == {
        "name": "Ana",
        "themes": ["a", "b"],
        "languages": [
            {"language": "fra", "level": "B2"},
            {"language": "eng"},
            {"language": "ara"},
        ],
    }


def test_every_error_is_a_code_beside_its_control() -> None:
    posted = {
        "days": "40",
        "themes": ["far too long"],
        "languages-0-level": "Z9",
        "starts_on": "tomorrow",
        "role": "administrator",
        "name": "x" * 21,
    }
    assert read(posted).errors == {
        "name": ["wrong_length"],
        "days": ["out_of_range"],
        "themes-0": ["wrong_length"],
        "languages-0-language": ["required"],
        "languages-0-level": ["not_a_choice"],
        "starts_on": ["invalid"],
        "role": ["unknown_field"],
    }


@pytest.mark.parametrize(
    ("posted", "errors"),
    [
        ({}, {"name": ["required"]}),
        ({"name": "   "}, {"name": ["required"]}),
        ({"name": "nobody"}, {"": ["nobody_there"]}),
        ({"name": "Ana", "days": "three"}, {"days": ["invalid"]}),
        ({"name": "Ana", "languages-0-id": "1"}, {"languages-0-id": ["unknown_field"]}),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    posted: dict[str, str], errors: dict[str, list[str]]
) -> None:
    form = read(posted)
    found = {name: codes for name, codes in form.errors.items() if name in errors}
    assert (form.is_valid, form.values, found) == (False, {}, errors)


@pytest.mark.parametrize("column", ["id", "role", "network_id", "released_at", "version"])
def test_a_column_that_was_not_asked_for_is_refused(column: str) -> None:
    assert read({"name": "Ana", column: "1"}).errors == {column: ["unknown_field"]}


def test_the_name_of_a_button_is_ignored_only_where_the_page_says_so() -> None:
    assert read({"name": "Ana", "do": "save"}, ignore=("do",)).values == {"name": "Ana"}


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\x00", "\x1b", "\x7f"])
def test_control_characters_are_refused_in_every_text(sign: str) -> None:
    assert read({"name": f"A{sign}na"}).errors == {"name": ["forbidden_characters"]}
    assert read({"name": "Ana", "languages-0-language": sign}).errors == {
        "languages-0-language": ["forbidden_characters"]
    }
    assert read({"name": "Ana", "themes": ["a", f"b{sign}"]}).errors == {
        "themes": ["forbidden_characters"]
    }


@pytest.mark.parametrize("name", ["شیرین\u200cعبادی", "О\u2019Нил", "Ó", "a", "李"])
def test_names_of_all_scripts_pass(name: str) -> None:
    assert read({"name": name}).values == {"name": name}


def test_text_is_normalised_and_a_password_is_not() -> None:
    form = read({"name": "A\u0301na", "secret": " A\u0301 "})
    assert form.values == {"name": "\u00c1na", "secret": " A\u0301 "}


def test_more_rows_than_a_form_has_are_not_read() -> None:
    posted = {f"languages-{n}-language": "eng" for n in range(MOST_ROWS + 50)}
    assert len(read({"name": "Ana", **posted}).values["languages"]) == MOST_ROWS
