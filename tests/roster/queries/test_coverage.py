"""Coverage counts women of one list, each once a cell, fresh only by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Record
from roster.queries.coverage import (
    Cell,
    Coverage,
    CoverageGap,
    CoverageLine,
    count_coverage,
    list_sub_regions,
)
from roster.queries.coverage_bits import NetworkBits
from tests.factories import add_mediator

DAY = timedelta(days=1)
KENYA_II = (("track", "II"), ("place", "KEN"), ("theme", "ceasefire"))


def count(database: Database, **narrowed: str) -> Coverage:
    with database.reading() as session:
        return count_coverage(NetworkBits("nwm").at(session, now=clock.now()), narrowed)


def line(found: Coverage, field: str, code: str) -> CoverageLine:
    return {one.code: one for one in found.tables[field]}[code]


def add_noise(session: Session) -> None:
    """Women who count nowhere: of another network, hidden, gone."""
    add_mediator(session, network="awmn", languages=["fra"], entries=KENYA_II)
    add_mediator(session, languages=["fra"], entries=KENYA_II, is_hidden=True)
    add_mediator(session, languages=["fra"], entries=KENYA_II, state="withdrawn")


@pytest.fixture(autouse=True)
def women(database: Database) -> None:
    now = clock.now()
    with database.writing() as session:
        add_noise(session)
        add_mediator(session, languages=["eng"], entries=[*KENYA_II, ("place", "UGA")])
        add_mediator(session, languages=["eng", "por"], entries=KENYA_II, availability=now - DAY)
        add_mediator(session, languages=["por"], entries=[("track", "I")], availability=False)
        session.commit()


def test_a_woman_counts_once_in_each_cell_and_fresh_only_until_her_day(database: Database) -> None:
    found = count(database)
    empty = Cell(0, 0)
    tracks = {"I": empty, "I.5": empty, "II": Cell(1, 2), "III": empty}
    assert found.whole == Cell(1, 3)
    assert line(found, "language", "eng") == CoverageLine("language", "eng", tracks, Cell(1, 2))
    assert line(found, "place", "014") == CoverageLine("place", "014", tracks, Cell(1, 2))
    assert line(found, "theme", "ceasefire").whole == Cell(1, 2)
    assert found.languages == ["eng", "por"]


def test_gaps_have_women_and_nobody_fresh_the_largest_first(database: Database) -> None:
    assert count(database).gaps == [
        CoverageGap("language", "por", "I", 1),
        CoverageGap("language", "por", "II", 1),
    ]


def test_the_barest_lines_stand_first_and_what_nobody_holds_is_a_line(database: Database) -> None:
    tables = count(database).tables
    assert [one.code for one in tables["language"]] == ["por", "eng"]
    assert tables["theme"][0].whole == Cell(0, 0)
    assert tables["theme"][-1].code == "ceasefire"
    assert {one.code for one in tables["place"]} == set(list_sub_regions())


def test_narrowing_keeps_those_who_have_every_value(database: Database) -> None:
    found = count(database, language="por", track="II")
    assert found.whole == Cell(0, 1)
    assert line(found, "place", "014").whole == Cell(0, 1)
    assert count(database, language="fra").whole == Cell(0, 0)


def test_her_own_word_counts_only_where_she_shares_it(database: Database) -> None:
    with database.writing() as session:
        for is_shared in (True, False):
            her = add_mediator(session, languages=["swa"])
            records = {
                one.network_code: one
                for one in session.scalars(select(Record).where(Record.mediator_id == her.id))
            }
            for entry in [one for one in records["nwm"].entries if one.field == "language"]:
                session.delete(entry)
            records[None].is_shared = is_shared
        session.commit()
    assert line(count(database), "language", "swa").whole == Cell(1, 1)
