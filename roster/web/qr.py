"""An address as a picture to be photographed with a telephone."""

from __future__ import annotations

import segno
from markupsafe import Markup

SCALE = 5
"""Pixels of one square: 43 squares of a link fill half the width of a phone, or 6 cm on paper."""


def draw_qr(address: str) -> Markup:
    """A QR code as SVG without style or script; black on white also at night, or none reads it."""
    code = segno.make_qr(address, error="M")
    drawn = code.svg_inline(
        scale=SCALE, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704  # drawn from squares; the address is not in it as text
