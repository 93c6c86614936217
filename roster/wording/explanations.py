"""What explains an answer, in words: changes of a request, steps of hers, what decided."""

from __future__ import annotations

from collections.abc import Sequence

from matching import Change, Decision, HerStep, Lean, Request, apply_changes
from matching.facts import Grade, Post
from roster.wording.answers import word_asked
from roster.wording.known import GRADES
from roster.wording.messages import N_
from roster.wording.speech import Wording

STEPS = {
    "confirm_availability": N_("she confirms that she is available"),
    "change_availability": N_("she can change what she said of her time"),
    "confirm_evidence": N_("her network confirms it: %(criterion)s"),
    "raise_level": N_("she reaches one level more: %(criterion)s"),
    "finish_accreditation": N_("her network has accredited her"),
    "renew_accreditation": N_("her network renews the accreditation"),
    "declare": N_("she declares her interests"),
}
OTHER_STEP = N_("this is settled")

STAND_INS = {
    "interpreter_mediator": N_("an interpreter-mediator beside her: %(criterion)s"),
    "interpreter_level": N_("an interpreter with the level C2 beside her: %(criterion)s"),
}
"""Who else meets a language, by code."""

PREFERENCES = {
    "themes_nice": N_("themes you would like"),
    "languages_nice": N_("languages you would like"),
    "places_nice": N_("places you would like"),
    "region_experience": N_("work in the region"),
    "theme_depth": N_("depth in the theme"),
    "role_evidence": N_("evidence of the role"),
    "role_recency": N_("years since the role"),
    "mediated_in": N_("has mediated in the language"),
    "freshness_margin": N_("confirmed lately"),
    "origin_wish": N_("insider or outsider wish"),
    "seniority_above": N_("more seniority than asked"),
    "notice_margin": N_("shorter notice than asked"),
    "track_breadth": N_("several tracks"),
    "phase_breadth": N_("several phases"),
}
OTHER_PREFERENCE = N_("another wish")

DECISIONS = {
    Decision.STATE: N_("One fits, the other is one step away."),
    Decision.POINTS: N_("The points decide."),
    Decision.NEVER_PROPOSED: N_("Equal points: one was never proposed before."),
    Decision.LONGER_WAIT: N_("Equal points: one was proposed longer ago."),
    Decision.LOT: N_("Equal in all that counts: a lot decides."),
}


def word_change(wording: Wording, request: Request, change: Change) -> str:
    """One change of the request: what is asked now, and what instead."""
    post = _find_post(request, change)
    if change.second:
        return _word_split(wording, request, change)
    before = word_asked(wording, request, post, change.criterion, change.wish)
    if change.is_drop:
        if change.criterion == "window":
            return wording.gettext(N_("other dates than asked"))
        return wording.gettext(N_("not asked: %(criterion)s"), criterion=before)
    if change.stand_in:
        return wording.gettext(STAND_INS[change.stand_in], criterion=before)
    if ("dates_are_open", True) in change.to:
        return wording.gettext(N_("other dates than asked"))
    changed = apply_changes(request, [change])
    after = word_asked(wording, changed, _find_post(changed, change), change.criterion, change.wish)
    grades = [value for _, value in change.to if isinstance(value, Grade)]
    if grades:
        enough = wording.gettext(GRADES[grades[0].name.lower()])
        return wording.gettext(
            N_("%(criterion)s: %(grade)s is enough"), criterion=after, grade=enough
        )
    return wording.gettext(N_("%(after)s, not: %(before)s"), after=after, before=before)


def _word_split(wording: Wording, request: Request, change: Change) -> str:
    post = _find_post(request, change)
    taken = [word_asked(wording, request, post, name, wish) for name, wish in change.second]
    return wording.gettext(
        N_("two women hold the post together; the second has: %(criteria)s"),
        criteria=wording.list_and(taken),
    )


def _find_post(request: Request, change: Change) -> Post:
    posts = request.posts
    return next((post for post in posts if post.code == change.post), posts[0])


def word_her_step(wording: Wording, request: Request, post_code: str, step: HerStep) -> str:
    """What she or her network would have to do, never a blame."""
    name, wish = step.reasons[0]
    post = _find_post(request, Change(name, wish, post_code))
    criterion = word_asked(wording, request, post, name, wish)
    return wording.gettext(STEPS.get(step.action, OTHER_STEP), criterion=criterion)


def word_decision(wording: Wording, decision: Decision) -> str:
    """What put one before the other."""
    return wording.gettext(DECISIONS[decision])


def word_preference(wording: Wording, name: str) -> str:
    """What a weight is given for, as a short phrase."""
    return wording.gettext(PREFERENCES.get(name, OTHER_PREFERENCE))


def word_signed_points(wording: Wording, points: float) -> str:
    """``+2.5`` and ``−2.5``; a plain 0 for no difference."""
    number = wording.number(abs(points))
    return f"{'+' if points > 0 else '−'}{number}" if round(points, 2) else number


def word_first_place(wording: Wording, places: int, leans: Sequence[Lean]) -> str:
    """How surely she stands among the first places when a weight moves by a tenth."""
    tenth = wording.percent(0.1)
    if not leans:
        return wording.gettext(
            N_("Stays among the first %(places)s if any weight moves by %(share)s."),
            places=places,
            share=tenth,
        )
    more, less = (
        wording.list_or(
            word_preference(wording, one.preference) for one in leans if one.is_more == up
        )
        for up in (True, False)
    )
    parts = []
    if more:
        parts.append(
            wording.gettext(
                N_(
                    "Would leave the first %(places)s with up to %(share)s more weight on: %(wishes)s."
                ),
                places=places,
                share=tenth,
                wishes=more,
            )
        )
    if less:
        parts.append(
            wording.gettext(
                N_(
                    "Would leave the first %(places)s with up to %(share)s less weight on: %(wishes)s."
                ),
                places=places,
                share=tenth,
                wishes=less,
            )
        )
    return " ".join(parts)
