"""One plain field of a source file, set in place."""

from __future__ import annotations

import re

from generator.edit.text import within_yaml


def set_field(raw: bytes, name: str, value: str, markdown: bool) -> bytes:
    """`raw` with the top-level field `name` set to the plain scalar `value`.

    A field that is missing comes first, below the comments that open the YAML. Raises NotEditable
    for a Markdown file without front matter.
    """
    line = re.compile(rf"(?:\A|(?<=[\r\n])){re.escape(name)}[ \t]*:[^\r\n]*")
    text = raw.decode("utf-8")

    def change(yaml: str) -> str:
        if found := line.search(yaml):
            return yaml[: found.start()] + f"{name}: {value}" + yaml[found.end() :]
        opening = re.match(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*", yaml)
        at = opening.end() if opening else 0
        return f"{yaml[:at]}{name}: {value}{_line_end(text)}{yaml[at:]}"

    return within_yaml(raw, markdown, change)


def _line_end(text: str) -> str:
    first = re.search(r"\r\n|\n|\r", text)
    return first.group() if first else "\n"
