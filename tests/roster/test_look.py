"""The look: one small sheet, logical sides only, and components that render in every direction."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.roster import look_calls
from tests.roster.look_reading import Balance, environment

__all__ = ["environment"]

ROOT = Path(__file__).parents[2]
SHEET = (ROOT / "roster" / "static" / "look.css").read_text(encoding="utf-8")
PARTS = ROOT / "templates" / "parts"

CALLS = {
    "symbols": {
        "sprite": "sprite('href=\"#i-yes\" url(#hatch)')",
        "icon": "icon('yes')",
        "mark": "mark()",
    },
    "signs": {
        "sign": "sign('off', '<no>')",
        "tag": "tag('flag', 'One flag')",
        "hp": "hp(true) ~ hp(false)",
        "hp_key": "hp_key()",
        "code": "code('K7-Q2M')",
        "note": "note('text', 'due', 'heading', live='status') ~ note('text')",
        "life_line": "life_line(18, 90) ~ life_line(-1, 90)",
        "nothing": "nothing()",
    },
    "forms": {
        "csrf": "csrf()",
        "version": "version(3)",
        "described": "'<input '|safe ~ described('f-a', 'hint', 'error') ~ '>'|safe",
        "below": "below('f-a', 'hint', ['one', 'two'])",
        "label_of": "label_of('f-a', 'Name', optional=true)",
        "field": "field('Name', 'a', '\"><script>', 'hint', ['error'], 'email', true, attributes={'dir': 'ltr'})",
        "text_area": "text_area('Letter', 'a', '</textarea><script>', required=true)",
        "select": "select('Track', 'a', [('I', 'one'), ('II', 'two')], ['I'], multiple=true)",
        "checkbox": "checkbox('Agree', 'a', is_checked=true)",
        "pick": "pick('Track', 'a', [(1, 'one'), (2, 'two')], 1, hint='hint', error='error')",
        "error_summary": "error_summary({'a': 'error', 'b': ['one', 'two']}, {'a': 'Name'})",
        "button": "button('Save', '', 'do', 'save', 'mail', 'Selwa')",
        "post_button": "post_button('/hide', 'Hide', symbol='hide')",
        "link_button": "link_button('/print', 'Print', symbol='print')",
        "big_button": "big_button('Yes', 'Good for 90 days', 'answer', 'same')",
        "language_switch": "language_switch('pages.home', {'code': 'R-26-118'})",
    },
    "lists": {
        "facts": "facts([('Members', 86), ('Fresh', 61)])",
        "ledger": "ledger([('Name', 'Selwa', 'herself'), ('Lives in', 'unknown', '')])",
        "row": "row('Selwa', 'Arabic', 'due', 'reminded', 'by mail')",
        "data_table": "data_table('Rows', ['Name', ('Count', 'num')], [['a', 1], ['b', 2]])",
        "steps": "steps(['Read', 'Choose', 'Confirm'], 2)",
        "history": "history([('today', 'opened')])",
        "pager": "pager(2, 3, '?page=1', '?page=3')",
        "crumbs": "crumbs([('Requests', '/requests')], 'R-26-118')",
    },
    "answers": {
        "criteria": "criteria([(true, 'French'), (false, 'Ceasefire')])",
        "evidence": "evidence([evidence_line])",
        "brief": "brief([person])",
        "listed_row": "listed_row(listed, 'co-mediator') ~ listed_row(gone)",
        "near_row": "near_row(near) ~ near_row(near_gone)",
        "person": "person('K7-Q2M', 1, 'yes', 'Available', '9 of 9', 'text', [evidence_line])",
        "seats": "seats(2, 4, 1)",
        "share": "share(2, 6) ~ share(0, 0)",
        "funnel_table": "funnel_table([step], 'Where they fell')",
        "heat_table": "heat_table('Gaps', ['Track', 'fr', 'ar'], [('I', [0, 14])])",
    },
    "card": {
        "known": "'<p>'|safe ~ known(card_item) ~ '</p>'|safe",
        "items": "items('theme', [card_item]) ~ items('theme', [])",
        "card": "card(full_card) ~ card(empty_card)",
    },
    "history": {
        "statements": "statements([{'stands': true, 'value': '<b>', 'said': 'herself', 'file': none,"
        " 'ended': ''}, {'stands': false, 'value': '', 'said': 'a list', 'file': {'import_id': 3,"
        " 'file_name': '<i>'}, 'ended': 'changed'}])"
    },
    "reasons": {
        "reason_rows": "reason_rows([{'reason': '<b>', 'code': 'A1', 'line': {'sign': 'no', 'value':"
        " 'expired', 'note': 'in May', 'label': 'Answer'}}])"
    },
    "outlook": {"outlook": "outlook(picture, 'The coming year', true)"},
    "person": {
        "person_facts": "person_facts(profile)",
        "person_sections": "person_sections(profile) ~ person_sections(empty_profile)",
    },
}
CALLS |= look_calls.CALLS
CALLED_AROUND = {"lists": {"section": "section('Title')", "block": "block('Title')"}}
CALLED_AROUND["lists"] |= {"rows": "rows()", "scroll": "scroll('Rows')"}


def list_macros(part: str) -> set[str]:
    text = (PARTS / f"{part}.html").read_text(encoding="utf-8")
    return set(re.findall(r"{%-? macro (\w+)\(", text))


def render_macro(environment: Environment, part: str, name: str, call: str) -> str:
    source = f'{{% from "parts/{part}.html" import {name} %}}'
    return environment.from_string(source + "{{ " + call + " }}").render()


def test_sheet_stays_under_sixteen_thousand_bytes() -> None:
    assert len(SHEET.encode()) < 16_000


def test_sheet_knows_logical_sides_only() -> None:
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", SHEET, flags=re.DOTALL)
    physical = re.findall(
        r"[{;]\s*((?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*"
        r"|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|clear)\s*:)"
        r"|(text-align:\s*(?:left|right))",
        text,
    )
    sided = re.findall(r"(?:margin|padding|inset|border-radius):(?:[^\s;}()]+ ){2,3}[^\s;}]+", text)
    assert (physical, sided) == ([], [])


def test_sheet_loads_nothing_from_anywhere() -> None:
    assert re.findall(r"@import|url\(|@font-face", SHEET) == []


def test_every_component_has_its_test() -> None:
    tested = {part: set(calls) | set(CALLED_AROUND.get(part, {})) for part, calls in CALLS.items()}
    assert tested == {path.stem: list_macros(path.stem) for path in PARTS.glob("*.html")}


@pytest.mark.parametrize(
    ("part", "name"), [(part, name) for part, calls in CALLS.items() for name in calls]
)
def test_component_renders_well_formed(environment: Environment, part: str, name: str) -> None:
    text = render_macro(environment, part, name, CALLS[part][name])
    balance = Balance(text)
    assert (balance.open, balance.faults, "script" in balance.seen) == ([], [], False)
    assert balance.seen


@pytest.mark.parametrize("name", sorted(CALLED_AROUND["lists"]))
def test_component_holds_what_it_is_called_around(environment: Environment, name: str) -> None:
    source = f'{{% from "parts/lists.html" import {name} %}}'
    call = CALLED_AROUND["lists"][name]
    text = environment.from_string(
        source + "{% call " + call + " %}<p>matter</p>{% endcall %}"
    ).render()
    balance = Balance(text)
    assert (balance.open, balance.faults, "<p>matter</p>" in text) == ([], [], True)


def test_every_component_is_explained_in_a_comment() -> None:
    for part in CALLS:
        text = (PARTS / f"{part}.html").read_text(encoding="utf-8")
        explained = set(re.findall(r"{# (\w+)\(", text))
        assert list_macros(part) <= explained


def test_error_of_a_field_is_tied_to_it(environment: Environment) -> None:
    text = render_macro(environment, "forms", "field", "field('Name', 'a', error='no', hint='h')")
    assert 'aria-describedby="f-a-error f-a-hint" aria-invalid="true"' in text
    assert '<small class="no" id="f-a-error">no</small>' in text


def test_password_is_never_sent_back(environment: Environment) -> None:
    call = "field('Password', 'p', 'secret', type='password')"
    assert "secret" not in render_macro(environment, "forms", "field", call)


@pytest.mark.parametrize(("left", "drawn"), [(0, None), (14, "f-due"), (15, "f-now")])
def test_life_line_is_ochre_in_its_last_fortnight(
    environment: Environment, left: int, drawn: str | None
) -> None:
    text = render_macro(environment, "signs", "life_line", f"life_line({left}, 90)")
    assert re.findall(r"f-due|f-now", text) == ([drawn] if drawn else [])
