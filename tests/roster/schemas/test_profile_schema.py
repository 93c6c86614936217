"""A profile file says in which pool a network keeps a woman; unsaid she is shared."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError
from sqlalchemy import select

from roster.db import Database
from roster.models import Membership
from roster.permissions import OPERATOR
from roster.schemas.profile import ProfilesSchema
from roster.services.profiles_loading import load_profiles


def read(*memberships: object) -> list[dict[str, object]]:
    profile = {"names": {"display_name": "Ada"}, "memberships": list(memberships)}
    loaded = ProfilesSchema().load({"profiles": [profile]})
    return list(loaded["profiles"])


def test_the_pool_is_loaded_and_shared_unless_said(database: Database) -> None:
    profiles = read({"network": "nwm", "pool": "exclusive"}, {"network": "awmn"}, "mwmn")
    with database.writing() as session:
        load_profiles(session, actor=OPERATOR, profiles=profiles)
        pools = session.execute(select(Membership.network_code, Membership.pool)).all()
    assert sorted(pools) == [("awmn", "shared"), ("mwmn", "shared"), ("nwm", "exclusive")]


def test_another_pool_is_refused() -> None:
    with pytest.raises(ValidationError):
        read({"network": "nwm", "pool": "secret"})
