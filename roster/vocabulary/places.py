"""Countries (ISO 3166-1 alpha-3 and XKX) in the tree of UN M49 regions.

Names come from CLDR through Babel; formal names from ISO 3166 through pycountry; variants and
demonyms from `data/`. Which country stands in which region is our own table, because the libraries
at hand stop above the intermediate regions (Eastern Africa, Caribbean, ...).
"""

from collections.abc import Iterator
from functools import cache

import pycountry
from babel import Locale

from matching.terms import Term
from roster.vocabulary.data_files import CLDR_LANGUAGES, NAME_LANGUAGES, read_table
from roster.vocabulary.demonyms import list_demonyms

KOSOVO = ("XKX", "XK")


@cache
def _read_locale(language: str) -> Locale:
    return Locale.parse(language)


def _list_codes() -> Iterator[tuple[str, str]]:
    """Yield (alpha-3, alpha-2) of every country."""
    yield from ((country.alpha_3, country.alpha_2) for country in pycountry.countries)
    yield KOSOVO


def _get_territory_names(code: str) -> dict[str, str]:
    found = {tag: _read_locale(tag).territories.get(code) for tag in CLDR_LANGUAGES}
    return {tag: name for tag, name in found.items() if name}


def _list_formal_names(alpha_3: str) -> Iterator[str]:
    country = pycountry.countries.get(alpha_3=alpha_3)
    for field in ("name", "official_name", "common_name"):
        if name := getattr(country, field, None):
            yield name


def list_country_terms() -> list[Term]:
    """Return one term per country; its parent is the smallest M49 region that holds it."""
    regions = {
        code: region
        for region, entry in read_table("regions").items()
        for code in entry.get("countries", "").split()
    }
    variants = read_table("countries")
    demonyms = list_demonyms()
    terms = []
    for alpha_3, alpha_2 in _list_codes():
        words = _get_territory_names(alpha_2)
        names = {tag: words[tag] for tag in NAME_LANGUAGES if tag in words}
        synonyms = [
            *words.values(),
            *_list_formal_names(alpha_3),
            *variants.get(alpha_3, ()),
            *demonyms.get(alpha_3, ()),
        ]
        kept = tuple(word for word in dict.fromkeys(synonyms) if word not in names.values())
        terms.append(Term("country", alpha_3, names, kept, (regions[alpha_3],), (alpha_2,)))
    return terms


def list_region_terms() -> list[Term]:
    """Return the M49 tree from the world (001) down to the intermediate regions."""
    terms = []
    for code, entry in read_table("regions").items():
        words = _get_territory_names(code)
        names = {tag: words[tag] for tag in NAME_LANGUAGES if tag in words}
        synonyms = dict.fromkeys([*words.values(), *entry.get("also", ())])
        kept = tuple(word for word in synonyms if word not in names.values())
        parents = (entry["parent"],) if "parent" in entry else ()
        terms.append(Term("region", code, names, kept, parents))
    return terms
