"""Names, further words and retired terms: in force from the next unit of work on, each undone alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent
from roster.permissions import ANONYMOUS, OPERATOR
from roster.queries.terms import follow_vocabulary
from roster.services.kept_terms import get_term, list_terms
from roster.services.vocabulary import add_word, name_term, offer_term, remove_word, retire_term
from roster.vocabulary import load_vocabulary, use_vocabulary
from roster.vocabulary.letter_reader import load_letter_reader
from roster.wording import get_wording
from tests.factories import add_mediator
from tests.walls.rows import read_rows

YOUTH = {"kind": "theme", "code": "youth"}


@pytest.fixture(autouse=True)
def vocabulary_ends_with_the_test() -> Iterator[None]:
    yield
    use_vocabulary(None)


def change(database: Database, how: Any, expected_version: int, **more: Any) -> None:
    with database.writing() as session:
        how(session, **{"actor": OPERATOR, "expected_version": expected_version, **YOUTH, **more})
        session.commit()


def follow(database: Database) -> None:
    with database.reading() as session:
        follow_vocabulary(session)


def find(word: str) -> str | None:
    found = load_vocabulary().find(word, "theme")
    return found.code if found else None


def test_a_new_name_is_shown_the_former_one_still_read_and_an_emptied_one_is_the_first_again(
    database: Database,
) -> None:
    before = get_wording("fr").term("theme", "youth")
    change(database, name_term, 0, names={"fr": "Génération montante", "sw": "Kizazi kipya"})
    follow(database)
    assert get_wording("fr").term("theme", "youth") == "Génération montante"
    assert get_wording("en").term("theme", "youth") != "Génération montante"
    assert [find(word) for word in ("generation montante", before, "Kizazi kipya")] == ["youth"] * 3
    change(database, name_term, 1, names={"fr": before})
    follow(database)
    assert get_wording("fr").term("theme", "youth") == before
    assert [find("generation montante"), find("Kizazi kipya")] == [None, None]


def test_a_further_word_is_read_in_lists_and_letters_and_taken_back_alone(
    database: Database,
) -> None:
    letter = "The mission needs someone for the wakeful hares dossier."
    change(database, add_word, 0, language="en", word="wakeful hares")
    change(database, add_word, 1, language="es", word="liebres atentas")
    follow(database)
    assert [find("Wakeful  Hares"), find("liebres atentas")] == ["youth", "youth"]
    read = load_letter_reader().read(letter, clock.now().date())
    assert {one.code for one in read if one.kind == "theme"} == {"youth"}
    change(database, remove_word, 2, language="en", word="wakeful hares")
    follow(database)
    assert [find("wakeful hares"), find("liebres atentas")] == [None, "youth"]
    read = load_letter_reader().read(letter, clock.now().date())
    assert {one.code for one in read if one.kind == "theme"} == set()


def test_a_retired_term_is_offered_no_more_and_stays_readable_and_matched_where_it_is_used(
    database: Database,
) -> None:
    with database.writing() as session:
        her = add_mediator(session, entries=[("theme", "youth")]).id
        session.commit()
    rows = read_rows(database)
    offered = load_vocabulary().codes("theme")
    change(database, retire_term, 0)
    follow(database)
    vocabulary = load_vocabulary()
    assert vocabulary.codes("theme") == tuple(one for one in offered if one != "youth")
    assert vocabulary.offered("theme", held=["youth"]) == offered
    assert (vocabulary.has("theme", "youth"), find("youth")) == (True, "youth")
    assert "youth" not in {one.code for one in vocabulary.candidates("yuoth", "theme")}
    after = read_rows(database)
    same = {"entry", "record", "mediator", "change"}
    assert {t: after[t] for t in same} == {t: rows[t] for t in same}
    with database.reading() as session:
        found = get_term(session, actor=OPERATOR, **YOUTH)
        assert (found.is_retired, found.women, her > 0) == (True, 1, True)
    change(database, offer_term, 1)
    follow(database)
    assert load_vocabulary().codes("theme") == offered


@pytest.mark.parametrize(
    ("how", "values", "code"),
    [
        (add_word, {"language": "en", "word": "ceasefire"}, "word_means_other"),
        (add_word, {"language": "en", "word": "youth"}, "word_known_already"),
        (add_word, {"language": "en", "word": "  -- "}, "wrong_length"),
        (add_word, {"language": "en", "word": "x" * 81}, "wrong_length"),
        (add_word, {"language": "xx", "word": "young folk of the hills"}, "not_a_choice"),
        (name_term, {"names": {"fr": "cessez-le-feu"}}, "word_means_other"),
        (remove_word, {"language": "en", "word": "youth"}, "not_a_choice"),
        (retire_term, {"kind": "track", "code": "II"}, "term_is_fixed"),
    ],
)
def test_a_word_of_another_term_and_what_is_no_word_are_refused(
    database: Database, how: Any, values: dict[str, Any], code: str
) -> None:
    rows = read_rows(database)
    with pytest.raises(Refused) as refusal:
        change(database, how, 0, **values)
    assert (refusal.value.code, read_rows(database)) == (code, rows)


def test_only_who_keeps_the_vocabulary_changes_it_and_only_what_she_has_seen(
    database: Database,
) -> None:
    for values in ({"actor": ANONYMOUS}, {"kind": "language", "code": "fra"}, {"code": "nothing"}):
        with pytest.raises(NotFound):
            change(database, add_word, 0, **{"language": "en", "word": "young folk", **values})
    change(database, retire_term, 0)
    with pytest.raises(StaleVersion) as stale:
        change(database, name_term, 0, names={"en": "Young people"})
    assert stale.value.current["is_retired"] is True
    with database.reading() as session:
        (event,) = session.query(AuditEvent).filter(AuditEvent.subject_kind == "term")
        assert (event.action, event.detail["list"], event.detail["code"]) == (
            "term.retired", "theme", "youth",
        )  # fmt: skip


def test_the_list_counts_women_once_however_many_of_their_records_say_it(
    database: Database,
) -> None:
    with database.writing() as session:
        for _ in range(2):
            add_mediator(session, entries=[("role_held", "mentor"), ("role_sought", "mentor")])
        add_mediator(session, entries=[("theme", "elections")])
        session.commit()
    with database.reading() as session:
        women = {one.code: one.women for one in list_terms(session, actor=OPERATOR, kind="role")}
        assert {code: count for code, count in women.items() if count} == {
            "mentor": 2, "facilitator": 3,
        }  # fmt: skip
