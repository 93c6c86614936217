"""With whom the invented networks compare: one pair of them does, and one yes waits for the other."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from roster.permissions import Actor
from roster.services.comparison_agreements import agree_to_compare

SAID_YES = (("mwmn", "nwm", 0), ("nwm", "mwmn", 1), ("femwise", "nwm", 0))
"""Who says yes to whom, at which version of their agreement."""


def add_demo_agreements(
    session: Session, find_coordinator: Callable[[Session, str], Actor]
) -> None:
    """The nightly job then notes who may stand on two of their lists."""
    for network, other, version in SAID_YES:
        agree_to_compare(
            session,
            actor=find_coordinator(session, network),
            network_code=network,
            other_code=other,
            expected_version=version,
        )
