"""The tables, one file per noun."""

from roster.models.account import Account, RequesterCheck, RoleGrant, SignInCounter, WebSession
from roster.models.accreditation import AccreditationStep, Recognition
from roster.models.application import Application, OpenCall
from roster.models.approach import Approach, ApproachMessage, ApproachStep, ConflictCheck, Release
from roster.models.availability import Availability
from roster.models.base import Base, Instant
from roster.models.consent import Consent, Declaration, Link, SpokenConsent
from roster.models.deployment import Addendum, Appraisal, Deployment
from roster.models.document import Document, DocumentCopy
from roster.models.duplicate import ComparisonAgreement, CrossSuspicion, Merge
from roster.models.erasure import Erasure
from roster.models.exchange import ExchangeProposal
from roster.models.figure import Snapshot
from roster.models.history import EntryHistory
from roster.models.import_choice import ColumnChoice, WordChoice
from roster.models.ledger import AuditEvent, Change, LedgerHead, OutboxMessage
from roster.models.mediator import Mediator, Membership
from roster.models.message import MessageChoice, Reminder
from roster.models.network import Network
from roster.models.process import FocalPoint, Objection, Process, ProcessPhase
from roster.models.program import IdempotentAnswer, ProgramKey
from roster.models.reading import ReadEvent
from roster.models.record import Entry, Experience, Identity, Record
from roster.models.request import Handle, MatchRequest, Run, RunRow
from roster.models.request_steps import Clearance, RequestStep, RequestTemplate, TeamProposal
from roster.models.schedule import JobRun, Lease
from roster.models.search import Export, SavedSearch
from roster.models.sharing import Sharing
from roster.models.spreadsheet_import import ImportRow, SpreadsheetImport, Suspicion
from roster.models.term import TermChange

__all__ = [
    "Account",
    "AccreditationStep",
    "Addendum",
    "Application",
    "Appraisal",
    "Approach",
    "ApproachMessage",
    "ApproachStep",
    "AuditEvent",
    "Availability",
    "Base",
    "Change",
    "Clearance",
    "ColumnChoice",
    "ComparisonAgreement",
    "ConflictCheck",
    "Consent",
    "CrossSuspicion",
    "Declaration",
    "Deployment",
    "Document",
    "DocumentCopy",
    "Entry",
    "EntryHistory",
    "Erasure",
    "ExchangeProposal",
    "Experience",
    "Export",
    "FocalPoint",
    "Handle",
    "IdempotentAnswer",
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
    "Merge",
    "MessageChoice",
    "Network",
    "Objection",
    "OpenCall",
    "OutboxMessage",
    "Process",
    "ProcessPhase",
    "ProgramKey",
    "ReadEvent",
    "Recognition",
    "Record",
    "Release",
    "Reminder",
    "RequestStep",
    "RequestTemplate",
    "RequesterCheck",
    "RoleGrant",
    "Run",
    "RunRow",
    "SavedSearch",
    "Sharing",
    "SignInCounter",
    "Snapshot",
    "SpokenConsent",
    "SpreadsheetImport",
    "Suspicion",
    "TeamProposal",
    "TermChange",
    "WebSession",
    "WordChoice",
]
