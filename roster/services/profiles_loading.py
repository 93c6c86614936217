"""Load complete profiles at the command line: for the demo, for tests, for a move from elsewhere.

A profile may bring consents only in the demo, or with an attestation signed with the operator's
key: nobody else can say that a woman has agreed.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Refused
from roster.models import (
    Identity,
    Network,
    Record,
    Suspicion,
)
from roster.permissions import Actor, Permission
from roster.services.profile_rows import (
    Profile,
    add_standing,
    home_network,
    make_mediator,
    make_record,
)
from roster.services.trail import add_audit, add_change, require

BATCH = 500


@dataclass(frozen=True)
class LoadedProfile:
    """What became of one profile: ``new``, or ``same`` where her network knows the address."""

    reference: str | None
    mediator_id: int
    outcome: str


def sign_attestation(*, content: bytes, statement: str, key: bytes) -> dict[str, str]:
    """An attestation that the women of this very file gave the consents in it.

    ``statement`` says who collected them, when and how. The signature is HMAC-SHA-256 with the
    operator's key over the file's SHA-256 and the statement.
    """
    digest = sha256(content).hexdigest()
    signature = hmac.digest(key, f"{digest}\n{statement}".encode(), "sha256").hex()
    return {"file_sha256": digest, "statement": statement, "signature": signature}


def check_attestation(*, content: bytes, attestation: Mapping[str, str], key: bytes) -> None:
    """Refused unless the attestation is of this file and was signed with this key."""
    statement = str(attestation.get("statement") or "")
    wanted = sign_attestation(content=content, statement=statement, key=key)["signature"]
    if not statement.strip() or len(key) < 32:
        raise Refused("attestation_incomplete")
    if not hmac.compare_digest(wanted, str(attestation.get("signature"))):
        raise Refused("attestation_wrong")


def load_profiles(
    session: Session,
    *,
    actor: Actor,
    profiles: Sequence[Profile],
    may_bring_consents: bool = False,
    is_invented: bool = False,
) -> list[LoadedProfile]:
    """Add a woman for each profile that passed the profile schema; all of them or none.

    A profile whose address her network already holds changes nothing. Refused for a profile with
    consents where none may be brought.
    """
    require(Permission.LOAD_PROFILES, actor)
    if not may_bring_consents and any(profile["consents"] for profile in profiles):
        raise Refused("consents_not_attested")
    _add_networks(session, profiles)
    known = _list_known(session)
    loaded = []
    for number, profile in enumerate(profiles, 1):
        loaded.append(_load(session, profile, known, is_invented))
        if number % BATCH == 0:
            session.flush()
    session.flush()
    _add_suspicions(session, profiles, loaded)
    new = [one for one in loaded if one.outcome == "new"]
    for one in new:
        add_change(session, one.mediator_id)
    counts = {"new": len(new), "same": len(loaded) - len(new)}
    add_audit(session, actor=actor, action="profiles.loaded", subject_kind="file", detail=counts)
    return loaded


Known = dict[tuple[str, str | None], int]
"""Keyed digest of an address and the network that holds it, to the woman."""


def _list_known(session: Session) -> Known:
    rows = session.execute(
        select(Identity.email_digest, Record.network_code, Record.mediator_id)
        .join(Record, Record.id == Identity.record_id)
        .where(Identity.email_digest.is_not(None))
    )
    return {(row.email_digest, row.network_code): row.mediator_id for row in rows}


def _add_networks(session: Session, profiles: Sequence[Profile]) -> None:
    named = {member["network"] for profile in profiles for member in profile["memberships"]}
    held = set(session.scalars(select(Network.code)))
    session.add_all(Network(code=code) for code in sorted(named - held))
    session.flush()


def _load(session: Session, profile: Profile, known: Known, is_invented: bool) -> LoadedProfile:
    network = home_network(profile)
    contacts = profile["contacts"] or {}
    digest = keyring().digest(contacts["email"]) if contacts.get("email") else None
    if digest is not None and (digest, network) in known:
        return LoadedProfile(profile["reference"], known[digest, network], "same")
    mediator = make_mediator(session, profile, network, is_invented)
    record = make_record(profile, network, digest)
    record.mediator = mediator
    session.add(record)
    session.flush()
    add_standing(session, profile, mediator.id)
    if digest is not None:
        known[digest, network] = mediator.id
    return LoadedProfile(profile["reference"], mediator.id, "new")


def _add_suspicions(
    session: Session, profiles: Sequence[Profile], loaded: Sequence[LoadedProfile]
) -> None:
    """Pairs of this file that may be one woman, until a person has looked."""
    ids = {one.reference: one.mediator_id for one in loaded if one.reference}
    pairs = {
        tuple(sorted((ids[profile["reference"]], ids[other])))
        for profile in profiles
        for other in profile["look_alikes"]
        if profile["reference"] in ids and other in ids and other != profile["reference"]
    }
    if not pairs:
        return
    women = sorted({woman for pair in pairs for woman in pair})
    records = {
        record.mediator_id: record
        for record in session.scalars(select(Record).where(Record.mediator_id.in_(women)))
    }
    for one, other in sorted(pairs):
        first, second = sorted((records[one], records[other]), key=lambda record: record.id)
        _suspect(session, first, second)


def _suspect(session: Session, first: Record, second: Record) -> None:
    held = select(Suspicion.id).where(
        Suspicion.first_record_id == first.id, Suspicion.second_record_id == second.id
    )
    network = first.network_code or second.network_code
    if network is None or session.scalar(held) is not None:
        return
    session.add(
        Suspicion(
            network_code=network,
            first_record_id=first.id,
            second_record_id=second.id,
            features={"said_by": "operator"},
            state="suspected",
            noted_at=clock.now(),
        )
    )
