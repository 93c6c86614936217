"""What single cells mean, in the spellings that lists use."""

from datetime import date

import pytest

from roster.spreadsheets.availability import AvailabilityCells, read_availability
from roster.spreadsheets.checks import is_formula_text
from roster.spreadsheets.contacts import read_email, read_phone
from roster.spreadsheets.dates import find_order, read_date
from roster.spreadsheets.encodings import guess_one_byte_encoding, repair_mojibake
from roster.spreadsheets.languages import read_languages
from roster.spreadsheets.names import clean_text, has_lost_characters, split_scripts, split_title
from roster.spreadsheets.remarks import judge_remark
from roster.spreadsheets.terms_in_cells import read_countries
from roster.spreadsheets.tracks import read_tracks
from roster.vocabulary import load_vocabulary

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EN (fluent), FR (C1), Kiswahili", "eng unmapped fluent|fra C1|swa -"),
        ("isl:native;dan:B1", "isl native|dan B1"),
        ("Français C1", "fra C1"),
        ("English C1 French B2", "eng C1|fra B2"),
        ("native: Arabic; fluent: English, French", "ara native|eng unmapped fluent|fra unmapped fluent"),
        ("العربية (لغة أم) - الإنجليزية", "ara native|eng -"),
        ("العربية والفرنسية", "ara -|fra -"),
        ("francês - bom", "fra unmapped bom"),
        ("français - lu et parlé; anglais (UN level III)", "fra unmapped lu et parlé|eng UN-III"),
        ("Bom nível de inglês", "eng unmapped Bom nível"),
        ("Portuguese (Brazil)", "por -"),
        ("English 4/5", "eng unmapped 4/5"),
        ("English, English (C1)", "eng C1"),
        ("English (B2/C1)", "eng B2 LEVEL_CONFLICT"),
        ("Russian C3", "rus - LEVEL_INVALID"),
        ("Klingonese (fluent), French", "fra - LANG_UNKNOWN"),
    ],
)  # fmt: skip
def test_languages_keep_levels_as_written_and_never_make_one_of_a_word(
    text: str, expected: str
) -> None:
    read = read_languages(load_vocabulary(), text, "A")
    entries = [
        " ".join(str(part) for part in (one["code"], one["level"] or "-", one.get("word")) if part)
        for one in read.languages
    ]
    usual = {"LEVEL_MISSING", "LEVEL_UNMAPPED"}
    notable = [problem.code for problem in read.problems if problem.code not in usual]
    assert " ".join(["|".join(entries), *notable]) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("I, II and III", ["I", "II", "III"]), ("1,5", ["I.5"]), ("1,5 / 2", ["I.5", "II"]),
        ("1, 2", ["I", "II"]), (1.5, ["I.5"]), (2.0, ["II"]), ("T2/T3", ["II", "III"]),
        ("Track One and a Half; Track Two", ["I.5", "II"]), ("voies II et III", ["II", "III"]),
        ("uno y medio", ["I.5"]), ("livello 2 e 3", ["II", "III"]), ("I.V", ["I.5"]),
        ("المسار الأول ونصف", ["I.5"]), ("الثاني والثالث", ["II", "III"]), ("١٫٥", ["I.5"]),
        ("track 3 (grassroots)", ["III"]),
    ],
)  # fmt: skip
def test_tracks_in_figures_and_words(cell: str | float, expected: list[str]) -> None:
    assert read_tracks(cell, "A") == (expected, [], [])


@pytest.mark.parametrize("cell", [date(2026, 2, 1), "01-Feb", "févr-01", "2026-02-01"])
def test_a_track_that_became_a_date_is_asked_for(cell: str | date) -> None:
    codes, _, problems = read_tracks(cell, "A")
    assert (codes, [problem.code for problem in problems]) == ([], ["TRACK_IS_DATE"])


@pytest.mark.parametrize(
    ("cell", "order", "value", "code"),
    [
        ("31/12/2020", "unknown", "2020-12-31", None),
        ("12/31/2020", "unknown", "2020-12-31", None),
        ("03/04/2020", "day first", "2020-04-03", None),
        ("03/04/2020", "month first", "2020-03-04", None),
        ("03/04/2020", "unknown", "2020", "DATE_AMBIGUOUS"),
        ("04/04/2020", "unknown", "2020-04-04", None),
        ("31/02/2021", "day first", None, "DATE_IMPOSSIBLE"),
        ("5 juillet 2024", "unknown", "2024-07-05", None),
        ("March 5, 2024", "unknown", "2024-03-05", None),
        ("11 de novembro de 2024", "unknown", "2024-11-11", None),
        ("21 تشرين الأول 2020", "unknown", "2020-10-21", None),
        ("5 جويلية 2020", "unknown", "2020-07-05", None),
        ("٢٠٢٢/١١/١٩", "unknown", "2022-11-19", None),
        ("ottobre 2019", "unknown", "2019-10", "DATE_PARTIAL"),
        ("05/2019", "unknown", "2019-05", "DATE_PARTIAL"),
        (2023.0, "unknown", "2023", "DATE_PARTIAL"),
        (43605.0, "unknown", "2019-05-20", "DATE_SERIAL"),
        ("some day", "unknown", None, "DATE_UNREADABLE"),
    ],
)
def test_dates(cell: str | float, order: str, value: str | None, code: str | None) -> None:
    read = read_date(cell, order)
    assert (read.value, read.code) == (value, code)


