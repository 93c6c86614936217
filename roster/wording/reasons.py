"""Reason codes and gates in words. The codes and what each means: the product's list of reasons."""

from roster.wording.messages import N_
from roster.wording.speech import Wording

REASONS = {
    "A1": N_("availability expired or not stated"),
    "A2": N_("dates not covered"),
    "A3": N_("needs longer notice"),
    "A4": N_("fewer days a month"),
    "A5": N_("way or place of work not accepted"),
    "A6": N_("a clash of weekdays or seasons"),
    "L1": N_("language absent"),
    "L2": N_("language below the level asked"),
    "L3": N_("language level not confirmed"),
    "R1": N_("no evidence of the role"),
    "R2": N_("seniority below what is asked"),
    "T1": N_("theme absent"),
    "K1": N_("no evidence of the track, phase or region"),
    "V1": N_("not accredited"),
    "V2": N_("accreditation lapsed"),
    "V3": N_("suspended"),
    "C1": N_("nationality excluded"),
    "C2": N_("former or second nationality"),
    "C3": N_("country of residence excluded"),
    "C4": N_("office or employer within the years asked"),
    "C5": N_("kin, funding or future work with a side"),
    "C6": N_("refused by a side before"),
    "C7": N_("public statement on a side"),
    "N0": N_("conflict of interest not declared"),
    "I1": N_("insider or outsider wish not met"),
    "I2": N_("origin or community wish not met"),
    "S1": N_("required training absent or lapsed"),
    "P1": N_("consent missing for this purpose"),
    "P2": N_("safety class forbids this requester"),
    "P3": N_("not asked, or no answer yet"),
    "P4": N_("does not want to be asked for now"),
    "P5": N_("her network keeps her for requests that ask it"),
    "G1": N_("a finding is being examined"),
    "X1": N_("cap of the team reached"),
    "X2": N_("may be the same person as one already listed"),
    "conflict_rule": N_("conflict-of-interest rule"),
    "not_proposed": N_("not proposed"),
    "not_counted": N_("not proposed"),
}

GATES = {
    "considered": N_("Considered"),
    "consent": N_("Consent for matching"),
    "safety_class": N_("Safety class"),
    "pool": N_("Kept by her network"),
    "suspension": N_("Suspension"),
    "integrity": N_("Integrity"),
    "pause": N_("Does not want to be asked for now"),
    "freshness": N_("Availability expired or not stated"),
    "availability": N_("Availability"),
    "window": N_("Dates not covered"),
    "notice": N_("Notice too long"),
    "days_per_month": N_("Days a month"),
    "modality": N_("Way of work"),
    "place": N_("Place of work"),
    "rhythm": N_("Weekdays and seasons"),
    "accreditation": N_("Not accredited, or lapsed"),
    "role": N_("Role not evidenced"),
    "track": N_("Track not evidenced"),
    "phase": N_("Phase not evidenced"),
    "region": N_("Region not evidenced"),
    "theme": N_("Theme absent"),
    "language": N_("Language absent, below the level or unconfirmed"),
    "seniority": N_("Seniority below what is asked"),
    "training": N_("Training absent or lapsed"),
    "declaration": N_("Conflict of interest not declared"),
    "conflict": N_("Conflict-of-interest rule, or not proposed"),
    "nationality": N_("Conflict-of-interest rule: nationality"),
    "residence": N_("Conflict-of-interest rule: residence"),
    "office": N_("Conflict-of-interest rule: offices"),
    "held_interest": N_("Conflict-of-interest rule: ties"),
    "refused": N_("Refused by a side before"),
    "public_statement": N_("Conflict-of-interest rule: public statements"),
    "origin": N_("Insider or outsider wish"),
    "community": N_("Community wish"),
    "look_alike": N_("Listed once only"),
}
OTHER_REASON = N_("another reason")
OTHER_GATE = N_("Another gate")


def word_reason(wording: Wording, code: str) -> str:
    """A reason code, or what an envoy reads instead of it, as a short phrase."""
    return wording.gettext(REASONS.get(code, OTHER_REASON))


def word_gate(wording: Wording, name: str) -> str:
    """The name of a gate, as it heads a row of the funnel: why women fell there."""
    return wording.gettext(GATES.get(name, OTHER_GATE))
