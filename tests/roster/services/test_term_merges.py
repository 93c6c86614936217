"""A merged term is read as the other wherever it is met, nothing is rewritten, and all can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from matching.facts import Mediator, Requester
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.facts import load_mediators, make_request
from roster.models import TermChange
from roster.permissions import ANONYMOUS, OPERATOR
from roster.queries.accounts import get_actor
from roster.queries.demand import list_gaps
from roster.queries.people import list_states
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.queries.records import visible_to
from roster.queries.terms import Uses, follow_vocabulary, load_terms
from roster.roster_index import RosterIndex
from roster.services.term_merges import merge_term, part_term, preview_merge
from roster.spreadsheets.choices import Choices
from roster.vocabulary import load_shipped_vocabulary, load_vocabulary, use_vocabulary
from roster.vocabulary.letter_reader import load_letter_reader
from roster.wording import get_wording
from tests.factories import add_account, add_mediator, add_request
from tests.walls.rows import Rows, read_rows

YOUTH = {"kind": "theme", "code": "youth"}
CAME_WITH_IT = {"term_change", "change", "audit_event"}


@pytest.fixture(autouse=True)
def vocabulary_ends_with_the_test() -> Iterator[None]:
    yield
    use_vocabulary(None)


def change(database: Database, how: Any, expected_version: int = 0, **more: Any) -> None:
    with database.writing() as session:
        how(session, **{"actor": OPERATOR, "expected_version": expected_version, **YOUTH, **more})
        session.commit()


def merge(database: Database, **more: Any) -> None:
    change(database, merge_term, **{"into": "reconciliation", **more})


def add_women(session: Session) -> dict[str, int]:
    """One of each term, one of both, one of another list's term of the same name."""
    said = {
        "youth": [("theme", "youth"), ("track", "II")],
        "other": [("theme", "reconciliation")],
        "both": [("theme", "youth"), ("theme", "reconciliation")],
        "noise": [("theme", "elections"), ("phase", "ceasefire")],
    }
    return {name: add_mediator(session, entries=entries).id for name, entries in said.items()}


def criteria_of(theme: str) -> dict[str, Any]:
    day = clock.now().date()
    post = {"code": "one", "themes": [{"any_of": [theme]}], "phases": ["ceasefire"]}
    return {
        "start": str(day + timedelta(days=30)),
        "end": str(day + timedelta(days=60)),
        "posts": [post],
    }


def read_themes(women: list[Mediator]) -> dict[int, tuple[str, ...]]:
    return {one.id: tuple(skill.code for skill in one.themes) for one in women}


def read_columns(database: Database, index: RosterIndex) -> list[Mediator]:
    with database.reading() as session:
        columns = index.current(session)
        return sorted((columns.read(row) for row in columns.rows()), key=lambda one: one.id)


def without(rows: Rows, tables: set[str]) -> Rows:
    return {table: found for table, found in rows.items() if table not in tables}


def test_two_workers_read_every_use_as_the_other_and_after_the_undo_as_before(
    database: Database,
) -> None:
    with database.writing() as session:
        her = add_women(session)
        add_request(session, add_account(session, "envoy"), criteria=criteria_of("youth"))
        session.commit()
    workers = [RosterIndex(load_shipped_vocabulary()) for _ in range(2)]
    before, rows = [read_columns(database, one) for one in workers], read_rows(database)
    merge(database)
    expected = {
        her["youth"]: ("reconciliation",),
        her["other"]: ("reconciliation",),
        her["both"]: ("reconciliation",),
        her["noise"]: ("elections",),
    }
    assert [read_themes(read_columns(database, one)) for one in workers] == [expected] * 2
    assert without(read_rows(database), CAME_WITH_IT) == without(rows, CAME_WITH_IT)
    change(database, part_term, expected_version=1)
    assert [read_columns(database, one) for one in workers] == before
    fresh = RosterIndex(load_shipped_vocabulary())
    assert read_columns(database, fresh) == before[0]
    assert without(read_rows(database), CAME_WITH_IT) == without(rows, CAME_WITH_IT)


def test_requests_lists_files_letters_and_names_speak_of_the_other(database: Database) -> None:
    with database.writing() as session:
        her = add_women(session)
        coordinator = add_account(session, "coordinator", network="nwm")
        session.commit()
    merge(database)
    day = clock.now().date()
    with database.reading() as session:
        follow_vocabulary(session)
        request = make_request(criteria_of("youth"), code="R", requester=Requester())
        assert request.posts[0].themes[0].any_of == ("reconciliation",)
        assert request.posts[0].phases == ("ceasefire",)
        found = {
            asked: {
                one.mediator_id
                for one in list_people(
                    session,
                    actor=get_actor(coordinator),
                    wanted=PersonFilter(theme=asked),
                    now=clock.now(),
                ).people
            }
            for asked in ("youth", "reconciliation", "elections")
        }
        three = {her["youth"], her["other"], her["both"]}
        assert found == {"youth": three, "reconciliation": three, "elections": {her["noise"]}}
        spoken = Choices(words={("themes", "jovenes de hoy"): "youth"}).speak(load_vocabulary())
        assert _code(spoken.find("jovenes de hoy", "theme")) == "reconciliation"
        assert _code(load_vocabulary().find("Youth", "theme")) == "reconciliation"
        read = load_letter_reader().read("We need expertise in youth, peace and security.", day)
        assert {one.code for one in read if one.kind == "theme"} == {"reconciliation"}
        assert get_wording("fr").term("theme", "youth") == get_wording("fr").term(
            "theme", "reconciliation"
        )
        assert "youth" not in load_vocabulary().codes("theme")
    use_vocabulary(None)
    assert _code(load_vocabulary().find("Youth", "theme")) == "youth"


