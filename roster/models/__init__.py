"""The tables, one file per noun."""

from roster.models.account import Account, RoleGrant, SignInCounter, WebSession
from roster.models.application import Application, OpenCall
from roster.models.availability import Availability
from roster.models.base import Base, Instant
from roster.models.consent import Consent, Declaration, Link, SpokenConsent
from roster.models.erasure import Erasure
from roster.models.ledger import AuditEvent, Change, LedgerHead, OutboxMessage
from roster.models.mediator import Mediator, Membership
from roster.models.message import MessageChoice, Reminder
from roster.models.network import Network
from roster.models.reading import ReadEvent
from roster.models.record import Entry, Experience, Identity, Record
from roster.models.request import Handle, MatchRequest, Run, RunRow
from roster.models.schedule import JobRun, Lease
from roster.models.spreadsheet_import import ImportRow, SpreadsheetImport, Suspicion

__all__ = [
    "Account",
    "Application",
    "AuditEvent",
    "Availability",
    "Base",
    "Change",
    "Consent",
    "Declaration",
    "Entry",
    "Erasure",
    "Experience",
    "Handle",
    "Identity",
    "ImportRow",
    "Instant",
    "JobRun",
    "Lease",
    "LedgerHead",
    "Link",
    "MatchRequest",
    "Mediator",
    "Membership",
    "MessageChoice",
    "Network",
    "OpenCall",
    "OutboxMessage",
    "ReadEvent",
    "Record",
    "Reminder",
    "RoleGrant",
    "Run",
    "RunRow",
    "SignInCounter",
    "SpokenConsent",
    "SpreadsheetImport",
    "Suspicion",
    "WebSession",
]
