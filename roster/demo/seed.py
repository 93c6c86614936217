"""Load the demo: lists are imported, women asked, and about two thirds answer, each as herself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import clock
from roster.db import Database
from roster.demo.answers import Answer, answers_at_all, choose_level, make_answer
from roster.demo.applications import add_demo_applications
from roster.demo.comparing import add_demo_agreements
from roster.demo.people import NETWORKS, DemoAccount, open_demo_accounts
from roster.demo.request import COUNTRIES, demo_criteria
from roster.demo.trend import add_demo_months
from roster.models import Account, Mediator, Record
from roster.permissions import OPERATOR, Actor
from roster.queries.accounts import get_account_by_email, get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.accounts import replace_password
from roster.services.availability import get_standing, state_availability
from roster.services.availability_ends import end_earlier
from roster.services.consents import answer_consents
from roster.services.declarations import declare
from roster.services.imports import confirm_import, stage_import
from roster.services.invitations import accept_invitation, invite
from roster.services.passwords import hash_password, make_password
from roster.services.profiles import find_own_record, keep_record
from roster.services.records import RecordChange, WantedEntry, change_record
from roster.services.requests import create_request, submit_request
from roster.services.runs import answer_request, run_request
from roster.services.sharing import share_cards
from roster.spreadsheets import read_spreadsheet
from roster.vocabulary import load_vocabulary

SAMPLES = Path(__file__).with_name("samples")
LISTS = {
    "nwm": "a4_nordic.csv",
    "femwise": "a1_femwise.xlsx",
    "mwmn": "a2_mwmn.csv",
    "awmn": "a3_awmn.xlsx",
    "refemac": "a5_refemac.ods",
}
IMPORTED_DAYS_AGO = 87
ENDS_SOON = timedelta(minutes=10)
SOON_RANK = 1
"""The second woman of the first answer is the one whose own answer runs out."""
CONFIRMED = ("language", "role_held", "track")
"""What a coordinator confirms of the women she has checked."""

Say = Callable[[str], None]


def is_empty(session: Session) -> bool:
    """True before the first start: there is no account yet."""
    return session.scalar(select(Account.id).limit(1)) is None


def load_demo(database: Database, *, say: Say) -> list[DemoAccount]:
    """Fill an empty database; the accounts with their passwords are returned once."""
    today = clock.now().date()
    say("Opening the accounts of invented coordinators, an envoy, an administrator, an auditor")
    with database.writing() as session:
        accounts = open_demo_accounts(session)
        session.commit()
    for network, file_name in LISTS.items():
        say(f"Importing {file_name} as the list of {network}")
        with (
            clock.shifted(timedelta(days=-IMPORTED_DAYS_AGO)),
            database.writing() as session,
        ):
            _import_list(session, network, file_name)
            session.commit()
    say("Asking the women; about two thirds answer for themselves")
    with database.writing() as session:
        _answer_all(session, today)
        share_cards(
            session,
            actor=_coordinator(session, "femwise"),
            network_code="femwise",
            with_code="nwm",
            safety_class=1,
        )
        session.commit()
    say("An invented envoy asks for a co-mediator")
    with database.writing() as session:
        accounts.append(_ask_for_a_mediator(session, today))
        add_demo_agreements(session, _coordinator)
        add_demo_applications(session, coordinator=_coordinator(session, "nwm"), today=today)
        add_demo_months(session, now=clock.now())
        session.commit()
    return accounts


def _import_list(session: Session, network: str, file_name: str) -> None:
    actor = _coordinator(session, network)
    content = (SAMPLES / file_name).read_bytes()
    result = read_spreadsheet(
        content, file_name=file_name, network=network, reference_day=clock.now().date()
    )
    staged = stage_import(
        session,
        actor=actor,
        network_code=network,
        file_name=file_name,
        content=content,
        result=result,
    )
    confirm_import(session, actor=actor, import_id=staged.id, expected_version=staged.version)
    language = NETWORKS[network][1]
    for mediator in session.scalars(
        select(Mediator).join(Record).where(Record.network_code == network)
    ):
        mediator.is_invented, mediator.language = True, language


def _coordinator(session: Session, network: str) -> Actor:
    account = get_account_by_email(session, email=f"coordinator.{network}@example.org")
    if account is None:
        raise LookupError(network)
    return get_actor(account)


def _answer_all(session: Session, today: date) -> None:
    """Let the women answer on their days, the oldest answer first."""
    records = session.scalars(
        select(Record)
        .where(Record.network_code.is_not(None))
        .options(selectinload(Record.identity), selectinload(Record.entries))
        .order_by(Record.id)
    ).all()
    known: set[str] = set()
    answers = []
    for record in records:
        who = f"{record.network_code} {record.identity.display_name}"
        digest = record.identity.email_digest
        if digest is None or digest in known or not answers_at_all(who):
            continue
        known.add(digest)
        answers.append((who, record, make_answer(who, today, COUNTRIES)))
    answers.sort(key=lambda each: (-each[2].days_ago, each[0]))
    for who, record, answer in answers:
        with clock.shifted(timedelta(days=-answer.days_ago)):
            _answer(session, who, record, answer, today)


def _answer(session: Session, who: str, record: Record, answer: Answer, today: date) -> None:
    """One woman: asked by her coordinator, she keeps her record and says the rest herself."""
    coordinator = _coordinator(session, record.network_code or "")
    sent = invite(session, actor=coordinator, record_id=record.id)
    if sent.message is None:
        raise LookupError(who)
    accepted = accept_invitation(session, token=sent.message.values["path"].rpartition("/")[2])
    herself = get_actor(accepted.account)
    _say_who_she_is(session, herself, who, record)
    mediator = session.get_one(Mediator, record.mediator_id)
    answer_consents(
        session,
        actor=herself,
        mediator_id=mediator.id,
        expected_version=mediator.version,
        purposes=answer.purposes,
        language=mediator.language,
        safety_class=answer.safety_class,
    )
    state_availability(
        session,
        actor=herself,
        mediator_id=mediator.id,
        expected_id=_standing_id(session, mediator.id),
        statement=answer.statement,
    )
    if answer.declares:
        declare(
            session,
            actor=herself,
            mediator_id=mediator.id,
            expected_version=0,
            interests=answer.interests,
        )
    _check(session, coordinator, record, answer, today)


def _standing_id(session: Session, mediator_id: int) -> int | None:
    standing = get_standing(session, mediator_id)
    return standing.id if standing else None


def _say_who_she_is(session: Session, herself: Actor, who: str, record: Record) -> None:
    levels = {
        entry.code: choose_level(who, entry.code)
        for entry in record.entries
        if entry.field == "language" and not entry.detail.get("speaking")
    }
    keep_record(
        session,
        actor=herself,
        mediator_id=record.mediator_id,
        expected_version=0,
        levels=levels,
    )


def _check(
    session: Session, coordinator: Actor, record: Record, answer: Answer, today: date
) -> None:
    """Her coordinator confirms what she knows, and accredits, through the ordinary form."""
    own = find_own_record(session, record.mediator_id)
    details = {(e.field, e.code): e.detail for e in own.entries} if own else {}
    entries = tuple(
        WantedEntry(
            entry.field,
            entry.code,
            details.get((entry.field, entry.code), entry.detail),
            confirm=answer.is_confirmed,
        )
        for entry in record.entries
        if entry.field in CONFIRMED
    )
    accredited_on = today - timedelta(days=answer.accredited_days_ago)
    membership = (
        {"accreditation": "accredited", "accredited_on": accredited_on}
        if answer.is_accredited
        else {}
    )
    change_record(
        session,
        actor=coordinator,
        record_id=record.id,
        expected_version=record.version,
        change=RecordChange({}, membership, entries, frozenset(CONFIRMED)),
    )


def _ask_for_a_mediator(session: Session, today: date) -> DemoAccount:
    """The envoy's request with its first answer; one woman of it ends her answer in ten minutes."""
    account = get_account_by_email(session, email="envoy@example.org")
    if account is None:
        raise LookupError("envoy")
    envoy = get_actor(account)
    request = create_request(
        session,
        actor=envoy,
        criteria=load_criteria(demo_criteria(today)),
        is_invented=True,
    )
    submit_request(session, actor=envoy, request_id=request.id, expected_version=request.version)
    session.flush()
    index = RosterIndex(load_vocabulary())
    first = answer_request(session, actor=envoy, request_id=request.id, index=index)
    mediator_id = first.answer.listed[SOON_RANK].mediator_id
    mediator = _give_password(session, mediator_id)
    run_request(session, actor=envoy, request_id=request.id, index=RosterIndex(load_vocabulary()))
    return mediator


def _give_password(session: Session, mediator_id: int) -> DemoAccount:
    """A woman of the answer can sign in; her own answer ends ten minutes from now."""
    account = session.scalars(select(Account).where(Account.mediator_id == mediator_id)).one()
    herself = get_actor(account)
    end_earlier(session, actor=herself, mediator_id=mediator_id, ends_at=clock.now() + ENDS_SOON)
    password = make_password()
    replace_password(
        session,
        actor=OPERATOR,
        account_id=account.id,
        password_hash=hash_password(password),
    )
    return DemoAccount("mediator; her answer ends in ten minutes", account.email, password)
