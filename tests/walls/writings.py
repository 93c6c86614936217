"""Every route that writes: who may, a form that is right and complete, and what it may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Account,
    Availability,
    Consent,
    Erasure,
    Mediator,
    OutboxMessage,
)
from tests.factories import PASSWORD
from tests.walls.exchanges import agree_to_exchange, exchange_form, propose_exchange
from tests.walls.forms import (
    MakeForm,
    asking_form,
    consents_form,
    decision_form,
    import_version,
    just,
    layout_form,
    leave_unrecognised,
    leaving_form,
    make_change_form,
    make_class_form,
    make_keep_form,
    make_own_record_form,
    make_record_form,
    make_repeat_form,
    make_request_form,
    make_spoken_form,
    make_stay_form,
    make_ties_form,
    make_upload_form,
    meanings_form,
    messages_form,
    own_version,
    request_version,
    sign_in_form,
    standing_of,
    time_form,
)
from tests.walls.village import Village

NEW_PASSWORD = "seven quiet herons at dusk"


@dataclass(frozen=True)
class Writing:
    """One route with one right form.

    ``path`` and ``form`` are made for the village as it stands; ``prepare`` puts it into the state
    that the form needs. ``touches`` names what the form owns, as ``rows.Difference`` does; a
    version may rise with its row. ``events`` is how many the trail gets.
    """

    route: str
    identity: str
    path: Callable[[Village], str]
    form: MakeForm
    touches: str
    events: int = 1
    why: str = ""
    """Why there is not exactly one event."""
    prepare: Callable[[Session, Village], object] = field(default=lambda session, village: None)


def _at(path: str) -> Callable[[Village], str]:
    return lambda village: path


def _record(tail: str, woman: str = "ada") -> Callable[[Village], str]:
    return lambda village: f"/people/{village.record_of(woman, 'nwm')}{tail}"


def _spoken(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/spoken-consents/{village.spoken['nwm']}{tail}"


def _fall_silent(session: Session, village: Village) -> None:
    """Ada never answered, and nobody wrote to her for long."""
    her = village.women["ada"]
    session.execute(
        update(Availability).where(Availability.mediator_id == her).values(confirmed_by="import")
    )
    _rest_from_mail(session, village)


def _rest_from_mail(session: Session, village: Village) -> None:
    """Nobody wrote to Ada for long."""
    her = village.women["ada"]
    long_ago = clock.now() - timedelta(days=60)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.mediator_id == her)
        .values(created_at=long_ago, due_at=long_ago)
    )


def _import(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/imports/{village.imports[f'{state} nwm'][0]}{tail}"


def _request(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/requests/{village.requests[f'envoy {state}'][0]}{tail}"


def _pause(session: Session, village: Village) -> object:
    until = clock.now() + timedelta(days=30)
    her = Mediator.id == village.women["ada"]
    return session.execute(update(Mediator).where(her).values(paused_until=until))


def _end_consents(session: Session, village: Village) -> object:
    _rest_from_mail(session, village)
    hers = Consent.mediator_id == village.women["ada"]
    return session.execute(update(Consent).where(hers).values(valid_until=clock.now()))


def _hide(session: Session, village: Village) -> object:
    her = Mediator.id == village.women["ada"]
    return session.execute(update(Mediator).where(her).values(is_hidden=True))


def _leave(session: Session, village: Village) -> object:
    woman = session.get_one(Mediator, village.women["ada"])
    woman.state = "withdrawn"
    now = clock.now()
    session.add(Erasure(mediator_key=woman.key, asked_at=now, due_at=now + timedelta(days=30)))
    return woman


def _take_password(session: Session, village: Village) -> object:
    return session.execute(
        update(Account).where(Account.id == village.accounts["dia"]).values(password_hash=None)
    )


SESSION = "web_session+ web_session.ended_at"
PASSWORDS = f"account.password_hash account.password_changed_at {SESSION}"
LINK = "link+ link.replaced_at outbox_message+"
STATEMENT = "availability+ availability.superseded_at mediator.time_zone change+"
DECIDED = "spoken_consent.state spoken_consent.decided_by spoken_consent.decided_at"
CONSENTS = "consent+ consent.withdrawn_at mediator.safety_class change+"
OWN_RECORD = (
    "record+ identity+ entry+ entry- identity.display_name identity.original_name identity.email"
    " identity.email_digest identity.phone identity.safe_contact entry.detail entry.sealed"
    " entry.grade entry.source entry.confirmed_on entry.entered_by entry.entered_at"
    " entry_history+ change+"
)
RECORD = (
    f"{OWN_RECORD} identity.title membership.antenna membership.pool membership.accreditation"
    " membership.accredited_on membership.lapses_on accreditation_step+"
)
DECLARED = "declaration+ declaration.interests declaration.declared_on declaration.covers change+"
RUN = "run+ run_row+ handle+ mediator.last_proposed_at change+"
PEOPLE = "mediator+ membership+ record+ identity+ entry+ availability+ suspicion+ change+"
ROWS = "import_row.outcome import_row.record_id import_row.problems"

WRITINGS = [
    Writing("POST /sign-in", "public", _at("/sign-in"), sign_in_form("envoy"), "web_session+"),
    Writing("POST /sign-out", "envoy", _at("/sign-out"), just(), "web_session.ended_at"),
    Writing(
        "POST /language", "envoy", _at("/language"), just(language="fr"), "account.language"
    ),
    Writing(
        "POST /account/password", "envoy", _at("/account/password"),
        just(current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS,
    ),
    Writing(
        "POST /i/<token>", "public", lambda v: f"/i/{v.tokens['invitation eva']}", just(),
        "account+ role_grant+ web_session+ link.used_at",
    ),
    Writing(
        "POST /r/<token>", "public", lambda v: f"/r/{v.tokens['renewal ada']}",
        just(answer="same"), f"{STATEMENT} link.used_at",
    ),
    Writing(
        "POST /c/<token>", "public", lambda v: f"/c/{v.tokens['consent ada']}",
        just(answer="none"), f"{CONSENTS} link.used_at", 3, "each of three purposes is withdrawn",
    ),
    Writing(
        "POST /h/<token>", "public", lambda v: f"/h/{v.tokens['hide ada']}", just(),
        "mediator.is_hidden change+",
    ),
    Writing(
        "POST /s/<token>", "public", lambda v: f"/s/{v.tokens['sign_in ada']}", just(),
        "web_session+ link.used_at",
    ),
    Writing(
        "POST /sign-in/link", "public", _at("/sign-in/link"), asking_form("ada"), LINK
    ),
    Writing(
        "POST /sharing", "coordinator", _at("/sharing"),
        just(network="nwm", partner="femwise", shared_class="0"), "sharing+",
    ),
    Writing(
        "POST /sharing/<int:sharing_id>/end", "coordinator",
        lambda v: f"/sharing/{v.sharing['nwm']}/end", just(version=1),
        "sharing.ended_on sharing.decided_by",
    ),
    Writing(
        "POST /people/new", "coordinator", _at("/people/new"),
        just(network="nwm", name="Gerd Invented", email="gerd@example.org", language="sw"),
        "mediator+ membership+ record+ identity+ change+",
    ),
    Writing(
        "POST /people/invite", "coordinator", _at("/people/invite"),
        lambda s, v: {"record": v.record_of("dia", "nwm")}, LINK,
    ),
    Writing(
        "POST /reminders", "coordinator", _at("/reminders"),
        lambda s, v: {"which": "none", "record": v.record_of("ada", "nwm")}, LINK,
        prepare=_fall_silent,
    ),
    Writing(
        "POST /people/<int:record_id>/edit", "coordinator", _record("/edit"),
        make_record_form, RECORD,
    ),
    Writing(
        "POST /people/<int:record_id>/invite", "coordinator", _record("/invite", "dia"),
        just(), LINK,
    ),
    Writing(
        "POST /people/<int:record_id>/remind", "coordinator", _record("/remind"), just(), LINK,
        prepare=_rest_from_mail,
    ),
    Writing(
        "POST /people/<int:record_id>/hand-over", "coordinator", _record("/hand-over"), just(),
        "link+ link.replaced_at",
    ),
    Writing(
        "POST /people/<int:record_id>/spoken-consent", "coordinator",
        _record("/spoken-consent", "fay"), make_spoken_form, "spoken_consent+",
    ),
    Writing(
        "POST /people/<int:record_id>/spoken-consent/take-back", "coordinator",
        _record("/spoken-consent/take-back", "eva"), just(), "spoken_consent.state",
    ),
    Writing(
        "POST /spoken-consents/<int:spoken_id>/confirm", "coordinator", _spoken("/confirm"),
        decision_form("nwm"), f"{DECIDED} consent+ change+", 4,
        "confirmed, and three purposes are given",
    ),
    Writing(
        "POST /spoken-consents/<int:spoken_id>/decline", "coordinator", _spoken("/decline"),
        decision_form("nwm"), DECIDED,
    ),
    Writing(
        "POST /people/<int:record_id>/class", "coordinator", _record("/class"), make_class_form,
        "mediator.safety_class change+",
    ),
    Writing(
        "POST /people/<int:record_id>/ask-consents", "coordinator", _record("/ask-consents"),
        just(), LINK, prepare=_end_consents,
    ),
    Writing(
        "POST /people/<int:record_id>/availability", "coordinator", _record("/availability"),
        time_form("ada"), "availability+ availability.superseded_at change+",
    ),
    Writing(
        "POST /imports", "coordinator", _at("/imports"), make_upload_form,
        "spreadsheet_import+ import_row+",
    ),
    Writing(
        "POST /imports/<int:import_id>/confirm", "coordinator", _import("read", "/confirm"),
        import_version("read"),
        f"spreadsheet_import.state spreadsheet_import.confirmed_at {ROWS} {PEOPLE}",
    ),
    Writing(
        "POST /imports/<int:import_id>/discard", "coordinator", _import("read", "/discard"),
        import_version("read"),
        "spreadsheet_import.state spreadsheet_import.summary spreadsheet_import.file_name"
        " import_row-",
    ),
    Writing(
        "POST /imports/<int:import_id>/undo", "coordinator", _import("taken", "/undo"),
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
        "POST /imports/<int:import_id>/meanings", "coordinator", _import("read", "/meanings"),
        meanings_form,
        "column_choice+ word_choice+ spreadsheet_import.summary import_row.digest import_row.values"
        " import_row.verdict import_row.outcome import_row.problems",
    ),
    Writing(
        "POST /imports/<int:import_id>/problems", "coordinator", _import("read", "/problems"),
        just(), "export+",
    ),
    Writing(
        "POST /imports/<int:import_id>/layout", "coordinator", _import("read", "/layout"),
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
    Writing("POST /requests", "envoy", _at("/requests"), make_request_form, "match_request+"),
    Writing(
        "POST /requests/<code>/edit", "envoy", _request("answered", "/edit"), make_change_form,
        "match_request.title match_request.criteria",
    ),
    Writing(
        "POST /requests/<code>/submit", "envoy", _request("draft", "/submit"),
        request_version("draft"),
        f"match_request.state match_request.submitted_at request_step+ {RUN}", 2,
        "submitted, and searched",
    ),
    Writing(
        "POST /requests/<code>/runs", "envoy", _request("answered", "/runs"), just(), RUN
    ),
    Writing(
        "POST /me/availability", "ada", _at("/me/availability"), time_form("ada", time_zone="UTC"),
        STATEMENT,
    ),
    Writing(
        "POST /me/availability/renew", "ada", _at("/me/availability/renew"),
        lambda s, v: {"version": standing_of(s, v, "ada")}, STATEMENT,
    ),
    Writing(
        "POST /me/availability/last-day", "ada", _at("/me/availability/last-day"),
        lambda s, v: {
            "version": standing_of(s, v, "ada"),
            "last_day": str(clock.now().date() + timedelta(days=20)),
        },
        "availability+ availability.superseded_at change+",
    ),
    Writing(
        "POST /me/availability/end", "ada", _at("/me/availability/end"),
        lambda s, v: {
            "version": standing_of(s, v, "ada"), "when": "day",
            "ends_on": str(clock.now().date() + timedelta(days=20)),
        },
        "availability.valid_until change+",
    ),
    Writing(
        "POST /me/pause", "ada", _at("/me/pause"),
        lambda s, v: {"until": str(clock.now().date() + timedelta(days=9))},
        "mediator.paused_until change+",
    ),
    Writing(
        "POST /me/pause/end", "ada", _at("/me/pause/end"), just(),
        "mediator.paused_until change+", prepare=_pause,
    ),
    Writing(
        "POST /me/messages", "ada", _at("/me/messages"), messages_form,
        "message_choice+ mediator.language mediator.time_zone", 2,
        why="a new clock is an event of its own",
    ),
    Writing("POST /me/hide", "ada", _at("/me/hide"), just(), "mediator.is_hidden change+"),
    Writing(
        "POST /me/hide-link", "ada", _at("/me/hide-link"), just(), "link+ link.replaced_at"
    ),
    Writing(
        "POST /me/show", "ada", _at("/me/show"), just(), "mediator.is_hidden change+",
        prepare=_hide,
    ),
    Writing(
        "POST /me/consents", "ada", _at("/me/consents"), consents_form("ada"), CONSENTS, 3,
        "each of three purposes is withdrawn",
    ),
    Writing(
        "POST /me/leave", "ada", _at("/me/leave"), leaving_form(sure="yes"),
        f"erasure+ mediator.state link.replaced_at outbox_message.state outbox_message.values {SESSION}"
        " change+",
    ),
    Writing(
        "POST /me/leave/networks", "ada", _at("/me/leave/networks"), leaving_form(networks="nwm"),
        "erasure+ membership.ended_on link.replaced_at change+",
    ),
    Writing(
        "POST /me/leave/take-back", "ada", _at("/me/leave/take-back"), make_stay_form,
        "erasure.taken_back_at mediator.state change+", prepare=_leave,
    ),
    Writing("POST /me/declaration", "ada", _at("/me/declaration"), make_ties_form, DECLARED),
    Writing(
        "POST /me/declaration/repeat", "ada", _at("/me/declaration/repeat"),
        make_repeat_form, DECLARED,
    ),
    Writing(
        "POST /me/exchange", "ada", _at("/me/exchange"), just(do="search"),
        "exchange_proposal+ outbox_message+", prepare=agree_to_exchange,
    ),
    Writing(
        "POST /me/exchange/answer", "ada", _at("/me/exchange/answer"), exchange_form,
        "exchange_proposal.first_accepts exchange_proposal.first_answered_at",
        prepare=propose_exchange,
    ),
    Writing("POST /me/details", "ada", _at("/me/details"), make_own_record_form, OWN_RECORD),
    Writing(
        "POST /me/records/sharing", "ada", _at("/me/records/sharing"),
        lambda s, v: {"version": own_version(s, v, "ada"), "is_shared": "no"},
        "record.is_shared",
    ),
    Writing(
        "POST /me/start/record", "dia", _at("/me/start/record"), make_keep_form,
        f"{OWN_RECORD} {DECLARED}", 2, "her record, and that she has nothing to declare",
    ),
    Writing(
        "POST /me/start/consents", "dia", _at("/me/start/consents"), consents_form("dia", "membership_file"),
        CONSENTS,
    ),
    Writing(
        "POST /me/start/availability", "dia", _at("/me/start/availability"),
        time_form("dia", time_zone="UTC"), STATEMENT,
    ),
    Writing(
        "POST /me/start/password", "dia", _at("/me/start/password"),
        just(new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS, prepare=_take_password,
    ),
]  # fmt: skip
