"""What is said in the village: canaries in dangerous dress, rare countries, a list, a request."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from roster import clock
from tests.factories import canary

RARE_COUNTRIES = (
    "ABW", "AFG", "AIA", "ALA", "AND", "ARE", "ASM", "ATA", "ATF", "ATG", "BES", "BIH", "BLM",
    "BMU", "BRB", "BTN", "BVT", "BWA", "CCK", "CIV", "COD", "COM", "CPV", "CUW", "CXR", "CYM",
    "CYP", "DEU", "DJI", "DOM", "ERI", "ESH", "ESP", "FLK", "FRO", "GBR", "GGY", "GNQ", "GRD",
    "GRL", "GUF", "HKG", "HMD",
)  # fmt: skip
"""Countries whose name, in any language of the service, is no part of another place's name."""
HEADINGS = ("Name", "E-mail", "Country", "Languages", "Themes", "Remarks")


def dress(text: str) -> str:
    """The text in whatever could break out of a page, a template or a format."""
    return f"javascript:{text}<script>{text}()</script>\"'><img src=x onerror={text}()>{{{{7777*7}}}}%(num)s"


def write_list(number: int, *, extra: str = "") -> bytes:
    """A network's list: a woman who is taken in, and one whose words must be decided on."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow([*HEADINGS, dress(canary("heading", number))])
    name = f"Invented {canary('listname', number)}{extra}"
    table.writerow([name, f"list{number}{extra}@example.org", "Kenya", "English C1", "", "", ""])
    odd = dress(canary("cell", number))
    table.writerow([dress(canary("rowname", number)), odd, odd, odd, odd, odd, odd])
    return file.getvalue().encode()


def make_criteria(number: int) -> dict[str, object]:
    """A request of whoever speaks English: everybody of the village."""
    today = clock.now().date()
    return {
        "title": dress(canary("request", number)),
        "start": str(today + timedelta(days=30)),
        "end": str(today + timedelta(days=60)),
        "modality": "in_person",
        "posts": [
            {
                "code": canary("post", number),
                "languages": [{"any_of": ["eng"], "grade": "stated"}],
                "places_nice": [{"any_of": ["002", "009", "019", "142", "150"]}],
            }
        ],
    }
