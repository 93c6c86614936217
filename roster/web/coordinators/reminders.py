"""Asking many women at once: whom, in which words, and who is not written to and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.mail.messages import Letter
from roster.permissions import Permission
from roster.queries.people import get_names
from roster.services.asking_many import (
    MOST_ASKED,
    STATES,
    ToAsk,
    ask_many,
    last_day_of_link,
    list_to_ask,
    preview,
)
from roster.settings import Settings
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.words import SPEAK_TO_HER
from roster.web.pages import current_wording, render
from roster.web.person_words import word_end
from roster.wording import LANGUAGES, N_

GROUPS = {
    "ending": N_("Women whose answer runs out soon"),
    "ended": N_("Women whose answer has run out"),
    "none": N_("Women who have given no answer of their own yet"),
}
REASONS = {
    "paused": N_("She has paused."),
    "consent_missing": N_("Her consent is missing or has ended."),
    "speak_to_her": SPEAK_TO_HER,
    "no_address": N_("No e-mail address is known."),
    "no_reminders": N_("She asked for no reminders."),
    "due_today": N_("The service reminds her today by itself."),
    "asked_already": N_("She was asked about this answer already."),
    "written_today": N_("She was written to today, or will be tomorrow morning."),
    "written_this_week": N_("She wants one message a week and has had it."),
}
LONGEST_NUMBER = 10


@dataclass(frozen=True)
class AskedLine:
    """One woman: whose record, how her answer stands, and why she is not written to, if so."""

    record_id: int
    name: str
    until: str
    why: str


@dataclass(frozen=True)
class LetterView:
    """One text as it is sent, with the women who get exactly this one."""

    language: str
    language_name: str
    direction: str
    letter: Letter
    lines: Sequence[AskedLine]


@blueprint.get("/reminders")
@needs(Permission.LIST_RECORDS)
def show_reminders() -> str:
    """Each text with the women who would get it, before anything is sent."""
    which = request.args.get("which", "")
    which = which if which in STATES else "ending"
    actor, now, wording = current_actor(), clock.now(), current_wording()
    group = list_to_ask(reading(), actor=actor, which=which, now=now)
    names = get_names(reading(), (one.record_id for one in group.women))
    log_readings((one.mediator_id for one in group.women), "record")
    written = [one for one in group.women if one.why is None][:MOST_ASKED]
    state = STATES[which]
    lines = {
        one.record_id: AskedLine(
            one.record_id,
            names[one.record_id],
            word_end(wording, state, one.valid_until, one.time_zone),
            wording.gettext(REASONS[one.why]) if one.why else "",
        )
        for one in group.women
    }
    return render(
        "coordinators/reminders.html",
        which=which,
        groups=[(code, wording.gettext(words)) for code, words in GROUPS.items()],
        letters=_write_letters(written, lines),
        count=len(written),
        others=[lines[one.record_id] for one in group.women if one.why is not None],
        left=group.total - len(written) - sum(one.why is not None for one in group.women),
    )


def _write_letters(women: Sequence[ToAsk], lines: dict[int, AskedLine]) -> list[LetterView]:
    """One for each text: by language and by the day that it names."""
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()

    def text_of(one: ToAsk) -> tuple[str, str]:
        return one.language, last_day_of_link(one, now)

    found = []
    for (code, _), same in groupby(sorted(women, key=text_of), key=text_of):
        hers = list(same)
        letter = preview(hers[0], base_url=settings.base_url, now=now)
        language = LANGUAGES[code]
        found.append(
            LetterView(
                code,
                language.name,
                language.direction,
                letter,
                [lines[one.record_id] for one in hers],
            )
        )
    return found


@blueprint.post("/reminders")
@needs(Permission.LIST_RECORDS)
def send_reminders() -> ResponseReturnValue:
    """Write to those who were chosen and may still be written to; say how many were not."""
    which = request.form.get("which", "")
    if which not in STATES:
        raise Refused("not_a_choice")
    asked = [one for one in request.form.getlist("record") if one.isdecimal()]
    chosen = {int(one) for one in asked if len(one) < LONGEST_NUMBER}
    now = clock.now()
    sent = ask_many(writing(), actor=current_actor(), which=which, record_ids=chosen, now=now)
    wording = current_wording()
    words = wording.ngettext("%(num)d woman is asked.", "%(num)d women are asked.", sent)
    if len(chosen) > sent:
        words += " " + wording.ngettext(
            "%(num)d is not written to; why stands below.",
            "%(num)d are not written to; why stands below.",
            len(chosen) - sent,
        )
    flash(words, "yes" if sent else "due")
    return redirect(url_for("coordinators.show_reminders", which=which), 303)
