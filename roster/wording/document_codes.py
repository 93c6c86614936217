"""What is said of shortlist documents: refusals, and what was done."""

from collections.abc import Mapping

from roster.wording.messages import N_

OF_DOCUMENTS: Mapping[str, str] = {
    "request_not_searched": N_("Search first. A document rests on an answer."),
    "document_choice_wrong": N_("Choose women who fit, each in one place only."),
    "document_too_long": N_("A document names %(limit)d women at most. Issue a second one."),
    "document_choice_gone": N_("Somebody you chose is no longer available. Choose again."),
    "document_rests_on_ended": N_(
        "The answer of somebody you chose has run out. She has to renew it first."
    ),
    "document_ended": N_("This document has ended. Issue a new one."),
    "document_does_not_fit": N_("This does not fit on two pages. Choose fewer posts or women."),
    "too_many_copies": N_("A document has %(limit)d readers at most."),
    "document_issued": N_("The document is issued. Open it, or give somebody a copy."),
    "document_revoked": N_("The document is called back. Nobody can open it any more."),
    "copy_revoked": N_("The copy is called back. Its link leads nowhere any more."),
}
