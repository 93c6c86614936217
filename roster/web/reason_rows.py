"""Why a woman is not listed, in words, for pages."""

from __future__ import annotations

from roster.edge.reason_rows import PostRows as PostRows
from roster.edge.reason_rows import make_post_rows as make_post_rows
from roster.edge.reason_rows import word_post_title as word_post_title
