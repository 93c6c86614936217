"""Routes by which a coordinator writes, each with its right form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Availability, Consent, OutboxMessage
from tests.walls.forms import (
    decision_form,
    import_version,
    just,
    layout_form,
    leave_unrecognised,
    make_class_form,
    make_record_form,
    make_spoken_form,
    make_upload_form,
    meanings_form,
    time_form,
)
from tests.walls.village import Village
from tests.walls.writings import LINK, OWN_RECORD, Writing, at


def record_path(tail: str, woman: str = "ada") -> Callable[[Village], str]:
    return lambda village: f"/people/{village.record_of(woman, 'nwm')}{tail}"


def spoken_path(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/spoken-consents/{village.spoken['nwm']}{tail}"


def import_path(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/imports/{village.imports[f'{state} nwm'][0]}{tail}"


def _rest_from_mail(session: Session, village: Village) -> None:
    """Nobody wrote to Ada for long."""
    her = village.women["ada"]
    long_ago = clock.now() - timedelta(days=60)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.mediator_id == her)
        .values(created_at=long_ago, due_at=long_ago)
    )


def _fall_silent(session: Session, village: Village) -> None:
    """Ada never answered, and nobody wrote to her for long."""
    her = village.women["ada"]
    session.execute(
        update(Availability).where(Availability.mediator_id == her).values(confirmed_by="import")
    )
    _rest_from_mail(session, village)


def _end_consents(session: Session, village: Village) -> object:
    _rest_from_mail(session, village)
    hers = Consent.mediator_id == village.women["ada"]
    return session.execute(update(Consent).where(hers).values(valid_until=clock.now()))


DECIDED = "spoken_consent.state spoken_consent.decided_by spoken_consent.decided_at"
RECORD = (
    f"{OWN_RECORD} identity.title membership.antenna membership.pool membership.accreditation"
    " membership.accredited_on membership.lapses_on accreditation_step+"
)
PEOPLE = "mediator+ membership+ record+ identity+ entry+ availability+ suspicion+ change+"
ROWS = "import_row.outcome import_row.record_id import_row.problems"

COORDINATOR_WRITINGS = (
    Writing(
        "POST /sharing", "coordinator", at("/sharing"),
        just(network="nwm", partner="femwise", shared_class="0"), "sharing+",
    ),
    Writing(
        "POST /sharing/<int:sharing_id>/end", "coordinator",
        lambda v: f"/sharing/{v.sharing['nwm']}/end", just(version=1),
        "sharing.ended_on sharing.decided_by",
    ),
    Writing(
        "POST /people/new", "coordinator", at("/people/new"),
        just(network="nwm", name="Gerd Invented", email="gerd@example.org", language="sw"),
        "mediator+ membership+ record+ identity+ change+",
    ),
    Writing(
        "POST /people/invite", "coordinator", at("/people/invite"),
        lambda s, v: {"record": v.record_of("dia", "nwm")}, LINK,
    ),
    Writing(
        "POST /reminders", "coordinator", at("/reminders"),
        lambda s, v: {"which": "none", "record": v.record_of("ada", "nwm")}, LINK,
        prepare=_fall_silent,
    ),
    Writing(
        "POST /people/<int:record_id>/edit", "coordinator", record_path("/edit"),
        make_record_form, RECORD,
    ),
    Writing(
        "POST /people/<int:record_id>/invite", "coordinator", record_path("/invite", "dia"),
        just(), LINK,
    ),
    Writing(
        "POST /people/<int:record_id>/remind", "coordinator", record_path("/remind"), just(), LINK,
        prepare=_rest_from_mail,
    ),
    Writing(
        "POST /people/<int:record_id>/hand-over", "coordinator", record_path("/hand-over"), just(),
        "link+ link.replaced_at",
    ),
    Writing(
        "POST /people/<int:record_id>/spoken-consent", "coordinator",
        record_path("/spoken-consent", "fay"), make_spoken_form, "spoken_consent+",
    ),
    Writing(
        "POST /people/<int:record_id>/spoken-consent/take-back", "coordinator",
        record_path("/spoken-consent/take-back", "eva"), just(), "spoken_consent.state",
    ),
    Writing(
        "POST /spoken-consents/<int:spoken_id>/confirm", "coordinator", spoken_path("/confirm"),
        decision_form("nwm"), f"{DECIDED} consent+ change+", 4,
        "confirmed, and three purposes are given",
    ),
    Writing(
        "POST /spoken-consents/<int:spoken_id>/decline", "coordinator", spoken_path("/decline"),
        decision_form("nwm"), DECIDED,
    ),
    Writing(
        "POST /people/<int:record_id>/class", "coordinator", record_path("/class"), make_class_form,
        "mediator.safety_class change+",
    ),
    Writing(
        "POST /people/<int:record_id>/ask-consents", "coordinator", record_path("/ask-consents"),
        just(), LINK, prepare=_end_consents,
    ),
    Writing(
        "POST /people/<int:record_id>/availability", "coordinator", record_path("/availability"),
        time_form("ada"), "availability+ availability.superseded_at change+",
    ),
    Writing(
        "POST /imports", "coordinator", at("/imports"), make_upload_form,
        "spreadsheet_import+ import_row+",
    ),
    Writing(
        "POST /imports/<int:import_id>/confirm", "coordinator", import_path("read", "/confirm"),
        import_version("read"),
        f"spreadsheet_import.state spreadsheet_import.confirmed_at {ROWS} {PEOPLE}",
    ),
    Writing(
        "POST /imports/<int:import_id>/discard", "coordinator", import_path("read", "/discard"),
        import_version("read"),
        "spreadsheet_import.state spreadsheet_import.summary spreadsheet_import.file_name"
        " import_row-",
    ),
    Writing(
        "POST /imports/<int:import_id>/undo", "coordinator", import_path("taken", "/undo"),
        import_version("taken"),
        f"spreadsheet_import.state {ROWS} mediator- membership- record- identity- entry-"
        " availability- change+",
    ),
    Writing(
        "POST /imports/<int:import_id>/rows/<int:row_id>", "coordinator",
        lambda v: f"/imports/{v.imports['taken nwm'][0]}/rows/{v.rows['taken nwm']}",
        just(choice="new"), f"{ROWS} {PEOPLE}",
    ),
    Writing(
        "POST /imports/<int:import_id>/meanings", "coordinator", import_path("read", "/meanings"),
        meanings_form,
        "column_choice+ word_choice+ spreadsheet_import.summary import_row.digest import_row.values"
        " import_row.verdict import_row.outcome import_row.problems",
    ),
    Writing(
        "POST /imports/<int:import_id>/problems", "coordinator", import_path("read", "/problems"),
        just(), "export+",
    ),
    Writing(
        "POST /imports/<int:import_id>/layout", "coordinator", import_path("read", "/layout"),
        layout_form,
        "spreadsheet_import.state spreadsheet_import.summary spreadsheet_import.rows_read"
        " column_choice+",
        prepare=leave_unrecognised,
    ),
    Writing(
        "POST /imports/meanings/<kind>/<int:choice_id>/forget", "coordinator",
        lambda v: f"/imports/meanings/word/{v.choices['nwm']}/forget", just(version=1),
        "word_choice-",
    ),
)  # fmt: skip
