"""Reasons in words: what an envoy reads, what her own network reads, and the smallest way out."""

from __future__ import annotations

from matching import Change, Evidence, PostReasons, Reason, Verdict
from matching.facts import Requester
from roster import clock
from roster.facts import make_request
from roster.schemas.request import load_criteria
from roster.web.reason_rows import PostRows, make_post_rows
from roster.wording import get_wording

ASKED = make_request(
    load_criteria(
        {
            "start": "2027-01-04",
            "end": "2027-03-31",
            "posts": [{"code": "a", "roles": ["facilitator"]}, {"code": "b"}],
        }
    ),
    code="",
    requester=Requester(),
)
EXPIRED = Reason(
    Evidence("freshness", Verdict.UNKNOWN, "A1", is_curable=True), "confirm_availability"
)
NO_ROLE = Reason(Evidence("role", Verdict.FAIL, "R1"), None, Change("role", 0, "a"))
TIED = Reason(Evidence("held_interest", Verdict.FAIL, "C5"))


def make(*reasons: Reason, for_envoy: bool = True, **more: object) -> PostRows:
    said = PostReasons("a", reasons, more.get("request_steps"))  # type: ignore[arg-type]  # as given
    [rows] = make_post_rows(get_wording("en"), ASKED, [said], now=clock.now(), for_envoy=for_envoy)
    return rows


def read_steps(rows: PostRows) -> tuple[str, str, str]:
    return rows.her_steps, rows.request_steps, rows.joint_steps


def test_what_neither_side_can_cure_alone_is_told_as_steps_of_both() -> None:
    rows = make(EXPIRED, NO_ROLE)
    assert read_steps(rows) == (
        "",
        "",
        "she confirms that she is available and not asked: Role held: Facilitator",
    )
    assert rows.changes == (Change("role", 0, "a"),)
    alone = make(NO_ROLE, request_steps=(Change("role", 0, "a"),))
    assert read_steps(alone) == ("", "not asked: Role held: Facilitator", "")
    assert read_steps(make(EXPIRED)) == ("she confirms that she is available", "", "")


def test_what_nothing_cures_has_no_steps() -> None:
    assert read_steps(make(EXPIRED, NO_ROLE, TIED, for_envoy=False)) == ("", "", "")
    assert read_steps(make()) == ("", "", "")
    assert make().rows == []


def test_a_protected_code_is_told_to_her_own_network_and_to_no_envoy() -> None:
    [own], [envoys] = make(TIED, for_envoy=False).rows, make(TIED).rows
    assert (own.code, own.reason) == ("C5", "Kin, funding or future work with a side")
    assert (envoys.code, envoys.reason, envoys.line.value) == ("", "Not proposed", "Not proposed")
    rule = Reason(Evidence("conflict", Verdict.FAIL, "conflict_rule"))
    [ruled] = make(rule).rows
    assert (ruled.code, ruled.reason, ruled.line.value) == (
        "",
        "Conflict-of-interest rule",
        "Barred by the rule",
    )


def test_a_post_has_a_title_where_there_are_several() -> None:
    assert make(EXPIRED).title == "Post 1"
