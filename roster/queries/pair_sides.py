"""The two who may be one: whose record each is, and by what she can prove that it is hers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Account, Identity, Link, Mediator, Membership, Record
from roster.queries.leaving import left_records

MOST_NAMED = 5_000
"""Rows named in one statement."""


@dataclass(frozen=True)
class PairSide:
    """One of the two. Addresses are keyed digests; ``address`` is one she has shown to be hers."""

    record_id: int
    mediator_id: int
    network_code: str
    safety_class: int
    networks: frozenset[str]
    """All that hold something of her."""
    addresses: frozenset[str]
    """Of all of these networks' records."""
    has_account: bool
    address: str | None = None
    """Where she signs in, if she has opened a link that was mailed there."""
    said: str | None = None
    word: str | None = None
    word_by: int | None = None

    def speaking(self, said: str | None, word: str | None, word_by: int | None) -> PairSide:
        """The same with what she, and a coordinator of hers, has said."""
        return replace(self, said=said, word=word, word_by=word_by)


def load_sides(session: Session, record_ids: Iterable[int]) -> dict[int, PairSide]:
    """By record; not of women who have left, nor of what was taken back."""
    wanted = sorted(set(record_ids))
    sides: dict[int, PairSide] = {}
    for first in range(0, len(wanted), MOST_NAMED):
        sides.update(_load(session, wanted[first : first + MOST_NAMED]))
    return sides


def _load(session: Session, record_ids: Sequence[int]) -> Iterator[tuple[int, PairSide]]:
    rows = session.execute(
        select(Record.id, Record.mediator_id, Record.network_code, Mediator.safety_class)
        .join(Mediator, Mediator.id == Record.mediator_id)
        .where(
            Record.id.in_(record_ids),
            Record.network_code.is_not(None),
            Record.id.not_in(left_records()),
            Mediator.state == "active",
        )
    ).all()
    women = sorted({row.mediator_id for row in rows})
    networks, addresses = _list_networks(session, women)
    accounts = _list_accounts(session, women)
    for record_id, mediator_id, code, safety_class in rows:
        yield (
            record_id,
            PairSide(
                record_id=record_id,
                mediator_id=mediator_id,
                network_code=code or "",
                safety_class=safety_class,
                networks=frozenset(networks[mediator_id]),
                addresses=frozenset(addresses[mediator_id]),
                has_account=mediator_id in accounts,
                address=accounts.get(mediator_id),
            ),
        )


def _list_networks(
    session: Session, women: Sequence[int]
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Per woman the networks that hold something of her, and their addresses of her."""
    networks: dict[int, set[str]] = defaultdict(set)
    addresses: dict[int, set[str]] = defaultdict(set)
    held = session.execute(
        select(Record.mediator_id, Record.network_code, Identity.email_digest)
        .outerjoin(Identity, Identity.record_id == Record.id)
        .where(Record.mediator_id.in_(women), Record.network_code.is_not(None))
    )
    for her, code, digest in held:
        networks[her].add(code or "")
        if digest:
            addresses[her].add(digest)
    for her, code in session.execute(
        select(Membership.mediator_id, Membership.network_code).where(
            Membership.mediator_id.in_(women)
        )
    ):
        networks[her].add(code)
    return networks, addresses


def _list_accounts(session: Session, women: Sequence[int]) -> dict[int, str | None]:
    """Those who can sign in, with the address if somebody has opened what was mailed to it.

    A link that was handed over proves no mailbox: whoever handed it over may have opened it.
    """
    rows = session.execute(
        select(Account.mediator_id, Account.id, Account.email_digest).where(
            Account.mediator_id.in_(women), Account.is_active.is_(True)
        )
    ).all()
    proven = list_proven(session, [her for her, _, _ in rows if her])
    return {her: digest if her in proven else None for her, _, digest in rows if her}


def list_proven(session: Session, women: Iterable[int]) -> set[int]:
    """Women whose account's mailbox has been shown to be read by them."""
    rows = session.scalars(
        select(Link.mediator_id).where(
            Link.mediator_id.in_(sorted(set(women))),
            Link.purpose.in_(("invitation", "sign_in")),
            Link.used_at.is_not(None),
            Link.was_handed_over.is_(False),
        )
    )
    return {her for her in rows if her}
