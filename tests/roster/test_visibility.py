"""The one table of fields: what it says, that it is asked, and that what it lacks is hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from marshmallow import Schema

from matching.facts import Mediator as Facts
from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Identity
from roster.queries.cards import Card, card_of
from roster.schemas.availability import AvailabilityForm
from roster.schemas.mediator import ConsentForm, DeclarationForm, OwnRecordForm
from roster.schemas.record import RecordForm
from roster.visibility import (
    TABLE,
    Sight,
    Viewer,
    fields_for,
    shown,
    sight,
    unknown_fields,
    writable_fields,
)
from tests.factories import add_mediator

WRITTEN_OUT = """
                   self  own    other  before after  admin  auditor public partner  shared
display_name       W     W      -      -      S      -      -       -  -     -
original_name      W     W      -      -      S      -      -       -  -     -
title              W     W      -      -      S      -      -       -  -     -
other_names        W     W      -      -      S      -      -       -  -     -
email              W     W      -      -      S      -      -       -  -     -
phone              W     W      -      -      S      -      -       -  -     -
safe_contact       W     W      -      -      S      -      -       -  -     -
birth_year         W     W      -      -      -      -      -       -  -     -
birth_band         W     W      -      B      B      -      -       -  -     -
nationality        W     W      -      -      B      -      -       -  -     -
residence          W     W      -      -      B      -      -       -  -     -
language           W     W      -      C      S      -      -       -  C     C
theme              W     W      -      C      S      -      -       -  C     C
track              W     W      -      C      S      -      -       -  C     C
role_held          W     W      -      C      S      -      -       -  C     C
role_sought        W     W      -      C      S      -      -       -  -     -
phase              W     W      -      C      S      -      -       -  -     C
place              W     W      -      C      S      -      -       -  C     C
seniority          W     W      -      C      S      -      -       -  C     C
training           W     W      -      C      S      -      -       -  -     -
experience         W     W      -      C      S      -      -       -  -     -
biography          W     W      -      -      S      -      -       -  -     -
note               -     W      -      -      -      -      -       -  -     -
interests          W     S      -      -      -      -      -       -  -     -
conflict_verdict   S     S      -      C      S      -      -       -  -     -
availability       W     W      -      C      S      -      -       -  -     C
networks           S     B      -      -      -      S      S       -  -     -
accreditation      S     W      -      C      S      -      -       -  -     C
consent            W     S      -      -      S      S      S       -  -     -
safety_class       W     S      -      -      -      -      -       -  -     -
pool               -     W      -      -      -      -      -       -  -       -
points             S     S      -      S      S      -      -       -  -     -
who_looked         S     -      -      -      -      -      S       -  -     -
days_per_month     W     W      -      -      -      -      -       -  -     -
experience_years   W     W      -      -      -      -      -       -  -     -
other_network      S     -      -      -      -      -      -       -  -     -
unmapped           W     W      -      -      -      -      -       -  -     -
community          W     -      -      -      -      -      -       -  -     -
member_since       W     W      -      -      -      -      -       -  -     -
antenna            W     W      -      -      -      -      -       -  -     -
"""
LETTERS = {
    Sight.HIDDEN: "-",
    Sight.CARD: "C",
    Sight.BANDED: "B",
    Sight.SHOWN: "S",
    Sight.WRITABLE: "W",
}
FORMS: list[tuple[type[Schema], Viewer, dict[str, str]]] = [
    (
        RecordForm,
        Viewer.OWN_COORDINATOR,
        {
            "languages": "language",
            "settled": "unmapped",
            "accredited_on": "accreditation",
            "lapses_on": "accreditation",
        },
    ),
    (OwnRecordForm, Viewer.SELF, {"languages": "language"}),
    (AvailabilityForm, Viewer.SELF, dict.fromkeys(AvailabilityForm().fields, "availability")),
    (ConsentForm, Viewer.SELF, {"purposes": "consent"}),
    (DeclarationForm, Viewer.SELF, {"ties": "interests", "sides": "interests"}),
]
"""Every form that says something of a woman, who fills it in, and its names where they differ."""
NOT_ABOUT_HER = {"version", "confirm", "do", "then", "email_digest", "record_id"}


def test_the_table_says_what_was_reviewed() -> None:
    reviewed = [line.split() for line in WRITTEN_OUT.strip().splitlines()[1:]]
    order = list(Viewer)
    assert [[field, *(LETTERS[sight(field, v)] for v in order)] for field in TABLE] == reviewed


def test_what_the_table_does_not_name_is_hidden_from_everybody() -> None:
    values = {"display_name": "Invented", "salary": "secret", "id": 7}
    assert [sight("salary", viewer) for viewer in Viewer] == [Sight.HIDDEN] * len(Viewer)
    assert shown(values, Viewer.OWN_COORDINATOR) == {"display_name": "Invented"}
    assert unknown_fields(values) == ("salary", "id")


@pytest.mark.parametrize("viewer", ["", "nobody", "coordinator", None, Viewer.PUBLIC])
def test_a_viewer_of_no_kind_sees_and_writes_nothing(viewer: Viewer) -> None:
    assert (fields_for(viewer), writable_fields(viewer)) == ((), ())
    assert shown(dict.fromkeys(TABLE, "x"), viewer) == {}


@pytest.mark.parametrize(("form", "viewer", "names"), FORMS)
def test_a_form_asks_only_for_what_its_reader_may_write(
    form: type[Schema], viewer: Viewer, names: dict[str, str]
) -> None:
    asked = [names.get(name, name) for name in form().fields if name not in NOT_ABOUT_HER]
    assert unknown_fields(asked) == ()
    assert set(asked) <= set(writable_fields(viewer))


def test_every_column_of_her_identity_is_in_the_table() -> None:
    columns = {column.key for column in Identity.__table__.columns} - NOT_ABOUT_HER - {"version"}
    assert unknown_fields(sorted(columns)) == ()


def load_facts(database: Database) -> Facts:
    """A woman of whom everything is known that a card could show."""
    entries = [("track", "II"), ("theme", "ceasefire"), ("phase", "talks"), ("place", "COL")]
    entries += [("role_held", "facilitator"), ("seniority", "senior")]
    with database.writing() as session:
        woman = add_mediator(session, entries=entries, languages=("fra",))
        session.commit()
        (facts,) = load_mediators(session, ids=[woman.id], now=clock.now())
        return facts


def test_an_envoy_sees_the_card_and_those_who_may_not_see_an_empty_one(database: Database) -> None:
    facts = load_facts(database)
    card = card_of(facts, now=clock.now(), viewer=Viewer.ENVOY_BEFORE)
    assert card != Card() and card.tracks and card.languages and card.status == "available"
    for viewer in (Viewer.PUBLIC, Viewer.OTHER_COORDINATOR, Viewer.ADMINISTRATOR, Viewer.AUDITOR):
        assert card_of(facts, now=clock.now(), viewer=viewer) == Card(), viewer


def test_a_card_past_its_date_says_unknown(database: Database) -> None:
    later = clock.now() + timedelta(days=91)
    card = card_of(load_facts(database), now=later)
    assert (card.status, card.confirmed_month, card.notice_days) == ("unknown", None, None)
