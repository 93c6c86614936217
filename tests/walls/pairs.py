"""Two women of the village who may be one, and the forms of those who are asked about them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, ComparisonAgreement, CrossSuspicion, Mediator, Merge
from roster.permissions import SCHEDULER
from roster.queries.pairs import PATIENCE
from roster.services.merges import join_if_same
from tests.pair_factories import agree, suspect
from tests.walls.village import Village


def suspect_pair(session: Session, village: Village) -> CrossSuspicion:
    """Ada of one network and Bea of another, both listed; they were asked long ago."""
    ada, bea = (session.get_one(Mediator, village.women[name]) for name in ("ada", "bea"))
    bea.safety_class = 1
    agree(session, "nwm", "awmn")
    return suspect(
        session, ada, bea, ("nwm", "awmn"), state="asked", asked_at=clock.now() - PATIENCE
    )


def join_pair(session: Session, village: Village) -> Merge | None:
    """Ada has said that Bea is her, and Bea that Ada is."""
    row = suspect_pair(session, village)
    row.first_said = row.second_said = "same"
    session.flush()
    return join_if_same(session, actor=SCHEDULER, pair_id=row.id, kept_id=village.women["ada"])


def join_by_offices(session: Session, village: Village) -> Merge | None:
    """Ada has said yes herself; for Bea, who has no account, a coordinator of hers has."""
    row = suspect_pair(session, village)
    bea = Account.mediator_id == village.women["bea"]
    session.execute(update(Account).where(bea).values(mediator_id=None))
    row.first_said, row.second_word = "same", "same"
    session.flush()
    return join_if_same(session, actor=SCHEDULER, pair_id=row.id, kept_id=village.women["ada"])


def ask_to_compare(session: Session, village: Village) -> ComparisonAgreement:
    """The other network has said yes and waits."""
    row = agree(session, "nwm", "awmn")
    row.second_agreed_at = None
    session.flush()
    return row


def answer_form(session: Session, village: Village) -> dict[str, Any]:
    """Her no to the one question there is."""
    pair = session.scalars(select(CrossSuspicion.id)).one()
    return {"pair": pair, "version": 0, "answer": "no"}


def word_form(session: Session, village: Village) -> dict[str, Any]:
    """A coordinator's word on the one pair that there is."""
    return {"version": session.scalars(select(CrossSuspicion.version)).one(), "word": "same"}


def comparison_form(session: Session, village: Village) -> dict[str, Any]:
    """Her network's yes to the one that waits for it."""
    version = session.scalars(select(ComparisonAgreement.version)).one()
    return {"network": "nwm", "other": "awmn", "version": version, "do": "agree"}


def part_form(session: Session, village: Village) -> dict[str, Any]:
    """The one merge that there is, as her page names it."""
    merge = session.scalars(select(Merge)).one()
    return {"merge": merge.id, "version": merge.version}


def office_part_form(session: Session, village: Village) -> dict[str, Any]:
    """The same as a coordinator's page names it."""
    return {"version": session.scalars(select(Merge.version)).one()}
