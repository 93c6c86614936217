"""A message says nothing to a stranger, and nothing that it holds can become a header."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from roster.mail.messages import Letter, UnfitAddress, to_email, write_letter
from roster.wording import LANGUAGES
from roster.wording.templates import FOLDER

TEMPLATES = sorted(path.stem for path in Path(FOLDER, "mail").glob("*.txt"))
VALUES = {
    "path": "/i/token-of-hers",
    "ends_at": "2026-12-15T23:00:00+00:00",
    "time_zone": "Europe/Rome",
}
ITEMS = [
    {"about": "ended", "count": 3, "path": VALUES["path"], "ends_at": VALUES["ends_at"]},
    {"about": "declaration", "count": 1, "path": "/me"},
]
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}


def write(template: str, language: str = "en", **values: str) -> Letter:
    return write_letter(
        template=template,
        language=language,
        recipient="her@example.org",
        values={**VALUES, "items": ITEMS, **values},
        message_id="m-1",
        base_url="https://roster.example",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_in_every_language_has_its_link_in_the_text_only(
    template: str, language: str
) -> None:
    letter = write(template, language)
    assert "https://roster.example/i/token-of-hers" in letter.text
    assert letter.subject and "\n" not in letter.subject
    assert not any(value in letter.subject for value in VALUES.values())


@pytest.mark.parametrize("template", TEMPLATES)
def test_subject_sender_and_text_tell_a_stranger_nothing(template: str) -> None:
    letter = write(template)
    shown = f"{letter.subject} {letter.text} {to_email(letter, sender='no-reply@x.org')['From']}"
    told = ("mediat", "women", "roster of", "network", "peace", "conflict", "femwise", "envoy")
    assert [word for word in told if word in shown.lower().replace("roster.example", "")] == []


def test_the_last_day_is_hers_not_that_of_utc() -> None:
    assert "16 December 2026" in write("invitation", ends_at="2026-12-16T22:59:59+00:00").text
    assert "15 December 2026" in write("invitation", ends_at="2026-12-15T23:00:00+00:00").text


@pytest.mark.parametrize(
    "value",
    ["/i/x\r\nBcc: spy@example.org", "/i/x\nBcc: spy@example.org", "=?UTF-8?Q?=0A?=Bcc: a@b"],
)
def test_no_value_becomes_a_header(value: str) -> None:
    sent = to_email(write("invitation", path=value), sender="no-reply@example.org").as_bytes()
    read = message_from_bytes(sent, policy=default)
    assert set(read.keys()) == HEADERS


@pytest.mark.parametrize(
    "address",
    [
        "her@example.org\r\nBcc: spy@example.org",
        "her@example.org, spy@example.org",
        "=?UTF-8?Q?=0A?=Bcc:spy@example.org",
        '"her spy"@example.org',
        "Her <her@example.org>",
        "her@example.org\n",
        "her",
        "",
    ],
)
def test_an_address_that_is_no_plain_address_is_refused(address: str) -> None:
    letter = Letter(address, "Subject", "Text\n", "en", "m-1")
    with pytest.raises(UnfitAddress):
        to_email(letter, sender="no-reply@example.org")


def test_the_message_id_is_the_same_at_every_try() -> None:
    letter = write("invitation")
    ids = {to_email(letter, sender="no-reply@example.org")["Message-ID"] for _ in range(3)}
    assert ids == {"<m-1@example.org>"}
