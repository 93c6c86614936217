"""An accreditation that another network recognises counts where it should, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from matching.facts import Accreditation
from roster.db import Database
from roster.errors import Refused
from roster.models import Change
from roster.services.recognitions import end_recognition, recognise
from tests.factories import add_membership
from tests.roster.services.accrediting import ANOTHER, HERS, load_one, make_woman


def test_a_recognised_accreditation_counts_for_members_of_both_until_it_is_ended(
    database: Database,
) -> None:
    with database.writing() as session:
        record, _here = make_woman(session, "documents_checked")
        other = add_membership(session, record.mediator, "awmn")
        other.accreditation = "accredited"
        other.accredited_on, other.lapses_on = date(2026, 1, 1), date(2027, 6, 1)
        before = load_one(session, record.mediator_id).accreditations
        row = recognise(session, actor=HERS, network_code="nwm", recognised_code="awmn")
        after = load_one(session, record.mediator_id).accreditations
        there = Accreditation("awmn", "accredited", date(2026, 1, 1), date(2027, 6, 1))
        assert set(after) == {there, replace(there, network="nwm")}
        end_recognition(session, actor=HERS, recognition_id=row.id, expected_version=row.version)
        assert load_one(session, record.mediator_id).accreditations == before
        told = session.scalars(select(Change.mediator_id)).all()
        assert told.count(record.mediator_id) >= 2


@pytest.mark.parametrize("state", ["suspended", "needs_update"])
def test_what_a_network_took_back_itself_no_other_replaces(database: Database, state: str) -> None:
    with database.writing() as session:
        record, _here = make_woman(session, state)
        other = add_membership(session, record.mediator, "awmn")
        other.accreditation, other.lapses_on = "accredited", None
        recognise(session, actor=HERS, network_code="nwm", recognised_code="awmn")
        held = {
            one.network: one.state for one in load_one(session, record.mediator_id).accreditations
        }
        assert held == {"nwm": state, "awmn": "accredited"}


def test_a_recognition_gives_nothing_to_who_is_no_member(database: Database) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, "accredited")
        recognise(session, actor=ANOTHER, network_code="awmn", recognised_code="nwm")
        held = load_one(session, record.mediator_id).accreditations
        assert [one.network for one in held] == [membership.network_code]


@pytest.mark.parametrize("recognised", ["nwm", "no-such", "global_alliance"])
def test_only_another_network_with_members_is_recognised(
    database: Database, recognised: str
) -> None:
    with database.writing() as session, pytest.raises(Refused, match="not_a_choice"):
        recognise(session, actor=HERS, network_code="nwm", recognised_code=recognised)
