"""What was asked, criterion by criterion, in words: "French, speaking B2"."""

from collections.abc import Callable

from roster.wording.known import Known
from roster.wording.messages import N_

CONFLICT_RULE = N_("Conflict-of-interest rule")

FIXED = {
    "consent": N_("Consent for matching"),
    "safety_class": N_("Safety class allows this requester"),
    "pool": N_("A network of hers puts her forward"),
    "suspension": N_("Not suspended"),
    "integrity": N_("No finding held"),
    "pause": N_("May be asked now"),
    "freshness": N_("Fresh availability"),
    "rhythm": N_("Weekdays and seasons"),
    "declaration": N_("Conflict of interest declared"),
    "office": N_("No office or employment with a side"),
    "held_interest": N_("No other tie to a side"),
    "refused": N_("Not refused by a side"),
    "public_statement": N_("No public statement on a side"),
    "look_alike": N_("Listed once only"),
    "freshness_margin": N_("Confirmed lately"),
    "notice_margin": N_("Shorter notice than asked"),
    "seniority_above": N_("More seniority than asked"),
}


def label_window(known: Known) -> str:
    start, end = known.day("asked_from"), known.day("asked_to")
    if start is None or end is None:
        return known.say(N_("Available for the dates asked"))
    dates = {"start": known.wording.date(start), "end": known.wording.date(end)}
    return known.say(N_("Available %(start)s to %(end)s"), **dates)


def label_notice(known: Known) -> str:
    asked = known.number("asked")
    if asked is None:
        return known.say(N_("Notice"))
    return known.wording.ngettext(
        "Notice of %(num)d day or less", "Notice of %(num)d days or less", asked
    )


def label_days_per_month(known: Known) -> str:
    asked = known.number("asked")
    if asked is None:
        return known.say(N_("Days a month"))
    return known.wording.ngettext("%(num)d day a month", "%(num)d days a month", asked)


def label_modality(known: Known) -> str:
    return known.say(N_("Works: %(ways)s"), ways=known.any_of(known.names("modality", "asked")))


def label_place(known: Known) -> str:
    return known.say(N_("Goes to: %(places)s"), places=known.any_of(known.places("asked")))


def label_accreditation(known: Known) -> str:
    state = known.code("state_asked") or "accredited"
    name = known.wording.term("accreditation_state", state)
    return known.say(N_("Accreditation: %(state)s"), state=name)


def label_role(known: Known) -> str:
    return known.say(N_("Role held: %(roles)s"), roles=known.any_of(known.names("role", "asked")))


def label_track(known: Known) -> str:
    return known.say(
        N_("%(tracks)s, evidenced"), tracks=known.any_of(known.names("track", "asked"))
    )


def label_phase(known: Known) -> str:
    return known.say(N_("Phase: %(phases)s"), phases=known.any_of(known.names("phase", "asked")))


def label_region(known: Known) -> str:
    places, year = known.any_of(known.places("asked")), known.number("since_year")
    if year is None:
        return known.say(N_("Worked in: %(places)s"), places=places)
    return known.say(N_("Worked since %(year)s in: %(places)s"), places=places, year=year)


def label_theme(known: Known) -> str:
    themes, depth = known.any_of(known.names("theme", "asked")), known.depth("depth_asked")
    if not depth:
        return themes
    return known.say(N_("%(themes)s: %(depth)s"), themes=themes, depth=depth)


def label_language(known: Known) -> str:
    names, level = known.any_of(known.names("language", "asked")), known.level("level_asked")
    if not level:
        return names
    return known.say(
        N_("%(languages)s, %(skill)s %(level)s"),
        languages=names,
        skill=known.skill(),
        level=level,
    )


def label_mediated(known: Known) -> str:
    names = known.any_of(known.names("language", "asked"))
    return known.say(N_("Has mediated in %(languages)s"), languages=names)


def label_theme_depth(known: Known) -> str:
    themes = known.any_of(known.names("theme", "asked"))
    return known.say(N_("More depth than asked in: %(themes)s"), themes=themes)


def label_role_evidence(known: Known) -> str:
    roles = known.any_of(known.names("role", "asked"))
    return known.say(N_("How well the role is evidenced: %(roles)s"), roles=roles)


def label_role_recency(known: Known) -> str:
    roles = known.any_of(known.names("role", "asked"))
    return known.say(N_("Role held lately: %(roles)s"), roles=roles)


def label_seniority(known: Known) -> str:
    asked = known.any_of(known.names("seniority", "asked"))
    return known.say(N_("Seniority at least: %(seniority)s"), seniority=asked)


def label_training(known: Known) -> str:
    asked = known.any_of(known.names("training", "asked"))
    return known.say(N_("Training: %(trainings)s"), trainings=asked)


def label_nationality(known: Known) -> str:
    places = known.places("asked")
    if not places:
        return known.say(N_("Conflict-of-interest rule: nationality"))
    return known.say(N_("No nationality of: %(places)s"), places=known.wording.list_or(places))


def label_residence(known: Known) -> str:
    places = known.places("asked")
    if not places:
        return known.say(N_("Conflict-of-interest rule: residence"))
    return known.say(N_("Does not live in: %(places)s"), places=known.wording.list_or(places))


ORIGINS = {"insider": N_("Insider to this process"), "outsider": N_("Outsider to this process")}


def label_origin(known: Known) -> str:
    return known.say(ORIGINS.get(known.code("asked"), N_("Insider or outsider wish")))


def label_community(known: Known) -> str:
    asked = known.wording.list_or(known.codes("asked"))
    if not asked:
        return known.say(N_("Community wish"))
    return known.say(N_("Of the community: %(community)s"), community=asked)


LABELS: dict[str, Callable[[Known], str]] = {
    "window": label_window,
    "notice": label_notice,
    "days_per_month": label_days_per_month,
    "modality": label_modality,
    "place": label_place,
    "accreditation": label_accreditation,
    "role": label_role,
    "track": label_track,
    "phase": label_phase,
    "region": label_region,
    "theme": label_theme,
    "language": label_language,
    "mediated_in": label_mediated,
    "theme_depth": label_theme_depth,
    "role_evidence": label_role_evidence,
    "role_recency": label_role_recency,
    "seniority": label_seniority,
    "training": label_training,
    "nationality": label_nationality,
    "residence": label_residence,
    "origin": label_origin,
    "community": label_community,
}


def word_label(known: Known, criterion: str) -> str:
    """What was asked by a criterion, never empty."""
    if criterion in FIXED:
        return known.say(FIXED[criterion])
    make = LABELS.get(criterion)
    return make(known) if make else known.say(N_("Another criterion"))