def test_one_unmistakable_date_tells_the_order_of_its_column() -> None:
    assert find_order(["03/04/2020", "25/04/2020"]) == "day first"
    assert find_order(["03/04/2020", "04/25/2020"]) == "month first"
    assert find_order(["25/04/2020", "04/25/2020"]) == "mixed"
    assert find_order(["03/04/2020"]) == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "unknown available - - - AVAIL_UNDATED"),
        ("Available 01/02/2027 - 30/04/2027", "available available 2027-02-01 2027-04-30 -"),
        ("disponible du 1er mars au 30 juin 2027", "available available 2027-03-01 2027-06-30 -"),
        ("من يناير إلى مارس 2027", "available available 2027-01 2027-03 -"),
        ("on mission until 30/06/2026", "unknown on_assignment - 2026-06-30 - AVAIL_PAST"),
        ("en missão até 31/01/2027", "available available - 2027-01-31 -"),
        ("em missão até 31/01/2027", "on_assignment on_assignment - 2027-01-31 -"),
        ("sì (preavviso 7 giorni)", "unknown available - - 7d AVAIL_UNDATED"),
        ("with one month's notice", "unknown available - - 30d AVAIL_UNDATED"),
        ("خلال أسبوع", "unknown available - - 7d AVAIL_UNDATED"),
        ("not before March 2027", "available available 2027-03 - -"),
        ("no longer available", "unknown unavailable - - - AVAIL_UNDATED"),
        ("No (leave until May 2027)", "unavailable unavailable - 2027-05 -"),
        ("after Ramadan", "unknown available - - - AVAIL_NO_YEAR"),
        ("à partir de septembre", "unknown available - - - AVAIL_NO_YEAR"),
        ("remote only", "unknown partly - - - AVAIL_UNDATED"),
        ("tbc", "unknown - - - - AVAIL_UNCLEAR"),
        ("unknown", "unknown - - - -"),
        ("", "unknown - - - -"),
    ],
)
def test_availability_without_a_date_is_never_a_status(text: str, expected: str) -> None:
    read = read_availability(
        load_vocabulary(),
        AvailabilityCells(text=text),
        order="day first",
        reference_day=DAY,
        column="A",
    )
    told = [read.values[key] or "-" for key in ("status", "stated", "from", "to", "notice")]
    assert " ".join([*told, *(problem.code for problem in read.problems)]) == expected


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("Prof. Dr. Anna Ek", "Prof. Dr.", "Anna Ek"),
        ("H.E. Ms Joy Ike", "H.E. Ms", "Joy Ike"),
        ("Dott.ssa Magalhães, Beatriz", "Dott.ssa", "Magalhães, Beatriz"),
        ("أ.د. سلمى الخطيب", "أ.د.", "سلمى الخطيب"),
        ("O'Neil, Mary, PhD", None, "O'Neil, Mary"),
        ("Da Silva Maria", None, "Da Silva Maria"),
        ("Dr", None, "Dr"),
        ("X", None, "X"),
    ],
)
def test_a_title_is_split_from_the_name_and_is_never_all_of_it(
    text: str, title: str | None, name: str
) -> None:
    assert split_title(text) == (title, name)


def test_two_scripts_in_one_cell_are_two_names() -> None:
    assert split_scripts("Muna Odeh / منى عودة") == ("Muna Odeh", "منى عودة")
    assert split_scripts("منى عودة (Muna Odeh)") == ("Muna Odeh", "منى عودة")
    assert split_scripts("Иванова Анна") == ("Иванова Анна", None)


def test_direction_controls_go_and_joiners_inside_persian_words_stay() -> None:
    assert clean_text("\u202eشيماء\u202c سالم").text == "شيماء سالم"
    assert clean_text("\u202eشيماء\u202c سالم").codes == ("BIDI_CONTROL",)
    assert clean_text("می\u200cخواهم") == clean_text("می\u200cخواهم")
    assert "\u200c" in clean_text("می\u200cخواهم").text
    assert clean_text("می\u200cخواهم").codes == ()
    assert clean_text("Ann\u200c Lee\u00a0").text == "Ann Lee"
    assert clean_text("Ann\u200c Lee\u00a0").codes == ("INVISIBLE_CHARS",)


