"""A request used again: copied, kept as a template, or kept apart from another."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.request_templates import (
    get_template,
    get_template_subject,
    list_linked,
    list_others,
    list_templates,
)
from roster.queries.requests import get_request, get_subject
from roster.schemas.request_templates import TemplateTitleSchema
from roster.services.apart import keep_apart
from roster.services.request_templates import (
    copy_request,
    delete_template,
    rename_template,
    save_template,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.form_criteria import write_controls
from roster.web.envoys.requests import read_version, show_form
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import N_

LABELS = {"title": N_("Name of the template")}


@blueprint.get("/requests/<code>/again")
@needs(Permission.READ_REQUEST, get_subject)
def show_again(code: str) -> ResponseReturnValue:
    """What can be made of this request."""
    return _show(code, {})


@blueprint.post("/requests/<code>/copy")
@needs(Permission.EDIT_REQUEST, get_subject)
def copy(code: str) -> ResponseReturnValue:
    """The same once more, as a draft."""
    found = get_request(reading(), current_actor(), code)
    made = copy_request(writing(), actor=current_actor(), request_id=found.id)
    flash_sentence("request_copied")
    return redirect(url_for("envoys.show_edit", code=made.code), 303)


@blueprint.post("/requests/<code>/template")
@needs(Permission.EDIT_REQUEST, get_subject)
def keep_template(code: str) -> ResponseReturnValue:
    """Keep what it asks for the next time."""
    found = get_request(reading(), current_actor(), code)
    result = read_form(TemplateTitleSchema())
    if not result.is_valid:
        return _show(code, result.errors), 422
    save_template(
        writing(), actor=current_actor(), request_id=found.id, title=result.values["title"]
    )
    flash_sentence("template_saved")
    return redirect(url_for("envoys.show_templates"), 303)


@blueprint.post("/requests/<code>/apart")
@needs(Permission.EDIT_REQUEST, get_subject)
def link(code: str) -> ResponseReturnValue:
    """No woman in both answers, or the two independent again."""
    actor = current_actor()
    found, other = get_request(reading(), actor, code), request.form.get("other", "")
    other_id = get_request(reading(), actor, other).id if other else None
    keep_apart(
        writing(),
        actor=actor,
        request_id=found.id,
        expected_version=read_version(),
        other_id=other_id,
    )
    flash_sentence("request_linked" if other else "request_unlinked")
    return redirect(url_for("envoys.show_again", code=code), 303)


@blueprint.get("/requests/templates")
@needs(Permission.CREATE_REQUEST)
def show_templates() -> ResponseReturnValue:
    """Her templates, each to start from, to rename or to delete."""
    return _show_templates({})


@blueprint.get("/requests/templates/<int:template_id>/new")
@needs(Permission.EDIT_REQUEST, get_template_subject)
def start_from_template(template_id: int) -> ResponseReturnValue:
    """The form with what the template asks; only the days are missing."""
    return show_form(write_controls(get_template(reading(), template_id).criteria))


@blueprint.post("/requests/templates/<int:template_id>/rename")
@needs(Permission.EDIT_REQUEST, get_template_subject)
def rename(template_id: int) -> ResponseReturnValue:
    """Another title."""
    result = read_form(TemplateTitleSchema(), ignore=("version",))
    if not result.is_valid:
        return _show_templates(result.errors), 422
    rename_template(
        writing(),
        actor=current_actor(),
        template_id=template_id,
        expected_version=read_version(),
        title=result.values["title"],
    )
    flash_sentence("template_renamed")
    return redirect(url_for("envoys.show_templates"), 303)


@blueprint.post("/requests/templates/<int:template_id>/delete")
@needs(Permission.EDIT_REQUEST, get_template_subject)
def delete(template_id: int) -> ResponseReturnValue:
    """Forget it."""
    delete_template(
        writing(),
        actor=current_actor(),
        template_id=template_id,
        expected_version=read_version(),
    )
    flash_sentence("template_deleted")
    return redirect(url_for("envoys.show_templates"), 303)


def _show(code: str, errors: dict[str, list[str]]) -> str:
    found, wording = get_request(reading(), current_actor(), code), current_wording()
    others = [
        (
            one.code,
            wording.list_parts([one.code, one.title or wording.gettext(N_("without a title"))]),
        )
        for one in list_others(reading(), found)
    ]
    return render(
        "envoys/again.html",
        found=found,
        linked=list_linked(reading(), found),
        others=others,
        errors=word_errors(errors),
        labels={name: wording.gettext(label) for name, label in LABELS.items()},
    )


def _show_templates(errors: dict[str, list[str]]) -> str:
    wording = current_wording()
    return render(
        "envoys/templates.html",
        templates=list_templates(reading(), current_actor()),
        errors=word_errors(errors),
        labels={name: wording.gettext(label) for name, label in LABELS.items()},
    )
