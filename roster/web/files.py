"""Files that pages load: the house's own sheet, and a script out of an installed package.

The one script counts again while a request is being written. It is named here, so that no other file
of a package can be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from flask import Response, current_app, send_from_directory

PACKAGE = "js_lib_htmx"
SCRIPTS: Mapping[str, str] = {"htmx.js": "static/htmx/htmx.min.js"}
"""Name in an address -> place in the package (htmx 2, 0BSD)."""


def find_file(filename: str) -> Path:
    """Where a file lies; it need not exist."""
    if filename in SCRIPTS:
        return _find_package() / SCRIPTS[filename]
    return Path(str(current_app.static_folder)) / filename


def send_file(filename: str) -> Response:
    """One file; the folder of the sheet gives nothing that lies outside it."""
    if filename in SCRIPTS:
        path = find_file(filename)
        return send_from_directory(path.parent, path.name)
    return current_app.send_static_file(filename)


def _find_package() -> Path:
    """The folder of the package; it is never imported, since it is made for another framework."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(PACKAGE)
    return Path(spec.origin).parent
