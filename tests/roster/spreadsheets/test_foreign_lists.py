"""Lists as offices keep them in Spanish, Portuguese and Arabic."""

from datetime import date
from typing import Any

import pytest

from roster.spreadsheets import ReadResult, read_spreadsheet
from tests.roster.spreadsheets.written_lists import write_ods, write_text, write_xls, write_xlsx

DAY = date(2026, 12, 1)


def read(content: bytes, **more: Any) -> ReadResult:
    return read_spreadsheet(content, file_name="list", network="wmc", reference_day=DAY, **more)


def codes(result: ReadResult) -> list[list[str]]:
    return [sorted(problem.code for problem in row.problems) for row in result.rows]


def pick(result: ReadResult, *names: str) -> list[list[Any]]:
    return [[row.values.get(name) for name in names] for row in result.rows]


def levels(result: ReadResult) -> list[list[tuple[str, str | None]]]:
    return [[(x["code"], x["level"]) for x in row.values["languages"]] for row in result.rows]


def test_spanish_list_with_semicolons_in_windows_1252() -> None:
    rows = [
        ["Red de Mediadoras 2026"],
        ["Nº", "Apellidos", "Nombre", "País", "Fecha de nacimiento", "Idiomas", "Vía", "Temas",
         "Función", "Correo electrónico", "Teléfono", "Fecha de ingreso", "Disponibilidad", "Observaciones"],
        ["1", "Ñíguez Ordóñez", "Begoña", "España", "03/04/1971",
         "español (nativo), inglés C1, francés (básico)", "1,5", "alto el fuego; justicia transicional",
         "mediadora principal", "begona@example.org", "+000 11 22 33 44", "14/05/2020", "sí", "falleció en 2025"],
        ["2", "Quispe Mamani", "Rosa", "Bolivia", "1980", "quechua: lengua materna; castellano: fluido",
         "2 y 3", "género; pueblos indígenas", "facilitadora", "rosa@example.org", "+000 555 666",
         "mayo de 2021", "desde marzo de 2027", "pidió ser retirada de la lista"],
    ]  # fmt: skip
    result = read(write_text(rows, ";", "cp1252"))
    assert (result.encoding, result.delimiter, result.header_rows) == ("cp1252", ";", (2,))
    assert pick(result, "name", "birth_year", "nationalities", "member_since", "tracks") == [
        ["Begoña Ñíguez Ordóñez", 1971, ["ESP"], "2020-05-14", ["I.5"]],
        ["Rosa Quispe Mamani", 1980, ["BOL"], "2021-05", ["II", "III"]],
    ]
    assert levels(result) == [
        [("spa", "native"), ("eng", "C1"), ("fra", "unmapped")],
        [("que", "native"), ("spa", "unmapped")],
    ]
    assert pick(result, "themes", "roles") == [
        [["ceasefire", "transitional_justice"], ["lead_mediator"]],
        [["gender_inclusion", "indigenous_minority"], ["facilitator"]],
    ]
    assert result.rows[1].values["availability"]["from"] == "2027-03"
    assert [row.verdict for row in result.rows] == ["reject", "reject"]
    assert "STATUS_DECEASED" in codes(result)[0]
    assert "STATUS_WITHDRAWN" in codes(result)[1]


PORTUGUESE = [
    ["Nome completo", "Data de nascimento", "Nacionalidade", "País de residência", "Línguas", "Via",
     "Áreas temáticas", "E-mail", "Telemóvel", "Membro desde", "Disponibilidade", "Notas"],
    ["Dra. Inês Gonçalves", "23/11/1975", "portuguesa", "Brasil", "português (nativa), inglês (C1)",
     "I e II", "cessar-fogo, direitos humanos", "ines@example.org", "+000912345678", "2018-03",
     "sim, aviso de 7 dias", ""],
    ["Cármen Sá", "1968", "moçambicana", "Moçambique", "português - fluente; inglês - bom", "2",
     "juventude", "carmen@example", "912", "05/2019", "não", ""],
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (write_ods(PORTUGUESE), "ods"),
        (write_xls({"Lista": PORTUGUESE}), "xls"),
        (write_xlsx({"Lista": PORTUGUESE}), "xlsx"),
        (write_text(PORTUGUESE, "\t", "utf-16"), "csv"),
        (write_text(PORTUGUESE, "\t", "utf-16-le"), "csv"),
        (write_text(PORTUGUESE, "|", "utf-8-sig"), "csv"),
        (write_text(PORTUGUESE, ",", "cp1252"), "csv"),
        (b"sep=;\r\n" + write_text(PORTUGUESE, ";", "cp1252"), "csv"),
    ],
    ids=["ods", "xls", "xlsx", "utf-16", "utf-16 without mark", "bars", "commas", "sep line"],
)
def test_one_portuguese_list_reads_alike_in_every_format(content: bytes, form: str) -> None:
    result = read(content)
    assert result.format == form
    assert pick(result, "name", "title", "birth_year", "nationalities", "residence") == [
        ["Inês Gonçalves", "Dra.", 1975, ["PRT"], "BRA"],
        ["Cármen Sá", None, 1968, ["MOZ"], "MOZ"],
    ]
    assert pick(result, "email", "phone", "member_since", "tracks") == [
        ["ines@example.org", "+000912345678", "2018-03", ["I", "II"]],
        [None, None, "2019-05", ["II"]],
    ]
    assert result.rows[0].values["availability"]["notice"] == "7d"
    assert [row.verdict for row in result.rows] == ["ok", "review"]
    assert {"EMAIL_INVALID", "PHONE_INVALID"} <= set(codes(result)[1])


def test_arabic_list_in_windows_1256() -> None:
    rows = [
        ["الرقم", "الاسم الكامل", "الجنسية", "تاريخ الميلاد", "بلد الإقامة", "اللغات", "المسار", "التخصص",
         "البريد الإلكتروني", "رقم الجوال", "تاريخ الانضمام", "التوفر", "ملاحظات"],
        ["1", "د. سلمى الخطيب", "سورية", "1970/05/04", "تركيا", "العربية (لغة أم)، التركية (جيد جدا)",
         "الثاني", "المصالحة، العدالة الانتقالية", "salma@example.org", "0009995551234", "15 آذار 2021",
         "متاحة من 1 مارس 2027", ""],
        ["2", "هناء يوسف", "عراقية", "1981", "العراق", "العربية, الكردية", "المسار الأول ونصف",
         "نزع السلاح", "hana@example.org", "", "2020", "نعم", "طلبت حذف اسمها من القائمة"],
    ]  # fmt: skip
    result = read(write_text(rows, ",", "cp1256"))
    assert result.encoding == "cp1256"
    assert pick(result, "name", "name_original", "title", "birth_year", "tracks") == [
        [None, "سلمى الخطيب", "د.", 1970, ["II"]],
        [None, "هناء يوسف", None, 1981, ["I.5"]],
    ]
    assert pick(result, "nationalities", "residence", "member_since") == [
        [["SYR"], "TUR", "2021-03-15"],
        [["IRQ"], "IRQ", "2020"],
    ]
    assert result.rows[0].values["availability"]["from"] == "2027-03-01"
    assert [row.verdict for row in result.rows] == ["ok", "reject"]
