"""Asking for the one thing that a near miss lacks: of herself, or of those who keep her record.

The envoy learns nothing by asking: whoever is asked, however, and whether anybody is asked at all,
she reads the same. A woman is asked for once a day at most, whoever presses the button, and neither
she nor her coordinator is told by whom or for what.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching import Evidence, Verdict, public_code
from roster import clock
from roster.errors import NotFound, Refused, TooMany
from roster.models import Account, AuditEvent, Mediator, Record, RoleGrant, Run, RunRow
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import left_records
from roster.services.asked_requests import list_cleared
from roster.services.asked_today import get_newest_run
from roster.services.links import PATHS, make_link
from roster.services.message_choices import DEFAULT, next_allowed
from roster.services.shown_cards import list_showable
from roster.services.stored_evidence import read_evidence
from roster.services.trail import add_audit, add_message, require
from roster.services.writing import load_reach, make_message_id, write_to_her

OF_HER_TIME = frozenset({"A1", "A2", "A3", "A4", "A5"})
"""Her renewal link takes all of these: another window, notice, days or way of working."""
OF_HER_TIES = frozenset({"N0"})
OF_HER_OFFICE = frozenset({"L2", "L3", "R1", "T1", "K1", "V1", "V2"})
"""What only those who keep her record can confirm: a level that has risen too."""
ASKABLE = OF_HER_TIME | OF_HER_TIES | OF_HER_OFFICE
DAY = timedelta(days=1)
ASKS_PER_REQUEST = 20
"""In 24 hours."""
DECLARATION_PATH = "/me/declaration"
RECORD_PATH = "/people/{record_id}"


def find_askable(row: RunRow) -> str:
    """The code of what can be asked for a near miss; "" where nothing can."""
    if row.state != "near_miss":
        return ""
    missing = next((one for one in _read(row) if one.verdict < Verdict.PASS), None)
    code = "" if missing is None else public_code(missing)
    return code if code in ASKABLE else ""


def _read(row: RunRow) -> list[Evidence]:
    return [read_evidence(one) for one in row.evidence]


def ask_for(session: Session, *, actor: Actor, run_id: int, position: int) -> None:
    """Ask for what the woman at this position of the newest answer lacks.

    ``Refused`` where nothing can be asked, as for a row that reads "no longer available";
    ``NotFound`` for another's run; ``TooMany`` beyond the limit of the day.
    """
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound
    request = run.match_request
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=request.account_id))
    row = next((one for one in run.rows if one.position == position), None)
    code = "" if row is None else find_askable(row)
    if row is None or not code or get_newest_run(request).id != run.id:
        raise Refused("nothing_to_ask")
    now = clock.now()
    forward = list_cleared(session, request.id, "put_forward")
    her = [row.mediator_id] if row.mediator_id is not None else []
    if row.mediator_id is None or not list_showable(session, her, now, put_forward=forward):
        raise Refused("nothing_to_ask")
    if _count_asked(session, "request", request.id, "request.asked_for") >= ASKS_PER_REQUEST:
        raise TooMany("too_many_asks", retry_after=int(DAY.total_seconds()))
    _audit(session, actor, "request.asked_for", "request", request.id)
    if not _count_asked(session, "mediator", row.mediator_id, "mediator.asked_for"):
        _audit(session, actor, "mediator.asked_for", "mediator", row.mediator_id)
        _ask(session, session.get_one(Mediator, row.mediator_id), code)


def _ask(session: Session, mediator: Mediator, code: str) -> None:
    reach = load_reach(session, [mediator.id])[mediator.id]
    is_hers = code in OF_HER_TIME or code in OF_HER_TIES
    if is_hers and reach.address and reach.choice.cadence != "none":
        _ask_her(session, mediator, code)
    else:
        _ask_office(session, mediator)


def _ask_her(session: Session, mediator: Mediator, code: str) -> None:
    if code in OF_HER_TIES:
        write_to_her(
            session, mediator=mediator, template="exchange", values={"path": DECLARATION_PATH}
        )
        return
    link, token = make_link(session, "renewal", mediator.id)
    values = {"path": PATHS["renewal"] + token, "ends_at": link.ends_at.isoformat()}
    write_to_her(session, mediator=mediator, template="renewal", values=values)


def _ask_office(session: Session, mediator: Mediator) -> None:
    """One message to each coordinator of her networks, with the place of the record they keep."""
    kept = select(Record.id, Account).where(
        Record.mediator_id == mediator.id,
        Record.network_code.is_not(None),
        Record.id.not_in(left_records()),
        RoleGrant.network_code == Record.network_code,
        RoleGrant.role == "coordinator",
        Account.id == RoleGrant.account_id,
        Account.is_active,
    )
    told: set[int] = set()
    for record_id, account in session.execute(kept.order_by(Record.id, Account.id)).all():
        if account.id in told:
            continue
        told.add(account.id)
        add_message(
            session,
            template="to_confirm",
            language=account.language,
            recipient=account.email,
            values={"path": RECORD_PATH.format(record_id=record_id)},
            message_id=make_message_id(),
            due_at=next_allowed(DEFAULT, account.time_zone, clock.now()),
        )


def _count_asked(session: Session, kind: str, number: int, action: str) -> int:
    statement = select(func.count(AuditEvent.id)).where(
        AuditEvent.subject_kind == kind,
        AuditEvent.subject_id == number,
        AuditEvent.action == action,
        AuditEvent.at > clock.now() - DAY,
    )
    return session.scalar(statement) or 0


def _audit(session: Session, actor: Actor, action: str, kind: str, number: int) -> None:
    add_audit(session, actor=actor, action=action, subject_kind=kind, subject_id=number)