def _code(found: Any) -> str | None:
    return found.code if found else None


def test_two_requests_of_merged_terms_are_one_wish_on_the_list_of_gaps(database: Database) -> None:
    with database.writing() as session:
        for theme in ("youth", "elections"):
            add_mediator(session, entries=[("theme", theme)])
        coordinator = add_account(session, "coordinator", network="nwm")
        session.commit()
    merge(database)
    with database.reading() as session:
        follow_vocabulary(session)
        visible = visible_to(session, get_actor(coordinator))
        people = list_states(session, visible, clock.now())
        asked = [criteria_of(theme) for theme in ("youth", "reconciliation")]
        gaps = list_gaps(session, visible, people, asked)
    assert [(one.codes, one.requests, one.fresh + one.others) for one in gaps] == [
        (("reconciliation",), 2, 1)
    ]


def test_the_preview_counts_women_requests_and_kept_searches_and_stores_nothing(
    database: Database,
) -> None:
    with database.writing() as session:
        add_women(session)
        envoy = add_account(session, "envoy")
        for theme in ("youth", "elections"):
            add_request(session, envoy, criteria=criteria_of(theme))
        session.commit()
    rows = read_rows(database)
    with database.reading() as session:
        found = preview_merge(session, actor=OPERATOR, **YOUTH, into="reconciliation")
    assert (found, read_rows(database)) == (Uses(women=2, requests=1, searches=0), rows)


def test_a_chain_is_read_to_its_end_and_each_link_is_undone_alone(database: Database) -> None:
    merge(database)
    merge(database, code="reconciliation", into="elections")
    with database.reading() as session:
        terms = load_terms(session)
        assert terms is not None
        assert terms.read_as("theme", "youth") == ("elections", "reconciliation", "youth")
    change(database, part_term, code="reconciliation", expected_version=1)
    with database.reading() as session:
        terms = load_terms(session)
        assert terms is not None
        assert [terms.read("theme", one) for one in ("youth", "reconciliation", "elections")] == [
            "reconciliation", "reconciliation", "elections",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "then", "code"),
    [
        ([], {"into": "youth"}, "merge_circle"),
        ([{}], {"code": "reconciliation", "into": "youth"}, "merge_circle"),
        (
            [{}, {"code": "reconciliation", "into": "elections"}],
            {"code": "elections", "into": "youth"},
            "merge_circle",
        ),
        ([{}], {"into": "elections", "expected_version": 1}, "merged_already"),
        ([], {"into": "no_such_theme"}, "not_a_choice"),
        ([], {"into": "ceasefire", "kind": "phase", "code": "prevention"}, None),
        (
            [],
            {"kind": "role", "code": "lead_mediator", "into": "observer"},
            "term_has_rule",
        ),
        ([], {"kind": "role", "code": "mentor", "into": "mentee"}, "term_has_rule"),
        ([], {"kind": "role", "code": "facilitator", "into": "co_mediator"}, None),
        ([], {"kind": "track", "code": "II", "into": "III"}, "term_is_fixed"),
    ],
)
def test_what_would_be_a_circle_or_take_a_rule_away_is_refused(
    database: Database, first: list[dict[str, Any]], then: dict[str, Any], code: str | None
) -> None:
    for one in first:
        merge(database, **one)
    rows = read_rows(database)
    if code is None:
        merge(database, **then)
        return
    with pytest.raises(Refused) as refusal:
        merge(database, **then)
    assert (refusal.value.code, read_rows(database)) == (code, rows)


def test_only_who_keeps_the_vocabulary_merges_and_only_what_she_has_seen(
    database: Database,
) -> None:
    with pytest.raises(NotFound):
        merge(database, actor=ANONYMOUS)
    with pytest.raises(NotFound):
        merge(database, kind="country", code="KEN", into="UGA")
    merge(database)
    with pytest.raises(StaleVersion) as stale:
        change(database, part_term, expected_version=7)
    assert stale.value.current["merged_into"] == "reconciliation"
    with database.reading() as session:
        (row,) = session.query(TermChange)
        assert (row.scheme, row.code, row.merged_into) == ("theme", "youth", "reconciliation")
        assert list(load_mediators(session)) == []
