"""What was answered, in the words of the files: who, in which order, and by which code."""

from __future__ import annotations

from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Answer, State, answer
from matching.evidence import Evidence, Verdict
from roster import clock
from roster.models import MatchRequest, Run, RunRow, TeamProposal
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.asked_today import make_newest_request
from roster.services.relaxations import list_relaxations
from roster.services.stored_evidence import read_evidence
from roster.vocabulary import load_vocabulary
from roster.web.envoys.asked_view import make_asked_view
from roster.wording import get_wording
from roster.wording.explanations import word_change
from tests.requests.carrying import Letter

Codes = dict[str, list[str]]


@dataclass
class Carried:
    """A request that was made from a letter, its newest answer, and who is who."""

    letter: Letter
    envoy: FlaskClient
    session: Session
    actor: Actor
    request: MatchRequest
    ids: dict[str, int]

    @property
    def run(self) -> Run:
        return self.request.runs[-1]

    @property
    def names(self) -> dict[int | None, str]:
        return {number: who for who, number in self.ids.items()}

    def list_rows(self, state: str) -> list[RunRow]:
        """What is stored, in its order."""
        rows = sorted(self.run.rows, key=lambda row: row.position)
        return [row for row in rows if row.state == state]


def tell(carried: Carried) -> dict[str, object]:
    """The whole answer: each woman of the roster once, but for flags, which stand beside."""
    names = carried.names
    listed = carried.list_rows("listed")
    return {
        "listed": tell_listed(carried),
        "near_misses": {
            names[row.mediator_id]: list_codes(_read(row), Verdict.FAIL, Verdict.UNKNOWN)
            for row in carried.list_rows("near_miss")
        },
        "excluded": tell_excluded(carried),
        "share": tell_share(carried),
        "team": tell_team(carried),
        "flagged": {
            names[row.mediator_id]: codes
            for row in listed
            if (codes := list_codes(_read(row), Verdict.FLAG))
        },
    }


def tell_listed(carried: Carried) -> Codes:
    """The women of each post, best first; ``posts`` as the file names them, in their order."""
    posts: Codes = {name: [] for name in carried.letter.answer.get("listed", {})}
    numbers = {f"post-{number}": name for number, name in enumerate(posts, 1)}
    for row in carried.list_rows("listed"):
        posts.setdefault(numbers.get(row.post, row.post), []).append(carried.names[row.mediator_id])
    return posts


def tell_excluded(carried: Carried) -> Codes:
    """Every reason of each woman who is neither listed nor one step away; they are not stored."""
    session, now = carried.session, clock.now()
    asked = make_newest_request(session, carried.request)
    with RosterIndex(load_vocabulary()).opened(session, now=now) as columns:
        found: Answer = answer(columns, asked, now)
        left = found.list_ids(State.EXCLUDED) + found.list_ids(State.NOT_VISIBLE)
        return {carried.names[one]: [each.code for each in found.reasons(one)] for one in left}


def tell_team(carried: Carried) -> dict[str, str]:
    """Who stands on which post of the first team proposed."""
    statement = select(TeamProposal).where(TeamProposal.run_id == carried.run.id)
    proposed = carried.session.scalars(statement).one_or_none()
    if proposed is None:
        return {}
    [team] = [one for one in proposed.teams if one["kind"] == "first"]
    by_handle = {row.handle: carried.names[row.mediator_id] for row in carried.list_rows("listed")}
    names = list(carried.letter.answer["listed"])
    return {
        names[int(one["post"].removeprefix("post-")) - 1]: by_handle[one["handle"]]
        for one in team["members"]
    }


def tell_share(carried: Carried) -> dict[str, object]:
    """How many women the posts need for the share asked, and whether there are posts enough."""
    share = make_asked_view(get_wording("en"), carried.run.criteria).share
    return {"needed": share.needed, "is_impossible": share.is_impossible} if share else {}


def tell_relaxations(carried: Carried) -> list[list[str]]:
    """The sets that change least for each post, as a page says them."""
    index, wording = RosterIndex(load_vocabulary()), get_wording("en")
    said = list_relaxations(
        carried.session, actor=carried.actor, request_id=carried.request.id, index=index
    )
    told = []
    for post in said.posts:
        fewest = min((len(one.changes) for one in post.sets), default=0)
        sets = [one.changes for one in post.sets if len(one.changes) == fewest]
        told += [[word_change(wording, said.asked, each) for each in one] for one in sets]
    return told


def list_codes(evidence: list[Evidence], *verdicts: Verdict) -> list[str]:
    """The codes of the criteria with one of these verdicts, in order of decision."""
    return [one.code for one in evidence if one.code and one.verdict in verdicts]


def _read(row: RunRow) -> list[Evidence]:
    return [read_evidence(one) for one in row.evidence]