def test_lost_letters_are_seen_and_questions_are_not_names() -> None:
    assert has_lost_characters("Ay?egül Y?ld?z")
    assert has_lost_characters("Ay\ufffdegül")
    assert not has_lost_characters("Anna Ek ?")


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("CÃ´te dâ€™Ivoire", "Côte d’Ivoire"),
        ("Ù\x81Ø§Ø·Ù…Ø©", "فاطمة"),
        ("C√¥te d‚ÄôIvoire", "Côte d’Ivoire"),
        ("ãäì ÚæÏÉ", "منى عودة"),
        ("Côte d’Ivoire", None),
        ("Þórdís Ñuñez Ângela", None),
        ("فاطمة", None),
    ],
)
def test_wrong_decoding_is_undone_only_where_it_is_certain(text: str, repaired: str | None) -> None:
    assert repair_mojibake(text) == repaired


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Pays\nHélène Lefèvre;Sénégal\nZoë;Côte d’Ivoire", "cp1252"),
        ("Nom;Pays\nHélène Lefèvre;Sénégal\nZoë;Côte d’Ivoire", "mac_roman"),
        ("الاسم;البلد\nسلمى الخطيب;سوريا", "cp1256"),
        ("Þórdís;Ísland\nGuðrún;Danmörk", "cp1252"),
        ("Имя;Страна\nАнна Иванова;Россия", "cp1251"),
    ],
)
def test_one_byte_encodings_are_told_apart_on_short_texts(text: str, encoding: str) -> None:
    assert guess_one_byte_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "＝1+1",
        "\t=1+1",
        "-A1*2",
        '=HYPERLINK("x")',
    ],
)
def test_text_that_a_spreadsheet_would_run_is_a_formula(text: str) -> None:
    assert is_formula_text(text)


@pytest.mark.parametrize(
    "text", ["+000 12 34 56", "-5", "- a point", "-", "@handle", "1+1", "(+000) 1", "-1,5", ""]
)
def test_numbers_phones_and_list_marks_are_no_formulas(text: str) -> None:
    assert not is_formula_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "† décédée le 12/08/2025",
        "passed away in May",
        "متوفاة",
        "falleció en 2025",
        "já falecida",
        "deceduta",
    ],
)
def test_a_remark_of_death_is_seen_in_six_languages(text: str) -> None:
    problem = judge_remark(text, "notes", "A")
    assert problem is not None
    assert problem.code == "STATUS_DECEASED"


@pytest.mark.parametrize(
    "text",
    [
        "asked to be removed from the list", "a demandé à être retirée de la liste",
        "طلبت حذف اسمها من القائمة", "pidió ser retirada de la lista",
        "pediu para ser removida", "ha chiesto di essere cancellata",
    ],
)  # fmt: skip
def test_a_remark_of_withdrawal_is_seen_in_six_languages(text: str) -> None:
    problem = judge_remark(text, "notes", "A")
    assert problem is not None
    assert problem.code == "STATUS_WITHDRAWN"


@pytest.mark.parametrize(
    "text", ["her father died in 2019", "CV received", "to call back in January", "à relancer"]
)
def test_other_remarks_decide_nothing(text: str) -> None:
    assert judge_remark(text, "notes", "A") is None


def test_countries_by_name_code_and_adjective_and_ambiguous_ones_by_asking() -> None:
    terms = load_vocabulary()
    assert read_countries(terms, "Congo, Dem. Rep.", "worked_in", "A").codes == ["COD"]
    assert read_countries(terms, "Trinidad and Tobago", "worked_in", "A").codes == ["TTO"]
    assert read_countries(terms, "Kenyan/British", "nationalities", "A").codes == ["KEN", "GBR"]
    ambiguous = read_countries(terms, "Congo", "nationalities", "A")
    assert (ambiguous.codes, ambiguous.unmapped) == ([], ["Congo"])
    assert [(p.code, p.note) for p in ambiguous.problems] == [("COUNTRY_AMBIGUOUS", "COD or COG")]


def test_contacts_are_taken_as_written_and_never_mended() -> None:
    assert read_email("a@example.org / b@example.org", "A")[0] == "a@example.org"
    assert [p.code for p in read_email("a(at)example.org", "A")[1]] == ["EMAIL_INVALID"]
    assert read_phone("(+000) 7428-2629", "A") == ("+00074282629", [])
    assert read_phone("00000 41 19 78 34", "A") == ("+00041197834", [])
    assert [p.code for p in read_phone("6.41938E+10", "A")[1]] == ["PHONE_INVALID"]
