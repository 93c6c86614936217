"""The kinds that no standard names: written in full in `data/`, one file per kind or group."""

from matching.terms import Term
from roster.vocabulary.data_files import make_term, read_table

#: File -> kind; a file named here without a kind holds several kinds, one top table each.
SINGLE_KIND_FILES = {
    "networks": "network",
    "tracks": "track",
    "themes": "theme",
    "roles": "role",
    "phases": "phase",
    "level_words": "level_word",
}
MANY_KINDS_FILES = ("levels", "availability", "standing")


def list_hand_kept_terms() -> list[Term]:
    """Return the terms of all hand-kept kinds in the order of their files."""
    tables = [(kind, read_table(name)) for name, kind in SINGLE_KIND_FILES.items()]
    for name in MANY_KINDS_FILES:
        tables.extend(read_table(name).items())
    return [make_term(kind, code, entry) for kind, table in tables for code, entry in table.items()]
