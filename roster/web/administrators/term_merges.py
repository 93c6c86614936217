"""A term that is read as another, or offered no more; each can be taken back."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.permissions import Permission
from roster.schemas.application import VersionForm
from roster.schemas.vocabulary import MergeForm
from roster.services import term_merges, vocabulary
from roster.services.kept_terms import get_term
from roster.services.small_cells import round_count
from roster.services.term_merges import preview_merge
from roster.web.access import current_actor, needs, reading
from roster.web.administrators import blueprint
from roster.web.administrators.vocabulary import change, render_term, term_subject
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, render
from roster.wording.answers import word_count
from roster.wording.terms import own_name


@blueprint.get("/vocabulary/<scheme>/<term>/merge")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def preview_term_merge(scheme: str, term: str) -> ResponseReturnValue:
    """What would be read otherwise, before it is."""
    wording, actor, into = current_wording(), current_actor(), request.args.get("into", "")
    if not into:
        return redirect(url_for("administrators.show_term", scheme=scheme, term=term))
    try:
        uses = preview_merge(reading(), actor=actor, kind=scheme, code=term, into=into)
    except Refused as refusal:
        form = FormResult({}, {"into": [refusal.code]}, {"into": into})
        return render_term(scheme, term, form, "merge"), 422
    both = [get_term(reading(), actor=actor, kind=scheme, code=code) for code in (term, into)]
    counts = (uses.women, uses.requests, uses.searches)
    return render(
        "administrators/term_merge.html",
        term=both[0],
        into=into,
        names=[own_name(wording, one.names, one.code) for one in both],
        counts=[word_count(wording, round_count(count)) for count in counts],
    )


@blueprint.post("/vocabulary/<scheme>/<term>/merge")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def merge(scheme: str, term: str) -> ResponseReturnValue:
    """From now on it is read as the other one."""
    form = read_form(MergeForm())
    into = form.values.get("into", "")
    return change(term_merges.merge_term, scheme, term, form, "merge", into=into)


@blueprint.post("/vocabulary/<scheme>/<term>/merge/end")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def part(scheme: str, term: str) -> ResponseReturnValue:
    """It stands for itself again, wherever it was used."""
    return change(term_merges.part_term, scheme, term, read_form(VersionForm()), "merge")


@blueprint.post("/vocabulary/<scheme>/<term>/retire")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def retire(scheme: str, term: str) -> ResponseReturnValue:
    """Offered no more."""
    return change(vocabulary.retire_term, scheme, term, read_form(VersionForm()), "retire")


@blueprint.post("/vocabulary/<scheme>/<term>/retire/end")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def offer(scheme: str, term: str) -> ResponseReturnValue:
    """Offered again."""
    return change(vocabulary.offer_term, scheme, term, read_form(VersionForm()), "retire")
