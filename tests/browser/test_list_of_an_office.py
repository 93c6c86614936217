"""A coordinator takes a list in for good, in French: meanings, differences, corrections, and back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from roster import clock
from roster.db import Database
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.offices import Office, find_leaks, list_readable, open_office, take_file
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_mediator
from tests.roster.services.lists import ANNA, BRITA, HEADERS, SPOILT, Woman, write_list

FLUENT: Woman = {**BRITA, "Languages": "Norwegian courant", "Parcours divers": "Observatrice"}
MOVED: Woman = {**ANNA, "Phone": "+000 999 0000"}
COLUMNS = (*HEADERS, "Parcours divers")


def hand_in(her: Visitor, folder: Path, name: str, content: bytes) -> None:
    """Choose the file and have it read."""
    path = folder / name
    path.write_bytes(content)
    her.open("/imports")
    her.field("File").set_input_files(path)
    her.press("Read the file")


def take_in(her: Visitor) -> None:
    her.click(her.page.locator("form[action$='/confirm'] button"))
    assert her.page.get_by_role("status").count() == 1


def list_names(her: Visitor) -> list[str]:
    """Everybody on her list, as its page names them."""
    her.open("/people")
    return sorted(her.page.locator("main ul.rows > li strong").all_inner_texts())


def open_person(her: Visitor, name: str) -> str:
    """The page of a woman on her list; its address."""
    her.open("/people")
    her.follow("Open", about=name)
    return her.path


def test_a_list_is_decided_on_corrected_and_taken_back_and_one_woman_followed(
    visit: OpenVisitor, server: LiveServer, database: Database, tmp_path: Path
) -> None:
    with database.writing() as session:
        add_mediator(session, network="nwm", name="Anna Lindqvist")
        session.commit()
    office = open_office(visit, database, "mwmn", "fr")
    her = office.her
    hand_in(her, tmp_path, "first.csv", write_list([ANNA]))
    take_in(her)
    hand_in(her, tmp_path, "second.csv", write_list([MOVED, FLUENT, SPOILT], COLUMNS))
    decide(her)
    look_at_differences(her)
    take_in(her)
    taken = her.path
    assert list_names(her) == ["Anna Lindqvist", "Brita Hovland"]
    her.open(taken)
    correct_and_take_back(her, tmp_path)
    change_her(her)
    accredit_until_it_lapses(office)
    add_by_hand(her)
    assert her.complaints == []
    assert find_leaks(office, list_readable(database, "mwmn")) == {}
    examine(server, her.context.browser)


def decide(her: Visitor) -> None:
    """What one word and one heading mean; decided once, it is kept."""
    her.follow("Say what words and columns mean")
    word = her.page.get_by_role("group", name="courant")
    word.get_by_label(her.say("Means")).select_option("C1")
    heading = her.page.get_by_role("group", name="Parcours divers")
    heading.get_by_label(her.say("Read as")).select_option("notes")
    her.press("Keep and read again")
    assert her.page.get_by_role("status").count() == 1
    shown = her.path
    her.open("/imports/meanings")
    assert her.page.get_by_role("button", name="courant").count() == 1
    her.open(shown)


def look_at_differences(her: Visitor) -> None:
    """The one woman who is on the list: her new telephone beside the old one, and nothing else."""
    shown = her.path
    her.follow("What changes, row by row")
    rows = her.page.locator("main tbody tr").all()
    [cells] = [row.locator("th, td").all_inner_texts() for row in rows]
    assert cells[:3] == [her.say("Telephone"), "+0001112233", "+0009990000"]
    her.open(shown)


def correct_and_take_back(her: Visitor, folder: Path) -> None:
    """The rows that were wrong come back corrected; then that file is undone, and only that."""
    wrong = take_file(her, "Rows to correct, as a file (CSV)", folder).read_bytes().decode()
    assert ("Zzyzxland" in wrong, "Brita" in wrong) == (True, False)
    hand_in(her, folder, "corrected.csv", wrong.replace("Zzyzxland", "Sweden").encode())
    take_in(her)
    shown = her.path
    assert "Carin Malm" in list_names(her)
    her.open(shown)
    her.press("Take this file back")
    assert her.shows("This file was taken back.")
    assert list_names(her) == ["Anna Lindqvist", "Brita Hovland"]


def change_her(her: Visitor) -> None:
    """What she writes by hand stands before what the file said, with who, when and from where."""
    profile = open_person(her, "Brita Hovland")
    her.follow("Change this record")
    her.fill("Country of residence", "Danemark")
    her.press("Save")
    her.follow("Change this record")
    her.fill("Country of residence", "Suède")
    her.press("Save")
    assert her.path == profile
    her.follow("How this came to be")
    said = her.page.locator("main li p").all_inner_texts()
    assert [one for one in said if one in ("Danemark", "Suède")] == ["Suède", "Danemark"]
    assert "second.csv" in her.main


def accredit_until_it_lapses(office: Office) -> None:
    """One step with its end; on that day Monday says so, with the way to renew it."""
    her = office.her
    today = clock.now().date()
    profile = open_person(her, "Brita Hovland")
    her.open(f"{profile}/accreditation")
    her.choose("New state", "accredited")
    her.fill("On", today.isoformat())
    her.fill("Lapses on", (today + timedelta(days=3)).isoformat())
    her.press("Take this step")
    with clock.shifted(timedelta(days=4)):
        office.enter()
        her.open("/monday")
        her.follow("Renew", about="Brita Hovland")
        assert her.shows(
            "Her accreditation has lapsed: it counts no more, whatever its state says."
        )
    office.enter()


def add_by_hand(her: Visitor) -> None:
    """A name that looks like one on the list is asked about; then she is on it."""
    her.open("/people/new")
    her.fill("Name", "Brita Hovland")
    her.press("Add her")
    assert her.shows("Somebody on your list looks like her.")
    her.fill("Name", "فاطمة الزهراء")
    her.press("Add her")
    assert "فاطمة الزهراء" in her.heading
