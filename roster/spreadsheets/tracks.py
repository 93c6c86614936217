"""Tracks of mediation: I, I.5, II, III in figures, Roman figures and words of six languages."""

import re
from datetime import date, datetime

from roster.spreadsheets.dates import fold
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.sheets import Cell, write_cell

ORDER = ("I", "I.5", "II", "III")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_HALF = re.compile(
    r"(?<![^\W_])(?:(?:1|i)\s*[.,]\s*5(?!\d)|(?:1|i)\s*½|1\s+1/2|1/2\s+1|i\s*[.,]\s*v(?![^\W_])"
    r"|(?:1|i|one)[\s-]+and[\s-]+a[\s-]+half|one\s+point\s+five|(?:une?|1|i)\s+et\s+demie?"
    r"|(?:un[oa]?|1|i)\s+e\s+mezz[oa]|(?:un[oa]?|1|i)\s+y\s+medi[oa]|(?:um|1|i)\s+e\s+mei[oa]"
    r"|(?:primer[oa]|prim[oa]|primeir[oa]|premiere?)\s+(?:et|e|y)\s+(?:demie?|mezz[oa]|medi[oa]|mei[oa])"
    r"|(?:1|(?:ال)?اول|واحد)\s*و\s*(?:ال)?نصف)"
)
_WORDS = {
    "I": "i 1 one first un une premier premiere uno una primer primera primero primo prima um uma "
    "primeiro primeira اول واحد اولي",
    "II": "ii 2 two second seconde deux deuxieme dos segunda segundo due secondo seconda dois duas "
    "ثاني ثانيه اثنين اثنان",
    "III": "iii 3 three third trois troisieme tres tercera tercer tercero tre terzo terza terceira "
    "terceiro ثالث ثالثه ثلاثه",
}
_CODES = {word: code for code, words in _WORDS.items() for word in words.split()}
_FILLER = frozenset(
    [
        "track",
        "tracks",
        "tr",
        "t",
        "voie",
        "voies",
        "piste",
        "pistes",
        "pista",
        "pistas",
        "via",
        "vias",
        "livello",
        "livelli",
        "nivel",
        "niveis",
        "niveles",
        "niveau",
        "niveaux",
        "level",
        "levels",
        "lvl",
        "diplomacy",
        "diplomatie",
        "and",
        "et",
        "und",
        "y",
        "e",
        "ed",
        "or",
        "ou",
        "plus",
        "both",
        "canale",
        "binario",
        "filiere",
        "tier",
        "mediation",
        "official",
        "semi",
        "unofficial",
        "grassroots",
        "مسار",
        "مسارات",
        "مسارين",
        "مستوي",
        "و",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "eme",
        "ere",
        "ieme",
    ]
)
_TOKENS = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)")  # "T2"
_PAIR = re.compile(r"(?<!\d)([123]),([123])(?!\d)")  # there is no track 1,2: a list without a space
_WRITTEN_DATE = re.compile(
    r"\d{1,2}[-./ ][^\W\d_]{3,}\.?|[^\W\d_]{3,}[-./ ]\d{1,2}|\d{4}-\d\d-\d\d.*"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})"
)


def read_tracks(cell: Cell, column: str) -> tuple[list[str], list[str], list[Problem]]:
    """Return (tracks in the order I to III, unknown words, problems) of a cell.

    A cell that became a date is never taken for a track: the spreadsheet turned "1-2" into one.
    """
    text = write_cell(cell)
    codes, unknown = find_tracks(text)
    if isinstance(cell, date | datetime) or (
        unknown and _WRITTEN_DATE.fullmatch(fold(text).strip())
    ):
        return [], [], [make_problem("TRACK_IS_DATE", "tracks", column=column, found=text)]
    if unknown:
        problem = make_problem("TRACK_UNKNOWN", "tracks", column=column, found=text)
        return codes, unknown, [problem]
    return codes, [], []


def find_tracks(text: str) -> tuple[list[str], list[str]]:
    """Return (tracks, words not understood): "voies II et III" -> (["II", "III"], [])."""
    plain = _GLUED.sub(" ", _BRACKETS.sub(" ", fold(text)))
    plain = _PAIR.sub(r"\1 \2", plain)
    halved = _HALF.sub(" ", plain)
    found = {"I.5"} if halved != plain else set()
    unknown = []
    for token in _TOKENS.findall(halved):
        code = _read_token(token)
        if code is not None:
            found.add(code)
        elif token not in _FILLER and _drop_article(token) not in _FILLER:
            unknown.append(token)
    if not found and not unknown and plain.strip():
        unknown = [text]
    return [code for code in ORDER if code in found], unknown


def _read_token(token: str) -> str | None:
    if token.endswith((".0", ",0")):
        token = token[:-2]
    return _CODES.get(token) or _CODES.get(_drop_article(token))


def _drop_article(token: str) -> str:
    for prefix in ("وال", "ال", "و"):
        if token.startswith(prefix) and len(token) > len(prefix) + 2:
            return token[len(prefix) :]
    return token
