"""Services at which anybody may open a mailbox: their addresses are no office's."""

from __future__ import annotations

from functools import cache

from roster.vocabulary.data_files import read_table


@cache
def list_free_mail() -> frozenset[str]:
    """Their domains."""
    return frozenset(read_table("free_mail")["domains"])


def is_free_mail(email: str) -> bool:
    """Whether an address is at one of them, or at a subdomain of one."""
    parts = email.rpartition("@")[2].casefold().rstrip(".").split(".")
    return any(".".join(parts[start:]) in list_free_mail() for start in range(len(parts)))
