"""An applicant begins, goes on, hands in and takes back, by her link alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Ended, Refused, StaleVersion
from roster.models import Application, AuditEvent, Identity, Link, Mediator, OutboxMessage
from roster.services.applying import (
    PER_ADDRESS,
    PER_CLIENT,
    begin,
    count_first_step,
    find_by_link,
    open_application,
    save_answers,
    submit,
    withdraw,
)
from roster.services.links import LIVES
from tests.application_factories import add_application, add_application_link, add_call
from tests.factories import add_mediator

pytestmark = pytest.mark.usefixtures("early_in_a_window")

WORK = frozenset({"languages", "track"})
FRENCH = {"languages": [{"language": "fra"}]}


def begin_as(session: Session, email: str = "her@example.org", **values: Any) -> Application:
    given = {"slug": "a-call", "name": "Invented Woman", "language": "ar", **values}
    return begin(session, email=email, **given)


def token_of(session: Session) -> str:
    """The token in the newest message."""
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    return str(session.scalars(newest).one().values["path"]).rpartition("/")[2]


def list_actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_first_step_is_one_letter_with_a_link_of_two_weeks(database: Database) -> None:
    with database.writing() as session:
        add_call(session)
        application = begin_as(session)
        session.commit()
        message = session.scalars(select(OutboxMessage)).one()
        link = session.scalars(select(Link)).one()
        assert (message.template, message.language, message.recipient, message.mediator_id) == (
            "application",
            "ar",
            "her@example.org",
            None,
        )
        assert (link.application_id, link.ends_at - link.created_at) == (
            application.id,
            LIVES["application"],
        )
        assert find_by_link(session, token=token_of(session)) is application
        stored = session.execute(text("SELECT * FROM application")).one()
        assert b"Invented Woman" not in repr(stored).encode()
        assert b"her@example.org" not in repr(stored).encode()


def test_the_same_address_gets_a_fresh_link_to_what_it_began_and_the_older_ends(
    database: Database,
) -> None:
    with database.writing() as session:
        add_call(session)
        first = begin_as(session)
        older = token_of(session)
        again = begin_as(session, "HER@example.org ", name="Somebody Else")
        session.commit()
        assert (again.id, again.name) == (first.id, "Invented Woman")
        assert find_by_link(session, token=token_of(session)).id == first.id
        with pytest.raises(Ended):
            find_by_link(session, token=older)


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": clock.now()},
        {"opens_on": clock.now().date() + timedelta(days=2)},
        {"closes_on": clock.now().date() - timedelta(days=2), "opens_on": None},
    ],
    ids=["ended", "early", "over"],
)
def test_nobody_begins_where_no_call_is_open(database: Database, change: dict[str, Any]) -> None:
    with database.writing() as session:
        call = add_call(session)
        for column, value in change.items():
            setattr(call, column, value or clock.now().date() - timedelta(days=9))
        session.flush()
        for slug in ("a-call", "no-call"):
            with pytest.raises(Ended):
                begin_as(session, slug=slug)
        assert session.scalars(select(Application)).all() == []


def test_first_steps_are_counted_for_each_address_and_each_client(database: Database) -> None:
    with database.writing() as session:
        of_address = [
            count_first_step(session, email="Her@example.org", client="one")
            for _ in range(PER_ADDRESS + 1)
        ]
        assert of_address == [*[(True, True)] * PER_ADDRESS, (False, True)]
        of_client = [
            count_first_step(session, email=f"{n}@example.org", client="two")
            for n in range(PER_CLIENT + 1)
        ]
        assert of_client == [*[(True, True)] * PER_CLIENT, (True, False)]


def test_each_save_keeps_its_own_fields_and_the_same_again_changes_nothing(
    database: Database,
) -> None:
    with database.writing() as session:
        application = add_application(session, state="invited", answers={"ties": "none"})
        token = add_application_link(session, application)
        version = application.version
        kept = dict(application.answers)
        for _ in range(2):
            save_answers(
                session, token=token, expected_version=version, fields=WORK, answers=FRENCH
            )
        session.commit()
        assert (application.answers, application.state) == ({**kept, **FRENCH}, "begun")
        assert list_actions(session) == ["application.answered"]
        with pytest.raises(StaleVersion):
            save_answers(session, token=token, expected_version=version, fields=WORK, answers={})


def test_she_corrects_the_name_by_which_she_was_asked(database: Database) -> None:
    with database.writing() as session:
        application = add_application(session, state="invited", name="Misspelt")
        token = add_application_link(session, application)
        save_answers(
            session,
            token=token,
            expected_version=application.version,
            fields=WORK,
            answers=FRENCH,
            name="As She Writes It",
        )
        session.commit()
        assert application.name == "As She Writes It"


def test_handing_in_spends_the_link_and_a_letter_brings_the_next(database: Database) -> None:
    with database.writing() as session:
        application = add_application(session, state="begun")
        application.answers = {**application.answers, "question": "More?"}
        session.flush()
        token = add_application_link(session, application)
        submit(session, token=token, expected_version=application.version)
        session.commit()
        assert (application.state, application.submitted_at) == ("submitted", clock.now())
        assert "question" not in application.answers
        with pytest.raises(Ended):
            find_by_link(session, token=token)
        with pytest.raises(Refused, match="application_handed_in"):
            submit(session, token=token_of(session), expected_version=application.version)


@pytest.mark.parametrize("missing", ["languages", "ties"])
def test_what_is_incomplete_is_not_handed_in(database: Database, missing: str) -> None:
    with database.writing() as session:
        application = add_application(session, state="begun")
        application.answers = {k: v for k, v in application.answers.items() if k != missing}
        session.flush()
        token = add_application_link(session, application)
        with pytest.raises(Refused, match="application_incomplete"):
            submit(session, token=token, expected_version=application.version)
        assert find_by_link(session, token=token).state == "begun"


@pytest.mark.parametrize("state", ["invited", "begun", "submitted", "refused"])
def test_taking_back_erases_her_words_and_her_letters_at_once(
    database: Database, state: str
) -> None:
    with database.writing() as session:
        add_call(session)
        other = begin_as(session, "other@example.org")
        hers = begin_as(session)
        hers.state = state
        session.flush()
        withdraw(session, token=token_of(session))
        session.commit()
        assert (hers.state, hers.name, hers.email, hers.email_digest, hers.answers) == (
            "withdrawn",
            "",
            "",
            "",
            {},
        )
        assert (other.state, other.name) == ("begun", "Invented Woman")
        left = session.execute(select(OutboxMessage.state, OutboxMessage.recipient)).all()
        assert sorted(left) == [("cancelled", ""), ("queued", "other@example.org")]


def test_of_twenty_presses_one_hands_in(database: Database) -> None:
    with database.writing() as session:
        application = add_application(session, state="begun")
        token, version = add_application_link(session, application), application.version
        session.commit()

    def press(act: Callable[[Session], object]) -> str:
        try:
            with database.writing() as session:
                act(session)
                session.commit()
        except Ended:
            return "ended"
        return "done"

    with ThreadPoolExecutor(8) as pool:
        acts = [lambda session: submit(session, token=token, expected_version=version)] * 20
        outcomes = list(pool.map(press, acts))
    assert sorted(outcomes) == ["done", *["ended"] * 19]
    with database.reading() as session:
        assert list_actions(session) == ["application.submitted"]
        assert session.scalar(select(func.count(OutboxMessage.id))) == 1


def test_an_address_that_is_known_begins_like_any_other(database: Database) -> None:
    with database.writing() as session:
        add_call(session)
        woman = add_mediator(session, network="awmn")
        begin_as(session, session.scalars(select(Identity.email).limit(1)).one() or "")
        open_application(session, token=token_of(session), language="fr")
        session.commit()
        assert session.scalars(select(Application.state)).all() == ["begun"]
        assert session.scalars(select(Mediator.id)).all() == [woman.id]
        assert list_actions(session) == ["application.begun", "application.opened"]
