"""From the values of one document to all its words, in the order of the product's section 10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from matching.evidence import public_code
from matching.facts import Post, Request, Requester
from roster.documents.matrix import list_matrix, merge_posts
from roster.documents.people import HEADS, POST_HEAD, make_line, make_paragraph
from roster.documents.values import Issue, ShareSum, Woman
from roster.documents.words import ShareWords, Shortlist, Sign
from roster.facts import make_request
from roster.wording import N_, Wording
from roster.wording.answers import word_count, word_cure, word_post, word_request
from roster.wording.reasons import word_gate

MARKINGS = {
    "open": N_("Open to every reader"),
    "restricted": N_("Restricted: recipient only"),
    "confidential": N_("Confidential: for the named recipient only"),
}
MOST_NEAR_MISSES = 3
MOST_MATRIX_LINES = 8
MOST_SEATS = 20
PAGES = 2


def write_words(wording: Wording, issue: Issue) -> Shortlist:
    """Everything that stands in the document; the same values give the same words."""
    asked = make_request(issue.criteria, code="", requester=Requester())
    posts = _title_posts(wording, asked, issue.chosen)
    heads = [wording.gettext(head) for head in HEADS]
    if len(asked.posts) > 1:
        heads.insert(1, wording.gettext(POST_HEAD))
    made, holds = wording.instant(issue.at), wording.day_of(issue.ends_at, weekday=True)
    return Shortlist(
        language=wording.language,
        direction=wording.direction,
        document_title=wording.gettext(N_("Shortlist %(code)s"), code=issue.request_code),
        service=wording.gettext(N_("Roster of Women Mediators")),
        marking=wording.gettext(MARKINGS[issue.classification]),
        watermark=_word_watermark(wording, issue),
        title=_word_title(wording, issue),
        lede=_word_lede(wording, issue, asked),
        facts=(
            (wording.gettext(N_("Request")), issue.request_code),
            (wording.gettext(N_("Document")), issue.code),
            (wording.gettext(N_("Answered")), made),
            (wording.gettext(N_("Holds until")), holds),
            (wording.gettext(N_("Recipient")), issue.recipient),
        ),
        asked_heading=wording.gettext(N_("What was asked")),
        marks=(
            wording.pgettext("mark of a hard criterion", "H"),
            wording.pgettext("mark of a preference", "P"),
        ),
        marks_key=wording.gettext(
            N_("%(hard)s must be met, %(preference)s adds points."),
            hard=wording.pgettext("mark of a hard criterion", "H"),
            preference=wording.pgettext("mark of a preference", "P"),
        ),
        criteria=tuple(word_request(wording, asked)),
        posts=tuple(_list_posts(wording, asked, issue.chosen, posts)),
        table_heading=_word_table_heading(wording, issue.chosen),
        table_caption=wording.gettext(N_("How each level is known stands beneath it.")),
        heads=tuple(heads),
        lines=tuple(make_line(wording, one, posts.get(one.post, "")) for one in issue.chosen),
        reserves=_word_reserves(wording, issue.reserves, posts),
        table_note=_word_table_note(wording, issue.chosen),
        people_heading=wording.gettext(N_("Why each fits, and what is missing")),
        people=tuple(make_paragraph(wording, one, posts.get(one.post, "")) for one in issue.chosen),
        matrix=list_matrix(wording, issue.chosen, MOST_MATRIX_LINES),
        share=_word_share(wording, issue, len(asked.posts)),
        found_heading=wording.gettext(N_("How they were found")),
        funnel=tuple(_word_funnel(wording, issue)),
        near_heading=wording.gettext(N_("One step away")),
        near_misses=tuple(
            (one.handle, f"{word_cure(wording, public_code(one.missing))}.")
            for one in issue.near_misses[:MOST_NEAR_MISSES]
        ),
        fixed=wording.gettext(
            N_(
                "Fixed with weights of version %(weights)s and the data of %(instant)s."
                " The same data give the same answer."
            ),
            weights=issue.weights_version,
            instant=made,
        ),
        contact=wording.gettext(
            N_(
                "Contact goes through the coordinator: reply to this request in the service."
                " If a candidate withdraws, her row reads “one candidate is no longer available”."
            )
        ),
        request_code=issue.request_code,
        pages=(_word_page(wording, 1), _word_page(wording, PAGES)),
    )


def _word_page(wording: Wording, number: int) -> str:
    return wording.gettext(N_("page %(number)s / %(count)s"), number=number, count=PAGES)


def _word_watermark(wording: Wording, issue: Issue) -> str:
    whose = [wording.isolate(issue.recipient), wording.isolate(issue.watermark)]
    return wording.list_plain([*whose, wording.isolate(wording.day_of(issue.issued_at))])


def _word_title(wording: Wording, issue: Issue) -> str:
    title = str(issue.criteria.get("title") or issue.request_code)
    return wording.gettext(N_("Shortlist: %(title)s"), title=title)


def _word_lede(wording: Wording, issue: Issue, asked: Request) -> str:
    countries = wording.list_and(wording.terms("country", asked.countries))
    place = wording.term("country", asked.place) if asked.place else ""
    days = _word_days(wording, asked.start, asked.end)
    order = N_("In order of points.") if issue.is_ranked else N_("The order is not a ranking.")
    parts = [countries, wording.list_plain(part for part in (place, days) if part)]
    return " ".join([*(f"{part}." for part in parts if part), wording.gettext(order)])


def _word_days(wording: Wording, start: date, end: date) -> str:
    values = {"start": wording.date(start), "end": wording.date(end)}
    return wording.gettext(N_("%(start)s to %(end)s"), **values)


def _title_posts(wording: Wording, asked: Request, chosen: Sequence[Woman]) -> dict[str, str]:
    """Titles of posts by code; none where there is only one post."""
    if len(asked.posts) < 2:
        return {}
    return {
        post.code: _title_post(wording, post, number) for number, post in enumerate(asked.posts, 1)
    }


def _title_post(wording: Wording, post: Post, number: int) -> str:
    roles = wording.list_or(wording.terms("role", post.roles))
    return f"{number}. {roles}" if roles else str(number)


def _list_posts(
    wording: Wording, asked: Request, chosen: Sequence[Woman], titles: dict[str, str]
) -> Iterator[tuple[str, tuple[tuple[bool, str], ...]]]:
    """What is asked of the posts for which somebody is in the document."""
    wanted = {one.post for one in chosen}
    for post in asked.posts:
        if post.code in wanted:
            yield titles.get(post.code, ""), tuple(word_post(wording, post))


def _word_table_heading(wording: Wording, chosen: Sequence[Woman]) -> str:
    count = len({one.handle for one in chosen if not one.is_gone})
    return wording.ngettext(
        "%(num)d woman who meets every hard criterion",
        "%(num)d women who meet every hard criterion",
        count,
    )


def _word_reserves(wording: Wording, reserves: Sequence[Woman], posts: dict[str, str]) -> str:
    """``In reserve: K7-Q2M; H9-R4T (2. Facilitator).``"""
    present = [one for one in reserves if not one.is_gone]
    if not present:
        return ""
    named = [
        wording.gettext(N_("%(what)s (%(detail)s)"), what=one.handle, detail=posts[one.post])
        if one.post in posts
        else one.handle
        for one in present
    ]
    return wording.gettext(N_("In reserve: %(codes)s."), codes=wording.list_parts(named))


def _word_table_note(wording: Wording, chosen: Sequence[Woman]) -> str:
    codes = N_(
        "Codes hold for this request alone. Networks and names are given after each woman’s own yes."
    )
    named = N_(
        "Codes hold for this request alone. A name stands here for the recipient of this copy and nobody else."
    )
    return wording.gettext(named if any(one.name for one in chosen) else codes)


def _word_share(wording: Wording, issue: Issue, posts: int) -> ShareWords | None:
    """Before and after, posts given to no woman of this document counting as filled by men."""
    if issue.share is None:
        return None
    sum_, present = issue.share, [one for one in issue.chosen if not one.is_gone]
    filled = _count_filled(present)
    before, after = sum_.women + sum_.men, sum_.women + sum_.men + posts
    women = sum_.women + filled
    seats = (sum_.men + posts - filled, sum_.women, filled)
    return ShareWords(
        heading=wording.gettext(N_("Women’s share")),
        sum=wording.gettext(
            N_("%(before)s now; %(after)s after"),
            before=_word_part(wording, sum_.women, before),
            after=_word_part(wording, women, after),
        ),
        sign=_word_target(wording, sum_, women, after),
        seats=seats if after <= MOST_SEATS else None,
        seats_label=_word_seats(wording, *seats),
    )


def _count_filled(present: Sequence[Woman]) -> int:
    """Posts that the women of the document can fill together, one post each."""
    return min(len({one.post for one in present}), len(merge_posts(present)))


def _word_part(wording: Wording, women: int, total: int) -> str:
    if not total:
        return wording.gettext(N_("nobody yet"))
    share = wording.percent(women / total)
    return wording.gettext(
        N_("%(women)s of %(total)s = %(share)s"), women=women, total=total, share=share
    )


def _word_target(wording: Wording, sum_: ShareSum, women: int, total: int) -> Sign | None:
    if not sum_.target:
        return None
    target = wording.percent(sum_.target / 100)
    if women * 100 >= sum_.target * total:
        return Sign("yes", wording.gettext(N_("Target %(target)s reached"), target=target))
    return Sign("no", wording.gettext(N_("Target %(target)s not reached"), target=target))


def _word_seats(wording: Wording, men: int, women: int, new: int) -> str:
    return wording.list_and(
        [
            wording.ngettext("%(num)d man", "%(num)d men", men),
            wording.ngettext("%(num)d woman", "%(num)d women", women),
            wording.ngettext(
                "%(num)d new place held by a woman", "%(num)d new places held by women", new
            ),
        ]
    )


def _word_funnel(wording: Wording, issue: Issue) -> Iterator[tuple[str, str]]:
    yield word_gate(wording, "considered"), word_count(wording, issue.considered)
    for step in issue.funnel:
        yield word_gate(wording, step.gate), word_count(wording, step.fell)
    yield wording.gettext(N_("Meet every hard criterion")), word_count(wording, issue.fitting)
