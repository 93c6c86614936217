"""What can go wrong in a use case. The edge words each and gives it its HTTP status or exit code."""

from __future__ import annotations

from collections.abc import Mapping


class RosterError(Exception):
    """Carries a code that the wording knows, and the values that its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class NotFound(RosterError):
    """There is no such thing for this actor: absent and not allowed look the same."""

    def __init__(self) -> None:
        super().__init__("not_found")


class StaleVersion(RosterError):
    """Somebody else changed the row since it was read. Both versions are shown to the second."""

    def __init__(self, current: Mapping[str, object], wanted: Mapping[str, object]) -> None:
        super().__init__("stale_version")
        self.current = current
        self.wanted = wanted


class Refused(RosterError):
    """The input is understood and against a rule; ``code`` says which and what to do."""


class Ended(RosterError):
    """A link that was used, replaced or has run out."""


class TooMany(RosterError):
    """A limit was reached; ``values['retry_after']`` is in seconds."""
