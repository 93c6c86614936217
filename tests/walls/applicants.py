"""Applicants of two networks at the walls: what they wrote, and who may see how much of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.models import Application, Identity
from roster.services.application_letters import send_link
from tests.application_factories import add_application, add_call
from tests.factories import canary
from tests.walls.forms import Form, MakeForm
from tests.walls.village import NETWORKS, Village
from tests.walls.words import dress

Seen = tuple[str, int]
SHOWN = {
    "invited": {"applicant"},
    "begun": set[str](),
    "submitted": {"applicant", "applicantaddress", "applicantwords"},
}
"""State -> what a coordinator of its network sees of it; nobody else sees anything."""
FIELDS = frozenset(SHOWN["submitted"])


def add_applicants(session: Session, village: Village) -> None:
    """Per network a call, and an application in each state; the one that is begun has a link."""
    for network in NETWORKS:
        village.calls[network] = add_call(session, network=network, slug=f"call-{network}").id
        for state in SHOWN:
            made = add_application(session, network=network, state=state)
            made.name = dress(canary("applicant", made.id))
            words = dress(canary("applicantwords", made.id))
            made.answers = {**made.answers, "biography": words}
            village.applications[f"{state} {network}"] = made.id
            if state == "begun":
                path = send_link(session, made, "application").values["path"]
                village.tokens[f"application {network}"] = path.rpartition("/")[2]


def judge_application(village: Village, identity: str, seen: Seen) -> str:
    """The letter for what this identity has seen of an application."""
    field, number = seen
    mine = {"coordinator": "nwm", "other coordinator": "awmn"}.get(identity)
    owner = next(key for key, held in village.applications.items() if held == number)
    state, network = owner.split()
    return "R" if network == mine and field in SHOWN[state] else "-"


def application_form(state: str, **values: object) -> MakeForm:
    """A form about the application in this state, with its version."""

    def make(session: Session, village: Village) -> Form:
        held = session.get_one(Application, village.applications[f"{state} nwm"])
        return {"version": held.version, **values}

    return make


def make_known_form(session: Session, village: Village) -> Form:
    return application_form("submitted", record_id=village.record_of("dia", "nwm"))(
        session, village
    )


def look_like_dia(session: Session, village: Village) -> object:
    """The applicant bears the name of a woman on the list, and names no country."""
    submitted = session.get_one(Application, village.applications["submitted nwm"])
    submitted.name = session.get_one(Identity, village.record_of("dia", "nwm")).display_name
    submitted.answers = {"languages": [{"language": "fra"}], "ties": "none"}
    return session.flush()
