"""Why an output folder cannot be written, as problems.

Takes the folder and what is written to it; knows nothing of what that is made of.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.problems import Location, Problem
from generator.problems.output import FOREIGN_OUTPUT, NOT_WRITTEN, OUTPUT_BUSY, OUTPUT_PLACE
from generator.write import ForeignFiles, OutputBusy

_NAMED = 5
"""Files that a message names; of more it says that there are."""


def misplaced(content: Path, output: Path) -> Iterator[Problem]:
    """What is wrong with where the output lies."""
    there, here = output.resolve(), content.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        what = "the output folder and the content folder lie inside each other"
        yield OUTPUT_PLACE.at(Location(str(output)), what, "choose a folder beside the content")


@contextlib.contextmanager
def refusals(output: Path, what: str) -> Iterator[list[Problem]]:
    """A list that gets the reason if the body cannot write `what` to `output`."""
    found: list[Problem] = []
    place = Location(str(output))
    try:
        yield found
    except OutputBusy:
        hint = "wait for it to end"
        found.append(OUTPUT_BUSY.at(place, "another build is writing here", hint))
    except ForeignFiles as error:
        holds = f"the folder holds files that no build wrote: {listed(error.names)}"
        message = "this is a file, not a folder" if output.is_file() else holds
        found.append(FOREIGN_OUTPUT.at(place, message, "choose another folder"))
    except OSError as error:
        found.append(not_written(output, f"cannot write {what}", error))


_HINTS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EACCES: "give yourself the right to write there, or choose another folder",
    errno.EPERM: "give yourself the right to write there, or choose another folder",
    errno.EROFS: "choose a folder on a disk that can be written to",
    errno.ENAMETOOLONG: "choose a folder with a shorter path",
}


def not_written(output: Path, what: str, error: OSError) -> Problem:
    """That nothing could be written to `output`, which `what` says, and why."""
    file = next((each for each in output.parents if each.exists() and not each.is_dir()), None)
    if file is not None:
        message = f"{what}: this is a file, so {output} cannot lie in it"
        hint = "choose another folder, or move the file away"
        return NOT_WRITTEN.at(Location(str(file)), message, hint)
    hint = _HINTS.get(error.errno or 0, "")
    return NOT_WRITTEN.at(Location(str(output)), f"{what}: {error.strerror or error}", hint)


def listed(names: Iterable[str]) -> str:
    """The first of `names`, in a row."""
    named = list(names)
    return ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
