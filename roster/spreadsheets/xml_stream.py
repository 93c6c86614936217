"""XML read as a stream of opened elements, with no document type and no entities of its own."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from roster.spreadsheets.refusals import SpreadsheetRefused

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def parse_stream(chunks: Iterable[bytes], start: Start, end: End | None = None) -> None:
    """Call `start(local name, attributes)` for each element, `end` at its end.

    Attribute names keep their prefix. Refuses document types (entity bombs) and broken XML.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise SpreadsheetRefused("unreadable") from error


def _refuse(*_: object) -> None:
    raise SpreadsheetRefused("external_entities")
