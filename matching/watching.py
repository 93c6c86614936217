"""Notes what of an asking a criterion reads, so that its answer can be kept for as long as that holds."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from matching.codecs import NO_INSTANT
from matching.criteria import Asking
from matching.memory import FOREVER, Reads
from matching.tables import Ints, Truths

Value = TypeVar("Value")


class _Noted:
    """Stands for a request or a post, and notes which of its fields are read."""

    def __init__(self, told: Any, whose: str, reads: Reads) -> None:
        self._told, self._whose, self._reads = told, whose, reads

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._told, name)
        self._reads[self._whose, name] = value
        return value


class Watched(Asking):
    """An asking that knows what was read of it. It has no ``now``: a criterion compares instants
    with ``is_ahead``, or reads the day or the month, so that its answer holds longer than one."""

    def __init__(self, asking: Asking) -> None:
        self.__dict__["reads"] = {}
        self.__dict__["since"], self.__dict__["until"] = NO_INSTANT, FOREVER
        self.__dict__["_asking"], self.__dict__["terms"] = asking, asking.terms
        self.__dict__["request"] = _Noted(asking.request, "request", self.reads)
        post = asking.post
        self.__dict__["post"] = None if post is None else _Noted(post, "post", self.reads)

    reads: Reads
    since: int
    until: int
    _asking: Asking

    @cached_property
    def today(self) -> date:
        return self._note("today", self._asking.today)

    @cached_property
    def month(self) -> int:
        return self._note("month", self._asking.month)

    def is_ahead(self, instants: Ints) -> Truths:
        ahead = self._asking.is_ahead(instants)
        since = int(instants[~ahead].max(initial=self.since))
        until = int(instants[ahead].min(initial=self.until))
        self.__dict__["since"], self.__dict__["until"] = since, until
        return ahead

    def _note(self, name: str, value: Value) -> Value:
        self.reads["asking", name] = value
        return value
