"""Coordinators judge a pair: one of each network, where both agreed to compare and she is listed.

They are asked after her. Who has an account answers for herself: for her a coordinator's word is
kept and joins nothing.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Merge
from roster.permissions import Actor, Permission, Subject
from roster.queries.pair_sides import PairSide
from roster.queries.pairs import Pair, get_pair
from roster.services.merges import join_if_same
from roster.services.trail import add_audit, add_changes, require


def pair_subject(session: Session, pair_id: int) -> Subject:
    """What the permission table needs of a pair that coordinators are asked about."""
    pair = get_pair(session, pair_id)
    if pair is None or not pair.may_judge(clock.now()):
        raise NotFound
    return Subject(network_codes=frozenset(side.network_code for side in pair.sides))


def judge_pair(
    session: Session, *, actor: Actor, pair_id: int, expected_version: int, is_same: bool
) -> Merge | None:
    """Take one coordinator's word; return the merge if nobody else has to speak.

    A *different* settles it. Refused for a *same* by the person who said it for the other network.
    """
    require(Permission.JUDGE_PAIR, actor, pair_subject(session, pair_id))
    pair = get_pair(session, pair_id)
    if pair is None:
        raise NotFound
    if pair.row.version != expected_version:
        raise StaleVersion({"state": pair.row.state}, {"is_same": is_same})
    side = _get_side(pair, actor)
    if is_same and actor.account_id is not None and pair.other(side).word_by == actor.account_id:
        raise Refused("second_person_needed")
    _store(pair, side, actor, is_same=is_same)
    session.flush()
    _trace(session, actor, pair, side, is_same=is_same)
    kept = next((each for each in pair.sides if each.has_account), pair.first)
    if not is_same:
        return None
    return join_if_same(session, actor=actor, pair_id=pair_id, kept_id=kept.mediator_id)


def _get_side(pair: Pair, actor: Actor) -> PairSide:
    """The side of her network; of her two networks the one that has not spoken."""
    own = [side for side in pair.sides if side.network_code in actor.coordinates]
    return next((side for side in own if side.word is None), own[0])


def _store(pair: Pair, side: PairSide, actor: Actor, *, is_same: bool) -> None:
    row, word = pair.row, "same" if is_same else "different"
    if side is pair.first:
        row.first_word, row.first_word_by = word, actor.account_id
    else:
        row.second_word, row.second_word_by = word, actor.account_id
    if not is_same:
        row.state, row.settled_at = "different", clock.now()
    elif row.first_word == row.second_word:
        row.state = "same"


def _trace(session: Session, actor: Actor, pair: Pair, side: PairSide, *, is_same: bool) -> None:
    add_audit(
        session,
        actor=actor,
        action="pair.judged_same" if is_same else "pair.judged_different",
        subject_kind="mediator",
        subject_id=side.mediator_id,
        network_code=side.network_code,
        detail={"pair": pair.row.id},
    )
    if not is_same:
        add_changes(session, [each.mediator_id for each in pair.sides])
