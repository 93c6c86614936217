"""Languages: ISO 639-3 living individual languages and macrolanguages, by code, name and adjective.

A list's "Arabic", "Swahili", "Norwegian" or "Persian" is taken as the macrolanguage (`ara`, `swa`,
`nor`, `fas`): it says no more. A variety named as such ("Juba Arabic", "bokmål", "Dari") keeps its
own code and has the macrolanguage as parent.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

import pycountry
from babel import Locale

from matching.terms import Term, normalise
from roster.vocabulary.data_files import CLDR_LANGUAGES, NAME_LANGUAGES, read_table
from roster.vocabulary.macrolanguages import load_macrolanguages

KEPT_SCOPES = {"I", "M"}
#: Ancient, extinct and constructed languages would only collide with living ones.
KEPT_TYPES = {"L"}
#: Codes that CLDR names under another identifier (it folds the standard form into the macrolanguage).
CLDR_IDENTIFIERS = {"prs": "fa_AF", "swc": "sw_CD", "ron": "ro", "fil": "fil", "aka": "ak"}


@cache
def _read_names(tag: str) -> dict[str, str]:
    return dict(Locale.parse(tag).languages)


def _get_names(alpha_3: str, alpha_2: str | None) -> dict[str, str]:
    keys = [CLDR_IDENTIFIERS.get(alpha_3), alpha_2, alpha_3]
    names = {}
    own = _read_own_names().get(alpha_3, {})
    for tag in CLDR_LANGUAGES:
        known = _read_names(tag)
        found = next((known[key] for key in keys if key and key in known), None)
        if name := own.get(tag) or found:
            names[tag] = name
    return names


@cache
def _read_own_names() -> dict[str, dict[str, str]]:
    """Code -> language -> name, where CLDR has none or one that is another's."""
    return read_table("language_names")


def _read_claims(variants: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Return word -> codes that our own list gives it; such a word is taken from other languages."""
    claims: dict[str, set[str]] = defaultdict(set)
    for code, words in variants.items():
        for word in words:
            claims[normalise(word)].add(code)
    return claims


def _make_term(
    language: Any, variants: list[str], claims: Mapping[str, set[str]], parents: tuple[str, ...]
) -> Term:
    code, alpha_2 = language.alpha_3, getattr(language, "alpha_2", None)

    def is_free(word: str) -> bool:
        return code in claims.get(normalise(word), {code})

    known = {tag: name for tag, name in _get_names(code, alpha_2).items() if is_free(name)}
    own_name = language.name if is_free(language.name) else f"{language.name} ({code})"
    words = {"en": own_name, **known}
    names = {tag: words[tag] for tag in NAME_LANGUAGES if tag in words}
    inverted = getattr(language, "inverted_name", None)
    synonyms = dict.fromkeys(filter(None, [own_name, inverted, *words.values(), *variants]))
    return Term(
        "language",
        code,
        names,
        tuple(word for word in synonyms if word not in names.values()),
        parents,
        tuple(filter(None, [alpha_2, getattr(language, "bibliographic", None)])),
        is_rare=not known and not variants,
    )


def list_language_terms() -> list[Term]:
    """Return one term per language with its macrolanguage, if it has one, as parent.

    A language that neither CLDR nor our own list names is rare: its English name gives way.
    """
    variants = read_table("languages")
    claims = _read_claims(variants)
    parents = {
        member: (macro.code,)
        for macro in load_macrolanguages().values()
        for member in macro.members
    }
    return [
        _make_term(
            language,
            variants.get(language.alpha_3, []),
            claims,
            parents.get(language.alpha_3, ()),
        )
        for language in pycountry.languages
        if language.scope in KEPT_SCOPES and language.type in KEPT_TYPES
    ]
