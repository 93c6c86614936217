"""Zipped workbooks before anything is parsed: sizes, names, encryption, macros, document types."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from roster.spreadsheets.refusals import (
    MAX_RATIO,
    MAX_SHEETS,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    MIN_RATIO_BYTES,
    SpreadsheetRefused,
)

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CHUNK = 1 << 20
_DOCTYPES = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    "<!DOCTYPE".encode("utf-16-le"),
    "<!DOCTYPE".encode("utf-16-be"),
)
_MACROS = ("xl/vbaproject.bin", "basic/", "scripts/", "xl/macrosheets/")


class Archive:
    """An opened workbook whose directory and every XML part have passed the limits."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise SpreadsheetRefused("unreadable") from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._check_directory()
        self.format = self._find_format()
        self._check_parts()

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def read_chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of one part; never more than its checked size."""
        try:
            with self._zip.open(self._entries[name]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise SpreadsheetRefused("unreadable", part=name) from error
        except RuntimeError as error:  # zipfile's word for a part that needs a password
            raise SpreadsheetRefused("encrypted") from error

    def read(self, name: str) -> bytes:
        """Return one part whole; b"" where there is none."""
        return b"".join(self.read_chunks(name)) if name in self._entries else b""

    def _check_directory(self) -> None:
        entries = self._zip.infolist()
        sheets = sum(name.startswith("xl/worksheets/") for name in self._entries)
        if sheets > MAX_SHEETS:
            raise SpreadsheetRefused("too_many_sheets", found=sheets, limit=MAX_SHEETS)
        if len(entries) > MAX_ZIP_ENTRIES or len(entries) != len(self._entries):
            raise SpreadsheetRefused("zip_bomb", entries=len(entries), limit=MAX_ZIP_ENTRIES)
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES or (
            unpacked > MIN_RATIO_BYTES and unpacked > MAX_RATIO * max(packed, 1)
        ):
            raise SpreadsheetRefused("zip_bomb", unpacked=unpacked, limit=MAX_UNPACKED_BYTES)
        if any(_is_unsafe(name) for name in self._entries):
            raise SpreadsheetRefused("unsafe_zip")
        if any(entry.flag_bits & 1 for entry in entries):
            raise SpreadsheetRefused("encrypted")

    def _find_format(self) -> str:
        lowered = [name.lower() for name in self._entries]
        if any(name.startswith(macro) for name in lowered for macro in _MACROS):
            raise SpreadsheetRefused("macro")
        if b"macroEnabled" in self.read("[Content_Types].xml"):
            raise SpreadsheetRefused("macro")
        if "xl/workbook.xml" in self._entries:
            return "xlsx"
        if self.read("mimetype").strip().startswith(ODS_TYPE) and "content.xml" in self._entries:
            if b"encryption-data" in self.read("META-INF/manifest.xml"):
                raise SpreadsheetRefused("encrypted")
            return "ods"
        raise SpreadsheetRefused("not_a_spreadsheet")

    def _check_parts(self) -> None:
        """Unpack every XML part once: no document type, and no more bytes than the directory says."""
        for name in self._entries:
            if not name.lower().endswith((".xml", ".rels", ".vml")):
                continue
            tail = b""
            for chunk in self.read_chunks(name):
                if any(mark in tail + chunk for mark in _DOCTYPES):
                    raise SpreadsheetRefused("external_entities")
                tail = chunk[-32:]


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name
