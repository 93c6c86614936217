"""Template, values and language become a message. Nothing is sent here.

A template ``mail/<name>.txt`` has two blocks, ``subject`` and ``text``. The subject and the sender
show on a locked screen, so they are neutral: the subject is rendered without the values, and a
value in it stops the rendering.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from jinja2 import Template

from roster import clock
from roster.local_days import last_day
from roster.wording import Wording, get_wording, make_environment

SENDER_NAME = "Notices"
"""What an inbox shows: no network, no purpose."""

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
"""Plain ASCII addresses only; ``=`` is left out, so no encoded word can hide a line break."""


class UnfitAddress(ValueError):
    """The recipient's address cannot stand in a header as it is."""


@dataclass(frozen=True)
class Letter:
    """What is to be sent to whom; ``message_id`` stays the same however often it is tried."""

    recipient: str
    subject: str
    text: str
    language: str
    message_id: str


def write_letter(
    *,
    template: str,
    language: str,
    recipient: str,
    values: Mapping[str, Any],
    message_id: str,
    base_url: str,
) -> Letter:
    """Word one message. Each ``path`` of the values becomes a ``link`` on ``base_url``."""
    wording = get_wording(language)
    found = make_environment(wording).get_template(f"mail/{template}.txt")
    return Letter(
        recipient=recipient,
        subject=" ".join(_render_block(found, "subject", {}).split()),
        text=_render_block(found, "text", word_values(values, wording, base_url)).strip() + "\n",
        language=language,
        message_id=message_id,
    )


def word_values(values: Mapping[str, Any], wording: Wording, base_url: str) -> dict[str, Any]:
    """The values as a template shows them: a full link, the last day on her calendar in words.

    ``values["items"]`` are several such links in one message, of which some have no last day.
    """
    zone = values.get("time_zone", "UTC")
    items = [_word_link(item, wording, base_url, zone) for item in values.get("items", ())]
    return {**_word_link(values, wording, base_url, zone), "items": items}


def _word_link(
    values: Mapping[str, Any], wording: Wording, base_url: str, time_zone: str
) -> dict[str, Any]:
    worded = {**values, "last_day": ""}
    if "path" in values:
        worded["link"] = base_url + values["path"]
    if "ends_at" in values:
        ends_at = datetime.fromisoformat(values["ends_at"])
        worded["last_day"] = wording.date(last_day(ends_at, time_zone))
    return worded


def _render_block(template: Template, block: str, values: Mapping[str, Any]) -> str:
    return "".join(template.blocks[block](template.new_context(dict(values))))


def to_email(letter: Letter, *, sender: str) -> EmailMessage:
    """The letter as a message of one recipient; ``UnfitAddress`` if its address is no plain one."""
    if not ADDRESS.fullmatch(letter.recipient):
        raise UnfitAddress
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(SENDER_NAME, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.message_id}@{sender.rpartition('@')[2]}>"
    message["Date"] = clock.now()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    message["Content-Language"] = letter.language  # setting the content removes such headers
    return message
