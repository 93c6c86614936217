"""Who may be part of a run at all, and who is never proposed."""

from __future__ import annotations

import numpy as np

from matching import outcomes as o
from matching.columns import Columns
from matching.criteria import (
    GATES,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    ask_always,
    choose,
    explain_nothing,
    pick_best,
)
from matching.facts import Request
from matching.tables import Ints

PURPOSES = ("matching", "card")
"""Consents without which a woman can be no candidate: to be matched, and to be shown as a card."""


def _explain_consent(finding: Finding) -> Facts:
    now = finding.asking.now
    until = {
        purpose: max(
            (c.until for c in finding.mediator.consents if c.purpose == purpose), default=now
        )
        for purpose in PURPOSES
    }
    missing = tuple(purpose for purpose in PURPOSES if until[purpose] <= now)
    if finding.mediator.is_hidden:
        return {"why": "hidden"}
    if missing:
        return {"why": "missing", "asked": missing}
    return {"valid_until": min(until.values())}


@GATES.gate(
    "consent",
    Scope.VISIBILITY,
    asks=ask_always,
    outcomes=(o.PASS, o.P1),
    explain=_explain_consent,
    table="consents",
)
def judge_consent(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Has she agreed to be matched and to be shown as a card, and is she not hidden?

    Passes with both consents in force at this instant. P1 without; also for whoever is hidden,
    withdrawn, deceased or merged. She is then in no list and in counts only.
    """
    table = columns.tables["consents"]
    lacks = columns.scalars["is_hidden"][rows]
    for purpose in PURPOSES:
        entries = table.find("purpose", (purpose,))
        entries = entries[asking.is_ahead(table["until"][entries])]
        found = pick_best(rows, table.owner[entries], entries, o.PASS, o.P1)
        lacks = lacks | (found.outcomes == o.P1)
    return Judged(choose({o.P1: lacks}, rows, o.PASS))


def serves_party(request: Request) -> bool:
    """Tell whether the requester serves a party to the conflict, as a state or by its code."""
    sides = [party for party in request.parties if party.stance == "party"]
    own = {request.requester.country, request.requester.party} - {None}
    return any(not own.isdisjoint({side.code, side.country}) for side in sides)


def _explain_safety_class(finding: Finding) -> Facts:
    request, found = finding.asking.request, finding.mediator.safety_class
    if finding.outcome == o.PASS:
        return {"found": found}
    if not request.requester.is_verified:
        why = "unverified"
    elif serves_party(request):
        why = "party"
    elif not request.is_submitted:
        why = "not_submitted"
    else:
        why = "not_put_forward"
    return {"found": found, "why": why}


@GATES.gate(
    "safety_class",
    Scope.VISIBILITY,
    asks=ask_always,
    outcomes=(o.PASS, o.P2),
    explain=_explain_safety_class,
)
def judge_safety_class(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """May this requester see her card, by the safety class she chose?

    Class 0 passes for everybody, class 1 for verified requesters, class 2 for verified requesters
    with a submitted request who do not serve a party to the conflict, class 3 besides only if her
    own coordinator put her forward for this request. Else P2. Guarantors, facilitators and sponsors
    are no parties here.
    """
    request = asking.request
    highest = 0
    if request.requester.is_verified:
        highest = 2 if request.is_submitted and not serves_party(request) else 1
    classes = columns.scalars["safety_class"][rows]
    passes = classes <= highest
    if highest == 2 and request.put_forward:
        passes |= np.isin(columns.ids(rows), list(request.put_forward))
    return Judged(choose({o.PASS: passes}, rows, o.P2))


@GATES.gate(
    "pool",
    Scope.VISIBILITY,
    asks=ask_always,
    outcomes=(o.PASS, o.P5),
    explain=explain_nothing,  # the names of her networks are nobody's reason
    table="kept_by",
)
def judge_pool(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Does a network of hers put her forward for this request?

    P5 where all her networks keep her for requests that ask them, and this one asks none of them.
    One network that shares her is enough. She is then in no list and in counts only.
    """
    table = columns.tables["kept_by"]
    is_kept = table.count(rows) > 0
    entries = table.find("value", asking.request.networks)
    found = pick_best(rows, table.owner[entries], entries, o.PASS, o.P5)
    return Judged(choose({o.P5: is_kept & (found.outcomes == o.P5)}, rows, o.PASS))


def _explain_suspension(finding: Finding) -> Facts:
    accreditations = finding.mediator.accreditations
    return {"network": next((a.network for a in accreditations if a.state == "suspended"), None)}


@GATES.gate(
    "suspension",
    Scope.REQUEST,
    asks=ask_always,
    outcomes=(o.PASS, o.V3),
    explain=_explain_suspension,
    table="accreditations",
)
def judge_suspension(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Is she suspended by any network?

    V3 if so: a suspension by one network bars her everywhere until it is lifted.
    """
    table = columns.tables["accreditations"]
    entries = table.find("state", ("suspended",))
    found = pick_best(rows, table.owner[entries], entries, o.V3, o.PASS)
    is_suspended = columns.scalars["is_suspended"][rows] | (found.outcomes == o.V3)
    return Judged(choose({o.V3: is_suspended}, rows, o.PASS))


def _explain_integrity(finding: Finding) -> Facts:
    return {"held": True} if finding.outcome == o.G1 else {}


@GATES.gate(
    "integrity",
    Scope.REQUEST,
    asks=ask_always,
    outcomes=(o.PASS, o.G1),
    explain=_explain_integrity,
)
def judge_integrity(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Is there an upheld integrity finding?

    G1 if so: she is held for her network and shown to nobody else.
    """
    return Judged(choose({o.G1: columns.scalars["has_integrity_hold"][rows]}, rows, o.PASS))


def _explain_pause(finding: Finding) -> Facts:
    return {"valid_until": finding.mediator.paused_until} if finding.outcome == o.P4 else {}


@GATES.gate(
    "pause",
    Scope.REQUEST,
    asks=ask_always,
    outcomes=(o.PASS, o.P4),
    explain=_explain_pause,
)
def judge_pause(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Did she ask not to be asked until a day that is still to come?

    P4 until then.
    """
    return Judged(
        choose({o.P4: asking.is_ahead(columns.scalars["paused_until"][rows])}, rows, o.PASS)
    )
