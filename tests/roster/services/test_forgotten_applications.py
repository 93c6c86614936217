"""What an applicant wrote is kept for a time only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import Application, AuditEvent
from roster.permissions import SCHEDULER, Actor
from roster.services.forgotten_applications import forget_applications
from roster.services.links import make_link
from tests.application_factories import add_application

COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))


def test_applications_are_forgotten_when_their_time_is_over_and_no_sooner(
    database: Database,
) -> None:
    now = clock.now()
    long_ago, recently = now - timedelta(days=184), now - timedelta(days=182)
    with database.writing() as session:
        kept = {
            add_application(session, state="refused", decided_at=recently).id,
            add_application(session, state="submitted", created_at=long_ago).id,
            add_application(session, state="begun", created_at=now - timedelta(days=89)).id,
        }
        lively = add_application(session, state="begun", created_at=long_ago)
        make_link(session, "application", application_id=lively.id)
        for state in ("refused", "withdrawn", "accepted"):
            add_application(session, state=state, decided_at=long_ago)
        for state in ("invited", "begun"):
            gone = add_application(session, state=state, created_at=now - timedelta(days=91))
            link, _ = make_link(session, "application", application_id=gone.id)
            link.created_at = now - timedelta(days=91)
        session.flush()
        count = forget_applications(session, actor=SCHEDULER, now=now)
        session.commit()
        assert count == 5
        assert set(session.scalars(select(Application.id))) == {*kept, lively.id}
        [event] = session.scalars(select(AuditEvent)).all()
        assert (event.action, event.detail) == ("applications.forgotten", {"count": 5})
        with pytest.raises(NotFound):
            forget_applications(session, actor=COORDINATOR, now=now)
