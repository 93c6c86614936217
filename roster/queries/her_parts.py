"""The parts of a woman's download: every table that can hold something of her, column by column."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select

from roster.models import (
    Account,
    AccreditationStep,
    Application,
    AuditEvent,
    Availability,
    Consent,
    Declaration,
    Entry,
    EntryHistory,
    Erasure,
    ExchangeProposal,
    Experience,
    Identity,
    ImportRow,
    Link,
    Mediator,
    Membership,
    MessageChoice,
    OutboxMessage,
    ReadEvent,
    Record,
    Reminder,
    RoleGrant,
    RunRow,
    SpokenConsent,
    WebSession,
)
from roster.queries.exchanges import Side, select_hers
from roster.queries.her_approaches import APPROACH_PARTS
from roster.queries.her_reasons import (
    ANSWER_OF_ONE,
    KIND_ONLY,
    NO_NAMES,
    OF_OTHERS,
    ON_REQUEST,
    OURS,
    SECRET,
    ours,
)
from roster.queries.her_rows import Her, Part
from roster.queries.her_values import (
    may_see_entry,
    may_see_former,
    network_of,
    network_of_former,
    network_of_step,
    say_actor,
    say_instant_of_run,
    say_reader,
    say_verdicts,
)


def _of_mediator(table: type[Any]) -> Any:
    return lambda her: table.mediator_id == her.mediator_id


def _is_open_to_her(table: type[Membership | Record]) -> Any:
    """Hers, but for networks whose record of her she has not shown to be hers."""
    return lambda her: and_(
        table.mediator_id == her.mediator_id,
        or_(table.network_code.is_(None), table.network_code.not_in(her.closed_networks)),
    )


def _of_records(table: type[Any]) -> Any:
    return lambda her: table.record_id.in_(her.records)


def _of_accounts(table: type[Any]) -> Any:
    return lambda her: table.account_id.in_(her.accounts)


def _side(row: ExchangeProposal, her: Her) -> Side:
    return Side(row, row.first_mediator_id == her.mediator_id)


def _is_about_her(her: Her) -> Any:
    subject = (
        ("mediator", (her.mediator_id,)),
        ("record", her.records),
        ("account", her.accounts),
        ("application", her.applications),
    )
    return or_(
        *(
            and_(AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(ids))
            for kind, ids in subject
        )
    )


PARTS: tuple[Part, ...] = (
    Part(
        "you", "What the service holds of you as a person.", Mediator,
        lambda her: Mediator.id == her.mediator_id,
        ("safety_class", "state", "is_hidden", "paused_until", "language", "time_zone",
         "last_proposed_at", "created_at", "is_invented"),
        ours("id", "key", "version", has_integrity_hold=ON_REQUEST),
    ),
    Part(
        "account", "How you sign in.", Account, lambda her: Account.id.in_(her.accounts),
        ("email", "display_name", "language", "time_zone", "is_active", "password_changed_at",
         "requester_country", "requester_office", "verified_at", "created_at"),
        ours("id", "mediator_id", "version", email_digest=SECRET, password_hash=SECRET),
    ),
    Part(
        "roles", "What your account may do.", RoleGrant, _of_accounts(RoleGrant),
        ("role", "network_code"), ours("id", "account_id"),
    ),
    Part(
        "sessions", "When you were signed in.", WebSession, _of_accounts(WebSession),
        ("created_at", "proved_at", "seen_at", "ended_at"),
        ours("id", "account_id", key_digest=SECRET),
    ),
    Part(
        "memberships", "Your networks, and how each accredits you.", Membership,
        _is_open_to_her(Membership),
        ("network_code", "category", "antenna", "since", "ended_on", "accreditation",
         "accredited_on", "lapses_on"),
        ours("id", "mediator_id", "version", pool=ON_REQUEST),
    ),
    Part(
        "accreditation_steps", "How each network came to accredit you.", AccreditationStep,
        lambda her: AccreditationStep.membership_id.in_(
            select(Membership.id).where(_is_open_to_her(Membership)(her))
        ),
        ("network_code", "from_state", "to_state", "on_day", "lapses_on"),
        ours("id", "membership_id", note=ON_REQUEST, taken_by=KIND_ONLY, taken_at=OURS),
        say={"network_code": network_of_step},
    ),
    Part(
        "records", "Who keeps a record of you: a network, or (null) you yourself.", Record,
        _is_open_to_her(Record), ("network_code", "is_shared", "created_at"),
        ours("id", "mediator_id", "version"),
    ),
    Part(
        "names_and_contacts", "Names and contacts, by record.", Identity, _of_records(Identity),
        ("network_code", "display_name", "original_name", "title", "other_names", "email",
         "phone", "safe_contact"),
        ours("record_id", "version", email_digest=SECRET), say={"network_code": network_of},
    ),
    Part(
        "details", "What is said of you, field by field, with its source and day.", Entry,
        _of_records(Entry),
        ("network_code", "field", "code", "detail", "sealed", "grade", "source", "entered_at",
         "confirmed_on"),
        ours("id", "record_id", "import_row_id", "version", entered_by=KIND_ONLY),
        takes=may_see_entry, say={"network_code": network_of},
    ),
    Part(
        "former_details", "What was said of you before, and who ended it.", EntryHistory,
        _of_records(EntryHistory),
        ("network_code", "field", "code", "detail", "sealed", "grade", "source", "entered_at",
         "act", "ended_source", "ended_at"),
        ours("id", "record_id", "import_row_id", entered_by=KIND_ONLY, ended_by=KIND_ONLY),
        takes=may_see_former, say={"network_code": network_of_former},
    ),
    Part(
        "experience", "Processes that you worked in.", Experience, _of_records(Experience),
        ("network_code", "process", "country", "first_year", "last_year", "track", "role",
         "phase", "mandating_body", "contribution", "disclosure", "verified_on", "entered_at"),
        ours("id", "record_id", "version"), say={"network_code": network_of},
    ),
    Part(
        "rows_of_files", "Rows of networks' files that became part of a record of you.",
        ImportRow, _of_records(ImportRow), ("row", "verdict", "outcome"),
        ours("id", "import_id", "ordinal", "record_id", digest=SECRET, raw=ON_REQUEST,
             values=ON_REQUEST, problems=ON_REQUEST),
    ),
    Part(
        "availability", "Your answers about your time, with those that are over.", Availability,
        _of_mediator(Availability),
        ("status", "window_from", "window_to", "notice_days", "longest_stay_days",
         "days_per_month", "modalities", "refused", "confirmed_at", "confirmed_by",
         "valid_until", "expired_at", "superseded_at"),
        ours("id", "mediator_id", "version"),
    ),
    Part(
        "consents", "What you agreed to: which text, in which language, how and until when.",
        Consent, _of_mediator(Consent),
        ("purpose", "text_version", "language", "channel", "given_at", "valid_until",
         "withdrawn_at"),
        ours("id", "mediator_id", "spoken_consent_id"),
    ),
    Part(
        "spoken_consents", "What a network wrote down that you agreed to by voice.",
        SpokenConsent, _of_mediator(SpokenConsent),
        ("network_code", "purposes", "language", "text_version", "channel", "spoken_on",
         "state", "recorded_at", "decided_at"),
        ours("id", "mediator_id", "version", recorded_by=KIND_ONLY, decided_by=KIND_ONLY),
    ),
    Part(
        "declaration", "Offices and ties that you declared.", Declaration,
        _of_mediator(Declaration), ("declared_on", "covers", "interests"),
        ours("id", "mediator_id", "version"),
    ),
    Part(
        "message_choice", "How you are written to; without a row in the usual way.",
        MessageChoice, _of_mediator(MessageChoice),
        ("channel", "cadence", "quiet_from", "quiet_until"), ours("mediator_id", "version"),
    ),
    Part(
        "reminders", "What you were reminded of.", Reminder, _of_mediator(Reminder),
        ("about", "step", "at"), ours("id", "mediator_id", "about_id", "message_id"),
    ),
    Part(
        "messages", "Messages to you; what stood in them is not kept once they are sent.",
        OutboxMessage, _of_mediator(OutboxMessage),
        ("template", "language", "recipient", "state", "attempts", "created_at", "due_at",
         "sent_at", "problem"),
        ours("id", "n", "mediator_id", "message_id", values=SECRET),
    ),
    Part(
        "links", "One-time links that were made for you.", Link,
        lambda her: or_(Link.mediator_id == her.mediator_id, Link.account_id.in_(her.accounts),
                        Link.application_id.in_(her.applications)),
        ("purpose", "was_handed_over", "created_at", "ends_at", "used_at", "replaced_at"),
        ours("id", "mediator_id", "account_id", "record_id", "application_id",
             "approach_id", token_digest=SECRET),
    ),
    Part(
        "looks", "Who looked at you: when, what, and which kind of reader.", ReadEvent,
        _of_mediator(ReadEvent), ("at", "what", "reader"),
        ours("id", "mediator_id", account_id=KIND_ONLY), say={"reader": say_reader},
        takes=lambda row, her: row.account_id not in her.accounts,
    ),
    Part(
        "answers", "Answers to requests that named you by a code only, and why.", RunRow,
        _of_mediator(RunRow), ("at", "state", "points", "out_of", "evidence"),
        ours("id", "run_id", "mediator_id", handle=NO_NAMES, position=OF_OTHERS, post=NO_NAMES),
        say={"at": say_instant_of_run, "evidence": say_verdicts},
    ),
    Part(
        "applications", "What you sent in before you were a member.", Application,
        _of_mediator(Application),
        ("network_code", "state", "name", "email", "language", "answers", "created_at",
         "submitted_at", "decided_at"),
        ours("id", "call_id", "mediator_id", "version", decided_by=KIND_ONLY,
             email_digest=SECRET),
    ),
    Part(
        "exchanges", "Proposals to learn with another mediator, and your answers.",
        ExchangeProposal, lambda her: select_hers(her.mediator_id),
        ("grounds", "accepts", "answered_at", "proposed_at", "expires_at"),
        ours("id", "version",
             **dict.fromkeys(("first_mediator_id", "second_mediator_id"), OF_OTHERS),
             **dict.fromkeys(("first_accepts", "first_answered_at", "second_accepts",
                              "second_answered_at"), ANSWER_OF_ONE)),
        say={"grounds": lambda row, her: _side(row, her).grounds,
             "accepts": lambda row, her: _side(row, her).answer,
             "answered_at": lambda row, her: _side(row, her).answered_at},
    ),
    *APPROACH_PARTS,
    Part(
        "erasures", "What you asked to be erased.", Erasure,
        lambda her: Erasure.mediator_key == her.key,
        ("network_code", "asked_at", "due_at", "taken_back_at", "done_at"),
        ours("id", "mediator_key"),
    ),
    Part(
        "events", "What was done about you, from the trail: when, what, by which kind.",
        AuditEvent, _is_about_her, ("at", "action", "actor", "network_code", "detail"),
        ours("id", "n", "subject_kind", "subject_id", digest=SECRET), say={"actor": say_actor},
    ),
)  # fmt: skip
