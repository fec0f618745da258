"""One field of a source file, set in place; every other byte stays.

Takes and gives bytes, so that line ends, byte order mark, comments and spacing survive. Knows no
kinds: it sets fields at the top level of a file's YAML.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path


def set_field(raw: bytes, name: str, value: str, markdown: bool) -> bytes:
    """`raw` with the top-level field `name` set to the plain scalar `value`.

    A field that is missing comes first, below the comments that open the YAML. Raises ValueError
    for a Markdown file without front matter.
    """
    text = raw.decode("utf-8")
    start, end = _yaml_range(text, markdown)
    yaml = text[start:end]
    line = re.search(rf"^{re.escape(name)}[ \t]*:[^\r\n]*", yaml, re.MULTILINE)
    if line:
        yaml = yaml[: line.start()] + f"{name}: {value}" + yaml[line.end() :]
    else:
        opening = re.match(r"\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*", yaml)
        at = opening.end() if opening else 0
        yaml = f"{yaml[:at]}{name}: {value}{_line_end(text)}{yaml[at:]}"
    return (text[:start] + yaml + text[end:]).encode("utf-8")


def _yaml_range(text: str, markdown: bool) -> tuple[int, int]:
    if not markdown:
        return 0, len(text)
    match = re.match(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)", text)
    close = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
    end = close.search(text, match.end()) if match else None
    if match is None or end is None:
        raise ValueError("no front matter")
    return match.end(), end.start()


def _line_end(text: str) -> str:
    first = re.search(r"\r\n|\n|\r", text)
    return first.group() if first else "\n"


def replace_file(path: Path, raw: bytes) -> None:
    """Writes `raw` to `path` in one step; the file is the former one or the new one, never half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        draft.chmod(path.stat().st_mode & 0o7777)
        draft.replace(path)
    except BaseException:
        draft.unlink()
        raise
