"""Who may do what: one table, permission -> any of these named predicates.

``decide`` is the one function that routes, services and ``visible_to`` ask. Roles are never asked
elsewhere. A permission that the table does not name is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Actor:
    """Who acts. ``kind``: account, link (a one-time link), operator (command line), scheduler."""

    kind: str
    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    coordinates: frozenset[str] = frozenset()
    """Codes of the networks she coordinates."""
    mediator_id: int | None = None
    language: str = "en"
    is_verified: bool = False

    @property
    def name(self) -> str:
        """The pseudonym under which the audit knows her."""
        return f"{self.kind}:{self.account_id}" if self.account_id is not None else self.kind


ANONYMOUS = Actor("anonymous")
OPERATOR = Actor("operator")
SCHEDULER = Actor("scheduler")


@dataclass(frozen=True)
class Subject:
    """What is acted on, reduced to what a rule may ask."""

    network_code: str | None = None
    """The network of a record or import."""
    mediator_id: int | None = None
    """The woman herself, where the thing is hers."""
    account_id: int | None = None
    """The owner of a request or session."""
    is_shared: bool = True
    """Whether she lets her coordinators read her own record."""
    network_codes: frozenset[str] = frozenset()
    """The networks she is a member of."""


NOTHING = Subject()


class Permission(StrEnum):
    """One per use case; a route names exactly one."""

    READ_PUBLIC = "read_public"
    SIGN_IN = "sign_in"
    USE_LINK = "use_link"
    USE_ACCOUNT = "use_account"
    KEEP_PROGRAM_KEY = "keep_program_key"
    LIST_RECORDS = "list_records"
    KEEP_SEARCHES = "keep_searches"
    READ_RECORD = "read_record"
    READ_OWN_WORDS = "read_own_words"
    EDIT_RECORD = "edit_record"
    INVITE = "invite"
    HEAR_CONSENTS = "hear_consents"
    IMPORT_SPREADSHEET = "import_spreadsheet"
    KEEP_CALLS = "keep_calls"
    READ_SHARED = "read_shared"
    SHARE_CARDS = "share_cards"
    KEEP_COMPARISONS = "keep_comparisons"
    JUDGE_PAIR = "judge_pair"
    KEEP_RECOGNITION = "keep_recognition"
    READ_APPLICATION = "read_application"
    DECIDE_APPLICATION = "decide_application"
    APPLY = "apply"
    CREATE_REQUEST = "create_request"
    READ_REQUEST = "read_request"
    EDIT_REQUEST = "edit_request"
    LIST_PROCESSES = "list_processes"
    KEEP_PROCESS = "keep_process"
    HEAR_REQUEST = "hear_request"
    CHECK_REQUESTER = "check_requester"
    READ_RELEASED = "read_released"
    SPEAK_FOR_NETWORK = "speak_for_network"
    ANSWER_APPROACH = "answer_approach"
    SEE_OWN_PROFILE = "see_own_profile"
    EDIT_OWN_PROFILE = "edit_own_profile"
    LIST_ACCOUNTS = "list_accounts"
    KEEP_ACCOUNTS = "keep_accounts"
    KEEP_STAFF = "keep_staff"
    KEEP_NETWORKS = "keep_networks"
    KEEP_FOCAL_POINTS = "keep_focal_points"
    KEEP_VOCABULARY = "keep_vocabulary"
    READ_RETENTION = "read_retention"
    READ_TRAIL = "read_trail"
    LOAD_PROFILES = "load_profiles"
    RUN_JOBS = "run_jobs"
    READ_DEMO_OUTBOX = "read_demo_outbox"


Predicate = Callable[[Actor, Subject], bool]


def anybody(actor: Actor, subject: Subject) -> bool:
    """Nobody needs to be signed in."""
    return True


def is_signed_in(actor: Actor, subject: Subject) -> bool:
    """Any account with a live session."""
    return actor.kind == "account"


def is_own_account(actor: Actor, subject: Subject) -> bool:
    """The account that it belongs to."""
    return actor.kind == "account" and actor.account_id == subject.account_id


def coordinates_any(actor: Actor, subject: Subject) -> bool:
    """A coordinator of at least one network, where no network is named yet."""
    return subject.network_code is None and bool(actor.coordinates)


def coordinates_network(actor: Actor, subject: Subject) -> bool:
    """A coordinator of the network whose record or file it is."""
    return subject.network_code is not None and subject.network_code in actor.coordinates


def keeps_search(actor: Actor, subject: Subject) -> bool:
    """The coordinator whose search it is, of a network that she still coordinates."""
    is_hers = actor.account_id is not None and actor.account_id == subject.account_id
    return is_hers and coordinates_network(actor, subject)


def coordinates_her_and_may_read(actor: Actor, subject: Subject) -> bool:
    """A coordinator of one of her networks, of her own record, which she shares."""
    return subject.is_shared and bool(subject.network_codes & actor.coordinates)


def coordinates_one_of_them(actor: Actor, subject: Subject) -> bool:
    """A coordinator of one of the networks whose records may be one woman's."""
    return bool(subject.network_codes & actor.coordinates)


