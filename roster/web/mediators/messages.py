"""How the service writes to her: by mail or through her coordinator, how often, when, in what words."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import StaleVersion
from roster.permissions import Permission
from roster.schemas.messages import CADENCES, CHANNELS, LAST_HOUR, MessagesForm
from roster.services.choosing_messages import choose_messages, describe
from roster.services.message_choices import Choice
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.words import zone_options
from roster.web.pages import current_wording, flash_sentence, word_errors
from roster.wording import LANGUAGES
from roster.wording.messages import N_

CHANNEL_WORDS = {
    "mail": N_("By e-mail, to me"),
    "coordinator": N_("Not by mail: my coordinator speaks to me"),
}
CADENCE_WORDS = {
    "three": N_("14 days, 7 days and one day before something ends"),
    "one": N_("Once, 7 days before"),
    "weekly": N_("One message for everything, once a week at most"),
    "none": N_("No reminders"),
}
LABELS = {
    "channel": N_("How"),
    "cadence": N_("How often"),
    "quiet_from": N_("Nothing from"),
    "quiet_until": N_("until"),
    "language": N_("Language of the messages"),
    "time_zone": N_("Where your clock is"),
}


@blueprint.get("/me/messages")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_messages() -> str:
    """What she has chosen, or what holds without a choice."""
    return _render(None)


@blueprint.post("/me/messages")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_messages() -> ResponseReturnValue:
    """Take her choice; where another page was saved first, both are shown and nothing is lost."""
    form = read_form(MessagesForm())
    if not form.is_valid:
        return _render(form), 422
    values = form.values
    try:
        choose_messages(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            expected_version=values["version"],
            choice=Choice(
                values["channel"], values["cadence"], values["quiet_from"], values["quiet_until"]
            ),
            language=values["language"],
            time_zone=values["time_zone"],
        )
    except StaleVersion as conflict:
        return _render(form, saved=conflict.current), 409
    flash_sentence("messages_saved")
    return redirect(url_for("mediators.show_messages"), 303)


def _render(form: FormResult | None, saved: Mapping[str, object] | None = None) -> str:
    """The form: as stored, or as she sent it; ``saved`` is what stands since, for her to compare."""
    mediator, wording = herself(), current_wording()
    given = form.raw if form else describe(reading(), mediator)
    is_fresh = form is None or saved is not None or "version" in form.errors
    return render_hers(
        "mediators/messages.html",
        given=given,
        version=mediator.version if is_fresh else given.get("version"),
        labels={name: wording.gettext(word) for name, word in LABELS.items()},
        channels=[(code, wording.gettext(CHANNEL_WORDS[code])) for code in CHANNELS],
        cadences=[(code, wording.gettext(CADENCE_WORDS[code])) for code in CADENCES],
        hours=[(hour, _word_hour(hour)) for hour in range(LAST_HOUR + 1)],
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        zones=zone_options(str(given.get("time_zone", mediator.time_zone))),
        saved=_word_saved(saved) if saved else [],
        errors=word_errors(form.errors if form else {}),
    )


def _word_hour(hour: object) -> str:
    return f"{hour:02}:00"


def _word_saved(saved: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each field of the saved choice and its value in words."""
    wording = current_wording()
    words = {
        "channel": wording.gettext(CHANNEL_WORDS[str(saved["channel"])]),
        "cadence": wording.gettext(CADENCE_WORDS[str(saved["cadence"])]),
        "quiet_from": _word_quiet(saved["quiet_from"]),
        "quiet_until": _word_quiet(saved["quiet_until"]),
        "language": LANGUAGES[str(saved["language"])].name,
        "time_zone": dict(zone_options(str(saved["time_zone"])))[str(saved["time_zone"])],
    }
    return [(wording.gettext(LABELS[name]), word) for name, word in words.items()]


def _word_quiet(hour: object) -> str:
    return "–" if hour is None else _word_hour(hour)
