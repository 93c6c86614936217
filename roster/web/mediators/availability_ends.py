"""Her answer made shorter or longer without filling in the form again, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.local_days import end_of_day, last_day, local_day
from roster.models import Mediator
from roster.permissions import Permission
from roster.queries.availability import PastStatement, list_statements
from roster.schemas.availability import EndForm, LastDayForm
from roster.services.availability import FURTHEST_DAYS
from roster.services.availability_ends import end_earlier, move_last_day
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.availability import CHANGED, refuse_small_form
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.words import describe_statement
from roster.web.pages import current_wording, flash_sentence


@blueprint.post("/me/availability/last-day")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def move_my_last_day() -> ResponseReturnValue:
    """The time she named goes on for longer, or for shorter."""
    form = read_form(LastDayForm())
    if not form.is_valid:
        return refuse_small_form(form)
    try:
        move_last_day(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            expected_id=form.values["version"],
            last_day=form.values.get("last_day"),
        )
    except (StaleVersion, Refused) as refusal:
        return _refuse(form, refusal, "last_day")
    flash_sentence("availability_moved")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/availability/end")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def end_my_answer() -> ResponseReturnValue:
    """From now on, or after a day of hers, her answer counts no more."""
    form = read_form(EndForm())
    if not form.is_valid:
        return refuse_small_form(form)
    try:
        end_earlier(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            ends_at=_read_end(form, writing().get_one(Mediator, own_id())),
            expected_id=form.values["version"],
        )
    except (StaleVersion, Refused) as refusal:
        return _refuse(form, refusal, "ends_on")
    flash_sentence("availability_ended")
    return redirect(url_for("mediators.show_home"), 303)


def _read_end(form: FormResult, mediator: Mediator) -> datetime | None:
    """The end of the day that she chose; None is now."""
    if form.values["when"] == "now":
        return None
    day: date = form.values["ends_on"]
    today = local_day(clock.now(), mediator.time_zone)
    if abs((day - today).days) > FURTHEST_DAYS:
        raise Refused("end_outside_life")
    return end_of_day(day, mediator.time_zone)


def _refuse(form: FormResult, refusal: StaleVersion | Refused, field: str) -> ResponseReturnValue:
    is_stale = isinstance(refusal, StaleVersion)
    errors = {"version": [CHANGED]} if is_stale else {field: [refusal.code]}
    return refuse_small_form(FormResult({}, errors, form.raw))


@dataclass(frozen=True)
class Line:
    """One statement as her history tells it; days are hers."""

    by: str
    said_on: date
    words: str
    good_to: date
    end: str
    """As ``PastStatement.end``."""
    ended_on: date | None


@blueprint.get("/me/availability/history")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_history() -> str:
    """What was said of her time, by whom, and how it ended."""
    mediator = herself()
    statements = list_statements(
        reading(), actor=current_actor(), mediator_id=mediator.id, now=clock.now()
    )
    return render_hers(
        "mediators/history.html",
        mediator=mediator,
        lines=[_describe(one, mediator.time_zone) for one in statements],
    )


def _describe(statement: PastStatement, zone: str) -> Line:
    row, ended_at = statement.row, statement.ended_at
    is_over = statement.end in ("ran_out", "shortened")
    return Line(
        by=row.confirmed_by,
        said_on=local_day(row.confirmed_at, zone),
        words=describe_statement(current_wording(), row),
        good_to=last_day(row.valid_until, zone),
        end=statement.end,
        ended_on=ended_at and (last_day(ended_at, zone) if is_over else local_day(ended_at, zone)),
    )
