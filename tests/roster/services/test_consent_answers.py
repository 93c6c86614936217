"""The link that asks for her consents again: one use, her own word, twelve months from then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Ended, Refused
from roster.models import AuditEvent, Consent, Link, Mediator, MessageChoice
from roster.services.consent_answers import answer_by_link
from roster.services.consent_links import make_consent_message
from roster.services.consents import list_live_consents
from roster.services.links import make_link
from tests import factories


def add_asked(session: Session, **values: Any) -> tuple[Mediator, str]:
    """A woman with the token of the link that asks her; beside her one who must stay as she is."""
    factories.add_mediator(session)
    woman = factories.add_mediator(session, **values)
    message = make_consent_message(session, woman)
    assert message is not None
    return woman, message.values["path"].rpartition("/")[2]


def press(session: Session, token: str, answer: str, *purposes: str) -> frozenset[str]:
    return answer_by_link(session, token=token, answer=answer, purposes=purposes, language="ar")


def live(session: Session, woman: Mediator) -> dict[str, tuple[str, str, str]]:
    rows = list_live_consents(session, woman.id, clock.now()).items()
    return {name: (row.text_version, row.language, row.channel) for name, row in rows}


TODAY = ("2026-11", "ar", "link")


def test_as_last_time_says_every_yes_again_for_twelve_months_even_one_that_ran_out(
    database: Database,
) -> None:
    with database.writing() as session:
        woman, _ = add_asked(session, consents=["membership_file", "matching", "card"])
        [card] = session.scalars(
            select(Consent).where(Consent.mediator_id == woman.id, Consent.purpose == "card")
        )
        card.withdrawn_at = clock.now()
        with clock.shifted(timedelta(days=370)):
            assert live(session, woman) == {}
            token = str(make_consent_message(session, woman).values["path"])[3:]  # type: ignore[union-attr]
            assert press(session, token, "same") == {"membership_file", "matching"}
            assert live(session, woman) == {"membership_file": TODAY, "matching": TODAY}
            held = list_live_consents(session, woman.id, clock.now()).values()
            lives = {row.valid_until - row.given_at for row in held}
            assert (
                lives,
                clock.now() - min(row.given_at for row in held) < timedelta(hours=1),
            ) == (
                {timedelta(days=365)},
                True,
            )


def test_everything_taken_back_is_everything_whatever_it_was_for(database: Database) -> None:
    purposes = ["membership_file", "matching", "card", "statistics", "naming", "public_page"]
    with database.writing() as session:
        woman, token = add_asked(session, consents=purposes)
        assert press(session, token, "none") == frozenset()
        assert live(session, woman) == {}
        withdrawn = select(AuditEvent.detail, AuditEvent.actor).where(
            AuditEvent.action == "consent.withdrawn"
        )
        events = [(detail["purpose"], actor) for detail, actor in session.execute(withdrawn)]
        assert sorted(events) == [(purpose, "link") for purpose in sorted(purposes)]
        others = select(Consent).where(
            Consent.mediator_id != woman.id, Consent.withdrawn_at.is_(None)
        )
        assert len(session.scalars(others).all()) == 3


def test_as_last_time_counts_no_tick_and_nothing_that_rested_on_a_file_she_never_gave(
    database: Database,
) -> None:
    with database.writing() as session:
        woman, token = add_asked(session, consents=["matching", "statistics"])
        assert press(session, token, "same", "card") == {"statistics"}
        assert set(live(session, woman)) == {"statistics"}


def test_what_she_ticks_holds_and_what_she_leaves_empty_has_ended(database: Database) -> None:
    with database.writing() as session:
        woman, token = add_asked(session)
        assert press(session, token, "chosen", "membership_file", "statistics") == {
            "membership_file",
            "statistics",
        }
        assert live(session, woman) == {"membership_file": TODAY, "statistics": TODAY}


def test_what_ran_out_and_was_left_empty_is_a_no_that_is_not_repeated(database: Database) -> None:
    with database.writing() as session, clock.shifted(timedelta(days=-370)):
        woman, _ = add_asked(session)
        with clock.shifted(timedelta(0)):
            first = make_consent_message(session, woman)
            assert first
            press(session, first.values["path"][3:], "chosen", "statistics")
            second = make_consent_message(session, woman)
            assert second
            assert press(session, second.values["path"][3:], "same") == {"statistics"}


@pytest.mark.parametrize(
    ("answer", "purposes", "code"),
    [
        ("chosen", (), "nothing_ticked"),
        ("chosen", ("matching",), "needs_the_file"),
        ("same", (), "no_consent_to_repeat"),
        ("chosen", ("membership_file", "naming"), "unknown_purpose"),
    ],
)
def test_an_answer_that_cannot_be_stored_leaves_the_link_for_another_try(
    database: Database, answer: str, purposes: tuple[str, ...], code: str
) -> None:
    with database.writing() as session:
        _, token = add_asked(session, consents=False)
        session.commit()
    with database.writing() as session, pytest.raises(Refused, match=code):
        press(session, token, answer, *purposes)
    with database.writing() as session:
        assert press(session, token, "chosen", "statistics") == {"statistics"}
        with pytest.raises(Ended):
            press(session, token, "chosen", "statistics")


def test_a_link_that_went_through_other_hands_or_is_of_a_woman_who_left_gives_nothing(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, consents=False)
        _, handed = make_link(session, "consent", woman.id, was_handed_over=True)
        left, token = add_asked(session, consents=False)
        left.state = "withdrawn"
        session.commit()
    for each in (handed, token):
        with database.writing() as session, pytest.raises(Ended):
            press(session, each, "chosen", "statistics")
    with database.reading() as session:
        assert session.scalars(select(Link.used_at)).all() == [None, None]


def test_the_letter_goes_to_her_alone_and_not_where_her_mailbox_is_unsafe(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        message = make_consent_message(session, woman)
        assert message is not None
        assert (message.template, message.mediator_id) == ("consent", woman.id)
        assert message.recipient.startswith("zzemail")
        session.add(MessageChoice(mediator_id=woman.id, channel="coordinator"))
        session.flush()
        assert make_consent_message(session, woman) is None
        assert session.scalars(select(Link.replaced_at)).all() == [None]
