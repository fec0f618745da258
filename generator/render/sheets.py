"""A sheet as CSV (RFC 4180), with the byte order mark that makes Excel read it as UTF-8."""

from __future__ import annotations

import csv
import io

from generator.model.sheet import Sheet

_FORMULA = ("=", "+", "-", "@", "\t")


def csv_of(sheet: Sheet) -> bytes:
    """The sheet's columns and rows; one empty row to fill in where there are none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_safe(str(column.title)) for column in sheet.columns)
    for row in sheet.rows:
        writer.writerow(_cell(row.cells.get(column.id, ""), column) for column in sheet.columns)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str, column: object) -> str:
    choices = getattr(column, "choices", {})
    kind = getattr(column, "type", "text")
    if kind == "choice":
        return _safe(str(choices.get(value, value)))
    return str(value) if kind in ("number", "percent", "money") else _safe(str(value))


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
