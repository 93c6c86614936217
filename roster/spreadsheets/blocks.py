"""Tables that stand side by side on one sheet, with an empty column between them."""

from collections.abc import Sequence
from dataclasses import replace

from roster.spreadsheets.headers import NAME_WORD, match_header
from roster.spreadsheets.sheets import Cell, Sheet, write_cell

_SEARCH = 60


def split_blocks(sheet: Sheet) -> list[Sheet]:
    """Return a sheet for each block that names people in a header of its own, else the sheet.

    The cells of the other blocks are emptied, so that columns keep their letters.
    """
    width = max((len(row) for row in sheet.cells), default=0)
    blocks = _list_blocks(sheet, width)
    if len(blocks) < 2 or not _has_header_in_each(sheet, blocks):
        return [sheet]
    return [
        replace(
            sheet,
            cells=[
                [cell if i in block else None for i, cell in enumerate(row)] for row in sheet.cells
            ],
            field_counts=None,
        )
        for block in blocks
    ]


def _list_blocks(sheet: Sheet, width: int) -> list[range]:
    filled = [False] * width
    for row in sheet.cells:
        for place, cell in enumerate(row):
            filled[place] = filled[place] or bool(write_cell(cell).strip())
    blocks, begun = [], None
    for place, is_filled in enumerate([*filled, False]):
        if is_filled and begun is None:
            begun = place
        elif not is_filled and begun is not None:
            blocks.append(range(begun, place))
            begun = None
    return blocks


def _has_header_in_each(sheet: Sheet, blocks: Sequence[range]) -> bool:
    return any(
        all(_names_people([row[place] for place in block]) for block in blocks)
        for row in sheet.cells[:_SEARCH]
    )


def _names_people(cells: Sequence[Cell]) -> bool:
    fields = {
        matches[0].field
        for cell in cells
        if isinstance(cell, str) and (matches := match_header(cell)) and matches[0].score >= 0.9
    }
    has_name = any(field.startswith("name") or field == NAME_WORD for field in fields)
    return has_name and len(fields) >= 2
