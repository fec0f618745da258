"""Bytes to the output folder, swapped in whole.

A build writes a complete new tree beside the output and then exchanges the two in one step, so
that a reader, and a build that is killed at any moment, sees the former site or the new one and
nothing between. A tree of releases is changed in the same way, by the module `tree`, and
`transfer` brings either to another computer. Knows nothing of pages: takes addresses and bytes.
"""

from generator.write.inplace import Inplace
from generator.write.output import (
    ForeignFiles,
    Output,
    OutputBusy,
    Staging,
    digest_of,
    is_tidy,
    open_output,
)

__all__ = [
    "ForeignFiles", "Inplace", "Output", "OutputBusy", "Staging", "digest_of", "is_tidy",
    "open_output",
]  # fmt: skip