def is_envoy(actor: Actor, subject: Subject) -> bool:
    """A requester."""
    return "envoy" in actor.roles


def owns_request(actor: Actor, subject: Subject) -> bool:
    """The envoy whose request it is."""
    return "envoy" in actor.roles and actor.account_id == subject.account_id


def is_herself(actor: Actor, subject: Subject) -> bool:
    """The mediator whose data these are."""
    return actor.mediator_id is not None and actor.mediator_id == subject.mediator_id


def is_administrator(actor: Actor, subject: Subject) -> bool:
    """Keeps accounts and networks; sees no identity of a mediator."""
    return "administrator" in actor.roles


def is_auditor(actor: Actor, subject: Subject) -> bool:
    """Reads and verifies the trail."""
    return "auditor" in actor.roles


def is_operator(actor: Actor, subject: Subject) -> bool:
    """Somebody with a shell on the host: the command line."""
    return actor.kind == "operator"


def is_scheduler(actor: Actor, subject: Subject) -> bool:
    """The scheduler process."""
    return actor.kind == "scheduler"


P = Permission
TABLE: Mapping[Permission, tuple[Predicate, ...]] = {
    P.READ_PUBLIC: (anybody,),
    P.SIGN_IN: (anybody,),
    P.USE_LINK: (anybody,),
    P.USE_ACCOUNT: (is_signed_in,),
    P.KEEP_PROGRAM_KEY: (is_own_account,),
    P.LIST_RECORDS: (coordinates_any, coordinates_network, is_operator),
    P.KEEP_SEARCHES: (coordinates_any, keeps_search),
    P.READ_RECORD: (coordinates_network, is_operator),
    P.READ_OWN_WORDS: (is_herself, coordinates_her_and_may_read),
    P.EDIT_RECORD: (coordinates_network, is_operator),
    P.INVITE: (coordinates_network, is_operator),
    P.HEAR_CONSENTS: (coordinates_any, coordinates_network),
    P.IMPORT_SPREADSHEET: (coordinates_any, coordinates_network, is_operator),
    P.KEEP_CALLS: (coordinates_any, coordinates_network),
    P.READ_SHARED: (coordinates_any,),
    P.SHARE_CARDS: (coordinates_any, coordinates_network),
    P.KEEP_COMPARISONS: (coordinates_any, coordinates_network),
    P.JUDGE_PAIR: (coordinates_one_of_them,),
    P.KEEP_RECOGNITION: (coordinates_any, coordinates_network),
    P.READ_APPLICATION: (coordinates_any, coordinates_network),
    P.DECIDE_APPLICATION: (coordinates_network,),
    P.APPLY: (anybody,),
    P.CREATE_REQUEST: (is_envoy, is_operator),
    P.READ_REQUEST: (owns_request, is_operator),
    P.EDIT_REQUEST: (owns_request, is_operator),
    P.LIST_PROCESSES: (is_envoy,),
    P.KEEP_PROCESS: (owns_request,),
    P.HEAR_REQUEST: (coordinates_one_of_them,),
    P.CHECK_REQUESTER: (coordinates_any, is_administrator, is_operator),
    P.READ_RELEASED: (owns_request,),
    P.SPEAK_FOR_NETWORK: (coordinates_any, coordinates_network),
    P.ANSWER_APPROACH: (is_herself,),
    P.SEE_OWN_PROFILE: (is_herself,),
    P.EDIT_OWN_PROFILE: (is_herself, is_operator),
    P.LIST_ACCOUNTS: (is_administrator, is_operator),
    P.KEEP_ACCOUNTS: (is_operator,),
    P.KEEP_STAFF: (is_administrator, is_operator),
    P.KEEP_NETWORKS: (is_administrator, is_operator),
    P.KEEP_FOCAL_POINTS: (is_administrator, is_operator),
    P.KEEP_VOCABULARY: (is_administrator, is_operator),
    P.READ_RETENTION: (is_administrator, is_operator),
    P.READ_TRAIL: (is_auditor, is_operator),
    P.LOAD_PROFILES: (is_operator,),
    P.RUN_JOBS: (is_scheduler, is_operator),
    P.READ_DEMO_OUTBOX: (anybody,),
}


def decide(permission: Permission, actor: Actor, subject: Subject = NOTHING) -> bool:
    """Whether ``actor`` has ``permission`` on ``subject``."""
    return any(predicate(actor, subject) for predicate in TABLE.get(permission, ()))
