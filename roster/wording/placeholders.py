"""What may be wrong with a translation: missing, fuzzy, or with other placeholders."""

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\)[sd]|(?P<other>.?))", re.DOTALL)


def list_faults(template: Catalog, catalogue: Catalog, *, must_be_complete: bool) -> Iterator[str]:
    """Each fault of a catalogue against the source's messages, as one line."""
    for message in template:
        if not message.id:
            continue
        kept = catalogue.get(message.id, message.context)
        if kept is None or kept.fuzzy or not all(_list_strings(kept)):
            if must_be_complete:
                yield f"not translated: {_name(message)!r}"
        elif any(not fits(message, string) for string in _list_strings(kept)):
            yield f"other placeholders: {_name(message)!r}"


def fits(message: Message, translation: str) -> bool:
    """True when a translation names the same values; a plural form may leave out the number."""
    singular, *plural = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    wanted = find_placeholders(plural[0] if plural else singular)
    found = find_placeholders(translation)
    if plural:
        return found | {"num"} == wanted | {"num"}
    return found == wanted


def find_placeholders(text: str) -> set[str]:
    """Names of the values in a message; a lone percent sign counts as the value ``%?``."""
    names = set()
    for match in PLACEHOLDER.finditer(text):
        if match["name"]:
            names.add(match["name"])
        elif match["other"] != "%":
            names.add("%?")
    return names


def _list_strings(message: Message) -> list[str]:
    string = message.string
    if isinstance(string, str):
        return [string]
    return list(_known(string))


def _known(strings: Iterable[str | None] | None) -> Iterator[str]:
    for string in strings or ("",):
        yield string or ""


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
