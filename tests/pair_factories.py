"""Women who stand on the lists of two networks, and what is suspected, said and agreed of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import (
    Account,
    ComparisonAgreement,
    CrossSuspicion,
    Entry,
    Identity,
    Link,
    Mediator,
    Merge,
    Record,
)
from roster.permissions import SCHEDULER, Actor
from roster.queries.accounts import get_actor
from roster.queries.compared_records import list_compared
from roster.queries.pairs import PATIENCE
from roster.services.asking_pairs import ask_pairs, list_to_ask
from roster.services.suspected_pairs import find_pairs, forget_pairs, note_pairs, plan_notes
from tests.factories import add_account, add_mediator

NAME = "Oyelaran Adeyinka Brightwater"
FEATURES = [
    {"field": "names", "level": "same", "weight": 9.5, "has_changed_places": False},
    {"field": "birth_year", "level": "same", "weight": 5.0, "has_changed_places": False},
    {"field": "nationalities", "level": "missing", "weight": 0.0, "has_changed_places": False},
    {"field": "email", "level": "other", "weight": -2.5, "has_changed_places": False},
    {"field": "phone", "level": "missing", "weight": 0.0, "has_changed_places": False},
]


def coordinator(network: str, account_id: int = 90) -> Actor:
    """Somebody who coordinates this network and no other."""
    return Actor("account", account_id=account_id, coordinates=frozenset({network}))


def add_listed(
    session: Session,
    network: str,
    *,
    name: str = NAME,
    birth_year: int | None = 1961,
    email: str | None = None,
    **values: Any,
) -> Mediator:
    """A woman under her name, year and address in the record of one network."""
    woman = add_mediator(session, network=network, **values)
    record = get_record_of(session, woman, network)
    describe(session, record, name=name, birth_year=birth_year, email=email)
    return woman


def add_strangers(session: Session) -> None:
    """Thirty women of a third network, since what is rare is learnt from the lists themselves."""
    firsts = ["Mar", "Lin", "Tova", "Kasi", "Bero", "Duna", "Fela", "Hini", "Jara", "Kolo"]
    lasts = ["Vest", "Quor", "Lamb", "Teno", "Rika", "Siso", "Ubal"]
    for number, (first, last) in enumerate(product(firsts, lasts)):
        woman = Mediator(created_at=clock.now(), is_invented=True)
        session.add(woman)
        session.flush()
        record = Record(mediator_id=woman.id, network_code="awmn", created_at=clock.now())
        session.add(record)
        session.flush()
        session.add(Identity(record_id=record.id, display_name=f"{first} {last}"))
        email = f"{first}.{last}@example.org".lower()
        year = 1940 + number * 7 % 50
        describe(session, record, name=f"{first} {last}", birth_year=year, email=email)


def get_record_of(session: Session, woman: Mediator, network: str | None) -> Record:
    own = Record.network_code.is_not_distinct_from(network)
    return session.scalars(select(Record).where(Record.mediator_id == woman.id, own)).one()


def describe(
    session: Session, record: Record, *, name: str, birth_year: int | None, email: str | None
) -> None:
    """Say who she is; her other names and telephone go, which are of nobody else."""
    identity = session.get_one(Identity, record.id)
    identity.display_name, identity.original_name = name, None
    identity.other_names, identity.phone = None, None
    if email:
        identity.email, identity.email_digest = email, keyring().digest(email)
    if birth_year:
        session.add(
            Entry(
                record_id=record.id,
                field="birth_year",
                code="",
                detail={"number": birth_year},
                grade=1,
                source="import",
                entered_at=clock.now(),
            )
        )
    session.flush()


def add_own_account(session: Session, woman: Mediator, email: str) -> tuple[Account, Actor]:
    """She signs in with this address, and has opened a link that was mailed to it."""
    account = add_account(session, "mediator", email=email, mediator=woman)
    session.add(
        Link(
            token_digest=f"used {account.id}",
            purpose="sign_in",
            mediator_id=woman.id,
            created_at=clock.now(),
            ends_at=clock.now() + timedelta(hours=1),
            used_at=clock.now(),
        )
    )
    session.flush()
    return account, get_actor(account)


def agree(session: Session, one: str, other: str) -> ComparisonAgreement:
    """Both networks have said yes."""
    first, second = sorted((one, other))
    row = ComparisonAgreement(
        first_code=first,
        second_code=second,
        first_agreed_at=clock.now(),
        second_agreed_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def suspect(
    session: Session, one: Mediator, other: Mediator, networks: tuple[str, str], **columns: Any
) -> CrossSuspicion:
    """Two women who may be one, as the nightly job notes them."""
    sides = sorted(zip((one, other), networks, strict=True), key=lambda side: side[0].id)
    records = [get_record_of(session, woman, network).id for woman, network in sides]
    row = CrossSuspicion(
        first_mediator_id=sides[0][0].id,
        second_mediator_id=sides[1][0].id,
        features={
            "records": records,
            "verdict": "probable",
            "score": 0.98,
            "features": FEATURES,
        },
        compared="as it was",
        noted_at=clock.now(),
        **columns,
    )
    session.add(row)
    session.flush()
    return row


def compare(session: Session) -> list[CrossSuspicion]:
    """One night: what the job does, in the session it is given."""
    now = clock.now()
    plan = plan_notes(session, find_pairs(list_compared(session)))
    places = range(len(plan.to_note))
    note_pairs(session, actor=SCHEDULER, ids=places, now=now, found=plan.to_note)
    forget_pairs(session, actor=SCHEDULER, ids=plan.to_forget, now=now)
    session.flush()
    ask_pairs(session, actor=SCHEDULER, ids=list_to_ask(session), now=now)
    return list(session.scalars(select(CrossSuspicion).order_by(CrossSuspicion.id)))


def add_pair_and_merge(session: Session, woman: Mediator, network: str) -> dict[str, object]:
    """A pair that a coordinator of ``network`` may judge, and a merge that she may undo."""
    other, merged = (add_mediator(session, network=code) for code in ("mwmn", "femwise"))
    agree(session, network, "mwmn")
    pair = suspect(
        session,
        woman,
        other,
        (network, "mwmn"),
        state="asked",
        asked_at=clock.now() - PATIENCE,
    )
    return {"pair_id": pair.id, "merge_id": add_merge(session, woman, merged, network).id}


def add_merge(session: Session, kept: Mediator, merged: Mediator, network: str) -> Merge:
    """Two joined by coordinators: the record that femwise keeps of the second is the first one's."""
    record = get_record_of(session, merged, "femwise")
    own = get_record_of(session, kept, network)
    sides = [{"network": network, "record": own.id}, {"network": "femwise", "record": record.id}]
    merge = Merge(
        kept_mediator_id=kept.id,
        merged_mediator_id=merged.id,
        moved={"is_hers": False, "record": [record.id], "pair": sides, "account": None},
        merged_at=clock.now(),
    )
    merged.state, record.mediator_id = "merged", kept.id
    session.add(merge)
    session.flush()
    return merge
