"""Problems of an imported list in words: what is wrong, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from roster.wording.messages import N_
from roster.wording.speech import Wording


@dataclass(frozen=True)
class Advice:
    """``what`` is wrong, and what to ``do``: two short sentences."""

    what: str
    do: str


ROW_PROBLEMS = {
    "BIDI_CONTROL": (
        N_("Hidden signs in the name change its direction."),
        N_("Check the name; the signs are taken out."),
    ),
    "BIRTH_YEAR_IMPLAUSIBLE": (
        N_("This cannot be the birth year of a member."),
        N_("Correct the year or leave it empty."),
    ),
    "COLUMNS_SHIFTED": (
        N_("The values stand in the wrong columns."),
        N_("Correct the row in your file and read it again."),
    ),
    "COUNTRY_AMBIGUOUS": (N_("The name fits two countries."), N_("Choose the one that is meant.")),
    "COUNTRY_UNKNOWN": (
        N_("Not a country that we know."),
        N_("Choose the country or leave it empty."),
    ),
    "DATE_IMPOSSIBLE": (N_("This day does not exist."), N_("Correct the date or leave it empty.")),
    "DUP_IN_FILE": (
        N_("The same woman seems to be in this list twice."),
        N_("Look at both rows and say whether they are one person."),
    ),
    "EMAIL_INVALID": (N_("Not an e-mail address."), N_("Correct it or leave it empty.")),
    "FORMULA_TEXT": (
        N_("A spreadsheet would run this as a formula."),
        N_("Write the value that is meant, or leave it empty."),
    ),
    "LANG_UNKNOWN": (
        N_("Not a language that we know."),
        N_("Choose the language or leave it out."),
    ),
    "LEVEL_INVALID": (
        N_("Looks like a level of a scale, but is not one."),
        N_("Choose the level or leave it empty."),
    ),
    "MOJIBAKE": (
        N_("The letters were damaged when the file was saved."),
        N_("Write the name again, or save the list anew from its source."),
    ),
    "NAME_EMPTY": (N_("There is no name in this row."), N_("Add the name or leave the row out.")),
    "NAME_LOST_CHARS": (
        N_("Letters of the name were replaced by question marks."),
        N_("Write the name again."),
    ),
    "NOT_A_PERSON": (
        N_("A total, a heading or a remark, not a person."),
        N_("The row is left out; nothing is to be done."),
    ),
    "STATUS_DECEASED": (
        N_("A remark says that she has died."),
        N_("The row is left out unless you say that this is wrong."),
    ),
    "TEXT_TOO_LONG": (
        N_("The text is far longer than the field."),
        N_("Shorten it or leave it empty."),
    ),
    "TRACK_IS_DATE": (
        N_("The spreadsheet turned the track into a date."),
        N_("Choose the tracks that are meant."),
    ),
    "WITHDRAWN_IN_NOTES": (
        N_("A note in the file says that she asked to be removed."),
        N_("Leave the row out, and remove her from your list."),
    ),
    "AVAIL_NO_YEAR": (
        N_("A month or season without a year."),
        N_("Add the year; until then it is no date."),
    ),
    "DATE_SERIAL": (
        N_("A day number of a spreadsheet instead of a date."),
        N_("Confirm the date that was read from it."),
    ),
    "EMAIL_MULTIPLE": (
        N_("More than one address in the cell."),
        N_("Confirm the first or choose another."),
    ),
    "EMAIL_SHARED": (
        N_("Two women give the same e-mail address."),
        N_("Make sure that both read it, or ask for another."),
    ),
    "INVISIBLE_CHARS": (
        N_("Invisible spaces in the name."),
        N_("Confirm the name; the spaces are taken out."),
    ),
    "PHONE_SHARED": (
        N_("Two women give the same phone number."),
        N_("Make sure that both may be called there, or ask for another."),
    ),
    "AVAIL_EXPIRED": (
        N_("Confirmed too long ago to count."),
        N_("Kept as unknown; ask her to renew it."),
    ),
    "AVAIL_PAST": (N_("The time stated is over."), N_("Kept as unknown; ask her to renew it.")),
    "AVAIL_UNCLEAR": (
        N_("Does not say whether she is available."),
        N_("Kept as unknown; ask her."),
    ),
    "AVAIL_UNDATED": (
        N_("Stated without any date."),
        N_("Kept as unknown until she says so herself."),
    ),
    "DATE_PARTIAL": (
        N_("A month or a year only."),
        N_("Kept as it is; add the day if you know it."),
    ),
    "LEVEL_MISSING": (N_("A language without a level."), N_("Kept; ask her for a level.")),
    "LEVEL_UNMAPPED": (
        N_("A word, not a level yet."),
        N_("Kept as said; choose a level once it is confirmed."),
    ),
    "DUP_SUSPECTED": (
        N_("She looks like somebody who is here already."),
        N_("Look at both, then say whether they are one person. Nobody is merged unasked."),
    ),
    "STATUS_WITHDRAWN": (
        N_("A remark says that she has left or asked to be removed."),
        N_("The row is left out unless you say that this is wrong."),
    ),
    "LANG_AMBIGUOUS": (
        N_("This may be the name of more than one language."),
        N_("Choose the language that is meant."),
    ),
    "LEVEL_CONFLICT": (
        N_("Two levels are given for one language."),
        N_("Choose the level that is right."),
    ),
    "LOST_CHARS": (
        N_("Letters of this text were lost when the file was saved."),
        N_("Write the text again, or save the list anew from its source."),
    ),
    "CONTROL_CHARS": (
        N_("Signs that cannot be seen stand in this text."),
        N_("Check the text; the signs are taken out."),
    ),
    "DATE_AMBIGUOUS": (
        N_("Day and month could be meant the other way round."),
        N_("Write the month as a word, or the date as 2026-11-23."),
    ),
    "DATE_UNREADABLE": (
        N_("This could not be read as a date."),
        N_("Write the date as 2026-11-23, or leave it empty."),
    ),
    "NUMBER_UNREADABLE": (
        N_("This could not be read as a number."),
        N_("Write the number in figures, or leave it empty."),
    ),
    "PHONE_INVALID": (
        N_("Not a telephone number."),
        N_("Correct it or leave it empty."),
    ),
    "PHONE_MULTIPLE": (
        N_("More than one number in the cell."),
        N_("The first is kept; choose another if needed."),
    ),
    "TRACK_UNKNOWN": (
        N_("Not a track that we know."),
        N_("Choose the tracks that are meant."),
    ),
    "NETWORK_UNKNOWN": (
        N_("Not a network that we know."),
        N_("Kept as text; nothing is to be done."),
    ),
    "REGION_FOR_COUNTRY": (
        N_("A part of the world, not a country."),
        N_("Kept as text; name the countries if you know them."),
    ),
    "ROLE_UNMAPPED": (
        N_("Fits none of the roles."),
        N_("Kept as text; choose a role or leave it out."),
    ),
    "THEME_UNMAPPED": (
        N_("Fits none of the themes."),
        N_("Kept as text; choose a theme or leave it out."),
    ),
}

FILE_PROBLEMS = {
    "too_large": (
        N_("The file is larger than 20 MB."),
        N_("Remove pictures and unused sheets, or divide the list."),
    ),
    "zip_bomb": (
        N_("Unpacked, the file would be far too large."),
        N_("Save the list anew from your spreadsheet program."),
    ),
    "far_cell": (
        N_("A cell far outside the list is filled."),
        N_("Clear the cells right of and below the list, then save it again."),
    ),
    "too_many_sheets": (
        N_("The file has too many sheets."),
        N_("Save the sheet with the list as a file of its own."),
    ),
    "too_many_rows": (
        N_("The list has too many rows."),
        N_("Divide it into several files."),
    ),
    "encrypted": (
        N_("The file is protected by a password."),
        N_("Save it without a password and read it again."),
    ),
    "macro": (
        N_("The file holds programs (macros)."),
        N_("Save it as a plain workbook (.xlsx) or as CSV."),
    ),
    "not_a_spreadsheet": (
        N_("This is not a spreadsheet."),
        N_("Choose an XLSX, XLS, ODS or CSV file."),
    ),
    "external_entities": (
        N_("The file refers to things outside itself."),
        N_("Save the list anew from your spreadsheet program."),
    ),
    "empty": (N_("The file is empty."), N_("Choose the file that holds the list.")),
    "no_table": (
        N_("No list of people was found in the file."),
        N_("Give the list a line of headings such as name, country, languages."),
    ),
    "too_many_columns": (
        N_("The list has too many columns."),
        N_("Save the columns that are needed as a file of their own."),
    ),
    "cell_too_long": (
        N_("A cell holds far too much text."),
        N_("Shorten it, then save the list again."),
    ),
    "unsafe_zip": (
        N_("The file is not packed as a spreadsheet program packs it."),
        N_("Save the list anew from your spreadsheet program."),
    ),
    "unknown_field": (
        N_("A column was given a meaning that we do not know."),
        N_("Choose one of the meanings offered."),
    ),
    "unreadable": (
        N_("The file cannot be read."),
        N_("Open it in your spreadsheet program, save it again and try once more."),
    ),
}

SEVERITIES = {
    "error": N_("to be decided"),
    "warning": N_("to be confirmed"),
    "info": N_("for your information"),
}
SEVERITY_SIGNS = {"error": "no", "warning": "due", "info": "unk"}


def word_problem(wording: Wording, code: str, values: Mapping[str, object] | None = None) -> Advice:
    """A problem of a row or a refusal of a file in words.

    ``values`` may hold ``found`` (the text as found), ``read_as`` (what was understood) and
    ``rows`` (numbers of the other rows meant); those given are said after what is wrong.
    """
    unknown = (
        N_("Something in this value is unclear."),
        N_("Look at it and correct it if needed."),
    )
    what, do = {**ROW_PROBLEMS, **FILE_PROBLEMS}.get(code, unknown)
    said = [wording.gettext(what), *_word_values(wording, values or {})]
    return Advice(" ".join(said), wording.gettext(do))


def word_severity(wording: Wording, severity: str) -> str:
    """error, warning or info as a coordinator reads it."""
    return wording.gettext(SEVERITIES.get(severity, SEVERITIES["error"]))


def _word_values(wording: Wording, values: Mapping[str, object]) -> list[str]:
    said = []
    if values.get("found"):
        found = wording.isolate(values["found"])
        said.append(wording.gettext("Found: “%(found)s”.", found=found))
    if values.get("read_as"):
        read_as = wording.isolate(values["read_as"])
        said.append(wording.gettext("Read as: %(read_as)s.", read_as=read_as))
    rows = values.get("rows")
    if isinstance(rows, (list, tuple)) and rows:
        numbers = wording.list_and(str(row) for row in rows)
        said.append(wording.ngettext("Row %(rows)s.", "Rows %(rows)s.", len(rows), rows=numbers))
    return said
