"""Settings: a weak secret stops the start, the demo makes its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.settings import WeakSecret, load_settings

GOOD = "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e"


@pytest.mark.parametrize(
    "secret", ["", "changeme", "Secret", "dev", "x" * 64, "abababab" * 8, GOOD[:31]]
)
def test_a_missing_default_or_short_secret_stops_the_start(secret: str) -> None:
    with pytest.raises(WeakSecret, match="ROSTER_SECRET_KEY"):
        load_settings({"ROSTER_SECRET_KEY": secret})


def test_a_good_secret_is_taken_as_it_is() -> None:
    settings = load_settings({"ROSTER_SECRET_KEY": GOOD, "ROSTER_BASE_URL": "https://r.example/"})
    said = (settings.secret_key, settings.base_url, settings.is_https, settings.is_demo)
    assert said == (GOOD, "https://r.example", True, False)


def test_each_demo_makes_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    def start(folder: str) -> str:
        return load_settings(
            {"ROSTER_DEMO": "1", "ROSTER_FOLDER": str(tmp_path / folder)}
        ).secret_key

    first = start("one")
    assert len(first) >= 32 and start("one") == first and start("two") != first
    assert (tmp_path / "one" / "keys" / "secret.key").stat().st_mode & 0o077 == 0
