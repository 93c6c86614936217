"""Reading the long files that coordinators have handed in."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import islice

from roster.errors import RosterError
from roster.jobs.turn import Turn
from roster.services.import_summaries import Tally
from roster.services.known_people import KnownPeople
from roster.services.pace import Pace
from roster.services.reading_files import (
    MOST_TRIES,
    BrokenOff,
    Task,
    begin_reading,
    end_reading,
    fail_reading,
    judge_part,
    keep_found,
    keep_rows,
    list_kept,
    note_progress,
)
from roster.spreadsheets import Plan, ReadRow, SpreadsheetRefused, plan_spreadsheet
from roster.spreadsheets.crossing import Crossing, Found
from roster.spreadsheets.rereading import keep_findings, plan_again


class Stopped(RosterError):
    """The process was told to stop; the file is read from its beginning by the next turn."""


def read_files(turn: Turn) -> int:
    """Read the waiting files one after the other; return how many."""
    count = 0
    while not turn.is_stopping():
        with turn.writing() as session:
            task = begin_reading(session, actor=turn.actor)
            session.commit()
        if task is None:
            break
        try:
            _read_or_refuse(turn, task)
        except BrokenOff:
            continue
        except Stopped:
            break
        count += 1
    return count


def _read_or_refuse(turn: Turn, task: Task) -> None:
    try:
        if task.summary["tries"] > MOST_TRIES:
            raise SpreadsheetRefused("unreadable")
        summary = _read(turn, task)
    except SpreadsheetRefused as refusal:
        with turn.writing() as session:
            fail_reading(
                session,
                actor=turn.actor,
                import_id=task.import_id,
                code=refusal.code,
                values=refusal.values,
            )
            session.commit()
        return
    _judge(turn, task)
    with turn.writing() as session:
        end_reading(session, actor=turn.actor, import_id=task.import_id, summary=summary)
        session.commit()


def _read(turn: Turn, task: Task) -> dict[str, object]:
    """Keep all rows, then what several of them together show; return the summary."""
    crossing, tally = _read_rows(turn, task)
    gc.collect()  # the cells of the file are gone; comparing its rows needs the room
    _keep_found(turn, task, crossing, tally)
    return tally.summarise(crossing.complete_head())


def _read_rows(turn: Turn, task: Task) -> tuple[Crossing, Tally]:
    plan, rows = _plan(turn, task)
    crossing, tally, pace, total = Crossing(plan.head), Tally(), Pace(), plan.total
    is_again = task.content is None
    while part := list(islice(rows, pace.rows)):
        first = tally.rows
        for row in part:
            crossing.note(row)
            tally.note(row)
        _check_stop(turn)
        with turn.writing() as session, pace.measured():
            keep_rows(session, task=task, first=first, rows=part, is_again=is_again)
            note_progress(session, import_id=task.import_id, rows_read=tally.rows, rows_total=total)
            session.commit()
        pace.rest()
    return crossing, tally


def _plan(turn: Turn, task: Task) -> tuple[Plan, Iterator[ReadRow]]:
    if task.content is not None:
        plan = plan_spreadsheet(
            task.content,
            file_name=task.file_name,
            network=task.network_code,
            reference_day=task.reference_day,
            choices=task.choices,
            layout=task.layout,
        )
        return plan, plan.read_rows()
    with turn.database.reading() as session:
        kept = list_kept(session, task.import_id)
    plan = plan_again(task.summary, kept, task.choices)
    read = zip(plan.read_rows(), kept, strict=True)
    return plan, (keep_findings(row, was) for row, was in read)


def _keep_found(turn: Turn, task: Task, crossing: Crossing, tally: Tally) -> None:
    found: list[tuple[int, Found]] = sorted(crossing.find().items(), key=lambda one: one[0])
    pace = Pace()
    while found:
        part, found = found[: pace.rows], found[pace.rows :]
        _check_stop(turn)
        with turn.writing() as session, pace.measured():
            for place, what in part:
                tally.note_found(place, [*what.before, *what.after])
                keep_found(session, import_id=task.import_id, place=place, found=what)
            session.commit()
        pace.rest()


def _judge(turn: Turn, task: Task) -> None:
    """What would become of each row, against the network's list as it is now."""
    gc.collect()
    first_rows: dict[str, int] = {}
    pace, done, count = Pace(), 0, 1
    with turn.database.reading() as looking:
        known = KnownPeople(looking, task.network_code)
        while count:
            _check_stop(turn)
            with turn.writing() as session, pace.measured():
                count = judge_part(
                    session,
                    import_id=task.import_id,
                    first=done,
                    limit=pace.rows,
                    known=known,
                    first_rows=first_rows,
                )
                session.commit()
            done += count
            pace.rest()


def _check_stop(turn: Turn) -> None:
    if turn.is_stopping():
        raise Stopped("stopping")
