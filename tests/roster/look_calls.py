"""Calls of the drawings, and of what two sides say of a deployment."""

from __future__ import annotations

POINTS = "[{'x': 10, 'y': 90, 'value': '31 %'}, {'x': 20, 'y': 40, 'value': '<b>'}]"
BOX = (
    "{'shade': %d, 'is_dark': %s, 'x': 1, 'y': 2, 'width': 80, 'height': 40, 'middle': 41,"
    " 'number_at': 20, 'number': '<b>', 'name': [('Eastern', 30), ('Africa', 38)]}"
)
BOXES = f"[{BOX % (4, 'true')}, {BOX % (0, 'false')}]"
SAID = (
    "{'is_mine': false, 'at': 'today', 'again': 'yes', 'text': '<script>',"
    " 'addenda': [('today', '<b>')], 'reply': 'thank you'}"
)
VIEW = (
    f"{{'said': [{SAID}], 'may_give': true, 'may_reply': true, 'may_add': true,"
    " 'deployment': {'version': 3}}"
)
CALLS = {
    "charts": {
        "share_bar": "share_bar(0.4) ~ share_bar(0)",
        "share_line": f"share_line('Share', {POINTS})",
        "region_plan": f"region_plan('World', {BOXES}, 720, 300)",
        "shade_key": "shade_key()",
    },
    "said": {
        "list_said": f"list_said({VIEW}, 'The office')",
        "said_errors": "said_errors({'act': 'reply'}, {'text': 'no'})",
        "said_text": "said_text('Your reply', 'reply', {'act': 'reply', 'text': 'Yes'}, {'text': 'no'})",
        "say_form": f"say_form({VIEW}, '/deployment', [('yes', 'Yes')], {{}}, {{'text': 'no'}})",
    },
}
