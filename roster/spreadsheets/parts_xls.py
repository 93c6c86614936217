"""XLS (OLE compound file with BIFF records): encryption, macros, hidden parts, how far cells reach."""

import struct
from collections.abc import Iterator

from roster.spreadsheets.extents import Extent
from roster.spreadsheets.refusals import MAX_SHEETS, SpreadsheetRefused

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_NAMES_OF_ENCRYPTION = ("EncryptedPackage", "EncryptionInfo")
_NAMES_OF_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")
_BOUNDSHEET, _FILEPASS, _BOF, _EOF = 0x85, 0x2F, 0x809, 0x0A
_ROW, _COLINFO, _FORMULA, _MULRK = 0x208, 0x7D, 0x06, 0xBD
_CELLS = {0x06, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xD6, 0xFD}


def list_xls_sheets(content: bytes) -> list[Extent]:
    """Return the extents of all worksheets in their order; refuses what may not be parsed."""
    try:
        streams = _read_directory(content)
        names = set(streams)
        if names & set(_NAMES_OF_ENCRYPTION):
            raise SpreadsheetRefused("encrypted")
        if names & set(_NAMES_OF_MACROS):
            raise SpreadsheetRefused("macro")
        if "Workbook" not in names:
            raise SpreadsheetRefused("not_a_spreadsheet")
        return _read_book(streams["Workbook"].read())
    except (struct.error, IndexError) as error:
        raise SpreadsheetRefused("unreadable") from error


class _Stream:
    """One stream of the compound file, read only when asked for."""

    def __init__(self, file: "_CompoundFile", start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def read(self) -> bytes:
        is_small = self._size < self._file.cutoff
        return self._file.read_chain(self._start, small=is_small)[: self._size]


class _CompoundFile:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise SpreadsheetRefused("unreadable")
        self._size = 1 << shift
        directory, self.cutoff, small_start = (
            struct.unpack_from("<I", content, place)[0] for place in (48, 56, 60)
        )
        self._table = self._read_table()
        self.directory = self.read_chain(directory, small=False)
        self._small_table = self._unpack(self.read_chain(small_start, small=False))
        root_start = struct.unpack_from("<I", self.directory, 116)[0]
        self._small = self.read_chain(root_start, small=False)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._content[begin : begin + self._size]

    @staticmethod
    def _unpack(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _read_table(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        following = struct.unpack_from("<I", self._content, 68)[0]
        for _ in range(len(self._content) // self._size):
            if following >= _END:
                break
            *more, following = self._unpack(self._sector(following))
            sectors += more
        data = b"".join(self._sector(number) for number in sectors if number < _END)
        return self._unpack(data)

    def read_chain(self, start: int, *, small: bool) -> bytes:
        """Return the bytes of a chain of sectors; a chain that runs in a circle is refused."""
        table = self._small_table if small else self._table
        pieces, seen = [], 0
        while start < _END:
            seen += 1
            if seen > len(table) + 1:
                raise SpreadsheetRefused("unreadable")
            pieces.append(
                self._small[start * 64 : start * 64 + 64] if small else self._sector(start)
            )
            start = table[start]
        return b"".join(pieces)


def _read_directory(content: bytes) -> dict[str, _Stream]:
    file = _CompoundFile(content)
    streams = {}
    for place in range(0, len(file.directory) - 127, 128):
        length = struct.unpack_from("<H", file.directory, place + 64)[0]
        name = file.directory[place : place + max(0, min(length, 64) - 2)].decode(
            "utf-16-le", "replace"
        )
        start, size = struct.unpack_from("<II", file.directory, place + 116)
        streams[name] = _Stream(file, start, size)
    if "Book" in streams:
        streams.setdefault("Workbook", streams["Book"])
    return streams


def _list_records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (place, type, body) of each record."""
    place = 0
    while place + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, place)
        yield place, kind, data[place + 4 : place + 4 + length]
        place += 4 + length


def _read_book(data: bytes) -> list[Extent]:
    by_place: dict[int, Extent] = {}
    current: Extent | None = None
    for place, kind, body in _list_records(data):
        if kind == _FILEPASS:
            raise SpreadsheetRefused("encrypted")
        if kind == _BOUNDSHEET:
            extent = Extent(_read_name(body), is_hidden=body[4] & 3 != 0)
            by_place[struct.unpack_from("<I", body)[0]] = extent
            if len(by_place) > MAX_SHEETS:
                raise SpreadsheetRefused("too_many_sheets", limit=MAX_SHEETS)
        elif kind == _BOF and place in by_place:
            current = by_place[place]
        elif current is not None:
            _read_record(current, kind, body)
    return list(by_place.values())


def _read_name(body: bytes) -> str:
    length, is_wide = body[6], body[7] & 1
    raw = body[8 : 8 + length * (2 if is_wide else 1)]
    return raw.decode("utf-16-le" if is_wide else "latin-1", "replace")


def _read_record(extent: Extent, kind: int, body: bytes) -> None:
    if kind in _CELLS:
        row, column = struct.unpack_from("<HH", body)
        extent.add_cell(row, column, columns=max(1, (len(body) - 6) // 6) if kind == _MULRK else 1)
        extent.formulas += kind == _FORMULA
    elif kind == _ROW and struct.unpack_from("<I", body, 12)[0] & 0x20:
        extent.hide_rows(struct.unpack_from("<H", body)[0], 1)
    elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
        first, last = struct.unpack_from("<HH", body)
        extent.hide_columns(first, last)
