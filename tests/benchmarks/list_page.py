"""The coordinator's pages at size: median and 95th percentile of server time, and processor time.

    PYTHONPATH=. python tests/benchmarks/list_page.py [WOMEN] [LOOKS]

One network of invented women by seed: each has a record of her network with eight entries, three in
five also one of their own, most of them consents and an answer. Asked are the page of the list as
it opens, later pages, filters and searches, through the whole service, on SQLite in a new folder.
The first look of a process opens every name; it is told apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.migration import migrate
from roster.models import (
    Availability,
    Base,
    Consent,
    Entry,
    Identity,
    Mediator,
    Membership,
    Record,
)
from roster.services.sign_in import start_session
from roster.settings import Settings
from roster.vocabulary import load_vocabulary
from tests.benchmarks.names import make_people
from tests.factories import add_account
from tests.roster.web.browser import COOKIE

NETWORK = "nwm"
AT_ONCE = 2_000
LANGUAGES = ("eng", "fra", "ara", "spa", "por", "swa", "swe", "nor", "fin", "dan")
PLACES = ("KEN", "SDN", "SSD", "SOM", "COL", "MLI", "LBY", "SYR", "YEM", "MMR")
LOOKS = {
    "the list as it opens": "/people",
    "its 100th page": "/people?page=100",
    "a theme": "/people?theme=ceasefire",
    "theme, track, language, level": "/people?theme=ceasefire&track=II&language=fra&level=B2",
    "a region": "/people?place=002",
    "run out": "/people?state=expired",
    "a name": "/people?text=amina",
    "a name with a slip": "/people?text=fatmia",
    "one woman": "/people/2",
    "Monday": "/monday",
    "a theme as a word": "/people?text=%D9%88%D8%B3%D8%A7%D8%B7%D8%A9",
}


def main(women: int, looks: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, client = make_service(Path(folder), women)
        print(
            f"{women} women, {looks} looks each, milliseconds: median, 95th percentile, processor"
        )
        first = look(client, "/people")
        print(f"{'the very first look':32}{first:8.0f}")
        for words, path in LOOKS.items():
            look(client, path)
            used = time.process_time()
            times = [look(client, path) for _ in range(looks)]
            used = (time.process_time() - used) * 1000 / looks
            print(f"{words:32}{median(times):8.0f}{quantiles(times, n=20)[-1]:8.0f}{used:8.0f}")
        database.dispose()


def look(client: FlaskClient, path: str) -> float:
    """Milliseconds from the request to the last byte of its answer."""
    begun = time.perf_counter()
    answer = client.get(path)
    assert (answer.status_code, bool(answer.data)) == (200, True), (path, answer.status_code)
    return (time.perf_counter() - begun) * 1000


def make_service(folder: Path, women: int) -> tuple[Database, FlaskClient]:
    """The whole service with the women in it, and a browser in which their coordinator is."""
    url = f"sqlite:///{folder / 'roster.sqlite3'}"
    settings = Settings(
        secret_key="Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e",
        key_file=folder / "field.keys",
        database_url=url,
    )
    migrate(url)
    database = Database(url)
    app = create_app(settings, database)
    with database.writing() as session:
        account = add_account(session, "coordinator", network=NETWORK)
        fill(session, women)
        key = start_session(session, account=account)[0]
        session.commit()
    client = app.test_client()
    client.set_cookie(COOKIE, key)
    return database, client


def fill(session: Any, women: int) -> None:
    """Put the women into an empty database, many rows at a time."""
    random, now = Random(20261122), clock.now()
    rows: dict[type[Base], list[dict[str, Any]]] = {}
    for number, names in make_people(women):
        for model, row in make_woman(random, number + 1, names, now):
            rows.setdefault(model, []).append(row)
        if number % AT_ONCE == AT_ONCE - 1 or number == women - 1:
            for model in (Mediator, Membership, Record, Identity, Entry, Consent, Availability):
                if rows.get(model):
                    session.execute(insert(model), rows[model])
            rows.clear()


def make_woman(
    random: Random, number: int, names: tuple[str, ...], now: datetime
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """Her rows in every table, in the order in which tables are filled."""
    her = {"mediator_id": number}
    yield Mediator, {"id": number, "created_at": now, "time_zone": "Europe/Oslo"}
    yield Membership, {**her, "network_code": NETWORK, "accreditation": "accredited"}
    for record_id, network in ((2 * number, NETWORK), (2 * number + 1, None)):
        if network is None and random.random() > 0.6:
            continue
        yield Record, {**her, "id": record_id, "network_code": network, "created_at": now}
        original = names[1] if len(names) > 1 else None
        yield Identity, {
            "record_id": record_id, "display_name": names[0], "original_name": original,
        }  # fmt: skip
        for field, code, detail in make_entries(random):
            yield Entry, {
                "record_id": record_id, "field": field, "code": code, "detail": detail,
                "source": "coordinator", "entered_at": now,
            }  # fmt: skip
    if random.random() < 0.8:
        for purpose in ("membership_file", "matching", "card"):
            yield Consent, {
                **her, "purpose": purpose, "text_version": "1", "language": "en", "given_at": now,
                "valid_until": now + timedelta(days=300),
            }  # fmt: skip
    if random.random() < 0.75:
        yield Availability, {
            **her, "status": "available", "refused": [], "confirmed_by": "self",
            "confirmed_at": now, "valid_until": now + timedelta(days=random.randint(-60, 90)),
        }  # fmt: skip


def make_entries(random: Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What one record says."""
    themes = load_vocabulary().codes("theme")
    for code in random.sample(LANGUAGES, 2):
        yield "language", code, {"level": random.choice(("B1", "B2", "C1"))}
    for code in random.sample(themes, 2):
        yield "theme", code, {}
    for code in random.sample(PLACES, 2):
        yield "place", code, {}
    yield "track", random.choice(("I", "I.5", "II", "III")), {}
    yield "role_held", random.choice(("facilitator", "lead_mediator", "mentor")), {}


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(given[0] if given else 20_000, given[1] if len(given) > 1 else 30)
