"""Adjectives of nationality: a column "Nationality" says "tunisienne" as often as "Tunisie".

`data/demonyms.toml` gives the masculine in English, French, Arabic, Italian, Spanish and
Portuguese; the feminine is formed by the regular rule of each language. An irregular feminine
stands beside its masculine in the data, parted by a slash.
"""

from collections.abc import Iterator

from roster.vocabulary.data_files import read_table

#: Ending -> feminine ending, the longest first; an ending that is absent stays as it is.
FEMININES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (),
    "fr": (("ien", "ienne"), ("éen", "éenne"), ("e", "e"), ("", "e")),
    "ar": (("ي", "ية"),),
    "it": (("o", "a"),),
    "es": (("és", "esa"), ("án", "ana"), ("ín", "ina"), ("ón", "ona"), ("ol", "ola"), ("o", "a")),
    "pt": (("ês", "esa"), ("ão", "ã"), ("eu", "eia"), ("ol", "ola"), ("o", "a")),
}


def form_feminine(language: str, masculine: str) -> str:
    """Return the regular feminine of an adjective of nationality, or the word itself."""
    for ending, feminine in FEMININES[language]:
        if masculine.endswith(ending):
            return masculine[: len(masculine) - len(ending)] + feminine
    return masculine


def _list_forms(language: str, written: str) -> Iterator[str]:
    for word in filter(None, (part.strip() for part in written.split(","))):
        forms = word.split("/")
        yield from forms
        if len(forms) == 1:
            yield form_feminine(language, word)


def list_demonyms() -> dict[str, list[str]]:
    """Return alpha-3 code -> adjectives, masculine and feminine, in six languages."""
    table = read_table("demonyms")
    languages = table.pop("languages")
    return {
        code: [
            form
            for language, written in zip(languages, row, strict=True)
            for form in _list_forms(language, written)
        ]
        for code, row in table.items()
    }
