"""A woman who leaves, and one who stays and must not be touched: shared by the tests of erasure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.encryption import keyring
from roster.models import (
    Account,
    AccreditationStep,
    Application,
    Base,
    EntryHistory,
    ImportRow,
    Mediator,
    MessageChoice,
    OutboxMessage,
    ReadEvent,
    Record,
    Reminder,
    Run,
    SpokenConsent,
    Suspicion,
)
from roster.permissions import OPERATOR, Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.erasing import erase_due, plan_erasures
from roster.services.erasures import leave_networks, leave_service
from roster.services.imports import stage_import
from roster.services.links import make_link
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.services.sign_in import start_session
from roster.spreadsheets import read_spreadsheet
from roster.vocabulary import load_vocabulary
from tests.approach_factories import add_asked_and_done
from tests.exchange_factories import add_exchange
from tests.factories import (
    add_account,
    add_mediator,
    add_membership,
    add_record,
    canary,
)

LIST = "Name;E-mail;Country;Languages\nZara {name};{address};Kenya;English C1\n"


@dataclass
class Left:
    """Two women of the same networks with rows in every table that can hold somebody."""

    database: Database
    ledger: Path
    her: int = 0
    other: int = 0
    account: int = 0
    key: str = ""
    records: dict[str | None, int] = field(default_factory=dict)
    """Network (None: her own) -> her record."""
    import_id: int = 0
    run_id: int = 0

    @property
    def actor(self) -> Actor:
        return Actor("account", self.account, frozenset({"mediator"}), mediator_id=self.her)

    def leave(self, network: str | None = None) -> None:
        """She presses the button."""
        with self.database.writing() as session:
            version = session.get_one(Mediator, self.her).version
            values: dict[str, Any] = {
                "actor": self.actor,
                "mediator_id": self.her,
                "expected_version": version,
                "ledger": self.ledger,
            }
            if network is None:
                leave_service(session, **values)
            else:
                leave_networks(session, network_codes=[network], **values)
            session.commit()

    def erase(self, days: int = 7) -> int:
        """The job, so many days later."""
        with self.database.writing() as session:
            now = clock.now() + timedelta(days=days)
            plan = plan_erasures(session, now=now)
            count = erase_due(session, actor=OPERATOR, now=now, plan=plan, limit=10)
            session.commit()
            return count


def make_left(database: Database, folder: Path) -> Left:
    """Both women, with a canary in every text, and rows wherever there can be some."""
    left = Left(database, folder / "erasures.ledger")
    with database.writing() as session:
        her, other = (_add_woman(session) for _ in range(2))
        left.her, left.other, left.key = her.id, other.id, her.key
        left.account = add_account(session, "mediator", mediator=her, email="zara@example.org").id
        start_session(session, account=session.get_one(Account, left.account))
        left.records = _records_of(session, her)
        left.import_id = _add_import(session, left.records["nwm"])
        left.run_id = _add_run(session)
        request = session.get_one(Run, left.run_id).match_request
        for woman in (her, other):
            _add_rest(session, woman)
            add_asked_and_done(session, request, woman)
        _suspect(session, left.records["nwm"], _records_of(session, other)["nwm"])
        add_exchange(session, her, other)
        session.commit()
    return left


def _add_woman(session: Session) -> Mediator:
    woman = add_mediator(session, network="nwm")
    add_membership(session, woman, "awmn").antenna = canary("antenna", woman.id)
    add_record(session, woman, "awmn")
    return woman


def _records_of(session: Session, woman: Mediator) -> dict[str | None, int]:
    rows = session.scalars(select(Record).where(Record.mediator_id == woman.id))
    return {row.network_code: row.id for row in rows}


def _add_import(session: Session, record_id: int) -> int:
    """A file of her network: one row became her record, another bears her address and waits."""
    content = LIST.format(name=canary("filerow", record_id), address="zara2@example.org").encode()
    result = read_spreadsheet(
        content, file_name="list.csv", network="nwm", reference_day=clock.now().date()
    )
    staged = stage_import(
        session,
        actor=OPERATOR,
        network_code="nwm",
        file_name="list.csv",
        content=content,
        result=result,
    )
    staged.state, staged.confirmed_at = "confirmed", clock.now()
    row = staged.rows[0]
    row.record_id, row.outcome = record_id, "new"
    session.add(
        ImportRow(
            import_id=staged.id,
            ordinal=50,
            digest="d" * 64,
            row=50,
            verdict="review",
            raw={"A": canary("rowraw", record_id)},
            values={**row.values, "email": f"{canary('email', record_id).upper()}@example.org"},
            problems=[],
        )
    )
    session.flush()
    return staged.id


def _add_run(session: Session) -> int:
    envoy = add_account(session, "envoy")
    day = clock.now().date()
    criteria = load_criteria(
        {
            "title": "Talks",
            "start": str(day + timedelta(days=30)),
            "end": str(day + timedelta(days=60)),
            "modality": "in_person",
            "code": "R1",
            "posts": [{"code": "one", "languages": [{"any_of": ["eng"]}]}],
        }
    )
    actor = get_actor(envoy)
    made = create_request(session, actor=actor, criteria=criteria)
    submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)
    run = run_request(
        session, actor=actor, request_id=made.id, index=RosterIndex(load_vocabulary())
    )
    session.flush()
    return run.id


def _add_rest(session: Session, woman: Mediator) -> None:
    now, number = clock.now(), woman.id
    message = OutboxMessage(
        n=session.info["n"],
        template="renewal",
        language="en",
        recipient=f"{canary('recipient', number)}@example.org",
        values={"path": canary("path", number)},
        mediator_id=number,
        message_id=f"m-{number}",
        created_at=now,
        due_at=now,
    )
    session.add(message)
    session.flush()
    make_link(session, "renewal", number)
    _add_former(session, woman)
    session.add_all(
        [
            MessageChoice(mediator_id=number, channel="mail"),
            Reminder(
                mediator_id=number,
                about="availability",
                about_id=number,
                step="days_7",
                at=now,
                message_id=message.id,
            ),
            ReadEvent(at=now, mediator_id=number, what="record"),
            SpokenConsent(
                mediator_id=number,
                network_code="awmn",
                purposes=["matching"],
                language="en",
                text_version="1",
                channel="telephone",
                spoken_on=now.date(),
                recorded_at=now,
            ),
            Application(
                network_code="awmn",
                state="accepted",
                name=canary("applicant", number),
                email=f"{canary('applied', number)}@example.org",
                email_digest=keyring().digest(canary("applied", number)),
                answers={"biography": canary("answers", number)},
                created_at=now,
                mediator_id=number,
            ),
        ]
    )
    session.flush()


def _add_former(session: Session, woman: Mediator) -> None:
    """A value that was replaced in each record, and a step in each network."""
    now = clock.now()
    for network, record_id in _records_of(session, woman).items():
        session.add(
            EntryHistory(
                record_id=record_id,
                field="biography",
                sealed=canary("former", record_id),
                source="coordinator" if network else "self",
                entered_at=now,
                act="changed",
                ended_source="self",
                ended_at=now,
            )
        )
    for membership in woman.memberships:
        session.add(
            AccreditationStep(
                membership_id=membership.id,
                from_state="interviewed",
                to_state="accredited",
                on_day=now.date(),
                note=canary("step", woman.id),
                taken_at=now,
            )
        )


def _suspect(session: Session, one: int, other: int) -> None:
    session.add(
        Suspicion(
            network_code="nwm",
            first_record_id=min(one, other),
            second_record_id=max(one, other),
            features={"evidence": [canary("features", one)]},
            noted_at=clock.now(),
        )
    )


def dump(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every table as plain rows in the order of their keys, encrypted columns opened."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }
