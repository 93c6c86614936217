"""Languages of a cell with their levels, as they were written: a free word is never turned into a level."""

import re
from dataclasses import dataclass, field

from matching.terms import Terms, normalise
from roster.spreadsheets.dates import fold
from roster.spreadsheets.levels import LEVEL_ORDER, TWO_LEVELS, read_level
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.terms_in_cells import find_code, list_ambiguous
from roster.spreadsheets.word_lists import is_blank

#: What may stand between two atoms of such a cell; brackets are kept as one atom.
_ATOMS = re.compile(
    r"(?P<bracket>[(\[]([^()\[\]]*)[)\]]?)"
    r"|(?P<item>[\n\r;؛|•·●▪]+|[,،、]|(?<!\d)/|/(?!\d))"
    r"|(?P<dash>\s+[-–—]+\s+|\s*[–—]\s*|\s+[-–—]+|[-–—]+\s+)"
    r"|(?P<level>[:=：])"
)
_MARK = re.compile(r"\d\s*/\s*\d{1,2}|\d{1,3}\s*%|[*+★]{1,5}")  # "4/5", "80 %"
_AND = re.compile(
    r"\s+(?:and|et|und|y|e|ed|ou|or|&|\+|و)\s+|\s*&\s*|\s+\+\s+|\s+و(?=ال)", re.IGNORECASE
)


@dataclass
class _Entry:
    code: str
    levels: list[str] = field(default_factory=list)
    word: str | None = None
    is_invalid: bool = False

    @property
    def has_level(self) -> bool:
        return bool(self.levels or self.word or self.is_invalid)


