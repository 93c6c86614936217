"""The page "How matching works" in words: every text and name of the engine's own description.

The texts are the engine's: whoever changes a criterion changes its text here as well, and has it
translated. A test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from matching import describe_criteria
from roster.wording.explanations import PREFERENCES, word_preference
from roster.wording.messages import N_
from roster.wording.method_texts import PARAGRAPHS
from roster.wording.speech import Wording

TEXTS: tuple[str, ...] = (
    *PARAGRAPHS,
    N_("How matching works"),
    N_("Who is part of a run"),
    N_("fails:"),
    N_("consent missing for this purpose"),
    N_("safety class forbids this requester"),
    N_("Gates of the request"),
    N_("suspended"),
    N_("upheld integrity finding: held"),
    N_("paused until a day"),
    N_("kept by her network for requests that ask it"),
    N_("Did she ask not to be asked until a day that is still to come? P4 until then."),
    N_("unknown:"),
    N_("availability unknown or expired"),
    N_("(can be a near miss)"),
    N_("window not covered"),
    N_("not said for the dates asked"),
    N_("notice too short for her"),
    N_("her notice is not known"),
    N_("days per month too few"),
    N_("her days per month are not known"),
    N_("modality or place refused"),
    N_("modality not known"),
    N_("passes, with a flag:"),
    N_("weekly or seasonal clash"),
    N_("not accredited"),
    N_("accreditation under way"),
    N_("accreditation lapsed more than 12 months ago"),
    N_("accreditation lapsed within the last 12 months"),
    N_("Gates of the post, and conflicts of interest"),
    N_("no evidence of the role"),
    N_("evidence of the role below the grade asked"),
    N_("track, phase or region evidence absent"),
    N_("evidence below the grade asked"),
    N_("year of the experience not known"),
    N_("theme absent or less deep than asked"),
    N_("evidence of the theme below the grade asked"),
    N_("language absent"),
    N_("two or more levels below the floor"),
    N_("one level below the floor"),
    N_("level unconfirmed or unmapped"),
    N_("seniority below the floor"),
    N_("seniority not known"),
    N_("required training absent or lapsed"),
    N_("required training lapses during the assignment"),
    N_("insider or outsider wish not met"),
    N_("insider or outsider: not known"),
    N_("community wish not met"),
    N_("not declared"),
    N_("nationality excluded"),
    N_("former or second nationality of an excluded state"),
    N_("residence excluded"),
    N_("office or employer within the look-back"),
    N_("office or employer before the look-back, or of a third side"),
    N_("kin, funding, business or future job with a party: held"),
    N_("such a tie with a third side, a past one, or one that was cleared"),
    N_("refused by a party before"),
    N_("public statement on a party"),
    N_("may be the same person as one already in the list"),
    N_("Preferences, weights"),
    N_("A preference that is not asked counts for nobody. Out of 100 points:"),
    N_("preference"),
    N_("points"),
    N_("what earns them"),
    N_("Languages the envoy would like: all at the level, half unconfirmed or one level below."),
    N_("Countries and regions worked on that the envoy would like; half with a lesser grade."),
    N_("Depth above the one asked in a required theme: authority earns all."),
    N_("Evidence of the role: recorded with a verifier earns all, confirmed half."),
    N_("A required language in which she has already mediated."),
    N_("A wish for an insider or an outsider that is not firm; not known earns nothing."),
    N_("Seniority above the floor asked; where no floor is asked, seniority earns nothing."),
    N_("Days of notice to spare, as a share of the days asked."),
    N_("Where several tracks are named, the share of them on which she has worked."),
    N_("Where several phases are named, the share of them in which she has worked."),
)

NAMES: Mapping[str, str] = {
    "consent": N_("Consents"),
    "safety_class": N_("Safety class"),
    "pool": N_("Put forward by a network"),
    "suspension": N_("Suspension"),
    "integrity": N_("Integrity"),
    "pause": N_("Pause"),
    "freshness": N_("Availability"),
    "window": N_("Dates"),
    "notice": N_("Days of notice"),
    "days_per_month": N_("Days a month"),
    "modality": N_("Way of work"),
    "place": N_("Place of work"),
    "rhythm": N_("Weekdays and seasons"),
    "accreditation": N_("Accreditation"),
    "role": N_("Role"),
    "track": N_("Track"),
    "phase": N_("Phase"),
    "region": N_("Region"),
    "theme": N_("Theme"),
    "language": N_("Language"),
    "seniority": N_("Seniority"),
    "training": N_("Training"),
    "origin": N_("Insider or outsider"),
    "community": N_("Community"),
    "declaration": N_("Declaration"),
    "nationality": N_("Nationality"),
    "residence": N_("Country of residence"),
    "office": N_("Offices"),
    "held_interest": N_("Ties"),
    "refused": N_("Refused by a side before"),
    "public_statement": N_("Public statements"),
    "look_alike": N_("Listed once only"),
}
"""What a gate asks about. A preference is named as everywhere else."""


def describe_method(wording: Wording) -> str:
    """The page in Markdown, in this language."""
    return describe_criteria(
        say=wording.gettext, name=lambda name: word_criterion(wording, name), source=""
    )


def word_criterion(wording: Wording, name: str) -> str:
    """The name of a gate or a preference, as it heads what is said of it."""
    if name in PREFERENCES:
        return word_preference(wording, name)
    return wording.gettext(NAMES.get(name, name))
