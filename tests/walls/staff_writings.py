"""Every route of an administrator that writes, with its right form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from roster.models import Account, OutboxMessage
from roster.permissions import OPERATOR
from roster.services.staff import close_account
from roster.services.staff_invitations import Invited, invite_member
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import NEW_PASSWORD, SESSION, Writing

KEPT = f"account.is_active {SESSION}"


def _path(tail: str, name: str = "auditor") -> Callable[[Village], str]:
    return lambda village: f"/accounts/{village.accounts[name]}{tail}"


def _versioned(**values: Any) -> Callable[[Session, Village], dict[str, Any]]:
    def make(session: Session, village: Village) -> dict[str, Any]:
        account = session.get_one(Account, village.accounts["auditor"])
        return {"version": account.version, **values}

    return make


def _invite(session: Session, village: Village) -> None:
    invited = Invited("gerd@example.org", "Gerd Invented", "auditor")
    account = invite_member(session, actor=OPERATOR, invited=invited)
    village.accounts["invited"] = account.id
    newest = session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert newest is not None
    village.tokens["staff"] = newest.values["path"].rpartition("/")[2]


def _close(session: Session, village: Village) -> None:
    account = session.get_one(Account, village.accounts["auditor"])
    close_account(session, actor=OPERATOR, account_id=account.id, expected_version=account.version)


ADDRESS = "/accounts/<int:account_id>"
STAFF_WRITINGS = [
    Writing(
        "POST /accounts", "administrator", lambda village: "/accounts",
        just(name="Gerd Invented", email="gerd@example.org", role="auditor", language="fr"),
        "account+ role_grant+ link+ outbox_message+",
    ),
    Writing(
        "POST /networks/<network_code>", "administrator", lambda village: "/networks/nwm",
        just(version=1, availability_days=60, time_zone="Europe/Oslo"),
        "network.availability_days network.time_zone",
    ),
    Writing(
        f"POST {ADDRESS}/roles", "administrator", _path("/roles"), _versioned(role="envoy"),
        f"role_grant+ {KEPT}",
    ),
    Writing(
        f"POST {ADDRESS}/roles/end", "administrator", _path("/roles/end"),
        _versioned(role="auditor"), f"role_grant- {KEPT}",
    ),
    Writing(
        f"POST {ADDRESS}/close", "administrator", _path("/close"), _versioned(), KEPT,
    ),
    Writing(
        f"POST {ADDRESS}/open", "administrator", _path("/open"), _versioned(), KEPT,
        prepare=_close,
    ),
    Writing(
        f"POST {ADDRESS}/sessions/end", "administrator", _path("/sessions/end"), _versioned(),
        KEPT,
    ),
    Writing(
        f"POST {ADDRESS}/invite", "administrator", _path("/invite", "invited"), just(),
        "link+ link.replaced_at outbox_message+", prepare=_invite,
    ),
    Writing(
        "POST /j/<token>", "public", lambda village: f"/j/{village.tokens['staff']}",
        just(new=NEW_PASSWORD, again=NEW_PASSWORD),
        "account.password_hash account.password_changed_at web_session+ link.used_at",
        prepare=_invite,
    ),
]  # fmt: skip
