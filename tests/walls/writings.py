"""Every route that writes: who may, a form that is right and complete, and what it may touch."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Account,
    Availability,
    Declaration,
    MatchRequest,
    Mediator,
    Record,
    SpreadsheetImport,
)
from roster.queries.records import standing_availabilities
from tests.factories import PASSWORD
from tests.walls.village import Village, write_list

NEW_PASSWORD = "seven quiet herons at dusk"
Form = dict[str, Any]


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
    form: Callable[[Session, Village], Form]
    touches: str
    events: int = 1
    why: str = ""
    """Why there is not exactly one event."""
    prepare: Callable[[Session, Village], object] = field(default=lambda session, village: None)


def _at(path: str) -> Callable[[Village], str]:
    return lambda village: path


def _record(tail: str, woman: str = "ada") -> Callable[[Village], str]:
    return lambda village: f"/people/{village.record_of(woman, 'nwm')}{tail}"


def _import(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/imports/{village.imports[f'{state} nwm'][0]}{tail}"


def _request(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/requests/{village.requests[f'envoy {state}'][0]}{tail}"


def _just(**values: Any) -> Callable[[Session, Village], Form]:
    return lambda session, village: values


def _import_version(state: str, **values: Any) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        staged = session.get_one(SpreadsheetImport, village.imports[f"{state} nwm"][0])
        return {"version": staged.version, **values}

    return make


def _request_version(state: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        code = village.requests[f"envoy {state}"][0]
        version = session.scalars(select(MatchRequest.version).where(MatchRequest.code == code))
        return {"version": version.one()}

    return make


def make_request_form(session: Session, village: Village) -> Form:
    """The whole form of a request, saved as a draft."""
    day = clock.now().date() + timedelta(days=40)
    post = {
        "roles": "facilitator", "role_grade": "stated", "tracks": "II", "track_grade": "stated",
        "phases": "prevention", "code": "one", "seniority": "senior", "origin": "insider",
        "community": "", "origin_is_hard": "", "themes-0-any_of": "ceasefire",
        "themes-0-depth": "1", "themes-0-grade": "stated", "themes-0-weight": "nice",
        "languages-0-any_of": "English", "languages-0-skill": "speaking",
        "languages-0-level": "B2", "languages-0-grade": "stated", "languages-0-weight": "hard",
    }  # fmt: skip
    return {
        "title": "Corridor talks",
        "start": day.isoformat(),
        "end": day.isoformat(),
        "modality": "in_person",
        "accreditation_floor": "accredited",
        "days_per_month": "5",
        "notice_days": "7",
        "target_share": "40",
        "countries": "Kenya",
        "place": "Kenya",
        "do": "save",
        **{f"posts-0-{name}": value for name, value in post.items()},
    }


def _change_request(session: Session, village: Village) -> Form:
    return {**make_request_form(session, village), **_request_version("answered")(session, village)}


def make_record_form(session: Session, village: Village) -> Form:
    record = session.get_one(Record, village.record_of("ada", "nwm"))
    return {
        "version": record.version, "display_name": "Ada Another", "original_name": "Ada",
        "title": "Dr", "email": "ada@example.org", "phone": "+44 20 1234", "safe_contact": "never",
        "nationality": "Kenya", "residence": "Kenya", "birth_year": "1970", "track": "II",
        "role_held": "facilitator", "theme": "ceasefire", "place": "Kenya", "seniority": "senior",
        "languages-0-language": "French", "languages-0-speaking": "B2", "settled": "themes",
        "note": "A note", "confirm": "track:II", "antenna": "Seat", "accreditation": "interviewed",
        "accredited_on": "2026-01-01", "lapses_on": "2028-01-01",
    }  # fmt: skip


def _own_version(session: Session, village: Village, woman: str) -> int:
    own = select(Record.version).where(
        Record.mediator_id == village.women[woman], Record.network_code.is_(None)
    )
    return session.scalar(own) or 0


def make_own_record_form(session: Session, village: Village) -> Form:
    return {
        "version": _own_version(session, village, "ada"), "then": "start",
        "display_name": "Ada Herself", "original_name": "Ada", "email": "ada@example.org",
        "phone": "+44 20 1234", "safe_contact": "never", "nationality": "Kenya",
        "residence": "Kenya", "birth_year": "1970", "languages-0-language": "French",
        "languages-0-level": "B2", "track": "II", "theme": "ceasefire",
        "role_held": "facilitator", "role_sought": "facilitator", "place": "Kenya",
        "seniority": "senior", "biography": "A life",
    }  # fmt: skip


def _keep(session: Session, village: Village) -> Form:
    version = _own_version(session, village, "dia")
    return {"version": version, "ties": "none", "levels-0-code": "eng", "levels-0-level": "C1"}


def _standing(session: Session, village: Village, woman: str) -> int:
    her = village.women[woman]
    row: Availability | None = standing_availabilities(session, [her], clock.now()).get(her)
    return row.id if row else 0


def _time(woman: str, **more: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {
            "version": _standing(session, village, woman), "status": "partly",
            "window_from": "2027-01-01", "window_to": "2027-12-31", "notice_days": "14",
            "days_per_month": "5", "longest_stay_days": "30", "modalities": "remote",
            "refused": "Kenya", **more,
        }  # fmt: skip

    return make


def _consents(woman: str, *purposes: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        mediator = session.get_one(Mediator, village.women[woman])
        return {
            "version": mediator.version,
            "purposes": list(purposes),
            "safety_class": str(mediator.safety_class),
        }

    return make


def _ties(session: Session, village: Village) -> Form:
    mine = select(Declaration.version).where(Declaration.mediator_id == village.women["ada"])
    tie = {"kind": "office", "country": "Kenya", "first_year": "2001", "last_year": "2003"}
    return {
        "version": session.scalar(mine) or 0,
        **{f"ties-0-{name}": value for name, value in tie.items()},
    }


def _upload(session: Session, village: Village) -> Form:
    content = write_list(990, extra="more")
    return {"network": "nwm", "file": (io.BytesIO(content), "list.csv")}


def _pause(session: Session, village: Village) -> object:
    until = clock.now() + timedelta(days=30)
    her = Mediator.id == village.women["ada"]
    return session.execute(update(Mediator).where(her).values(paused_until=until))


def _hide(session: Session, village: Village) -> object:
    her = Mediator.id == village.women["ada"]
    return session.execute(update(Mediator).where(her).values(is_hidden=True))


def _take_password(session: Session, village: Village) -> object:
    return session.execute(
        update(Account).where(Account.id == village.accounts["dia"]).values(password_hash=None)
    )


def _address_of(identity: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {
            "email": session.get_one(Account, village.accounts[identity]).email,
            "password": PASSWORD,
        }

    return make


SESSION = "web_session+ web_session.ended_at"
PASSWORDS = f"account.password_hash account.password_changed_at {SESSION}"
LINK = "link+ link.replaced_at outbox_message+"
STATEMENT = "availability+ availability.superseded_at mediator.time_zone change+"
CONSENTS = "consent+ consent.withdrawn_at mediator.safety_class change+"
OWN_RECORD = (
    "record+ identity+ entry+ entry- identity.display_name identity.original_name identity.email"
    " identity.email_digest identity.phone identity.safe_contact entry.detail entry.sealed"
    " entry.grade entry.source entry.confirmed_on entry.entered_by entry.entered_at change+"
)
RECORD = (
    f"{OWN_RECORD} identity.title membership.antenna membership.accreditation"
    " membership.accredited_on membership.lapses_on"
)
DECLARED = "declaration+ declaration.interests declaration.declared_on declaration.covers change+"
RUN = "run+ run_row+ handle+ mediator.last_proposed_at change+"
PEOPLE = "mediator+ membership+ record+ identity+ entry+ availability+ suspicion+ change+"
ROWS = "import_row.outcome import_row.record_id import_row.problems"

WRITINGS = [
    Writing("POST /sign-in", "public", _at("/sign-in"), _address_of("envoy"), "web_session+"),
    Writing("POST /sign-out", "envoy", _at("/sign-out"), _just(), "web_session.ended_at"),
    Writing(
        "POST /language", "envoy", _at("/language"), _just(language="fr"), "account.language"
    ),
    Writing(
        "POST /account/password", "envoy", _at("/account/password"),
        _just(current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS,
    ),
    Writing(
        "POST /i/<token>", "public", lambda v: f"/i/{v.tokens['invitation eva']}", _just(),
        "account+ role_grant+ web_session+ link.used_at",
    ),
    Writing(
        "POST /r/<token>", "public", lambda v: f"/r/{v.tokens['renewal ada']}",
        _just(answer="same"), f"{STATEMENT} link.used_at",
    ),
    Writing(
        "POST /people/invite", "coordinator", _at("/people/invite"),
        lambda s, v: {"record": v.record_of("dia", "nwm")}, LINK,
    ),
    Writing(
        "POST /people/<int:record_id>/edit", "coordinator", _record("/edit"),
        make_record_form, RECORD,
    ),
    Writing(
        "POST /people/<int:record_id>/invite", "coordinator", _record("/invite", "dia"),
        _just(), LINK,
    ),
    Writing(
        "POST /people/<int:record_id>/remind", "coordinator", _record("/remind"), _just(), LINK,
    ),
    Writing(
        "POST /people/<int:record_id>/availability", "coordinator", _record("/availability"),
        _time("ada"), "availability+ availability.superseded_at change+",
    ),
    Writing(
        "POST /imports", "coordinator", _at("/imports"), _upload,
        "spreadsheet_import+ import_row+",
    ),
    Writing(
        "POST /imports/<int:import_id>/confirm", "coordinator", _import("read", "/confirm"),
        _import_version("read"),
        f"spreadsheet_import.state spreadsheet_import.confirmed_at {ROWS} {PEOPLE}",
    ),
    Writing(
        "POST /imports/<int:import_id>/discard", "coordinator", _import("read", "/discard"),
        _import_version("read"),
        "spreadsheet_import.state spreadsheet_import.summary spreadsheet_import.file_name"
        " import_row-",
    ),
    Writing(
        "POST /imports/<int:import_id>/undo", "coordinator", _import("taken", "/undo"),
        _import_version("taken"),
        f"spreadsheet_import.state {ROWS} mediator- membership- record- identity- entry-"
        " availability- change+",
    ),
    Writing(
        "POST /imports/<int:import_id>/rows/<int:row_id>", "coordinator",
        lambda v: f"/imports/{v.imports['taken nwm'][0]}/rows/{v.rows['taken nwm']}",
        _just(choice="new"), f"{ROWS} {PEOPLE}",
    ),
    Writing("POST /requests", "envoy", _at("/requests"), make_request_form, "match_request+"),
    Writing(
        "POST /requests/<code>/edit", "envoy", _request("answered", "/edit"), _change_request,
        "match_request.title match_request.criteria",
    ),
    Writing(
        "POST /requests/<code>/submit", "envoy", _request("draft", "/submit"),
        _request_version("draft"),
        f"match_request.state match_request.submitted_at {RUN}", 2,
        "submitted, and searched",
    ),
    Writing(
        "POST /requests/<code>/runs", "envoy", _request("answered", "/runs"), _just(), RUN
    ),
    Writing(
        "POST /me/availability", "ada", _at("/me/availability"), _time("ada", time_zone="UTC"),
        STATEMENT,
    ),
    Writing(
        "POST /me/availability/renew", "ada", _at("/me/availability/renew"),
        lambda s, v: {"version": _standing(s, v, "ada")}, STATEMENT,
    ),
    Writing(
        "POST /me/pause", "ada", _at("/me/pause"),
        lambda s, v: {"until": str(clock.now().date() + timedelta(days=9))},
        "mediator.paused_until change+",
    ),
    Writing(
        "POST /me/pause/end", "ada", _at("/me/pause/end"), _just(),
        "mediator.paused_until change+", prepare=_pause,
    ),
    Writing("POST /me/hide", "ada", _at("/me/hide"), _just(), "mediator.is_hidden change+"),
    Writing(
        "POST /me/show", "ada", _at("/me/show"), _just(), "mediator.is_hidden change+",
        prepare=_hide,
    ),
    Writing(
        "POST /me/consents", "ada", _at("/me/consents"), _consents("ada"), CONSENTS, 3,
        "each of three purposes is withdrawn",
    ),
    Writing("POST /me/declaration", "ada", _at("/me/declaration"), _ties, DECLARED),
    Writing("POST /me/details", "ada", _at("/me/details"), make_own_record_form, OWN_RECORD),
    Writing(
        "POST /me/start/record", "dia", _at("/me/start/record"), _keep,
        f"{OWN_RECORD} {DECLARED}", 2, "her record, and that she has nothing to declare",
    ),
    Writing(
        "POST /me/start/consents", "dia", _at("/me/start/consents"), _consents("dia", "matching"),
        CONSENTS,
    ),
    Writing(
        "POST /me/start/availability", "dia", _at("/me/start/availability"),
        _time("dia", time_zone="UTC"), STATEMENT,
    ),
    Writing(
        "POST /me/start/password", "dia", _at("/me/start/password"),
        _just(new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS, prepare=_take_password,
    ),
]  # fmt: skip
