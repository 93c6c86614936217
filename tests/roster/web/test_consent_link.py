"""The page that asks for her consents again, and the page on which she reads what she gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from roster import clock
from roster.db import Database
from roster.models import Account, AuditEvent, Base, Consent, Mediator, WebSession
from roster.services.consent_links import make_consent_message
from roster.services.links import make_link
from roster.services.sign_in import start_session
from roster.wording import LANGUAGES, consent_texts, get_wording
from tests import factories
from tests.answer_factories import PURPOSES

HEAVIEST_PAGE = 12_000
"""Bytes before compression: a page behind a link is the lightest there is."""


@pytest.fixture
def asked(database: Database) -> Iterator[tuple[int, str]]:
    """A woman, and the address in the message that asks her."""
    with database.writing() as session:
        factories.add_mediator(session)
        woman = factories.add_mediator(session, language="ar", consents=["membership_file"])
        message = make_consent_message(session, woman)
        assert message is not None
        session.commit()
        yield woman.id, message.values["path"]


def dump(database: Database) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in Base.metadata.tables.items()
        }


def test_opening_it_changes_nothing_and_shows_nothing_of_hers_in_any_language(
    client: FlaskClient, database: Database, asked: tuple[int, str]
) -> None:
    _, path = asked
    before = dump(database)
    pages = {}
    for language in LANGUAGES:
        for method in ("HEAD", "GET", "GET"):
            shown = client.open(f"{path}?language={language}", method=method)
            assert (shown.status_code, "Set-Cookie" in shown.headers) == (200, False)
        pages[language] = client.get(f"{path}?language={language}").text
    assert dump(database) == before
    for language, page in pages.items():
        texts = consent_texts.TEXTS["2026-11"]
        words = [
            consent_texts.word_consent_text(get_wording(language), "2026-11", p) for p in texts
        ]
        assert all(word in page for word in words), language
        assert f'<html lang="{language}" dir="{LANGUAGES[language].direction}"' in page
        assert " checked" not in page and factories.find_canaries(page) == set()
        assert len(page.encode()) < HEAVIEST_PAGE, language
        assert "<script" not in page and "style=" not in page
    assert 'lang="ar"' in client.get(path).text  # hers, where she chose none


def test_the_page_is_the_same_whatever_she_had_agreed_to(
    client: FlaskClient, database: Database
) -> None:
    pages = []
    with database.writing() as session:
        for purposes in ((), ("membership_file",), PURPOSES):
            woman = factories.add_mediator(session, consents=purposes)
            pages.append(make_link(session, "consent", woman.id)[1])
        session.commit()
    shown = {re.sub(r"\s+", " ", client.get(f"/c/{token}").text) for token in pages}
    assert len(shown) == 1


def test_of_twenty_presses_one_is_stored_and_none_opens_a_session(
    app: Flask, database: Database, asked: tuple[int, str]
) -> None:
    woman, path = asked

    def press(_number: int) -> int:
        answer = app.test_client().post(path, data={"answer": "same"})
        assert "Set-Cookie" not in answer.headers
        return answer.status_code

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(press, range(20))) == [200] + [410] * 19
    with database.reading() as session:
        given = select(func.count()).where(AuditEvent.action == "consent.given")
        assert session.scalar(given) == 1
        hers = select(Consent.channel).where(Consent.mediator_id == woman).order_by(Consent.id)
        assert session.scalars(hers).all() == ["link", "link"]
        assert session.scalars(select(Account.id)).all() == []
        assert session.scalars(select(WebSession.id)).all() == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "This is needed"),
        ({"answer": "chosen"}, "Nothing is ticked"),
        ({"answer": "chosen", "purposes": ["card", "statistics"]}, "needs the first point"),
        ({"answer": "chosen", "purposes": ["naming"]}, "Choose one of the answers"),
        ({"answer": "all"}, "Choose one of the answers"),
        ({"answer": "same", "safety_class": "0"}, "This was not asked for"),
    ],
)
def test_what_cannot_be_stored_is_said_and_the_link_stays_good(
    client: FlaskClient,
    database: Database,
    asked: tuple[int, str],
    form: dict[str, object],
    said: str,
) -> None:
    _, path = asked
    before = dump(database)
    sent = client.post(f"{path}?language=en", data=form)
    assert (sent.status_code, said in sent.text, dump(database) == before) == (422, True, True)
    ticked = re.findall(r'value="(\w+)" checked', sent.text)
    assert ticked == [one for one in form.get("purposes", []) if one != "naming"]  # type: ignore[attr-defined]
    done = client.post(f"{path}?language=en", data={"answer": "none"})
    assert "You have taken everything back" in done.text
    assert client.post(path, data={"answer": "none"}).status_code == 410


def test_other_links_do_not_answer_here_nor_this_one_elsewhere(
    client: FlaskClient, database: Database, asked: tuple[int, str]
) -> None:
    woman, path = asked
    token = path.removeprefix("/c/")
    with database.writing() as session:
        others = [make_link(session, kind, woman)[1] for kind in ("renewal", "hide", "sign_in")]
        handed = make_link(session, "invitation", woman, was_handed_over=True)[1]
        session.commit()
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (*others, handed, flipped):
        assert client.get(f"/c/{wrong}").status_code == 410
        assert client.post(f"/c/{wrong}", data={"answer": "none"}).status_code == 410
    for prefix in ("i", "r", "h", "s"):
        assert client.get(f"/{prefix}/{token}").status_code == 410
    with clock.shifted(timedelta(days=14, minutes=1)):
        assert client.post(path, data={"answer": "none"}).status_code == 410
    with clock.shifted(timedelta(days=13, hours=23)):
        assert client.post(path, data={"answer": "none"}).status_code == 200


@pytest.fixture
def herself(app: Flask, database: Database) -> FlaskClient:
    """The browser of a woman with one yes of today, one by voice, one under an older text."""
    with database.writing() as session:
        woman = factories.add_mediator(session, consents=[])
        account = factories.add_account(session, "mediator", mediator=woman)
        for purpose, version, channel, days in (
            ("membership_file", "2026-11", "page", 365),
            ("matching", "2026-11", "voice", 183),
            ("card", "2025-01", "link", 200),
            ("statistics", "2026-11", "page", -5),
            ("mentoring", "attested", "operator", 90),
        ):
            session.add(
                Consent(
                    mediator_id=woman.id,
                    purpose=purpose,
                    text_version=version,
                    language="fr",
                    channel=channel,
                    given_at=clock.now() - timedelta(days=20),
                    valid_until=clock.now() + timedelta(days=days),
                )
            )
        key, _ = start_session(session, account=account)
        session.commit()
    client = app.test_client()
    client.set_cookie("session_key", key)
    return client


OLD_CARD = "Show a card with my first name."


def test_she_reads_how_and_until_when_she_agreed_and_to_which_words(
    herself: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"2025-01": {"card": OLD_CARD}, **consent_texts.TEXTS}
    monkeypatch.setattr(consent_texts, "TEXTS", old)
    page = herself.get("/me/consents").text
    for words in (
        "on your page. Holds until",
        "told to your coordinator, who wrote it down; a second person confirmed it. Holds until",
        "Text of 2025-01.",
        OLD_CARD,
        "Your yes ended on",
        "given to your network before, and brought in by the operator. Holds until",
    ):
        assert words in page, words
    assert page.count("The text that you agreed to then") == 1
    history = herself.get("/me/consents/history").text
    french = consent_texts.word_consent_text(get_wording("fr"), "2026-11", "matching")
    assert french in history and f'<span lang="fr" dir="ltr">{OLD_CARD}' in history
    assert "The words of that time are not kept here." in history


def test_a_new_text_is_asked_anew_and_her_tick_is_a_new_yes(
    herself: FlaskClient, database: Database
) -> None:
    page = herself.get("/me/consents").text
    form = {
        "csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page)[0],
        "version": re.findall(r'name="version" value="(\d+)"', page)[0],
        "safety_class": "1",
        "purposes": ["membership_file", "matching", "card"],
    }
    assert herself.post("/me/consents", data=form).status_code == 303
    with database.reading() as session:
        rows = session.scalars(select(Consent).order_by(Consent.id.desc()).limit(2)).all()
        assert {(r.purpose, r.text_version, r.channel) for r in rows} == {
            ("card", "2026-11", "page"),
            ("matching", "2026-11", "page"),
        }
        ended = select(Consent.purpose).where(Consent.withdrawn_at.is_not(None))
        assert set(session.scalars(ended)) == {"statistics", "mentoring"}
        assert session.scalars(select(Mediator.safety_class)).all() == [1]
