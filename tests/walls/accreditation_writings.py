"""Every route of accreditation, certificates and recognition that writes, with its right form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.models import Entry, Membership, Record
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import Writing

WOMAN, NETWORK = "ada", "nwm"


def _path(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/people/{village.record_of(WOMAN, NETWORK)}{tail}"


def _record(session: Session, village: Village) -> Record:
    return session.get_one(Record, village.record_of(WOMAN, NETWORK))


def _step_form(session: Session, village: Village) -> dict[str, Any]:
    held = select(Membership.version).where(
        Membership.mediator_id == village.women[WOMAN], Membership.network_code == NETWORK
    )
    return {
        "version": session.scalars(held).one(),
        "to_state": "accredited",
        "on_day": clock.now().date() - timedelta(days=3),
        "lapses_on": clock.now().date() + timedelta(days=365),
        "note": "renewed",
    }


def _training_form(session: Session, village: Village) -> dict[str, Any]:
    return {
        "version": _record(session, village).version,
        "code": "first_aid",
        "issued_on": clock.now().date(),
        "expires_on": clock.now().date() + timedelta(days=365),
    }


def _drop_form(session: Session, village: Village) -> dict[str, Any]:
    return {"version": _record(session, village).version, "code": "safeguarding"}


def _certify(session: Session, village: Village) -> None:
    session.add(
        Entry(
            record_id=village.record_of(WOMAN, NETWORK),
            field="training",
            code="safeguarding",
            grade=Grade.CONFIRMED,
            source="coordinator",
            entered_at=clock.now(),
        )
    )


ACCREDITATION_WRITINGS: tuple[Writing, ...] = (
    Writing(
        "POST /people/<int:record_id>/accreditation", "coordinator", _path("/accreditation"),
        _step_form,
        "accreditation_step+ membership.accreditation membership.accredited_on"
        " membership.lapses_on change+",
    ),
    Writing(
        "POST /people/<int:record_id>/trainings", "coordinator", _path("/trainings"),
        _training_form, "entry+ change+",
    ),
    Writing(
        "POST /people/<int:record_id>/trainings/drop", "coordinator", _path("/trainings/drop"),
        _drop_form, "entry- entry_history+ change+", prepare=_certify,
    ),
    Writing(
        "POST /recognitions", "coordinator", lambda v: "/recognitions",
        just(network=NETWORK, recognised="femwise"), "recognition+ change+",
    ),
    Writing(
        "POST /recognitions/<int:recognition_id>/end", "coordinator",
        lambda v: f"/recognitions/{v.recognitions[NETWORK]}/end", just(version=1),
        "recognition.ended_on recognition.decided_by change+",
    ),
)  # fmt: skip
