"""The village behind the walls: women of two networks, everybody who looks, and a canary in
whatever can be said of anybody.

A canary stands between markup, a script, a template's braces and a format's per cent sign, and
begins like a script's address: who escapes one of them too little is found by the same walk.
Countries are canaries, too: each is said once, of one field of one record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.encryption import keyring
from roster.models import (
    Account,
    Availability,
    Declaration,
    Entry,
    EntryHistory,
    Experience,
    Identity,
    MatchRequest,
    Mediator,
    Membership,
    OutboxMessage,
    Record,
)
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
from tests.factories import (
    add_account,
    add_mediator,
    add_membership,
    add_recognition,
    add_record,
    add_saved_search,
    add_sharing,
    add_spoken_consent,
    add_word_choice,
    canary,
)
from tests.process_factories import add_clearance, add_focal_point, add_process
from tests.program_factories import add_key, name_key
from tests.roster.web.browser import stored_password
from tests.walls.words import RARE_COUNTRIES, dress, make_criteria, write_list

NETWORKS = ("nwm", "awmn")


@dataclass
class Village:
    """Who looks, with the keys of their sessions, and what there is to be looked at."""

    keys: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    women: dict[str, int] = field(default_factory=dict)
    """Name in this test -> mediator."""
    records: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    """Record -> mediator and network; None is her own record."""
    networks: dict[int, set[str]] = field(default_factory=dict)
    unshared: set[int] = field(default_factory=set)
    """Records that their woman keeps to herself."""
    imports: dict[str, tuple[int, int]] = field(default_factory=dict)
    """State and network -> import and number of its canaries."""
    choices: dict[str, int] = field(default_factory=dict)
    """What the offices have said that a word means, by network."""
    rows: dict[str, int] = field(default_factory=dict)
    """State and network -> the import's first row."""
    requests: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Envoy and state -> code of the request, number of its canaries."""
    spoken: dict[str, int] = field(default_factory=dict)
    """Network -> consent by voice that waits there for a second person."""
    recognitions: dict[str, int] = field(default_factory=dict)
    """Network -> its recognition of a third network."""
    sharing: dict[str, int] = field(default_factory=dict)
    """Network -> its decision to show the cards of class 1 to the other."""
    searches: dict[str, int] = field(default_factory=dict)
    """Network -> a search that its coordinator keeps."""
    processes: dict[str, str] = field(default_factory=dict)
    """Envoy -> code of her process."""
    objections: dict[str, int] = field(default_factory=dict)
    """Envoy -> the objection of a side of her process, to bea."""
    clearances: dict[str, int] = field(default_factory=dict)
    """Network -> its word about one of its women in the envoy's answered request."""
    focal_point: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    applications: dict[str, int] = field(default_factory=dict)
    """State and network -> application."""
    approaches: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Woman -> code and handle of what the envoy asks her, once a test has let her ask."""
    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Envoy -> code of her document and mark of its last copy, once a test has let her issue it."""
    programs: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Who looks -> id and text of the key of a program of hers."""
    tokens: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Country -> the field and the record (or, of a refusal or a tie, the woman's first one)."""

    def record_of(self, woman: str, network: str | None) -> int:
        """The record that this network keeps of her, or her own."""
        wanted = (self.women[woman], network)
        return next(number for number, held in self.records.items() if held == wanted)


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
            _describe(session, village, name, woman, countries)
        _keep_to_herself(session, village, "fay")
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


def _describe(
    session: Session, village: Village, name: str, woman: Mediator, countries: Iterator[str]
) -> None:
    """Put a dressed canary, or a country of its own, into everything that is said of her."""
    village.women[name] = woman.id
    records = session.scalars(select(Record).where(Record.mediator_id == woman.id)).all()
    village.networks[woman.id] = {one.network_code for one in records if one.network_code}
    for record in records:
        village.records[record.id] = (woman.id, record.network_code)
        _dress_record(session, record)
        for kind in ("nationality", "residence", "place"):
            _say_country(session, record, kind, next(countries), village)
    first = records[0].id
    for row in session.scalars(select(Membership).where(Membership.mediator_id == woman.id)):
        record_id = village.record_of(name, row.network_code)
        row.antenna = f"<i>{canary('antenna', record_id)}</i>"
    for statement in session.scalars(
        select(Availability).where(Availability.mediator_id == woman.id)
    ):
        statement.refused = [country := next(countries)]
        village.marks[country] = ("refused", first)
    for declaration in session.scalars(
        select(Declaration).where(Declaration.mediator_id == woman.id)
    ):
        country = next(countries)
        tie = {"kind": "office", "country": country, "party": canary("party", first)}
        declaration.interests = [{**tie, "started_on": "2001-01-01", "ended_on": "2002-12-31"}]
        village.marks[country] = ("tie", first)
    session.flush()


def _dress_record(session: Session, record: Record) -> None:
    identity = session.get_one(Identity, record.id)
    for name in ("display_name", "original_name", "title", "phone", "safe_contact"):
        setattr(identity, name, dress(canary(name, record.id)))
    identity.other_names = [dress(canary("other_names", record.id))]
    entries = session.scalars(select(Entry).where(Entry.record_id == record.id)).all()
    for entry in entries:
        if entry.field in ("note", "biography", "unmapped"):
            entry.sealed = dress(canary(entry.field, record.id))
        if entry.field == "language":
            entry.grade = 2
    _add_entry(session, record, "language", "zha", {"word": dress(canary("word", record.id))})
    _add_entry(session, record, "community", canary("community", record.id), {})
    _add_entry(session, record, "other_network", canary("other_network", record.id), {})
    for name in ("note", "biography"):
        session.add(_make_former(record, name, dress(canary(f"former_{name}", record.id))))
    for row in session.scalars(select(Experience).where(Experience.record_id == record.id)):
        for name in ("process", "mandating_body", "contribution"):
            setattr(row, name, dress(canary(name, record.id)))


def _add_entry(
    session: Session, record: Record, name: str, code: str, detail: dict[str, object]
) -> None:
    session.add(
        Entry(
            record_id=record.id,
            field=name,
            code=code,
            detail=detail,
            grade=1,
            source="self" if record.network_code is None else "coordinator",
            entered_at=clock.now(),
        )
    )


def _make_former(record: Record, field: str, text: str) -> EntryHistory:
    source = "self" if record.network_code is None else "coordinator"
    return EntryHistory(
        record_id=record.id,
        field=field,
        detail={},
        sealed=text,
        source=source,
        entered_at=clock.now(),
        act="changed",
        ended_source=source,
        ended_at=clock.now(),
    )


def _say_country(
    session: Session, record: Record, name: str, country: str, village: Village
) -> None:
    _add_entry(session, record, name, country, {})
    village.marks[country] = (name, record.id)


def _keep_to_herself(session: Session, village: Village, name: str) -> None:
    own = village.record_of(name, None)
    session.get_one(Record, own).is_shared = False
    village.unshared.add(own)


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
