"""When and how she can work: state it, say it again, or ask not to be asked for a while."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused, StaleVersion
from roster.models import Availability, Mediator
from roster.permissions import Permission
from roster.schemas.availability import (
    MODALITIES,
    NOTICE_DAYS,
    STATUSES,
    AvailabilityForm,
    PauseForm,
    RenewalForm,
)
from roster.services.availability import (
    choose_time_zone,
    end_pause,
    get_standing,
    pause,
    renew,
    state_availability,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.standing import describe_time
from roster.web.mediators.words import zone_options
from roster.web.options import place_names, suggest_places
from roster.web.pages import current_wording, flash_sentence, word_errors
from roster.web.statements import read_statement

PAGE = "mediators/availability.html"
CHANGED = "answer_changed"
"""Code of a form whose answer was replaced meanwhile; it is shown again beside the new one."""


@blueprint.get("/me/availability")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_availability() -> str:
    """Her last answer, to be changed."""
    return render_availability(PAGE)


@blueprint.post("/me/availability")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_availability() -> ResponseReturnValue:
    """Take a new statement."""
    problems = submit_statement()
    if problems is not None:
        return refuse_statement(PAGE, problems)
    flash_sentence("availability_saved")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/availability/renew")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def renew_availability() -> ResponseReturnValue:
    """Still right: the same answer, with a new end."""
    form = read_form(RenewalForm(), ignore=("answer",))
    if not form.is_valid:
        return redirect(url_for("mediators.show_availability"), 303)
    try:
        renew(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            expected_id=form.values["version"],
        )
    except StaleVersion:
        return refuse_small_form(_mark(form, "version", CHANGED))
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
        return redirect(url_for("mediators.show_availability"), 303)
    flash_sentence("availability_renewed")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/pause")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def pause_me() -> ResponseReturnValue:
    """Do not ask me until a day."""
    form = read_form(PauseForm())
    if not form.is_valid:
        return refuse_small_form(form)
    try:
        pause(writing(), actor=current_actor(), mediator_id=own_id(), until=form.values["until"])
    except Refused as refusal:
        return refuse_small_form(_mark(form, "until", refusal.code))
    flash_sentence("paused")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/pause/end")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def end_my_pause() -> ResponseReturnValue:
    """I may be asked again."""
    end_pause(writing(), actor=current_actor(), mediator_id=own_id())
    flash_sentence("pause_ended")
    return redirect(url_for("mediators.show_home"), 303)


def render_availability(
    template: str, form: FormResult | None = None, small: FormResult | None = None
) -> str:
    """The form with her standing answer, a list's words for her to confirm, or what she sent.

    ``small`` is one of the page's other forms, shown as it was sent while this one stays as it is.
    """
    mediator = herself()
    standing = get_standing(reading(), mediator.id)
    given = form.raw if form else _as_form(standing, mediator)
    codes = {**(form.errors if form else {}), **(small.errors if small else {})}
    wording = current_wording()
    errors = word_errors(codes)
    if "refused" in errors:
        errors["refused"] = [*errors["refused"], *suggest_places(wording, codes["refused"])]
    return render_hers(
        template,
        given=given,
        small=small.raw if small else {},
        version=_version(standing, form, codes),
        is_from_list=standing is not None and standing.confirmed_by == "import",
        statuses=[(code, wording.term("availability_status", code)) for code in STATUSES],
        notices=[(days, wording.days(days)) for days in NOTICE_DAYS],
        modalities=[(code, wording.term("modality", code)) for code in MODALITIES],
        zones=zone_options(str(given.get("time_zone", mediator.time_zone))),
        mediator=mediator,
        errors=errors,
        **describe_time(mediator),
    )


def _version(
    standing: Availability | None, form: FormResult | None, codes: dict[str, list[str]]
) -> Any:
    """The statement that she saw; once she is shown a newer one, that."""
    if form is not None and "version" not in codes:
        return form.raw["version"]
    return standing.id if standing else 0


def refuse_statement(template: str, form: FormResult) -> ResponseReturnValue:
    """The page with the form as she sent it, beside what stands now."""
    return render_availability(template, form), _status(form)


def refuse_small_form(form: FormResult) -> ResponseReturnValue:
    """The page with one of its small forms as she sent it, beside what stands now."""
    return render_availability(PAGE, small=form), _status(form)


def _status(form: FormResult) -> int:
    return 409 if form.errors.get("version") == [CHANGED] else 422


def _mark(form: FormResult, field: str, code: str) -> FormResult:
    """The form as it was sent, with one thing to be looked at again."""
    return FormResult({}, {field: [code]}, form.raw)


def _as_form(row: Availability | None, mediator: Mediator) -> dict[str, Any]:
    zone = {"time_zone": mediator.time_zone}
    if row is None:
        return zone
    return {
        **zone,
        "status": row.status if row.status in STATUSES else "",
        "window_from": row.window_from.isoformat() if row.window_from else "",
        "window_to": row.window_to.isoformat() if row.window_to else "",
        "notice_days": row.notice_days or "",
        "days_per_month": row.days_per_month or "",
        "longest_stay_days": row.longest_stay_days or "",
        "modalities": row.modalities or [],
        "refused": place_names(current_wording(), row.refused),
    }


def submit_statement() -> FormResult | None:
    """Store the posted statement; the form with its errors if it cannot be."""
    form = read_form(AvailabilityForm())
    if not form.is_valid:
        return form
    values = form.values
    mediator = writing().get_one(Mediator, own_id())
    choose_time_zone(writing(), actor=current_actor(), mediator=mediator, name=values["time_zone"])
    try:
        state_availability(
            writing(),
            actor=current_actor(),
            mediator_id=mediator.id,
            expected_id=values["version"] or None,
            statement=read_statement(values),
        )
    except StaleVersion:
        return _mark(form, "version", CHANGED)
    except Refused as refusal:
        return _mark(form, str(refusal.values.get("field", "status")), refusal.code)
    return None
