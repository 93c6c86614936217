"""Every way in which a sign-in fails, measured: nobody may learn from the time who has an account."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from roster import clock
from roster.db import Database
from roster.models import Account
from tests.factories import PASSWORD
from tests.roster.web.browser import make_account, read_token, try_sign_in

Answer = tuple[int, str, tuple[str, ...]]


@dataclass
class Measured:
    """What came back, and the seconds of processor time that each kind of failure took."""

    answers: set[Answer] = field(default_factory=set)
    spent: dict[str, list[float]] = field(default_factory=dict)

    def off_the_middle(self, share: float) -> dict[str, float]:
        """The kinds whose median is further off the middle one than by this share."""
        medians = {kind: statistics.median(times) for kind, times in self.spent.items()}
        middle = statistics.median(medians.values())
        return {kind: m for kind, m in medians.items() if abs(m / middle - 1) > share}

    def told_apart(self, least: float) -> dict[str, float]:
        """The kinds that rank above or below an unknown address too often to be chance."""
        ranked = {kind: _rank(self.spent["unknown"], times) for kind, times in self.spent.items()}
        return {kind: rank for kind, rank in ranked.items() if not least <= rank <= 1 - least}


def measure(app: Flask, database: Database, samples: int) -> Measured:
    """Each kind as often, one after the other, so that a slow moment of the machine is shared."""
    kinds = _make_kinds(app, database)
    client = app.test_client()
    token = read_token(client.get("/sign-in"))
    measured = Measured(spent={kind: [] for kind in kinds})
    for sample in range(samples):
        for kind, (email, password) in kinds.items():
            # no kind may run into the limit but the one that has
            with clock.shifted(timedelta(0) if kind == "throttled" else timedelta(hours=sample)):
                began = time.process_time()
                form = {"csrf_token": token, "email": email, "password": password}
                answer = client.post("/sign-in", data=form)
                measured.spent[kind].append(time.process_time() - began)
            body = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
            measured.answers.add((answer.status_code, body, tuple(sorted(answer.headers.keys()))))
    return measured


def _make_kinds(app: Flask, database: Database) -> dict[str, tuple[str, str]]:
    known, closed, without, throttled = (make_account(database) for _ in range(4))
    with database.writing() as session:
        session.get_one(Account, closed[0]).is_active = False
        session.get_one(Account, without[0]).password_hash = None
        session.commit()
    for _ in range(11):
        try_sign_in(app.test_client(), throttled[1], "wrong")
    return {
        "unknown": ("nobody@example.org", "a wrong password"),
        "known": (known[1], "a wrong password"),
        "deactivated": (closed[1], PASSWORD),
        "without password": (without[1], PASSWORD),
        "throttled": (throttled[1], PASSWORD),
    }


def _rank(first: list[float], second: list[float]) -> float:
    """Share of pairs in which the first took longer: 0.5 where they cannot be told apart."""
    pairs = [(a > b) + (a == b) / 2 for a in first for b in second]
    return sum(pairs) / len(pairs)
