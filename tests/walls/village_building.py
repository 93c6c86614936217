"""The village built: women of two networks, everybody who looks, and what each of them has done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.encryption import keyring
from roster.models import Account, MatchRequest, Mediator, OutboxMessage, Record
from roster.permissions import OPERATOR
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.consent_links import make_consent_message
from roster.services.hide_links import make_hide_link
from roster.services.imports import confirm_import, stage_import
from roster.services.invitations import invite, send_renewal
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.services.sign_in import start_session
from roster.services.sign_in_links import send_sign_in_link
from roster.spreadsheets import read_spreadsheet
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator, add_membership, add_record, canary
from tests.office_factories import (
    add_recognition,
    add_saved_search,
    add_sharing,
    add_spoken_consent,
    add_word_choice,
)
from tests.process_factories import add_clearance, add_focal_point, add_process
from tests.program_factories import add_key, name_key
from tests.roster.web.browser import stored_password
from tests.walls.village import NETWORKS, Village
from tests.walls.village_women import describe, keep_to_herself
from tests.walls.words import RARE_COUNTRIES, dress, make_criteria, write_list


def build_village(database: Database) -> Village:
    """Write the village into an empty database."""
    village = Village()
    with database.writing() as session:
        countries = iter(RARE_COUNTRIES)
        for name, network, values in (
            ("ada", "nwm", {}),
            ("bea", "awmn", {"safety_class": 2}),
            ("cem", "nwm", {}),
            ("dia", "nwm", {"has_own_record": False, "consents": False, "availability": False}),
            ("eva", "nwm", {"has_own_record": False, "consents": False, "availability": False}),
            ("fay", "nwm", {"safety_class": 3}),
        ):
            woman = add_mediator(session, network=network, languages={"eng": "C1"}, **values)
            if name == "cem":
                add_membership(session, woman, "awmn")
                add_record(session, woman, "awmn")
            describe(session, village, name, woman, countries)
        keep_to_herself(session, village, "fay")
        _add_accounts(session, village)
        for network, other in (NETWORKS, NETWORKS[::-1]):
            _add_imports(session, village, network)
            village.recognitions[network] = add_recognition(session, network, "wmc").id
            village.sharing[network] = add_sharing(session, network, other).id
        for network, keeper in zip(NETWORKS, ("coordinator", "other coordinator"), strict=True):
            account = session.get_one(Account, village.accounts[keeper])
            village.searches[network] = add_saved_search(
                session, account, network, state="fresh"
            ).id
        for envoy in ("envoy", "other envoy"):
            _add_requests(session, village, envoy)
            _add_process(session, village, envoy)
        _add_clearances(session, village)
        village.focal_point = add_focal_point(session).id
        for woman, network in (("eva", "nwm"), ("bea", "awmn")):
            her = session.get_one(Mediator, village.women[woman])
            village.spoken[network] = add_spoken_consent(session, her, network).id
        _add_links(session, village)
        session.commit()
    return village


def _add_accounts(session: Session, village: Village) -> None:
    roles = {
        "coordinator": ("coordinator", {"network": "nwm"}),
        "other coordinator": ("coordinator", {"network": "awmn"}),
        "envoy": ("envoy", {"country": "NOR"}),
        "other envoy": ("envoy", {"country": "CHE"}),
        "administrator": ("administrator", {}),
        "auditor": ("auditor", {}),
    }
    accounts = {
        name: add_account(session, role, password_hash=stored_password(), **values)
        for name, (role, values) in roles.items()
    }
    for name in ("ada", "bea", "cem", "dia"):
        woman = session.get_one(Mediator, village.women[name])
        accounts[name] = add_account(session, "mediator", mediator=woman)
    for name, account in accounts.items():
        account.display_name = dress(canary("account", account.id))
        account.requester_office = f"<i>{canary('office', account.id)}</i>"
        account.email = f"{canary('address', account.id)}@example.org"
        account.email_digest = keyring().digest(account.email)
        village.accounts[name] = account.id
        village.keys[name] = start_session(session, account=account)[0]
        key = add_key(session, account, title=dress(canary("program", account.id)))
        village.programs[name] = (key.id, name_key(account.id))


def _add_imports(session: Session, village: Village, network: str) -> None:
    """One file that was only read, and one that was taken in; and what a word means."""
    word = canary("fileword", 500 + len(village.imports))
    village.choices[network] = add_word_choice(session, network, word).id
    for state in ("read", "taken"):
        number = 500 + len(village.imports)
        content = write_list(number)
        name = f"{dress(canary('filename', number))}.csv".replace("/", "")
        result = read_spreadsheet(
            content, file_name="list.csv", network=network, reference_day=clock.now().date()
        )
        staged = stage_import(
            session,
            actor=OPERATOR,
            network_code=network,
            file_name=name,
            content=content,
            result=result,
        )
        if state == "taken":
            confirm_import(
                session, actor=OPERATOR, import_id=staged.id, expected_version=staged.version
            )
        key = f"{state} {network}"
        village.imports[key] = (staged.id, number)
        village.rows[key] = next(row.id for row in staged.rows if row.outcome == "waiting")
        for row in staged.rows:
            if row.record_id is not None:
                record = session.get_one(Record, row.record_id)
                village.records[record.id] = (record.mediator_id, network)
                village.networks[record.mediator_id] = {network}


def _add_requests(session: Session, village: Village, envoy: str) -> None:
    actor = get_actor(session.get_one(Account, village.accounts[envoy]))
    for state in ("draft", "answered"):
        number = 700 + len(village.requests)
        criteria = load_criteria(make_criteria(number))
        made = create_request(session, actor=actor, criteria=criteria)
        village.requests[f"{envoy} {state}"] = (made.code, number)
        if state == "answered":
            submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)
            index = RosterIndex(load_vocabulary())
            run_request(session, actor=actor, request_id=made.id, index=index)


def _add_process(session: Session, village: Village, envoy: str) -> None:
    account = session.get_one(Account, village.accounts[envoy])
    her = session.get_one(Mediator, village.women["bea"])
    process, objection = add_process(
        session, account, her, number=village.requests[f"{envoy} draft"][1]
    )
    village.processes[envoy], village.objections[envoy] = process.code, objection.id


def _add_clearances(session: Session, village: Village) -> None:
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    for name, network in (("ada", "nwm"), ("bea", "awmn")):
        her = session.get_one(Mediator, village.women[name])
        village.clearances[network] = add_clearance(session, request, her, network).id


def _add_links(session: Session, village: Village) -> None:
    for name, network in (("eva", "nwm"), ("bea", "awmn")):
        sent = invite(session, actor=OPERATOR, record_id=village.record_of(name, network))
        assert sent.message
        village.tokens[f"invitation {name}"] = sent.message.values["path"].rpartition("/")[2]
    for name in ("ada", "cem"):
        sent = send_renewal(session, actor=OPERATOR, mediator_id=village.women[name])
        assert sent.message
        village.tokens[f"renewal {name}"] = sent.message.values["path"].rpartition("/")[2]
    for name in ("ada", "cem"):
        account = session.get_one(Account, village.accounts[name])
        send_sign_in_link(session, email=account.email, is_counted=True)
        newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
        path = session.scalars(newest).one().values["path"]
        village.tokens[f"sign_in {name}"] = path.rpartition("/")[2]
        _, village.tokens[f"hide {name}"] = make_hide_link(
            session, actor=get_actor(account), mediator_id=village.women[name]
        )
    asked = make_consent_message(session, session.get_one(Mediator, village.women["ada"]))
    assert asked
    village.tokens["consent ada"] = asked.values["path"].rpartition("/")[2]
