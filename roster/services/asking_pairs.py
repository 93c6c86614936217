""" "Is this also you?": she is asked first, on her own page, and answers for herself.

The question says nothing of the other record, not even of which network it is. Her yes alone joins
nothing: both sides must say it, or the other one must stand under a mailbox that is shown to be hers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, StaleVersion
from roster.models import CrossSuspicion, Mediator
from roster.permissions import Actor, Permission, Subject
from roster.queries.pair_sides import PairSide
from roster.queries.pairs import Pair, get_pair, list_asked_of_her, read_pairs, select_hers
from roster.services.merges import join_if_same
from roster.services.message_choices import get_choice
from roster.services.trail import add_audit, add_changes, require
from roster.services.writing import write_to_her

MOST_ASKED = 100
"""Questions of one night: a list that goes wrong does not write to everybody."""
REST = timedelta(days=7)
"""She gets one message for all questions of so many days."""
MESSAGE = "exchange"
"""The message says only that there is something new on her page."""
PATH = "/me"


def list_to_ask(session: Session) -> Sequence[int]:
    """Noted pairs of which at least one woman may be asked, the likeliest first."""
    noted = session.scalars(select(CrossSuspicion).where(CrossSuspicion.state == "noted"))
    pairs = [p for p in read_pairs(session, noted) if any(map(p.may_ask, p.sides))]
    likeliest = sorted(pairs, key=lambda pair: (-pair.row.features["score"], pair.row.id))
    return [pair.row.id for pair in likeliest[:MOST_ASKED]]


def ask_pairs(session: Session, *, actor: Actor, ids: Iterable[int], now: datetime) -> int:
    """Put the question on the pages of those who may be asked; return of how many pairs."""
    require(Permission.RUN_JOBS, actor)
    asked = 0
    for number in ids:
        pair = get_pair(session, number)
        sides = [side for side in pair.sides if pair.may_ask(side)] if pair else []
        if pair is None or not sides or pair.row.state != "noted":
            continue
        for side in sides:
            _write_to(session, side.mediator_id, now)
        pair.row.state, pair.row.asked_at = "asked", now
        session.flush()
        asked += 1
    if asked:
        counts = {"pairs": asked}
        add_audit(session, actor=actor, action="pairs.asked", subject_kind="pair", detail=counts)
    return asked


def _write_to(session: Session, mediator_id: int, now: datetime) -> None:
    """Unless she wants no messages, or was written to about another pair these days."""
    recent = select(CrossSuspicion.id).where(
        select_hers(mediator_id), CrossSuspicion.asked_at > now - REST
    )
    if get_choice(session, mediator_id).cadence == "none" or session.scalar(recent.limit(1)):
        return
    her = session.get_one(Mediator, mediator_id)
    write_to_her(session, mediator=her, template=MESSAGE, values={"path": PATH}, at=now)


def count_open_questions(session: Session, mediator_id: int) -> int:
    """How many wait for her answer."""
    return sum(side.said is None for _, side in list_asked_of_her(session, mediator_id))


def answer_pair(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    pair_id: int,
    expected_version: int,
    is_me: bool,
) -> bool:
    """Take her answer; return whether the two were joined by it.

    ``expected_version`` counts her own answers (0 or 1): the row's own version would tell that
    the other one has answered. A no is always taken and ends the question for both.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    pair, side = _get_question(session, mediator_id, pair_id)
    if expected_version != count_answers(side):
        raise StaleVersion({"answer": side.said}, {"answer": "same" if is_me else "different"})
    _store(pair, side, is_me=is_me)
    session.flush()
    action = "pair.hers" if is_me else "pair.not_hers"
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="mediator",
        subject_id=mediator_id,
        detail={"pair": pair_id},
    )
    if is_me:
        return join_if_same(session, actor=actor, pair_id=pair_id, kept_id=mediator_id) is not None
    add_changes(session, [each.mediator_id for each in pair.sides])
    return False


def count_answers(side: PairSide) -> int:
    """What her page names as the version that it shows."""
    return 0 if side.said is None else 1


def _get_question(session: Session, mediator_id: int, pair_id: int) -> tuple[Pair, PairSide]:
    for pair, side in list_asked_of_her(session, mediator_id):
        if pair.row.id == pair_id:
            return pair, side
    raise NotFound


def _store(pair: Pair, side: PairSide, *, is_me: bool) -> None:
    row, said = pair.row, "same" if is_me else "different"
    # a record under a mailbox of hers is hers to speak for
    speaks_for_both = is_me and side.address in pair.other(side).addresses
    if side is pair.first or speaks_for_both:
        row.first_said = said
    if side is pair.second or speaks_for_both:
        row.second_said = said
    if not is_me:
        row.state, row.settled_at = "different", clock.now()
