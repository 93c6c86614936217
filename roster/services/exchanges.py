"""Exchange: partners are proposed, each answers for herself, and with two yeses both are told.

Source of the rules: product.md, section 11. A no is told to nobody: to the other it is as if she
had not answered, and so it ends with the same day. No name is told, not even to those who agreed:
the coordinators of both bring them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matching import Columns, Partner, explain_partner, propose_partners
from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import ExchangeProposal, Mediator
from roster.permissions import Actor, Permission, Subject
from roster.queries.exchanges import SHARED, Side, count_held, list_met, list_sides
from roster.roster_index import RosterIndex
from roster.services.message_choices import get_choice
from roster.services.shown_exchanges import list_taking_part
from roster.services.trail import add_audit, require
from roster.services.writing import write_to_her

HELD_AT_ONCE = 3
"""Proposals that stand with one woman: few enough to think about each."""
LIFE = timedelta(days=30)
"""For her answer."""
AGREED_LIFE = timedelta(days=180)
"""In which the coordinators bring the two together."""
KEPT_FOR = timedelta(days=365)
"""After its end a proposal is kept so long, so that nobody is asked twice, and then forgotten."""
LOOKED_AT = 60
"""Best partners among whom those with room are sought."""
ONE_SIDED = frozenset({"other_track", "wish_to_learn"})
"""Grounds that speak to one of the two: what she could learn from the other."""
MESSAGE = "exchange"
PATH = "/me"
"""Her home says what there is; the address says nothing."""


def seek_partners(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    index: RosterIndex,
    learns: Iterable[str] = (),
) -> int:
    """Propose her to the best partners who have room for it, and them to her; return how many.

    ``learns`` are codes of themes and regions that she would like to learn about. Refused where she
    does not take part, or where as many proposals as she may have wait for an answer.
    """
    mediator, now = _get_herself(session, actor, mediator_id), clock.now()
    if not list_taking_part(session, [mediator_id], now):
        raise Refused("exchange_not_open")
    room = HELD_AT_ONCE - count_held(session, [mediator_id], now)[mediator_id]
    if room <= 0:
        raise Refused("exchange_full", most=HELD_AT_ONCE)
    wished = tuple(learns)
    with index.opened(session, now=now) as columns:
        partners = _find_partners(session, columns, mediator_id, wished, room, now)
        made = [_propose(session, columns, mediator, one, now) for one in partners]
    session.flush()
    for one in partners:
        _tell(session, session.get_one(Mediator, one.mediator_id))
    numbers = [one.id for one in made]
    _audit(session, actor, mediator_id, "exchange.proposed", {"exchanges": numbers})
    return len(made)


def _find_partners(
    session: Session,
    columns: Columns,
    mediator_id: int,
    learns: tuple[str, ...],
    room: int,
    now: datetime,
) -> list[Partner]:
    """The best who were never proposed to her and with whom fewer stand than may."""
    found = propose_partners(columns, mediator_id, now, learns=learns, limit=LOOKED_AT).partners
    met = list_met(session, mediator_id)
    new = [one for one in found if one.mediator_id not in met]
    held = count_held(session, [one.mediator_id for one in new], now)
    return [one for one in new if held[one.mediator_id] < HELD_AT_ONCE][:room]


def _propose(
    session: Session, columns: Columns, mediator: Mediator, partner: Partner, now: datetime
) -> ExchangeProposal:
    first, second = sorted((mediator.id, partner.mediator_id))
    is_first = first == mediator.id
    hers = "first" if is_first else "second"
    theirs = "second" if is_first else "first"
    back = explain_partner(columns, partner.mediator_id, mediator.id)
    one_sided = [one for one in _list_grounds(back, theirs) if one["for"] != SHARED]
    proposal = ExchangeProposal(
        first_mediator_id=first,
        second_mediator_id=second,
        grounds=[*_list_grounds(partner, hers), *one_sided],
        proposed_at=now,
        expires_at=now + LIFE,
    )
    session.add(proposal)
    return proposal


def _list_grounds(partner: Partner, side: str) -> list[dict[str, Any]]:
    """What speaks for her, as codes; each says to which of the two it speaks."""
    return [
        {
            "ground": one.criterion,
            "found": list(found),
            "for": side if one.criterion in ONE_SIDED else SHARED,
        }
        for one in partner.evidence
        if isinstance(found := one.facts["found"], tuple) and found
    ]


def answer_proposal(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    proposal_id: int,
    expected_version: int,
    accepts: bool,
) -> bool:
    """Take her answer; return whether both have agreed with it.

    ``expected_version`` counts her own answers alone (0 or 1): the row's own version would tell
    that the other one has answered. Refused where it is over, also because the other one may not
    be proposed any more; a no is always taken. What both agreed to is not answered again.
    """
    mediator, now = _get_herself(session, actor, mediator_id), clock.now()
    side = _get_side(session, mediator_id, proposal_id, now)
    if count_answers(side) != expected_version or side.is_agreed:
        raise StaleVersion({"answer": side.answer}, {"answer": accepts})
    pair = {mediator_id, side.partner_id}
    if accepts and list_taking_part(session, pair, now) != pair:
        raise Refused("exchange_over")
    _store(side, now, accepts=accepts)
    session.flush()
    if side.is_agreed:
        side.proposal.expires_at = now + AGREED_LIFE
        for her in (mediator, session.get_one(Mediator, side.partner_id)):
            _tell(session, her)
    action = "exchange.accepted" if accepts else "exchange.declined"
    _audit(session, actor, mediator_id, action, {"exchange": proposal_id})
    return side.is_agreed


def count_answers(side: Side) -> int:
    """What her page names as the version that it shows."""
    return 0 if side.answer is None else 1


def _get_side(session: Session, mediator_id: int, proposal_id: int, now: datetime) -> Side:
    for side in list_sides(session, mediator_id, now):
        if side.proposal.id == proposal_id:
            return side
    raise NotFound


def _store(side: Side, now: datetime, *, accepts: bool) -> None:
    one = side.proposal
    if side.is_first:
        one.first_accepts, one.first_answered_at = accepts, now
    else:
        one.second_accepts, one.second_answered_at = accepts, now


def _tell(session: Session, mediator: Mediator) -> None:
    """That something waits on her page; not to one who wants no messages that she did not ask for."""
    if get_choice(session, mediator.id).cadence != "none":
        write_to_her(session, mediator=mediator, template=MESSAGE, values={"path": PATH})


def count_ended(session: Session, *, now: datetime) -> int:
    """Proposals that ended a year ago."""
    over = select(func.count()).where(ExchangeProposal.expires_at <= now - KEPT_FOR)
    return session.scalar(over) or 0


def forget_exchanges(session: Session, *, actor: Actor, now: datetime, limit: int = 500) -> int:
    """Forget proposals that ended a year ago; return how many."""
    require(Permission.RUN_JOBS, actor)
    over = select(ExchangeProposal.id).where(ExchangeProposal.expires_at <= now - KEPT_FOR)
    ids = session.scalars(over.order_by(ExchangeProposal.id).limit(limit)).all()
    session.execute(delete(ExchangeProposal).where(ExchangeProposal.id.in_(ids)))
    return len(ids)


def _get_herself(session: Session, actor: Actor, mediator_id: int) -> Mediator:
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise NotFound
    return mediator


def _audit(
    session: Session, actor: Actor, mediator_id: int, action: str, detail: dict[str, Any]
) -> None:
    """Of her own doing only: what is hers to read says nothing of the other one."""
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="mediator",
        subject_id=mediator_id,
        detail=detail,
    )
