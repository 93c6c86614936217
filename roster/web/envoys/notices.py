"""How soon she is needed: the notices that the request form offers."""

from __future__ import annotations

from roster.web.envoys.form_words import NOTICES, Pairs
from roster.web.envoys.request_form import RequestForm
from roster.wording import Wording


def list_notices(wording: Wording, form: RequestForm) -> Pairs:
    """The notices to choose from, with that of the form where it is another: a letter may ask for
    ten days, and none is lost."""
    offered = [(code, wording.gettext(word)) for code, word in NOTICES.items()]
    own = form["notice_days"]
    if own in NOTICES or not own.isdecimal() or len(own) > 3:
        return offered
    return [*offered, (own, wording.days(int(own)))]
