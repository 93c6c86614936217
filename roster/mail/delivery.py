"""Handing one message to one recipient's mail server over SMTP.

``smtps://`` speaks TLS from the start, ``smtp://`` demands STARTTLS; only a server on this machine
may be spoken to in plain text.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from roster.mail.messages import Letter, UnfitAddress, to_email

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """``state``: sent, later (try again) or refused (never will). ``problem`` is a code."""

    state: str
    problem: str | None = None

    @property
    def is_sent(self) -> bool:
        return self.state == "sent"


@dataclass(frozen=True)
class MailServer:
    """Where messages go, and the address that they come from."""

    address: SplitResult
    sender: str

    @classmethod
    def at(cls, url: str, *, sender: str) -> MailServer:
        """The server at ``smtp://user:password@host:port`` or ``smtps://…``."""
        return cls(urlsplit(url), sender)

    def send(self, letter: Letter) -> Outcome:
        """Try once. A refusal of the recipient is final, anything else is worth another try."""
        try:
            message = to_email(letter, sender=self.sender)
        except UnfitAddress:
            return Outcome("refused", "address")
        try:
            with self._connect() as connection:
                self._enter(connection)
                connection.send_message(message, self.sender, [letter.recipient])
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _ in problem.recipients.values()]
            return Outcome("refused" if min(codes) >= 500 else "later", str(min(codes)))
        except smtplib.SMTPResponseException as problem:
            return Outcome("later", str(problem.smtp_code))
        except smtplib.SMTPNotSupportedError:
            return Outcome("later", "no_tls")
        except (smtplib.SMTPException, ssl.SSLError):
            return Outcome("later", "protocol")
        except OSError:
            return Outcome("later", "unreachable")
        return Outcome("sent")

    def _connect(self) -> smtplib.SMTP:
        host, port = self.address.hostname or "localhost", self.address.port
        if self.address.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(host, port or 587, timeout=TIMEOUT_SECONDS)

    def _enter(self, connection: smtplib.SMTP) -> None:
        is_plain = self.address.scheme != "smtps"
        if is_plain and not is_this_machine(self.address.hostname or "localhost"):
            connection.starttls(context=ssl.create_default_context())
        if self.address.username:
            connection.login(unquote(self.address.username), unquote(self.address.password or ""))


def is_this_machine(host: str) -> bool:
    """Whether what is said to ``host`` stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
