"""The world that the access matrix is walked in: one account of each role, and rows on both sides.

``own`` rows belong to the network nwm, to its member who has the mediator's account, and to the
envoy; ``foreign`` ones to another network, woman and envoy; ``absent`` ones to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from roster import clock
from roster.db import Database
from roster.encryption import keyring
from roster.models import Account, Link, MatchRequest, Mediator, Record, SpreadsheetImport
from roster.permissions import OPERATOR
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.services.deployments import plan_deployment
from roster.services.imports import stage_import
from roster.services.links import PATHS, make_link
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.services.sign_in import start_session
from roster.spreadsheets import read_spreadsheet
from roster.vocabulary import load_vocabulary
from tests.application_factories import add_application, add_call
from tests.approach_factories import add_shown
from tests.builder_factories import add_team, add_template
from tests.document_factories import add_document
from tests.factories import add_account, add_mediator, canary
from tests.office_factories import (
    add_invited,
    add_recognition,
    add_saved_search,
    add_sharing,
    add_spoken_consent,
    add_word_choice,
)
from tests.pair_factories import add_pair_and_merge
from tests.process_factories import add_clearance, add_focal_point, add_process
from tests.program_factories import add_key, name_key

ROLES = ("anonymous", "mediator", "coordinator", "envoy", "administrator", "auditor")
SIDES = ("own", "foreign", "absent")
MAY_GROW = {"read_event", "sign_in_counter", "web_session", "ledger_head"}
"""Tables that a GET may touch: read log, counters, session-seen, and the head for order."""
LIST = "Name;E-mail;Country;Languages\n{name};{name}@example.org;Kenya;English C1\n;;;\n"


@dataclass(frozen=True)
class World:
    """Keys of the sessions by role, and the arguments of addresses by side."""

    keys: dict[str, str]
    arguments: dict[str, dict[str, object]]
    programs: dict[str, str]
    """Keys of programs by role, with every scope."""
    own_canaries: frozenset[tuple[str, int]]
    """Kind and number of every text of the own side: of records, files, processes, requests,
    applications."""


def build_world(database: Database) -> World:
    """Write the world into an empty database."""
    with database.writing() as session:
        women = {
            "own": add_mediator(session, network="nwm"),
            "foreign": add_mediator(session, network="awmn"),
        }
        keys, arguments = _add_accounts(session, women["own"]), {}
        programs = session.info["programs"]
        for side, network in (("own", "nwm"), ("foreign", "awmn")):
            arguments[side] = _add_rows(session, side, network, women[side])
        own = {("record", number) for number in _record_ids(session, women["own"])}
        number = int(str(arguments["own"]["record_id"]))
        own |= {("file", number), ("processtitle", number), ("request", number)}
        own.add(("applicant", int(str(arguments["own"]["application_id"]))))
        session.commit()
    arguments["absent"] = {
        name: 999_999 if isinstance(value, int) else "R-26-ZZZZZ"
        for name, value in arguments["own"].items()
    }
    return World(keys, arguments, programs, frozenset(own))


def _add_accounts(session: Session, herself: Mediator) -> dict[str, str]:
    accounts = {
        "mediator": add_account(session, "mediator", mediator=herself),
        "coordinator": add_account(session, "coordinator", network="nwm"),
        "envoy": add_account(session, "envoy"),
        "administrator": add_account(session, "administrator"),
        "auditor": add_account(session, "auditor"),
    }
    session.info["keepers"] = {
        "own": accounts["coordinator"],
        "foreign": add_account(session, "coordinator", network="awmn"),
    }
    session.info["envoys"] = {"own": accounts["envoy"], "foreign": add_account(session, "envoy")}
    session.info["programs"] = {role: name_key(one.id) for role, one in accounts.items()}
    for account in accounts.values():
        add_key(session, account)
    return {role: start_session(session, account=one)[0] for role, one in accounts.items()}


def _add_request(session: Session, envoy: Account, number: int) -> MatchRequest:
    """A request that was answered: its run names the women of both sides by handle."""
    today = clock.now().date()
    criteria = {
        "start": str(today + timedelta(days=30)),
        "end": str(today + timedelta(days=60)),
        "modality": "in_person",
        "title": canary("request_title", number),
        "code": f"R{number}",
        "posts": [{"code": "co-mediator", "languages": [{"any_of": ["eng"]}]}],
    }
    actor = get_actor(envoy)
    made = create_request(session, actor=actor, criteria=criteria)
    submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)
    index = RosterIndex(load_vocabulary())
    run_request(session, actor=actor, request_id=made.id, index=index)
    return made


def _add_rows(session: Session, side: str, network: str, woman: Mediator) -> dict[str, object]:
    record = session.scalars(
        select(Record).where(Record.mediator_id == woman.id, Record.network_code == network)
    ).one()
    staged = _add_import(session, network, record.id)
    request = _add_request(session, session.info["envoys"][side], record.id)
    add_team(session, request)
    process, objection = add_process(session, session.info["envoys"][side], woman, number=record.id)
    call = add_call(session, network=network, slug=f"call-{side}")
    application = add_application(session, network=network)
    other = "awmn" if network == "nwm" else "nwm"
    if side == "own":  # one link a role, since a link works once
        for role in ROLES:
            _add_link(session, f"invitation-{role}", "invitation", woman, record.id)
            _add_application(session, f"application-{role}", network)
            _add_link(session, f"renewal-{role}", "renewal", woman, record.id)
            _add_link(session, f"consent-{role}", "consent", woman, record.id)
            _add_link(session, f"approach-{role}", "approach", woman, record.id)
            _add_link(session, f"hide-{role}", "hide", woman, record.id)
            _add_link(session, f"sign_in-{role}", "sign_in", woman, record.id)
            add_invited(session, f"staff-{role}")
    is_own = side == "own"
    approach = add_shown(session, request, woman, network)
    plan_deployment(session, actor=OPERATOR, approach=approach)
    document = add_document(session, request, [f"document-{r}" for r in ROLES] if is_own else ["x"])
    return {
        "network_code": network,
        "scheme": "theme",
        "term": "youth" if is_own else "no-such-term",
        "account_id": add_invited(session, "staff").id
        if is_own
        else _add_hers(session, network).id,
        "record_id": record.id,
        "spoken_id": add_spoken_consent(session, woman, network).id,
        **add_pair_and_merge(session, woman, network),
        "slug": call.slug,
        "call_id": call.id,
        "application_id": application.id,
        "import_id": staged.id,
        "recognition_id": add_recognition(session, network, "wmc").id,
        "sharing_id": add_sharing(session, network, other).id,
        "search_id": add_saved_search(session, session.info["keepers"][side], network).id,
        "row_id": staged.rows[0].id,
        "kind": "word",
        "choice_id": add_word_choice(session, network).id,
        "code": request.code,
        "document_code": document.code,
        "key_id": add_key(
            session, session.info["envoys"][side], text=f"wmr_key-of-the-{side}-side"
        ).id,
        "watermark": document.copies[-1].watermark,
        "template_id": add_template(session, request).id,
        "process_code": process.code,
        "objection_id": objection.id,
        "clearance_id": add_clearance(session, request, woman, network).id,
        "requester_id": session.info["envoys"][side].id,
        "focal_point_id": add_focal_point(session, "NOR" if is_own else "SWE").id,
        "approach_code": approach.code,
        "handle": approach.handle,
        "number": 1,
        "filename": "look.css",
        "part": "details",
    }


def _add_import(session: Session, network: str, number: int) -> SpreadsheetImport:
    content = LIST.format(name=canary("file_row", number)).encode()
    result = read_spreadsheet(
        content,
        file_name=f"{canary('file_name', number)}.csv",
        network=network,
        reference_day=clock.now().date(),
    )
    return stage_import(
        session,
        actor=OPERATOR,
        network_code=network,
        file_name=f"{canary('file_name', number)}.csv",
        content=content,
        result=result,
    )


def _add_link(session: Session, token: str, purpose: str, woman: Mediator, record_id: int) -> None:
    session.add(
        Link(
            token_digest=keyring().seal(token),
            purpose=purpose,
            mediator_id=woman.id,
            record_id=record_id if purpose == "invitation" else None,
            created_at=clock.now(),
            ends_at=clock.now() + timedelta(days=14),
        )
    )


def _add_hers(session: Session, network: str) -> Account:
    """The account of a woman, which is of no staff."""
    return add_account(session, "mediator", mediator=add_mediator(session, network=network))


def _add_application(session: Session, token: str, network: str) -> None:
    """One that is begun, so that her link can do all there is to do."""
    begun = add_application(session, network=network, state="begun")
    link, _ = make_link(session, "application", application_id=begun.id)
    link.token_digest = keyring().seal(token)


def _record_ids(session: Session, woman: Mediator) -> frozenset[int]:
    return frozenset(session.scalars(select(Record.id).where(Record.mediator_id == woman.id)))


def list_routes(app: Flask) -> dict[str, Rule]:
    """Every route by ``METHOD /rule``."""
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD"})
    }


def open_browser(app: Flask, world: World, role: str) -> FlaskClient:
    """A browser of this role, signed in long before; a program of hers where a program is asked."""
    client = app.test_client()
    if role in world.programs:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {world.programs[role]}"
    if role in world.keys:
        client.set_cookie("session_key", world.keys[role])
    return client


def make_path(app: Flask, rule: Rule, world: World, role: str, side: str) -> str:
    """The address of a route for one role and side."""
    given = dict(world.arguments[side])
    purpose = next((name for name, path in PATHS.items() if rule.rule.startswith(path)), "")
    given["token"] = f"{purpose}-{role}" if side == "own" else f"no-such-token-{side}"
    wanted = {name: given[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, wanted)


def dump(database: Database) -> dict[str, list[str]]:
    """Every row of the domain."""
    tables = sorted(set(inspect(database.engine).get_table_names()) - MAY_GROW)
    with database.engine.connect() as connection:
        return {
            table: sorted(
                str(tuple(r)) for r in connection.execute(text(f'SELECT * FROM "{table}"'))
            )
            for table in tables
        }
