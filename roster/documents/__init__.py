"""The shortlist document: values in, words and bytes out; no session and no page knows of it here.

``write_words`` makes the words once; the page prints them, ``write_pdf`` draws them. So the file
holds what the screen shows, in the same order.
"""

from roster.documents.matrix import list_matrix
from roster.documents.pdf import write_pdf
from roster.documents.shortlist import write_words
from roster.documents.values import (
    MOST_WOMEN,
    FunnelStep,
    Issue,
    Miss,
    ShareSum,
    Woman,
)
from roster.documents.words import Shortlist

__all__ = [
    "MOST_WOMEN",
    "FunnelStep",
    "Issue",
    "Miss",
    "ShareSum",
    "Shortlist",
    "Woman",
    "list_matrix",
    "write_pdf",
    "write_words",
]
