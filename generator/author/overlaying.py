"""An entry to the starting file of a translation: its texts as comments, to be written over.

The structure is there already: ids say which item is meant, and the digest which text was current.
A text counts as translated once its `#` is gone; until then readers get the source, marked. Takes
plain data, so that an entry which is still being written can be translated too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.author.placing import schema_line
from generator.author.words import words_in
from generator.edit import as_key, as_scalar
from generator.model.fields import Model
from generator.model.shape import Form, Shape, shapes_of
from generator.problems.core import Path
from generator.read import Source
from generator.validate.overlay import RECORD, is_fixed_cell

_WIDEST = 300
"""Characters of a text that is shown; of a longer one the file shows the beginning."""


def translation_file(
    model: type[Model], source: Source, digest: str, language: str, schema: str = ""
) -> str:
    """The text of a new translation of `source` into `language`. Its texts have the digest
    `digest`."""
    words = words_in(language)
    lines = [schema_line(schema)] if schema else []
    lines.append(f"{RECORD}: {as_scalar(digest)}")
    lines += [f"# {line}" for line in words.say("overlay.how").splitlines()]
    lines += _Layer(source.data).texts(model, source.data, (), "")
    if not source.path.endswith(".md"):
        return "\n".join(lines) + "\n"
    if source.body_text.strip():
        lines.append(f"# {words.say('overlay.body')}")
    return "\n".join(["---", *lines, "---", ""])


@dataclass(frozen=True, slots=True)
class _Layer:
    data: dict[str, Any]

    def texts(
        self, model: type[Model], data: dict[str, Any], at: Path, indent: str
    ) -> Iterator[str]:
        for shape in shapes_of(model):
            value = data.get(shape.name)
            if shape.translatable and value:
                yield from self._field(shape, value, (*at, shape.name), indent)

    def _field(self, shape: Shape, value: Any, at: Path, indent: str) -> Iterator[str]:
        deeper = indent + "  "
        if shape.form in (Form.WORDS, Form.PROSE):
            yield f"{indent}# {shape.name}: {_shown(value)}"
        elif shape.form is Form.ITEMS and isinstance(value, list):
            items = [self._item(shape, item, (*at, i), deeper) for i, item in enumerate(value)]
            yield from _under(shape.name, indent, [line for lines in items for line in lines])
        elif shape.form is Form.TEXTS and isinstance(value, dict):
            texts = [
                f"{deeper}# {as_key(key)}: {_shown(text)}"
                for key, text in value.items()
                if not is_fixed_cell(self.data, (*at, key))
            ]
            yield from _under(shape.name, indent, texts)
        elif isinstance(value, dict):
            assert shape.model is not None
            yield from _under(shape.name, indent, list(self.texts(shape.model, value, at, deeper)))

    def _item(self, shape: Shape, item: Any, at: Path, indent: str) -> Iterator[str]:
        """An item by its id, with its texts; nothing for one without texts or without id."""
        assert shape.model is not None
        name = "code" if "code" in shape.model.model_fields else "id"
        if not isinstance(item, dict) or not isinstance(item.get(name), str):
            return
        texts = list(self.texts(shape.model, item, at, indent + "  "))
        if texts:
            yield f"{indent}- {name}: {as_scalar(item[name])}"
            yield from texts


def _under(name: str, indent: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{indent}{name}:"
        yield from lines


def _shown(text: Any) -> str:
    """A text on one line, as a YAML reader takes it once its `#` is gone."""
    line = " ".join(str(text).split())
    return as_scalar(line if len(line) <= _WIDEST else f"{line[:_WIDEST].rstrip()} …")