@dataclass
class ReadLanguages:
    """Languages as {code, level, word?}, words that are no language, and problems."""

    languages: list[dict[str, str | None]] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Reader:
    """Goes through the atoms of one cell from left to right and keeps the language last named."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.entries: list[_Entry] = []
        self.unknown: list[str] = []
        self.ambiguous: dict[str, tuple[str, ...]] = {}
        self.last: _Entry | None = None
        self.heading = ""

    def read(self, text: str) -> None:
        joint = "item"
        place = 0
        for match in _ATOMS.finditer(text):
            kind = str(match.lastgroup)
            self._take(text[place : match.start()], joint, kind)
            place = match.end()
            joint = kind
            if joint == "bracket":
                self._take_bracket(match.group(2))
                joint = "after bracket"
        self._take(text[place:], joint, "end")

    def _take_bracket(self, text: str) -> None:
        """ "Portuguese (Brazil)" tells a variety, not a level."""
        is_variety = self.terms.find(text, "country") or self._find(text)
        if not (is_variety and self.last is not None and not self._is_level(text)):
            self._take(text, "bracket", "end")

    def _take(self, atom: str, joint: str, following: str) -> None:
        atom = atom.strip(" \t.*-–—:")
        if not atom or is_blank(atom):
            return
        last = self.last
        if (
            following == "level"
            and joint == "item"
            and self._is_level(atom)
            and not self._find(atom)
        ):
            self.heading, self.last = atom, None  # "fluent: English, French"
            return
        if self.heading and joint == "level":
            joint = "item"
        is_free_word = last is not None and not last.has_level and self._level_word(atom)
        if last is not None and (is_free_word or joint in ("bracket", "level")):
            self._add_level(last, atom)
        elif self._begin(atom):
            return
        elif last is not None and joint in ("dash", "after bracket"):
            self._add_level(last, atom)
        else:
            self._take_unknown(atom)

    def _take_unknown(self, atom: str) -> None:
        """An item that names no language: a level of the one before, or an unknown language."""
        if self.last is not None and self._is_level(atom):
            self._add_level(self.last, atom)
        elif len(parts := _AND.split(atom)) > 1 and any(self._find(part) for part in parts):
            for part in parts:
                self._take(part, "item", "end")
        elif self._begin_run(atom.split()):
            return
        elif codes := self.terms.ambiguous(atom, "language"):
            self.ambiguous[atom] = codes
            self.last = _Entry("")
        else:
            self.unknown.append(atom)
            self.last = _Entry("")  # what follows tells the level of the unknown one

    def _begin(self, atom: str) -> bool:
        """Begin an entry if the atom is a language, alone or with a level before or after it."""
        if code := self._find(atom):
            self._open(code)
            return True
        words = atom.split()
        for size in range(1, len(words)):
            if self._begin_with(" ".join(words[:-size]), " ".join(words[-size:])):
                return True
            if self._begin_with(" ".join(words[size:]), " ".join(words[:size])):
                return True
        return False

    def _begin_with(self, language: str, level: str) -> bool:
        level = re.sub(r"(?:\s+(?:in|en|d|de|di|of|em|في))$|['’]$", "", level, flags=re.IGNORECASE)
        for prefix in ("d'", "d’", "l'", "l’"):
            language = language.removeprefix(prefix)
        code = self._find(language) if self._is_level(level) else None
        if code is None:
            return False
        self._add_level(self._open(code), level)
        return True

    def _begin_run(self, words: list[str]) -> bool:
        """Read "English C1 French B2": languages and levels in turn, with nothing between them."""
        pieces: list[tuple[str, str]] = []
        while words:
            for size in range(min(4, len(words)), 0, -1):
                text = " ".join(words[:size])
                kind = "language" if self._find(text) else "level" if self._is_level(text) else ""
                if kind:
                    pieces.append((kind, text))
                    words = words[size:]
                    break
            else:
                return False
        if len(pieces) < 3 or pieces[0][0] != "language":
            return False
        for kind, text in pieces:
            if kind == "language":
                self._open(str(self._find(text)))
            elif self.last is not None:
                self._add_level(self.last, text)
        return True

    def _open(self, code: str) -> _Entry:
        self.last = _Entry(code)
        self.entries.append(self.last)
        if self.heading:
            self._add_level(self.last, self.heading)
        return self.last

    def _find(self, text: str) -> str | None:
        if len(text.strip()) < 2:
            return None
        return find_code(self.terms, "language", text)

    def _is_level(self, text: str) -> bool:
        level, is_invalid = read_level(self.terms, text)
        return level is not None or is_invalid or bool(self._level_word(text))

    def _level_word(self, text: str) -> bool:
        if _MARK.fullmatch(text):
            return True
        code = find_code(self.terms, "level_word", text)
        return code is not None or bool(list_ambiguous(self.terms, "level_word", text))

    def _add_level(self, entry: _Entry, text: str) -> None:
        level, is_invalid = read_level(self.terms, text)
        if pair := TWO_LEVELS.fullmatch(fold(text).strip()):
            entry.levels += [pair[1].upper(), pair[2].upper()]
        elif level is not None:
            entry.levels.append(level)
        elif is_invalid:
            entry.is_invalid = True
        elif entry.word is None and not entry.levels:
            entry.word = text
        elif entry.word is not None and text != entry.word:
            entry.word = f"{entry.word}, {text}"


def read_languages(
    terms: Terms, text: str, column: str, *, level: str | None = None
) -> ReadLanguages:
    """Read a cell of languages. `level` is what the header says of all of them ("native").

    Spellings: "EN (fluent), FR (working)", "isl:native", "Français C1", "italiano - madrelingua",
    "العربية (اللغة الأم) - الإنجليزية (متقدم)".
    """
    reader = _Reader(terms)
    reader.read(text)
    read = ReadLanguages()
    merged, conflicts = _merge(reader.entries, level)
    read.languages = [_write(entry) for entry in merged]
    read.unmapped = [*reader.unknown, *reader.ambiguous]
    for word in reader.unknown:
        read.problems.append(make_problem("LANG_UNKNOWN", "languages", column=column, found=word))
    for word, codes in reader.ambiguous.items():
        note = " or ".join(codes)
        read.problems.append(
            make_problem("LANG_AMBIGUOUS", "languages", column=column, found=word, note=note)
        )
    _report_levels(read, merged, conflicts, column, text)
    return read


def _merge(entries: list[_Entry], level: str | None) -> tuple[list[_Entry], list[str]]:
    """One entry a language; two levels of one scale are a conflict, and the lower one is kept."""
    merged: dict[str, _Entry] = {}
    for entry in entries:
        if level and not entry.levels and not entry.word:
            entry.levels.append(level)
        kept = merged.setdefault(entry.code, entry)
        if kept is not entry:
            kept.levels += entry.levels
            kept.word = kept.word or entry.word
    conflicts = [entry.code for entry in merged.values() if len(set(entry.levels)) > 1]
    return list(merged.values()), conflicts


def _rank(level: str) -> int:
    return LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(level)


def _write(entry: _Entry) -> dict[str, str | None]:
    if entry.levels:
        return {"code": entry.code, "level": min(entry.levels, key=_rank)}
    if entry.word:
        return {"code": entry.code, "level": "unmapped", "word": entry.word}
    return {"code": entry.code, "level": None}


def _report_levels(
    read: ReadLanguages, entries: list[_Entry], conflicts: list[str], column: str, text: str
) -> None:
    def report(code: str, note: str) -> None:
        read.problems.append(
            make_problem(code, "languages", column=column, found=text, note=note or None)
        )

    invalid = [entry.code for entry in entries if entry.is_invalid]
    words = [str(one.get("word")) for one in read.languages if one["level"] == "unmapped"]
    missing = [str(one["code"]) for one in read.languages if one["level"] is None]
    for code, found in (
        ("LEVEL_INVALID", invalid),
        ("LEVEL_CONFLICT", conflicts),
        ("LEVEL_UNMAPPED", words),
        ("LEVEL_MISSING", missing),
    ):
        if found:
            report(code, ", ".join(found))


def is_language_name(terms: Terms, text: str) -> str | None:
    """Return the language that a header names ("English"), for lists with a column a language."""
    match = terms.find(text, "language") if len(normalise(text)) > 3 else None
    return match.code if match else None
