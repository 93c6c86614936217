"""Her consents per purpose, her safety class and her quick-hide. Every change acts at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from roster import clock, permissions
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Consent, Mediator
from roster.permissions import Actor, Permission, Subject
from roster.services.availability import list_networks
from roster.services.consent_links import ASK_AGAIN_DAYS
from roster.services.reminders import stop_reminders
from roster.services.trail import require, trace_mediator
from roster.wording.consent_texts import CURRENT_VERSION

ASKED_PURPOSES = ("membership_file", "matching", "card", "statistics", "mentoring")
"""What the pages ask. Naming is asked for every release, a public page when one is made."""

FILE = "membership_file"
REST_ON_THE_FILE = frozenset({"matching", "card", "mentoring", "naming", "public_page"})
"""Without a file there is nothing to compare, to show or to name: these end with it."""

LIFE_DAYS = 365
"""A consent is asked again after twelve months (product, section 9)."""


def list_live_consents(session: Session, mediator_id: int, now: datetime) -> dict[str, Consent]:
    """Per purpose the consent that holds now and lasts longest."""
    rows = session.scalars(
        select(Consent)
        .where(
            Consent.mediator_id == mediator_id,
            Consent.withdrawn_at.is_(None),
            Consent.valid_until > now,
        )
        .order_by(Consent.valid_until)
    )
    return {row.purpose: row for row in rows}


def list_given_consents(session: Session, mediator_id: int) -> list[Consent]:
    """Every yes that she ever gave, the newest first, with those that ended or were taken back."""
    rows = session.scalars(
        select(Consent)
        .where(Consent.mediator_id == mediator_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    )
    return list(rows)


def answer_consents(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    purposes: Iterable[str],
    language: str,
    safety_class: int | None = None,
    channel: str = "link",
) -> None:
    """Take the whole page as her answer: ticked purposes are given, the others withdrawn.

    A purpose that already holds by her own word under the same text is left alone.
    ``expected_version`` is the mediator's; a second page open at the same time gets StaleVersion.
    ``language`` is the one in which she read the text.
    """
    mediator = _get_herself(session, actor, mediator_id)
    wanted = _check_purposes(purposes)
    live = list_live_consents(session, mediator_id, clock.now())
    if mediator.version != expected_version:
        held = {"purposes": sorted(live), "safety_class": mediator.safety_class}
        raise StaleVersion(held, {"purposes": sorted(wanted), "safety_class": safety_class})
    said = frozenset(purpose for purpose, row in live.items() if _still_says_it(row))
    _store(session, actor, mediator_id, wanted, wanted - said, language, channel)
    flag_modified(mediator, "safety_class")
    if safety_class is not None:
        change_class(session, actor=actor, mediator_id=mediator_id, safety_class=safety_class)
    session.flush()


def store_answer(
    session: Session, *, actor: Actor, mediator_id: int, purposes: Iterable[str], language: str
) -> frozenset[str]:
    """Take the page behind a link as her answer: each purpose is given anew, all others end.

    She was shown nothing of what she had agreed to, so no version is named: the link itself can be
    used only once. Returns the purposes that hold from now on.
    """
    mediator = _get_herself(session, actor, mediator_id)
    wanted = _check_purposes(purposes)
    _store(session, actor, mediator_id, wanted, wanted, language, "link")
    flag_modified(mediator, "safety_class")  # a page of hers that is open is told
    session.flush()
    return wanted


def _check_purposes(purposes: Iterable[str]) -> frozenset[str]:
    """The purposes without those that rest on a file which is not agreed to."""
    wanted = frozenset(purposes)
    if not wanted <= set(ASKED_PURPOSES):
        raise Refused("unknown_purpose")
    return wanted if FILE in wanted else wanted - REST_ON_THE_FILE


def _store(
    session: Session,
    actor: Actor,
    mediator_id: int,
    wanted: frozenset[str],
    given: frozenset[str],
    language: str,
    channel: str,
) -> None:
    """Give ``given`` and end what is asked and not ``wanted``, also what has run out: it is a no."""
    for purpose in ASKED_PURPOSES:
        if purpose in given:
            _give(session, actor, mediator_id, purpose, language, channel)
    stop_reminders(session, mediator_id, "consent")
    no_longer = set(ASKED_PURPOSES) | (set() if FILE in wanted else REST_ON_THE_FILE)
    for purpose in sorted(no_longer - wanted):
        _withdraw(session, actor, mediator_id, purpose)


def give_consent(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    purpose: str,
    language: str,
    channel: str = "link",
) -> None:
    """Give one purpose for twelve months."""
    _get_herself(session, actor, mediator_id)
    _give(session, actor, mediator_id, purpose, language, channel)


def withdraw_consent(session: Session, *, actor: Actor, mediator_id: int, purpose: str) -> None:
    """Take one purpose back; from the next request on nothing rests on it."""
    _get_herself(session, actor, mediator_id)
    for ended in (purpose, *(sorted(REST_ON_THE_FILE) if purpose == FILE else ())):
        _withdraw(session, actor, mediator_id, ended)


def change_class(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    safety_class: int,
    expected_version: int | None = None,
) -> Mediator:
    """Set her class, 0 open … 3 hidden. Only she lowers it; her coordinator may raise it.

    ``expected_version`` is the mediator's, where the page that asks does not check it itself.
    """
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or not 0 <= safety_class <= 3:
        raise NotFound
    # SEE_OWN_PROFILE is hers alone: an operator, who may write her profile, cannot expose her
    is_herself = permissions.decide(
        Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)
    )
    if not is_herself and not _coordinates(session, actor, mediator_id):
        raise NotFound
    if expected_version not in (None, mediator.version):
        held = {"safety_class": mediator.safety_class}
        raise StaleVersion(held, {"safety_class": safety_class})
    if not is_herself and safety_class < mediator.safety_class:
        raise Refused("only_she_lowers_her_class")
    if mediator.safety_class != safety_class:
        mediator.safety_class = safety_class
        trace_mediator(session, actor, mediator_id, "mediator.class_changed", {"to": safety_class})
    return mediator


def hide(session: Session, *, actor: Actor, mediator_id: int) -> None:
    """Quick-hide: one press, no question, no version; pressing again changes nothing."""
    _set_hidden(session, actor, mediator_id, is_hidden=True)


def unhide(session: Session, *, actor: Actor, mediator_id: int) -> None:
    """Come back: everything is as it was before."""
    _set_hidden(session, actor, mediator_id, is_hidden=False)


def _set_hidden(session: Session, actor: Actor, mediator_id: int, *, is_hidden: bool) -> None:
    require(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get_one(Mediator, mediator_id)
    if mediator.is_hidden != is_hidden:
        mediator.is_hidden = is_hidden
        trace_mediator(
            session, actor, mediator_id, "mediator.hidden" if is_hidden else "mediator.shown"
        )


def _get_herself(session: Session, actor: Actor, mediator_id: int) -> Mediator:
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise NotFound
    return mediator


def _coordinates(session: Session, actor: Actor, mediator_id: int) -> bool:
    return any(
        permissions.decide(Permission.EDIT_RECORD, actor, Subject(network_code=code))
        for code in list_networks(session, mediator_id)
    )


def _still_says_it(consent: Consent) -> bool:
    """Whether a tick would say nothing new: her own word, the same text, and not near its end."""
    if consent.channel == "voice" or consent.text_version != CURRENT_VERSION:
        return False
    return consent.valid_until > clock.now() + timedelta(days=ASK_AGAIN_DAYS)


def _give(
    session: Session, actor: Actor, mediator_id: int, purpose: str, language: str, channel: str
) -> None:
    now = clock.now()
    session.add(
        Consent(
            mediator_id=mediator_id,
            purpose=purpose,
            text_version=CURRENT_VERSION,
            language=language,
            channel=channel,
            given_at=now,
            valid_until=now + timedelta(days=LIFE_DAYS),
        )
    )
    trace_mediator(session, actor, mediator_id, "consent.given", {"purpose": purpose})


def _withdraw(session: Session, actor: Actor, mediator_id: int, purpose: str) -> None:
    now = clock.now()
    rows = session.scalars(
        select(Consent).where(
            Consent.mediator_id == mediator_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for row in rows:
        row.withdrawn_at = now
    if rows:
        trace_mediator(session, actor, mediator_id, "consent.withdrawn", {"purpose": purpose})
