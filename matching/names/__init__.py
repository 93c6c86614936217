"""Names over scripts and spellings: their words, how alike two are, and look-up as one types."""

from matching.names.comparison import ALIKE, compare_names
from matching.names.index import Found, NameIndex
from matching.names.sounds import skeleton, spell
from matching.names.typed import WordHit
from matching.names.words import list_words, split_name

__all__ = [
    "ALIKE",
    "Found",
    "NameIndex",
    "WordHit",
    "compare_names",
    "list_words",
    "skeleton",
    "spell",
    "split_name",
]
