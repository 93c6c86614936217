"""Routes by which a woman writes, signed in or behind a link, each with its right form."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, Erasure, Mediator
from tests.walls.exchanges import agree_to_exchange, exchange_form, propose_exchange
from tests.walls.forms import (
    asking_form,
    consents_form,
    just,
    leaving_form,
    make_keep_form,
    make_own_record_form,
    make_repeat_form,
    make_stay_form,
    make_ties_form,
    messages_form,
    own_version,
    standing_of,
    time_form,
)
from tests.walls.village import Village
from tests.walls.writings import (
    CONSENTS,
    LINK,
    NEW_PASSWORD,
    OWN_RECORD,
    PASSWORDS,
    SESSION,
    STATEMENT,
    Writing,
    at,
)


def _pause(session: Session, village: Village) -> object:
    until = clock.now() + timedelta(days=30)
    her = Mediator.id == village.women["ada"]
    return session.execute(update(Mediator).where(her).values(paused_until=until))


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


DECLARED = "declaration+ declaration.interests declaration.declared_on declaration.covers change+"

HER_WRITINGS = (
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
        "POST /sign-in/link", "public", at("/sign-in/link"), asking_form("ada"), LINK
    ),
    Writing(
        "POST /me/availability", "ada", at("/me/availability"), time_form("ada", time_zone="UTC"),
        STATEMENT,
    ),
    Writing(
        "POST /me/availability/renew", "ada", at("/me/availability/renew"),
        lambda s, v: {"version": standing_of(s, v, "ada")}, STATEMENT,
    ),
    Writing(
        "POST /me/availability/last-day", "ada", at("/me/availability/last-day"),
        lambda s, v: {
            "version": standing_of(s, v, "ada"),
            "last_day": str(clock.now().date() + timedelta(days=20)),
        },
        "availability+ availability.superseded_at change+",
    ),
    Writing(
        "POST /me/availability/end", "ada", at("/me/availability/end"),
        lambda s, v: {
            "version": standing_of(s, v, "ada"), "when": "day",
            "ends_on": str(clock.now().date() + timedelta(days=20)),
        },
        "availability.valid_until change+",
    ),
    Writing(
        "POST /me/pause", "ada", at("/me/pause"),
        lambda s, v: {"until": str(clock.now().date() + timedelta(days=9))},
        "mediator.paused_until change+",
    ),
    Writing(
        "POST /me/pause/end", "ada", at("/me/pause/end"), just(),
        "mediator.paused_until change+", prepare=_pause,
    ),
    Writing(
        "POST /me/messages", "ada", at("/me/messages"), messages_form,
        "message_choice+ mediator.language mediator.time_zone", 2,
        why="a new clock is an event of its own",
    ),
    Writing("POST /me/hide", "ada", at("/me/hide"), just(), "mediator.is_hidden change+"),
    Writing(
        "POST /me/hide-link", "ada", at("/me/hide-link"), just(), "link+ link.replaced_at"
    ),
    Writing(
        "POST /me/show", "ada", at("/me/show"), just(), "mediator.is_hidden change+",
        prepare=_hide,
    ),
    Writing(
        "POST /me/consents", "ada", at("/me/consents"), consents_form("ada"), CONSENTS, 3,
        "each of three purposes is withdrawn",
    ),
    Writing(
        "POST /me/leave", "ada", at("/me/leave"), leaving_form(sure="yes"),
        f"erasure+ mediator.state link.replaced_at outbox_message.state outbox_message.values {SESSION}"
        " change+",
    ),
    Writing(
        "POST /me/leave/networks", "ada", at("/me/leave/networks"), leaving_form(networks="nwm"),
        "erasure+ membership.ended_on link.replaced_at change+",
    ),
    Writing(
        "POST /me/leave/take-back", "ada", at("/me/leave/take-back"), make_stay_form,
        "erasure.taken_back_at mediator.state change+", prepare=_leave,
    ),
    Writing("POST /me/declaration", "ada", at("/me/declaration"), make_ties_form, DECLARED),
    Writing(
        "POST /me/declaration/repeat", "ada", at("/me/declaration/repeat"),
        make_repeat_form, DECLARED,
    ),
    Writing(
        "POST /me/exchange", "ada", at("/me/exchange"), just(do="search"),
        "exchange_proposal+ outbox_message+", prepare=agree_to_exchange,
    ),
    Writing(
        "POST /me/exchange/answer", "ada", at("/me/exchange/answer"), exchange_form,
        "exchange_proposal.first_accepts exchange_proposal.first_answered_at",
        prepare=propose_exchange,
    ),
    Writing("POST /me/details", "ada", at("/me/details"), make_own_record_form, OWN_RECORD),
    Writing(
        "POST /me/records/sharing", "ada", at("/me/records/sharing"),
        lambda s, v: {"version": own_version(s, v, "ada"), "is_shared": "no"},
        "record.is_shared",
    ),
    Writing(
        "POST /me/start/record", "dia", at("/me/start/record"), make_keep_form,
        f"{OWN_RECORD} {DECLARED}", 2, "her record, and that she has nothing to declare",
    ),
    Writing(
        "POST /me/start/consents", "dia", at("/me/start/consents"), consents_form("dia", "membership_file"),
        CONSENTS,
    ),
    Writing(
        "POST /me/start/availability", "dia", at("/me/start/availability"),
        time_form("dia", time_zone="UTC"), STATEMENT,
    ),
    Writing(
        "POST /me/start/password", "dia", at("/me/start/password"),
        just(new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS, prepare=_take_password,
    ),
)  # fmt: skip
