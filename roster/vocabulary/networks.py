"""Facts of networks besides their names: standing, seat, founding date and dated aliases."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from roster.vocabulary.data_files import read_table


@dataclass(frozen=True)
class NetworkAlias:
    """A name that a network has used; `since` is a day or year (ISO 8601), None where not known."""

    name: str
    since: str | None = None
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class NetworkFacts:
    """`standing` is network, federation, partner or referral; `since` an ISO day, month or year."""

    code: str
    standing: str
    keeps_members: bool
    time_zone: str
    since: str | None = None
    aliases: tuple[NetworkAlias, ...] = ()


@cache
def load_network_facts() -> Mapping[str, NetworkFacts]:
    """Return network code -> its facts, for every network of the vocabulary."""
    facts = {}
    for code, entry in read_table("network_facts").items():
        aliases = tuple(NetworkAlias(**alias) for alias in entry.pop("aliases", ()))
        facts[code] = NetworkFacts(code=code, aliases=aliases, **entry)
    return facts
