"""The right and complete form of every page that writes, for the village as it stands."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Account,
    Availability,
    Declaration,
    Erasure,
    MatchRequest,
    Mediator,
    Record,
    SpokenConsent,
    SpreadsheetImport,
)
from roster.queries.records import standing_availabilities
from roster.wording.consent_texts import CURRENT_VERSION
from tests.factories import PASSWORD
from tests.walls.village import Village
from tests.walls.words import write_list

Form = dict[str, Any]
MakeForm = Callable[[Session, Village], Form]


def just(**values: Any) -> Callable[[Session, Village], Form]:
    return lambda session, village: values


def import_version(state: str, **values: Any) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        staged = session.get_one(SpreadsheetImport, village.imports[f"{state} nwm"][0])
        return {"version": staged.version, **values}

    return make


def meanings_form(session: Session, village: Village) -> Form:
    """The first column of the file that was read is passed over."""
    return {**import_version("read")(session, village), "column-0": "notes"}


def leave_unrecognised(session: Session, village: Village) -> None:
    """The file that was read is one whose headings nobody recognised."""
    staged = session.get_one(SpreadsheetImport, village.imports["read nwm"][0])
    staged.state, staged.rows = "failed", []
    sketch = {"sheet": None, "keys": ["1", "2"], "lines": [[1, ["Zzq", "Xxk"]], [2, ["Ada", "x"]]]}
    staged.summary = {"refused": "no_table", "values": {}, "sketch": sketch}
    session.flush()


def layout_form(session: Session, village: Village) -> Form:
    """The first column holds names, below the first line."""
    return {**import_version("read")(session, village), "row": "1", "column-1": "name"}


def request_version(state: str) -> Callable[[Session, Village], Form]:
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
        "phases": "prevention", "phase_grade": "stated", "code": "one", "seniority": "senior", "origin": "insider",
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
        "most_share": "60",
        "countries": "Kenya",
        "place": "Kenya",
        "do": "save",
        **{f"posts-0-{name}": value for name, value in post.items()},
    }


def make_change_form(session: Session, village: Village) -> Form:
    return {**make_request_form(session, village), **request_version("answered")(session, village)}


def make_record_form(session: Session, village: Village) -> Form:
    record = session.get_one(Record, village.record_of("ada", "nwm"))
    return {
        "version": record.version, "display_name": "Ada Another", "original_name": "Ada",
        "title": "Dr", "email": "ada@example.org", "phone": "+44 20 1234", "safe_contact": "never",
        "nationality": "Kenya", "residence": "Kenya", "birth_year": "1970", "track": "II",
        "role_held": "facilitator", "theme": "ceasefire", "place": "Kenya", "seniority": "senior",
        "languages-0-language": "French", "languages-0-speaking": "B2", "settled": "themes",
        "note": "A note", "confirm": "track:II", "antenna": "Seat", "pool": "exclusive", "accreditation": "interviewed",
        "accredited_on": "2026-01-01", "lapses_on": "2028-01-01",
    }  # fmt: skip


def own_version(session: Session, village: Village, woman: str) -> int:
    own = select(Record.version).where(
        Record.mediator_id == village.women[woman], Record.network_code.is_(None)
    )
    return session.scalar(own) or 0


def make_own_record_form(session: Session, village: Village) -> Form:
    return {
        "version": own_version(session, village, "ada"), "then": "start", "do": "save",
        "display_name": "Ada Herself", "original_name": "Ada", "email": "ada@example.org",
        "phone": "+44 20 1234", "safe_contact": "never", "nationality": "Kenya",
        "residence": "Kenya", "birth_year": "1970", "languages-0-language": "French",
        "languages-0-level": "B2", "track": "II", "theme": "ceasefire",
        "role_held": "facilitator", "role_sought": "facilitator", "place": "Kenya",
        "seniority": "senior", "biography": "A life",
    }  # fmt: skip


def messages_form(session: Session, village: Village) -> Form:
    version = session.scalar(select(Mediator.version).where(Mediator.id == village.women["ada"]))
    return {
        "version": version or 0, "channel": "mail", "cadence": "one", "quiet_from": "20",
        "quiet_until": "6", "language": "fr", "time_zone": "Africa/Nairobi",
    }  # fmt: skip


def make_keep_form(session: Session, village: Village) -> Form:
    version = own_version(session, village, "dia")
    return {"version": version, "ties": "none", "levels-0-code": "eng", "levels-0-level": "C1"}


def standing_of(session: Session, village: Village, woman: str) -> int:
    her = village.women[woman]
    row: Availability | None = standing_availabilities(session, [her], clock.now()).get(her)
    return row.id if row else 0


def time_form(woman: str, **more: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {
            "version": standing_of(session, village, woman), "status": "partly",
            "window_from": "2027-01-01", "window_to": "2027-12-31", "notice_days": "14",
            "days_per_month": "5", "longest_stay_days": "30", "modalities": "remote",
            "refused": "Kenya", **more,
        }  # fmt: skip

    return make


def consents_form(woman: str, *purposes: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        mediator = session.get_one(Mediator, village.women[woman])
        return {
            "version": mediator.version,
            "purposes": list(purposes),
            "safety_class": str(mediator.safety_class),
        }

    return make


def make_spoken_form(session: Session, village: Village) -> Form:
    return {
        "spoken_on": clock.now().date().isoformat(), "channel": "telephone", "language": "en",
        "purposes": ["membership_file", "matching"], "text_version": CURRENT_VERSION,
    }  # fmt: skip


def decision_form(network: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {"version": session.get_one(SpokenConsent, village.spoken[network]).version}

    return make


def make_class_form(session: Session, village: Village) -> Form:
    mediator = session.get_one(Mediator, village.women["ada"])
    return {"version": mediator.version, "safety_class": "3"}


def make_repeat_form(session: Session, village: Village) -> Form:
    mine = select(Declaration.version).where(Declaration.mediator_id == village.women["ada"])
    return {"version": session.scalar(mine) or 0}


def leaving_form(**more: Any) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {"version": session.get_one(Mediator, village.women["ada"]).version, **more}

    return make


def make_stay_form(session: Session, village: Village) -> Form:
    key = session.get_one(Mediator, village.women["ada"]).key
    wish = select(Erasure.id).where(Erasure.mediator_key == key)
    return {"erasure": session.scalars(wish).one()}


def make_ties_form(session: Session, village: Village) -> Form:
    tie = {"kind": "office", "country": "Kenya", "party": "side.one", "first_year": "2001",
           "last_year": "2003"}  # fmt: skip
    return {
        **make_repeat_form(session, village),
        "sides": "side.two, side.three",
        **{f"ties-0-{name}": value for name, value in tie.items()},
    }


def make_upload_form(session: Session, village: Village) -> Form:
    content = write_list(990, extra="more")
    return {"network": "nwm", "file": (io.BytesIO(content), "list.csv")}


def sign_in_form(identity: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {
            "email": session.get_one(Account, village.accounts[identity]).email,
            "password": PASSWORD,
        }

    return make


def asking_form(identity: str) -> Callable[[Session, Village], Form]:
    def make(session: Session, village: Village) -> Form:
        return {"email": session.get_one(Account, village.accounts[identity]).email}

    return make
