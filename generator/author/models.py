"""Which model says what a file may hold."""

from __future__ import annotations

from generator.model import Holidays, Kind, People, Settings
from generator.model.fields import Model
from generator.model.synonyms import Synonyms
from generator.model.waivers import Waivers
from generator.read import split_name
from generator.validate.names import HOLIDAYS, PEOPLE, SETTINGS, SYNONYMS

WAIVERS = "../waivers.yml"
"""The file beside the content folder that `playbook stale` takes waivers from by itself."""
_OUTSIDE = "../"
_DOCUMENTS: dict[str, type[Model]] = {
    SETTINGS: Settings,
    PEOPLE: People,
    HOLIDAYS: Holidays,
    SYNONYMS: Synonyms,
}


def is_outside(path: str) -> bool:
    """Whether `path` leads out of the content folder, where nothing but waivers names entries."""
    return path.startswith(_OUTSIDE)


def model_of(path: str, kinds: tuple[Kind, ...]) -> type[Model] | None:
    """The model of the file `path`, a translation or not; None where it lies in no folder of
    content."""
    if is_outside(path):
        return Waivers
    folder, _, rest = path.partition("/")
    if not rest:
        return _DOCUMENTS.get(split_name(path)[0])
    return next((kind.model for kind in kinds if kind.folder == folder), None)
