"""playbook.json: the whole validated library as plain data, written and read.

Takes a library and gives a `Snapshot` and its bytes; takes bytes and gives a snapshot back, or
says why they are none. Knows neither files nor git. docs/playbook-json.md describes the form.
"""

from generator.snapshot.reading import Unusable, read_snapshot
from generator.snapshot.record import NAME, Record, Snapshot
from generator.snapshot.writing import (
    as_json,
    lines_in,
    record_line,
    record_of,
    shown_in,
    snapshot_of,
)

__all__ = [
    "NAME", "Record", "Snapshot", "Unusable", "as_json", "lines_in", "read_snapshot",
    "record_line", "record_of", "shown_in", "snapshot_of",
]  # fmt: skip
