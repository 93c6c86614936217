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
PERMANENT = 500
"""From this code on a reply is final (RFC 5321, section 4.2.1)."""
UNREACHABLE = "unreachable"
"""Nobody answers: it would be no better for the next message."""


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
    timeout: float = TIMEOUT_SECONDS

    @classmethod
    def at(cls, url: str, *, sender: str, timeout: float = TIMEOUT_SECONDS) -> MailServer:
        """The server at ``smtp://user:password@host:port`` or ``smtps://…``."""
        return cls(urlsplit(url), sender, timeout)

    def send(self, letter: Letter) -> Outcome:
        """Try once. A refusal of the recipient or of the message is final.

        Anything else is worth another try, and nothing that goes wrong after the server took the
        message: a second try would double it.
        """
        try:
            message = to_email(letter, sender=self.sender)
        except UnfitAddress:
            return Outcome("refused", "address")
        outcome = Outcome("later", "protocol")
        try:
            with self._connect() as connection:
                self._enter(connection)
                connection.send_message(message, self.sender, [letter.recipient])
                outcome = Outcome("sent")
        except (smtplib.SMTPException, OSError) as problem:
            return outcome if outcome.is_sent else read_problem(problem)
        return outcome

    def _connect(self) -> smtplib.SMTP:
        host, port = self.address.hostname or "localhost", self.address.port
        if self.address.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port or 465, timeout=self.timeout, context=context)
        return smtplib.SMTP(host, port or 587, timeout=self.timeout)

    def _enter(self, connection: smtplib.SMTP) -> None:
        is_plain = self.address.scheme != "smtps"
        if is_plain and not is_this_machine(self.address.hostname or "localhost"):
            connection.starttls(context=ssl.create_default_context())
        if self.address.username:
            connection.login(unquote(self.address.username), unquote(self.address.password or ""))


def read_problem(problem: smtplib.SMTPException | OSError) -> Outcome:
    """What a failure means for the message: whether to try again, and its code."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            code = min(code for code, _ in problem.recipients.values())
            return Outcome("refused" if code >= PERMANENT else "later", str(code))
        case smtplib.SMTPDataError():
            code = problem.smtp_code
            return Outcome("refused" if code >= PERMANENT else "later", str(code))
        case smtplib.SMTPResponseException():
            return Outcome("later", str(problem.smtp_code))
        case smtplib.SMTPNotSupportedError():
            return Outcome("later", "no_tls")
        case smtplib.SMTPException() | ssl.SSLError():
            return Outcome("later", "protocol")
        case _:
            return Outcome("later", UNREACHABLE)


def is_this_machine(host: str) -> bool:
    """Whether what is said to ``host`` stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
