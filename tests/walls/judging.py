"""Who may see what: the table of the trust design, and what each viewer is to each woman."""

from __future__ import annotations

from roster.visibility import Viewer
from tests.walls import applicants
from tests.walls.village import Village
from tests.walls.walk import Seen

OF_A_WOMAN = """
                                  self own other envoy administrator auditor public
displayname    display_name       R    R   -     -     -             -       -
originalname   original_name      R    R   -     -     -             -       -
title          title              R    R   -     -     -             -       -
othernames     other_names        R    R   -     -     -             -       -
email          email              R    R   -     -     -             -       -
phone          phone              R    R   -     -     -             -       -
safecontact    safe_contact       R    R   -     -     -             -       -
antenna        antenna            R    R   -     -     -             -       -
word           language           R    R   -     -     -             -       -
note           note               -    R   -     -     -             -       -
biography      biography          R    R   -     -     -             -       -
formernote     note               -    R   -     -     -             -       -
formerbiography biography         R    R   -     -     -             -       -
unmapped       unmapped           R    R   -     -     -             -       -
community      community          R    -   -     -     -             -       -
othernetwork   other_network      R    -   -     -     -             -       -
process        experience         R    r   -     -     -             -       -
mandatingbody  experience         R    r   -     -     -             -       -
contribution   experience         R    r   -     -     -             -       -
nationality    nationality        R    R   -     -     -             -       -
residence      residence          R    R   -     -     -             -       -
place          place              R    R   -     -     -             -       -
refused        availability       R    r   -     -     -             -       -
tie            interests          R    r   -     -     -             -       -
party          interests          R    r   -     -     -             -       -
"""
"""Field, its name in the one table, and what each viewer sees of it: exact words, not bands."""
VIEWERS = {
    "self": Viewer.SELF,
    "own": Viewer.OWN_COORDINATOR,
    "other": Viewer.OTHER_COORDINATOR,
    "envoy": Viewer.ENVOY_BEFORE,
    "administrator": Viewer.ADMINISTRATOR,
    "auditor": Viewer.AUDITOR,
    "public": Viewer.PUBLIC,
}
OF_A_FILE = dict.fromkeys(("filename", "heading", "cell", "rowname", "listname", "fileword"), "R")
"""What the coordinators of its network see of a file and its words, and nobody else."""
OF_A_REQUEST = {"request": "R", "post": "r", "processtitle": "R"}
"""What the envoy whose request it is sees of it and of its process, and nobody else."""
OF_A_REQUEST_ASKED = {"post": "r"}
"""What coordinators of the networks that a submitted request asks see of it, besides the envoy."""
OF_A_REQUESTER = {"office": "r"}
"""What they see of whose request it is."""
OF_AN_ACCOUNT = {"account": "R", "program": "R", "address": "r", "office": "r"}
"""What the person whose account it is sees of it, and nobody else."""
OF_THE_STAFF = {"account": "R", "address": "R"}
"""What the administrator sees of the accounts of the staff; of no mediator's."""
STRANGERS = {"ada": "public", "bea": "public", "cem": "public", "dia": "public"}
"""A woman is to all other women what the public is."""


def read_table() -> dict[str, dict[str, str]]:
    """The letters of the table: field -> viewer -> letter."""
    head, *lines = OF_A_WOMAN.strip("\n").splitlines()
    return {
        line.split()[0]: dict(zip(head.split(), line.split()[2:], strict=True)) for line in lines
    }


def word_viewer(village: Village, identity: str, number: int) -> str:
    """What this identity is to the woman whose record this is."""
    mediator, network = village.records[number]
    if village.women.get(identity) == mediator:
        return "self"
    if identity in ("coordinator", "other coordinator"):
        coordinated = "nwm" if identity == "coordinator" else "awmn"
        hers = village.networks[mediator] if network is None else {network}
        return "own" if coordinated in hers and number not in village.unshared else "other"
    kind = "envoy" if identity == "other envoy" else identity
    return STRANGERS.get(kind, kind)


def judge(village: Village, identity: str, seen: Seen) -> str:
    """The letter of the table for what this identity has seen."""
    field, number = seen
    if field in OF_A_FILE:
        state_and_network = next(k for k, (_, n) in village.imports.items() if n == number)
        mine = {"coordinator": "nwm", "other coordinator": "awmn"}.get(identity)
        return OF_A_FILE[field] if state_and_network.split()[1] == mine else "-"
    if field in applicants.FIELDS:
        return applicants.judge_application(village, identity, seen)
    if field in OF_A_REQUEST:
        owner = next(k for k, (_, n) in village.requests.items() if n == number)
        if "coordinator" in identity and owner.endswith("answered"):
            return OF_A_REQUEST_ASKED.get(field, "-")
        return OF_A_REQUEST[field] if owner.rpartition(" ")[0] == identity else "-"
    if identity == "administrator" and is_of_staff(village, number) and field in OF_THE_STAFF:
        return OF_THE_STAFF[field]
    if field in OF_AN_ACCOUNT and is_asked(village, identity, number):
        return OF_A_REQUESTER.get(field, "-")
    if field in OF_AN_ACCOUNT:
        return OF_AN_ACCOUNT[field] if village.accounts.get(identity) == number else "-"
    return read_table()[field][word_viewer(village, identity, number)]


def is_asked(village: Village, identity: str, number: int) -> bool:
    """Whether a coordinator looks at the account of a requester."""
    envoys = {village.accounts[name] for name in ("envoy", "other envoy")}
    return "coordinator" in identity and number in envoys


def is_of_staff(village: Village, number: int) -> bool:
    """Whether this is the number of an account that is no woman's."""
    return any(one == number and k not in village.women for k, one in village.accounts.items())


def list_to_be_seen(village: Village, identity: str) -> set[str]:
    """The fields that some page shows this identity of somebody."""
    table = read_table()
    wanted = {f for f, letter in OF_AN_ACCOUNT.items() if letter == "R" and identity != "public"}
    if "coordinator" in identity:
        return (
            wanted | {f for f in table if table[f]["own"] == "R"} | {*OF_A_FILE, *applicants.FIELDS}
        )
    if identity == "administrator":
        return wanted | set(OF_THE_STAFF)
    if "envoy" in identity:
        return wanted | {f for f, letter in OF_A_REQUEST.items() if letter == "R"}
    if identity in village.women:
        hers = {f for f in table if table[f]["self"] == "R"}
        return wanted | (hers - {"refused", "tie", "party"} if identity == "dia" else hers)
    return wanted


def list_whole(identity: str) -> frozenset[str]:
    """The kinds of ids that this identity may open some of: she tries them all."""
    if "coordinator" in identity:
        return frozenset({"record_id", "import_id", "application_id"})
    if identity == "administrator":
        return frozenset({"account_id"})
    return frozenset({"code"} if "envoy" in identity else {"token"})
