"""A kept proposal of teams ready for the page: codes into words, handles of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching import Evidence, Request
from matching.facts import Requester
from matching.teams import Proof
from roster.facts import make_request
from roster.models import Run, TeamProposal
from roster.services.stored_evidence import read_evidence
from roster.services.stored_teams import TEAMS, read_rule
from roster.web.reason_rows import word_post_title
from roster.wording import N_, Wording
from roster.wording.evidence import word_card
from roster.wording.explanations import word_signed_points
from roster.wording.reasons import word_reason
from roster.wording.team import word_proof, word_rule

BEST_IN = {
    "fit": N_("most points"),
    "coverage": N_("most wishes covered"),
    "balance": N_("most networks and nationalities"),
    "certainty": N_("fewest doubts"),
}
ONLY_POST = N_("The post")
LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True)
class ReserveView:
    """Who could take a post at once; ``lacks``: what she has less or more than the first."""

    handle: str
    is_gone: bool
    lacks: str


@dataclass(frozen=True)
class MemberView:
    """A woman on a post of a team. ``key`` is the post and her handle, as the form sends them."""

    post: str
    title: str
    handle: str
    key: str
    is_gone: bool
    is_locked: bool
    points: str
    reserves: list[ReserveView]


@dataclass(frozen=True)
class CoverageRow:
    """One theme or language asked: who meets it, by how many, and by how many it is asked."""

    label: str
    met: list[bool]
    needed: int

    @property
    def held(self) -> int:
        return sum(self.met)


@dataclass(frozen=True)
class TeamView:
    """One team. ``women``, ``men``, ``empty``: the whole team once these women are in it."""

    number: int
    letter: str
    kind: str
    best_in: str
    members: list[MemberView]
    unfilled: list[str]
    coverage: list[CoverageRow]
    points: str
    doubts: int
    women: int
    men: int
    new: int


@dataclass(frozen=True)
class ProposalView:
    """All teams of a proposal and how they came about."""

    teams: list[TeamView]
    has_all: bool
    """Whether the first team fills every post and keeps every rule."""
    proof: str
    binding: str
    capped: str
    chosen: int | None


def make_proposal_view(
    wording: Wording, proposal: TeamProposal, run: Run, showable: Collection[int]
) -> ProposalView:
    """The words of a proposal; ``showable`` are the women whose card may be shown today."""
    maker = _Maker(wording, proposal, run, showable)
    stored = [one for one in proposal.teams if one["kind"] in TEAMS]
    about: Mapping[str, Any] = next((o for o in proposal.teams if o["kind"] == "about"), {})
    teams = [maker.make_team(number, one) for number, one in enumerate(stored)]
    is_team = bool(stored) and stored[0]["kind"] in ("first", "replaced")
    return ProposalView(
        teams=teams,
        has_all=is_team and not stored[0]["unfilled"],
        proof=_word_proof(wording, about),
        binding=wording.list_and(
            word_rule(wording, read_rule(one)) for one in about.get("binding", ())
        ),
        capped=wording.list_parts(
            dict.fromkeys(
                one["handle"] for one in about.get("capped", ()) if maker.is_shown(one["handle"])
            )
        ),
        chosen=proposal.chosen,
    )


def _word_proof(wording: Wording, about: Mapping[str, Any]) -> str:
    return word_proof(wording, Proof(about["proof"], gap=about["gap"])) if about else ""


class _Maker:
    """What all teams of one proposal share."""

    def __init__(
        self, wording: Wording, proposal: TeamProposal, run: Run, showable: Collection[int]
    ) -> None:
        self.wording, self.run, self.proposal = wording, run, proposal
        self.asked: Request = make_request(run.criteria, code="", requester=Requester())
        self.shown = {row.handle for row in run.rows if row.mediator_id in showable}
        self.evidence = {(row.handle, row.post): row.evidence for row in run.rows}
        self.locked = {(one["post"], one["handle"]) for one in proposal.rules.get("locked", ())}

    def is_shown(self, handle: str) -> bool:
        return handle in self.shown

    def make_team(self, number: int, stored: Mapping[str, Any]) -> TeamView:
        wording, members = self.wording, stored["members"]
        has_reserves = stored["kind"] == "first"
        present = self.run.criteria.get("present_team") or {}
        men = present.get("men", 0)
        if self.proposal.rules.get("unfilled") != "empty":
            men += len(stored["unfilled"])
        return TeamView(
            number=number,
            letter=LETTERS[number],
            kind=stored["kind"],
            best_in=wording.list_and(wording.gettext(BEST_IN[name]) for name in stored["best_in"]),
            members=[self._make_member(one, has_reserves=has_reserves) for one in members],
            unfilled=[self.word_post(code) for code in stored["unfilled"]],
            coverage=[self._make_coverage(one) for one in stored["coverage"]],
            points=wording.number(stored["fit"]),
            doubts=stored["doubts"],
            women=present.get("women", 0),
            men=men,
            new=len(members),
        )

    def word_post(self, code: str) -> str:
        """``Post 2: facilitator``."""
        title = word_post_title(self.wording, self.asked, code)
        title = title or self.wording.gettext(ONLY_POST)
        roles = next(post.roles for post in self.asked.posts if post.code == code)
        words = self.wording.list_or(self.wording.terms("role", roles))
        return f"{title}: {words}" if words else title

    def _make_member(self, one: Mapping[str, Any], *, has_reserves: bool) -> MemberView:
        post, handle = one["post"], one["handle"]
        is_gone = not self.is_shown(handle)
        return MemberView(
            post=post,
            title=self.word_post(post),
            handle=handle,
            key=f"{post} {handle}",
            is_gone=is_gone,
            is_locked=(post, handle) in self.locked,
            points="" if is_gone else self.wording.points(one["points"], one["out_of"]),
            reserves=self._list_reserves(post) if has_reserves else [],
        )

    def _list_reserves(self, post: str) -> list[ReserveView]:
        stored = [o for o in self.proposal.teams if o["kind"] == "reserve" and o["post"] == post]
        return [
            ReserveView(
                handle=one["handle"],
                is_gone=not self.is_shown(one["handle"]),
                lacks=self.wording.list_parts(self._word_reserve(one)),
            )
            for one in stored
        ]

    def _word_reserve(self, one: Mapping[str, Any]) -> Iterable[str]:
        """``Ceasefire −4; may be the same person …``; no difference says so."""
        if not self.is_shown(one["handle"]):
            return
        evidence = [read_evidence(each) for each in self.evidence[one["handle"], one["post"]]]
        for gap in one["differences"]:
            label = self._word_label(evidence, gap)
            yield f"{label} {word_signed_points(self.wording, gap['points'])}"
        for code in one["doubts"]:
            yield word_reason(self.wording, code)
        if not one["differences"] and not one["doubts"]:
            yield self.wording.gettext(N_("lacks nothing against the first"))

    def _word_label(self, evidence: Sequence[Evidence], gap: Mapping[str, Any]) -> str:
        found = next(
            one
            for one in evidence
            if not one.is_hard and (one.criterion, one.wish) == (gap["criterion"], gap["wish"])
        )
        return word_card(self.wording, [found], now=self.run.at)[0].label

    def _make_coverage(self, one: Mapping[str, Any]) -> CoverageRow:
        words = self.wording.list_or(self.wording.terms(one["kind"], one["any_of"]))
        level = self.wording.term("level", one["level"]) if "level" in one else ""
        return CoverageRow(f"{words} {level}".strip(), list(one["met"]), one["women"])
