"""The demo's accounts: invented staff, each with a random password of this installation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Account
from roster.permissions import OPERATOR
from roster.services.accounts import Grant, NewAccount, create_account, replace_password
from roster.services.passwords import hash_password, make_password

NETWORKS = {
    "femwise": ("Adjoa Mensimah", "en", "Africa/Addis_Ababa"),
    "mwmn": ("Chiara Bellandi", "fr", "Europe/Rome"),
    "awmn": ("هالة الريّاشي", "ar", "Africa/Cairo"),
    "nwm": ("Solveig Aarnes", "en", "Europe/Oslo"),
    "refemac": ("Odile Mbarou", "fr", "Africa/Libreville"),
}
"""Per network its invented coordinator, her language and time zone."""


@dataclass(frozen=True)
class DemoAccount:
    """One line of what ``make run`` prints."""

    role: str
    email: str
    password: str


def list_demo_staff() -> list[NewAccount]:
    """Coordinators of the five networks, an envoy, an administrator and an auditor."""
    coordinators = [
        NewAccount(
            email=f"coordinator.{network}@example.org",
            display_name=name,
            grants=(Grant("coordinator", network),),
            language=language,
            time_zone=zone,
        )
        for network, (name, language, zone) in NETWORKS.items()
    ]
    envoy = NewAccount(
        email="envoy@example.org",
        display_name="Ines Valdoro",
        grants=(Grant("envoy"),),
        time_zone="Africa/Addis_Ababa",
        office="Joint office of two regional organisations (invented)",
        is_verified=True,
    )
    others = [
        NewAccount(
            email=f"{role}@example.org",
            display_name=f"Demo {role}",
            grants=(Grant(role),),
        )
        for role in ("administrator", "auditor")
    ]
    return [*coordinators, envoy, *others]


def open_demo_accounts(session: Session) -> list[DemoAccount]:
    """Open the staff's accounts."""
    opened = []
    for new in list_demo_staff():
        password = make_password()
        create_account(session, actor=OPERATOR, new=new, password_hash=hash_password(password))
        opened.append(DemoAccount(_role(new.grants), new.email, password))
    return opened


def _role(grants: tuple[Grant, ...]) -> str:
    grant = grants[0]
    return f"{grant.role}, {grant.network_code}" if grant.network_code else grant.role


def renew_demo_passwords(session: Session) -> list[DemoAccount]:
    """New passwords for all accounts that have one; the old ones and their sessions end."""
    accounts = session.scalars(
        select(Account).where(Account.password_hash.is_not(None)).order_by(Account.id)
    )
    renewed = []
    for account in accounts.all():
        password = make_password()
        replace_password(
            session,
            actor=OPERATOR,
            account_id=account.id,
            password_hash=hash_password(password),
        )
        grants = tuple(Grant(grant.role, grant.network_code) for grant in account.grants)
        renewed.append(DemoAccount(_role(grants), account.email, password))
    return renewed
