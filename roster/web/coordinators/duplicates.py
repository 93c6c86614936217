"""One woman on the lists of two networks: who compares with whom, what is to be judged, what was joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused
from roster.models import Identity, Mediator, Record
from roster.permissions import Permission, Subject
from roster.queries.merges import Joined, list_joined
from roster.queries.pair_sides import PairSide
from roster.queries.pairs import Pair, list_judged_by
from roster.queries.records import visible_networks
from roster.schemas.consents import DecisionForm
from roster.schemas.pairs import ComparisonForm, PairWordForm
from roster.services.comparison_agreements import (
    agree_to_compare,
    end_comparing,
    list_standings,
)
from roster.services.judging_pairs import judge_pair, pair_subject
from roster.services.merge_undo import merge_subject, part_by_coordinator
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence, render
from roster.wording import Wording
from roster.wording.duplicates import FIELDS, VERDICTS, word_level


@dataclass(frozen=True)
class PairView:
    """One pair as a coordinator of one of its networks reads it: of the other side only what agrees."""

    number: int
    version: int
    record_id: int
    name: str
    other_code: str
    verdict: str
    features: list[tuple[str, str, str]]
    """Field, what was found, and whether it speaks for, against or not at all: yes, no, unk."""
    own_word: str | None
    other_word: str | None
    waits_for_her: bool
    """She has an account and has not answered: no coordinator speaks for her."""


@dataclass(frozen=True)
class JoinedLine:
    """One merge beside her own network's record."""

    joined: Joined
    name: str


@blueprint.get("/duplicates")
@needs(Permission.KEEP_COMPARISONS)
def show_duplicates() -> str:
    """Pairs to judge, what was joined, and with whom her networks compare."""
    networks = visible_networks(reading(), current_actor())
    own = frozenset(networks)
    pairs = list_judged_by(reading(), own, clock.now())
    joined = list_joined(reading(), own)
    sides = [_own_side(pair) for pair in pairs]
    names = _load_names([s.record_id for s in sides] + [one.record_id for one in joined])
    log_readings({each for each, _ in names.values()}, "record")
    return render(
        "coordinators/duplicates.html",
        pairs=[_describe(pair, names) for pair in pairs],
        joined=[JoinedLine(one, names[one.record_id][1]) for one in joined],
        standings=[one for code in networks for one in list_standings(reading(), code)],
        has_several=len(networks) > 1,
    )


def _own_side(pair: Pair) -> PairSide:
    """The side of her network; of two networks of hers the one that has not spoken."""
    own = [side for side in pair.sides if side.network_code in current_actor().coordinates]
    return next((side for side in own if side.word is None), own[0])


def _load_names(record_ids: list[int]) -> dict[int, tuple[int, str]]:
    """By record the woman's number and the name under which this network knows her."""
    rows = reading().execute(
        select(Record.id, Mediator.id, Identity.display_name)
        .join(Mediator, Mediator.id == Record.mediator_id)
        .join(Identity, Identity.record_id == Record.id)
        .where(Record.id.in_(record_ids))
    )
    return {record_id: (mediator_id, name) for record_id, mediator_id, name in rows}


def _describe(pair: Pair, names: dict[int, tuple[int, str]]) -> PairView:
    side, wording = _own_side(pair), current_wording()
    other = pair.other(side)
    verdict = VERDICTS[pair.row.features["verdict"]]
    return PairView(
        number=pair.row.id,
        version=pair.row.version,
        record_id=side.record_id,
        name=names[side.record_id][1],
        other_code=other.network_code,
        verdict=wording.gettext(verdict),
        features=[_word_feature(wording, one) for one in pair.row.features["features"]],
        own_word=side.word,
        other_word=other.word,
        waits_for_her=any(each.has_account and each.said is None for each in pair.sides),
    )


def _word_feature(wording: Wording, feature: dict[str, Any]) -> tuple[str, str, str]:
    kind = "unk" if feature["level"] == "missing" else "no" if feature["weight"] < 0 else "yes"
    level = word_level(wording, feature["level"], swapped=feature["has_changed_places"])
    label = FIELDS[feature["field"]]
    return wording.gettext(label), level, kind


@blueprint.post("/duplicates/<int:pair_id>")
@needs(Permission.JUDGE_PAIR, pair_subject)
def judge_duplicate(pair_id: int) -> ResponseReturnValue:
    """One woman or two, by this coordinator's word."""
    form = read_form(PairWordForm())
    if not form.is_valid:
        raise Refused("version_missing" if "version" in form.errors else "not_a_choice")
    is_same = form.values["word"] == "same"
    try:
        merge = judge_pair(
            writing(),
            actor=current_actor(),
            pair_id=pair_id,
            expected_version=form.values["version"],
            is_same=is_same,
        )
        said = "pair_said_same" if is_same else "pair_said_different"
        flash_sentence("entries_joined" if merge else said)
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("coordinators.show_duplicates"), 303)


@blueprint.post("/duplicates/agreements")
@needs(Permission.KEEP_COMPARISONS)
def change_comparison() -> ResponseReturnValue:
    """Say yes to comparing with another network, or take it back."""
    form = read_form(ComparisonForm())
    if not form.is_valid:
        raise Refused("version_missing" if "version" in form.errors else "not_a_choice")
    agrees = form.values["do"] == "agree"
    change = agree_to_compare if agrees else end_comparing
    change(
        writing(),
        actor=current_actor(),
        network_code=form.values["network"],
        other_code=form.values["other"],
        expected_version=form.values["version"],
    )
    flash_sentence("comparison_agreed" if agrees else "comparison_ended")
    return redirect(url_for("coordinators.show_duplicates"), 303)


def _merge_subject(session: Session, merge_id: int) -> Subject:
    return merge_subject(session, merge_id, current_actor().coordinates)


@blueprint.post("/duplicates/joined/<int:merge_id>/part")
@needs(Permission.JUDGE_PAIR, _merge_subject)
def part_joined(merge_id: int) -> ResponseReturnValue:
    """They are two after all."""
    form = read_form(DecisionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    try:
        part_by_coordinator(
            writing(),
            actor=current_actor(),
            merge_id=merge_id,
            expected_version=form.values["version"],
        )
        flash_sentence("entries_parted")
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("coordinators.show_duplicates"), 303)
