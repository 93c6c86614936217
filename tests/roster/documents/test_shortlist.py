"""The words of a document and its two pages, in each language."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from matching.evidence import Evidence, Verdict
from roster.documents import Shortlist, Woman, list_matrix, write_pdf, write_words
from roster.documents.people import MOST_WORDS
from roster.errors import Refused
from roster.wording import LANGUAGES, get_wording
from tests.roster.documents.issues import AT, HANDLES, SOURCE, found, make_evidence, make_issue

ARABIC = re.compile("[\u0600-\u06ff]")


def word(language: str = "en", **changes: Any) -> Shortlist:
    return write_words(get_wording(language), make_issue(**changes))


def read_pages(words: Shortlist) -> list[str]:
    """The text of each page, as a program reads it back from the file."""
    content = write_pdf(words, made_at=AT)
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_women_on_three_posts_fill_two_pages_and_every_code_is_unbroken(
    language: str,
) -> None:
    first, second = read_pages(word(language))
    for handle in HANDLES:
        assert (handle in first, handle in second) == (True, True), handle
    assert "R-26-K7Q2M" in first and "D-26-T3XW9" in first and "W-7KQ2M" in second.replace("\n", "")


def test_arabic_is_read_back_in_reading_order() -> None:
    words = word("ar", criteria={**make_issue().criteria, "title": "محادثات ممرات الترحال الرعوي"})
    first, second = read_pages(words)
    assert "محادثات ممرات الترحال الرعوي" in first
    assert "أكّدته منسّقتها" in first
    sentence = next(text for text in words.people[0].fits if ARABIC.search(text))
    longest = max(re.findall("[\u0600-\u06ff\u064b-\u0652 ]+", sentence), key=len).strip()
    assert " ".join(longest.split()[:3]) in second


def test_names_of_other_scripts_and_hooked_letters_stand_unbroken() -> None:
    named = [
        replace(woman, name=name, network="nwm")
        for woman, name in zip(
            make_issue().chosen, ("Ɓuɗi Ŋgai-Ọlá", "فاطمة الزهراء", "Żaneta Ólafsdóttir", "A", "Б"),
            strict=True,
        )
    ]  # fmt: skip
    for language in ("en", "ar"):
        first, second = read_pages(word(language, chosen=tuple(named)))
        for name in ("Ɓuɗi Ŋgai-Ọlá", "Żaneta Ólafsdóttir"):
            assert name in second and name.split()[0] in first
        assert "فاطمة" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paragraph_is_longer_than_ninety_words(language: str) -> None:
    codes = ("ceasefire", "ddr_ssr", "monitoring_verification", "gender_inclusion", "elections")
    evidence = (
        *make_evidence("security", 1),
        *(
            Evidence("themes_nice", Verdict.UNKNOWN if n % 2 else Verdict.FAIL, "T1", n + 10,
                     is_hard=False, out_of=2, facts={"asked": codes, "found": ()})
            for n in range(9)
        ),
        found("role", asked=codes, found=("co_mediator", "facilitator") * 20, grade="recorded",
              last_year="2021–2025", **SOURCE),
    )  # fmt: skip
    women = (Woman("K7-Q2M", "security", evidence), *make_issue().chosen)
    for one in word(language, chosen=women).people:
        count = sum(len(text.split()) for text in (*one.fits, one.lacks.text))
        assert 10 < count <= MOST_WORDS, one.code


def test_the_best_known_facts_speak_for_her_then_what_is_missing() -> None:
    evidence = (
        found("track", asked=("II",), found=("II",), grade="stated", by="self"),
        found("theme", asked=("ceasefire",), found=("ceasefire",), depth=3, grade="confirmed",
              by="coordinator", on=date(2026, 3, 1)),
        found("role", asked=("facilitator",), found=("facilitator",), grade="recorded",
              by="coordinator", last_year="2021–2025"),
        found("theme", 1, asked=("elections",), found=("elections",), depth=1, grade="confirmed",
              by="coordinator"),
        Evidence("office", Verdict.FLAG, "C4"),
        Evidence("notice_margin", Verdict.FAIL, is_hard=False, out_of=4),
        Evidence("languages_nice", Verdict.UNKNOWN, "L3", is_hard=False, out_of=4,
                 facts={"asked": ("fra",)}),
    )  # fmt: skip
    person = word(chosen=(Woman("K7-Q2M", "lead", evidence),)).people[0]
    assert person.fits == (
        "Role: Facilitator, last in 2021–2025 (confirmed by her coordinator).",
        "Theme: Ceasefire and security arrangements: authority"
        " (confirmed by her coordinator, March 2026).",
    )
    assert (person.lacks.kind, person.lacks.text) == (
        "flag",
        "To note: Conflict-of-interest rule: Flag, not a bar. Unknown: French.",
    )


def test_whoever_is_gone_is_a_code_and_one_sentence() -> None:
    issue = make_issue()
    gone = (replace(issue.chosen[0], is_gone=True, evidence=()), *issue.chosen[1:])
    words = word(chosen=gone, reserves=(Woman("T4-W9C", "lead", is_gone=True),))
    sentence = "One candidate is no longer available."
    assert [sign.text for cell in words.lines[0].cells for sign in cell] == [sentence]
    assert (words.people[0].fits, words.people[0].lacks.text) == ((), sentence)
    assert words.table_heading == "4 women who meet every hard criterion"
    assert words.matrix is not None and "K7-Q2M" not in words.matrix.heads
    assert (words.reserves, "K7-Q2M" in "".join(read_pages(words))) == ("", True)
    assert (
        words.share is not None
        and words.share.sum == "2 of 6 = 33\u00a0% now; 4 of 9 = 44\u00a0% after"
    )


@pytest.mark.parametrize(
    ("target", "women", "sum_", "sign"),
    [
        (40, HANDLES, "2 of 6 = 33\u00a0% now; 5 of 9 = 56\u00a0% after", "yes"),
        (60, HANDLES, "2 of 6 = 33\u00a0% now; 5 of 9 = 56\u00a0% after", "no"),
        (33, HANDLES[:1], "2 of 6 = 33\u00a0% now; 3 of 9 = 33\u00a0% after", "yes"),
        (None, HANDLES[:1], "2 of 6 = 33\u00a0% now; 3 of 9 = 33\u00a0% after", None),
    ],
)
def test_the_share_counts_a_woman_once_and_each_post_once(
    target: int | None, women: tuple[str, ...], sum_: str, sign: str | None
) -> None:
    issue = make_issue()
    assert issue.share is not None
    twice = (*issue.chosen, *(replace(one, post="gender") for one in issue.chosen[:1]))
    chosen = tuple(one for one in twice if one.handle in women)
    share = word(chosen=chosen, share=replace(issue.share, target=target)).share
    assert share is not None
    assert (share.sum, share.sign.kind if share.sign else None) == (sum_, sign)


def test_the_matrix_tells_what_was_not_asked_from_what_is_not_there() -> None:
    matrix = list_matrix(get_wording("en"), make_issue().chosen[:2])
    assert matrix is not None
    assert matrix.heads == ("Asked", "K7-Q2M", "H9-R4T", "Covered by")
    lines = {
        label: ([(c.text, c.step) for c in cells], held) for label, cells, held in matrix.lines
    }
    assert lines["French, speaking B2"] == ([("C1", 3), ("C2", 3)], "2")
    assert lines["Monitoring and verification"] == ([("", 0), ("–", 0)], "0")
    assert lines["Natural resources, land and water: specialist"] == (
        [("specialist", 2), ("", 0)],
        "1",
    )
    assert list_matrix(get_wording("en"), [Woman("K7-Q2M", "lead")]) is None


def test_counts_of_women_who_are_not_shown_are_banded() -> None:
    funnel = dict(word(fitting=None, considered=None).funnel)
    assert funnel["Considered"] == funnel["Meet every hard criterion"] == "fewer than 5"
    assert dict(word(fitting=5).funnel)["Meet every hard criterion"] == "5"


def test_the_file_names_no_author_no_program_and_nothing_but_its_code() -> None:
    content = write_pdf(word(), made_at=AT)
    assert content == write_pdf(word(), made_at=AT)
    assert dict(PdfReader(io.BytesIO(content)).metadata or {}) == {
        "/Title": "Shortlist R-26-K7Q2M",
        "/CreationDate": "D:20261123061400Z",
    }
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    opened = b"".join(map(_inflate, streams)) + content
    for trace in (b"fpdf", b"/URI", b"/Annots", b"http", b"Joint office"):
        assert trace not in opened.lower() and trace not in opened


def _inflate(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_what_is_too_long_is_set_smaller_and_refused_where_that_does_not_do() -> None:
    words = word(chosen=make_issue().chosen * 2)
    with pytest.raises(Refused) as refused:
        write_pdf(words, made_at=AT, scales=(1.0,))
    assert refused.value.code == "document_does_not_fit"
    content = write_pdf(words, made_at=AT, scales=(1.0, 0.68))
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
