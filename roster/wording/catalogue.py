"""Keep the catalogues: ``python -m roster.wording.catalogue extract|update|check|missing|merge``.

``extract`` prints all messages of the source as a template; ``update`` brings every catalogue up to
date with the source; ``check`` fails when a complete language lacks a message, holds a fuzzy one,
or when any translation has other placeholders than its message. ``missing LANGUAGE`` prints what
is to be translated as a small catalogue, ``merge LANGUAGE FILE`` takes that back when filled in.
"""

import argparse
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from roster.wording.languages import COMPLETE, DEFAULT, LANGUAGES
from roster.wording.messages import get_catalogue_path, read_catalogue
from roster.wording.placeholders import list_faults

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TRANSLATED = tuple(code for code in LANGUAGES if code != DEFAULT)
PLURAL_FORMS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5);"
    )
}
"""The usual order of the Arabic forms; Babel's own rule has the last two the other way round."""


def extract_messages() -> Catalog:
    """All messages of sources and templates, without line numbers."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        # Babel leaves this function untyped
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    template = Catalog(charset="utf-8")
    found = extract_from_dir(
        ROOT, method_map=methods, options_map=options, keywords=KEYWORDS, comment_tags=("Note:",)
    )
    for path, line, message, comments, context in found:
        template.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return template


def update_catalogue(language: str, template: Catalog) -> None:
    """Add new messages, drop those no longer used, keep every translation.

    A language that may fall back to English holds its translations only.
    """
    catalogue = read_catalogue(language)
    catalogue.update(template, no_fuzzy_matching=True)
    if language not in COMPLETE:
        for message in list(catalogue):
            if message.id and not _is_filled(message.string):
                catalogue.delete(message.id, message.context)
    write_catalogue(language, catalogue)


def write_catalogue(language: str, catalogue: Catalog) -> None:
    """Write a catalogue in a stable order and with a header that changes only with its rules."""
    path = get_catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_make_header(language, catalogue) + format_catalogue(catalogue), "utf-8")


def format_catalogue(catalogue: Catalog) -> str:
    """The messages as a .po text without header."""
    buffer = BytesIO()
    write_po(
        buffer,
        catalogue,
        width=96,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return buffer.getvalue().decode("utf-8")


def _make_header(language: str, catalogue: Catalog) -> str:
    lines = (
        f"Language: {language}",
        f"Plural-Forms: {PLURAL_FORMS.get(language, catalogue.plural_forms)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def check_catalogues(template: Catalog) -> list[str]:
    """Every fault of every catalogue, each as one line; an empty list is a pass."""
    return [
        f"{language}: {fault}"
        for language in TRANSLATED
        for fault in list_faults(
            template, read_catalogue(language), must_be_complete=language in COMPLETE
        )
    ]


def list_missing(language: str, template: Catalog) -> Catalog:
    """The messages that a language has no translation for."""
    catalogue = read_catalogue(language)
    missing = Catalog(locale=language, charset="utf-8")
    for message in template:
        kept = catalogue.get(message.id, message.context) if message.id else None
        if message.id and (kept is None or kept.fuzzy or not _is_filled(kept.string)):
            missing.add(message.id, None, message.locations, context=message.context)
    return missing


def merge_translations(language: str, path: Path) -> int:
    """Take the filled-in messages of a file into the catalogue; returns how many were taken."""
    catalogue = read_catalogue(language)
    with path.open("rb") as file:
        filled = [m for m in read_po(file, locale=language) if m.id and _is_filled(m.string)]
    for message in filled:
        catalogue.add(message.id, message.string, context=message.context)
        kept = catalogue.get(message.id, message.context)
        if kept is not None:
            kept.string = message.string
    write_catalogue(language, catalogue)
    return len(filled)


def _is_filled(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))


def main(arguments: list[str]) -> int:
    """Run one command; the exit code of ``check`` is 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m roster.wording.catalogue")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("extract", "update", "check"):
        commands.add_parser(name)
    commands.add_parser("missing").add_argument("language", choices=TRANSLATED)
    merge = commands.add_parser("merge")
    merge.add_argument("language", choices=TRANSLATED)
    merge.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    if options.command == "merge":
        sys.stdout.write(f"{merge_translations(options.language, options.file)} taken\n")
        return 0
    return _run(options.command, getattr(options, "language", ""), extract_messages())


def _run(command: str, language: str, template: Catalog) -> int:
    if command == "extract":
        sys.stdout.write(format_catalogue(template))
    elif command == "missing":
        sys.stdout.write(format_catalogue(list_missing(language, template)))
    elif command == "update":
        for code in TRANSLATED:
            if code in COMPLETE or get_catalogue_path(code).exists():
                update_catalogue(code, template)
    else:
        faults = check_catalogues(template)
        sys.stdout.write("".join(f"{fault}\n" for fault in faults))
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
