"""What those who write see of the playbook while they do: drafts, and the way to each source."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.link import Authoring
from generator.model import Library
from generator.read import Source


def authoring(drafts: bool, editor: str, folder: Path, files: Mapping[str, Source]) -> Authoring:
    """For pages of the `files` in the content folder `folder`; with `editor`, links lead there."""
    if not editor:
        return Authoring(drafts)
    absolute = Path(os.path.abspath(folder)).as_posix()
    return Authoring(drafts, editor, absolute, functools.partial(_line, files))


def _line(files: Mapping[str, Source], path: str, part: str) -> int | None:
    source = files.get(path)
    if source is None:
        return None
    return _line_of_part(source, part) if part else _line_of_text(source)


def _line_of_text(source: Source) -> int:
    """Where the body begins, or else the fields."""
    text = source.body_text
    if not text.strip():
        return source.yaml_line + 1
    return source.body_line + 1 + text[: len(text) - len(text.lstrip())].count("\n")


def _line_of_part(source: Source, part: str) -> int:
    """Where something with the id `part`, or the field of that name, stands; the top without it.
    It is looked for in the text: where it stands exactly matters less than not parsing again."""
    name = re.escape(part)
    key = rf"(?:^|[{{,])[ \t]*(?:- )?(?:{name}|'{name}'|\"{name}\")[ \t]*:"
    found = re.search(rf"\bid:[ \t]*['\"]?{name}(?![\w-])|{key}", source.yaml, re.MULTILINE)
    before = source.yaml[: found.start()] if found else ""
    return source.yaml_line + 1 + before.count("\n")


def moved(library: Library, address: str) -> Library:
    """The same playbook, to be read at another address than its settings say."""
    editions = (
        replace(edition, settings=edition.settings.model_copy(update={"address": address}))
        for edition in library.editions
    )
    return replace(library, editions=tuple(editions))
