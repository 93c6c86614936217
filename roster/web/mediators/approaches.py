"""What she is asked: the list, one question with all she is told, and her answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused
from roster.models import Approach
from roster.permissions import Permission, Subject
from roster.queries.approaches import find_approach, her_subject, list_of_woman
from roster.schemas.application import VersionForm
from roster.schemas.own_approach import ALLOWED, OwnAnswerForm, QuestionForm
from roster.services.approach_answers import answer_approach, withdraw
from roster.services.approach_questions import ask_question, list_messages
from roster.services.deployment_states import find_deployment
from roster.services.own_approaches import OwnApproach, note_read, see_approach
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.pages import current_wording, flash_sentence, word_errors
from roster.wording import N_
from roster.wording.approaches import FIELDS, word_terms
from roster.wording.own_approaches import FOR_HER, OWN_FIELDS, STANCES


@dataclass(frozen=True)
class ApproachLine:
    """One approach in her list."""

    approach: Approach
    who: str
    sign: str
    words: str


def approach_subject(session: Session, approach_code: str) -> Subject:
    """The woman who is asked; whoever has left gets the page to take that back."""
    own_subject(session)
    return her_subject(session, approach_code)


@blueprint.get("/me/approaches")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_own_approaches() -> str:
    """All she was ever asked, the newest first."""
    wording = current_wording()
    lines = [
        ApproachLine(
            one,
            str(one.terms["who"]),
            FOR_HER[one.state][0],
            wording.gettext(FOR_HER[one.state][1]),
        )
        for one in list_of_woman(reading(), own_id())
    ]
    return render_hers("mediators/approaches.html", lines=lines, zone=herself().time_zone)


@blueprint.get("/me/approaches/<approach_code>")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def show_own_approach(approach_code: str) -> str:
    """One approach, with the forms that fit to how it stands."""
    return _render(approach_code)


@blueprint.post("/me/approaches/<approach_code>/read")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def read_own_approach(approach_code: str) -> ResponseReturnValue:
    """Open it from the list: her network is told that she has read it."""
    approach = find_approach(writing(), approach_code)
    note_read(writing(), actor=current_actor(), approach_id=approach.id)
    return _go_back(approach_code)


@blueprint.post("/me/approaches/<approach_code>")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def answer_own_approach(approach_code: str) -> ResponseReturnValue:
    """Yes, later or no. With a new tie to a side she declares first."""
    form = read_form(OwnAnswerForm())
    if not form.is_valid:
        return _render(approach_code, form), 422
    answer, ties = form.values["answer"], form.values["ties"]
    if answer == "yes" and ties == "some":
        flash_sentence("ties_first", "due")
        return redirect(url_for("mediators.show_declaration"), 303)
    try:
        answered = answer_approach(
            writing(),
            actor=current_actor(),
            approach_id=find_approach(writing(), approach_code).id,
            expected_version=form.values["version"],
            answer=answer,
            allows=form.values["allows"] if answer == "yes" else (),
            answers_on_conflicts=[{"new_ties": ties}] if answer == "yes" else (),
        )
    except Refused as refusal:
        return _render(approach_code, _mark(form, "answer", refusal.code)), 422
    is_barred = answered.state == "closed"
    flash_sentence("approach_barred" if is_barred else f"said_{answer}", _get_tone(is_barred))
    return _go_back(approach_code)


@blueprint.post("/me/approaches/<approach_code>/question")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def ask_about_approach(approach_code: str) -> ResponseReturnValue:
    """A question to whoever asks her; they read it without her name."""
    form = read_form(QuestionForm())
    if not form.is_valid:
        return _render(approach_code, form), 422
    try:
        ask_question(
            writing(),
            actor=current_actor(),
            approach_id=find_approach(writing(), approach_code).id,
            expected_version=form.values["version"],
            text=form.values["text"],
        )
    except Refused as refusal:
        return _render(approach_code, _mark(form, "text", refusal.code)), 422
    flash_sentence("question_sent")
    return _go_back(approach_code)


@blueprint.post("/me/approaches/<approach_code>/withdraw")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def withdraw_from_approach(approach_code: str) -> ResponseReturnValue:
    """Take it back at any step; no reason is asked."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    withdraw(
        writing(),
        actor=current_actor(),
        approach_id=find_approach(writing(), approach_code).id,
        expected_version=form.values["version"],
    )
    flash_sentence("taken_back")
    return _go_back(approach_code)


def _render(approach_code: str, form: FormResult | None = None) -> str:
    wording, zone = current_wording(), herself().time_zone
    found = find_approach(reading(), approach_code)
    own = see_approach(reading(), actor=current_actor(), approach_id=found.id, now=clock.now())
    sign, words = FOR_HER[found.state]
    return render_hers(
        "mediators/approach.html",
        own=own,
        one=found,
        sign=(sign, wording.gettext(words)),
        terms=[(label, value, "") for label, value in _word_all(own)],
        due=wording.instant(found.answer_by, zone),
        has_deployment=find_deployment(reading(), found.id) is not None,
        sides=[_word_side(party) for party in own.parties],
        choices=[(name, wording.gettext(OWN_FIELDS.get(name, FIELDS[name]))) for name in ALLOWED],
        ties=_list_ties(own),
        messages=[
            (wording.instant(said.written_at, zone), said.is_hers, said.text)
            for said in list_messages(reading(), found.id)
        ],
        given=form.raw if form else {},
        errors=word_errors(form.errors if form else {}),
    )


def _word_all(own: OwnApproach) -> list[tuple[str, str]]:
    """What she is told, and the days; a country's code reads as its name."""
    wording = current_wording()
    first, last = wording.date(own.first), wording.date(own.last)
    days = wording.gettext(N_("%(since)s to %(until)s"), since=first, until=last)
    return [*word_terms(wording, own.approach.terms), (wording.gettext(N_("From – to")), days)]


def _word_side(party: dict[str, object]) -> str:
    wording, country = current_wording(), str(party.get("country") or "")
    name = wording.term("country", country) if country else wording.isolate(str(party["code"]))
    stance = STANCES.get(str(party.get("stance")), STANCES["party"])
    return wording.list_parts([name, wording.gettext(stance)])


def _list_ties(own: OwnApproach) -> list[tuple[str, str]]:
    wording, declared = current_wording(), own.declaration
    if declared is None:
        return [("some", wording.gettext(N_("I have not declared my ties yet")))]
    since = wording.date(declared.declared_on)
    return [
        ("none", wording.gettext(N_("Nothing new since %(day)s"), day=since)),
        ("some", wording.gettext(N_("Something is new: I declare it first"))),
    ]


def _mark(form: FormResult, name: str, code: str) -> FormResult:
    return FormResult(form.values, {name: [code]}, form.raw)


def _get_tone(is_barred: bool) -> str:
    return "due" if is_barred else "yes"


def _go_back(approach_code: str) -> ResponseReturnValue:
    return redirect(url_for("mediators.show_own_approach", approach_code=approach_code), 303)
