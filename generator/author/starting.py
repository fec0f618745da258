"""A kind to a commented starting file: every field that it asks for, filled in so that it passes.

All of it is read off the model: what is required, what gives an example, what its docstrings say.
So a new kind can be begun without further code. Reads no files; what references may name is given.
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.author.placing import schema_line
from generator.author.words import Words, words_in
from generator.author.wrapping import width_of, wrapped
from generator.edit import as_key, as_scalar
from generator.model import Kind
from generator.model.example import choices_of, is_begun_with, keys_for, value_for
from generator.model.fields import Model, Refers
from generator.model.shape import Form, Shape, shapes_of
from generator.model.told import descriptions_of

WIDTH = 100
_ITEM = "  - "
_NOT_OFFERED = {"reviewed", "status", "aliases"}
"""What commands write, and what the file says already."""
_IDS = {"id", "code"}
"""Names of items, which may stay as they are."""


class NothingToName(Exception):
    """The kind asks for a reference, and the playbook has nothing that it could name."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__(" or ".join(kinds))
        self.kinds = kinds


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of an entry before it is written."""

    language: str
    today: datetime.date
    target: Callable[[Refers], str | None]
    """The id of something that a reference may name; None where there is nothing."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Values of fields at the top, such as the title."""
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Lines of YAML for fields at the top that more than a single value is known of."""
    notes: Sequence[str] = ()
    """Comments that the file opens with."""
    schema: str = ""
    """Where the JSON Schema lies, seen from the file."""
    body: str | None = None
    """The text below the front matter. Without it that is to do, in a kind that is mostly text."""


def starting_file(kind: Kind, start: Start) -> str:
    """The text of a new file of `kind`. Raises NothingToName."""
    given = {"status": "draft", **start.given}
    words = words_in(start.language)
    maker = _Maker(start, kind.name, words)
    lines = [schema_line(start.schema)] if start.schema else []
    lines += [f"# {note}" for note in start.notes]
    lines += maker.fields(kind.model, "", given, start.lines)
    lines += maker.offered(kind.model, maker.begun(kind.model, {*given, *start.lines}))
    yaml = "\n".join(lines) + "\n"
    body = start.body
    if body is None and not kind.markdown:
        return yaml
    if body is None:
        body = f"## {words.say('heading')}\n\n{words.to_do(words.say('text'))}\n"
    return f"---\n{yaml}---\n{body}"


@dataclass(frozen=True, slots=True)
class _Maker:
    start: Start
    kind: str
    words: Words

    def begun(self, model: type[Model], given: Collection[str] = ()) -> tuple[Shape, ...]:
        """The fields that the file begins with, those that are given among them."""
        asked = {"tier"} if getattr(model, "needs_tier", False) else set()
        return tuple(
            shape
            for shape in shapes_of(model)
            if is_begun_with(model, shape) or shape.name in given or shape.name in asked
        )

    def fields(
        self,
        model: type[Model],
        indent: str,
        given: Mapping[str, str] = MappingProxyType({}),
        written: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> list[str]:
        lines: list[str] = []
        for shape in self.begun(model, {*given, *written}):
            if shape.name in written:
                lines += written[shape.name]
            elif shape.name in given:
                value = as_scalar(given[shape.name])
                lines += _commented(indent, f"{shape.name}: {value}", self._hint(model, shape))
            else:
                lines += self._field(model, shape, indent)
        return lines

    def _field(self, model: type[Model], shape: Shape, indent: str) -> list[str]:
        name, hint = shape.name, self._hint(model, shape)
        if shape.form in (Form.WORDS, Form.PROSE):
            return _folded(indent, name, self.words.to_do(hint or name.replace("_", " ")))
        if shape.form is Form.TEXTS:
            return self._texts(model, shape, indent, hint)
        if shape.form in (Form.MODEL, Form.ITEMS):
            return self._inner(shape, indent, hint)
        line = f"{name}: {self._plain(model, shape)}"
        return [indent + line] if name in _IDS else self._marked(indent, line, hint)

    def _hint(self, model: type[Model], shape: Shape) -> str:
        """What the model says of a field: its docstring, that of its parts, or the words it
        takes."""
        said = descriptions_of(model).get(shape.attribute, "")
        if not said and shape.model is not None:
            said = (shape.model.__doc__ or "").strip().partition("\n")[0]
        said = self.words.hint(" ".join(said.split()))
        choices = choices_of(model, shape)
        if all(word in said for word in choices):
            return said
        one_of = self.words.say("one_of", choices=self.words.listed(choices))
        return f"{said} {one_of}".strip()

    def _marked(self, indent: str, line: str, hint: str) -> list[str]:
        """A line whose value stands in for one that the author knows."""
        words = self.words
        whole = f"{indent}{line}  # {words.note(hint or words.say('unsaid'))}"
        if width_of(whole) <= WIDTH:
            return [whole]
        return [*_comment(indent, hint), f"{indent}{line}  # {words.note(words.say('see_above'))}"]

    def _texts(self, model: type[Model], shape: Shape, indent: str, hint: str) -> list[str]:
        lines = _commented(indent, f"{shape.name}:", hint or self.words.say("short_texts"))
        text = self.words.to_do(hint or shape.name.replace("_", " "))
        for key in keys_for(model, shape):
            lines += _folded(f"{indent}  ", as_key(key), text)
        return lines

    def offered(self, model: type[Model], begun: tuple[Shape, ...]) -> Iterator[str]:
        """The fields that the file does not begin with, as comments."""
        used = {shape.name for shape in begun} | _NOT_OFFERED
        others = [shape for shape in shapes_of(model) if shape.name not in used]
        if others:
            yield f"# {self.words.say('also')}"
        for shape in others:
            said = f"  {shape.name}: {self._hint(model, shape)}".rstrip(" :")
            yield from _comment("", said, "    ")

    def _inner(self, shape: Shape, indent: str, hint: str) -> list[str]:
        assert shape.model is not None
        lines = _commented(indent, f"{shape.name}:", hint)
        deeper = indent + " " * (len(_ITEM) if shape.form is Form.ITEMS else 2)
        inner = self.fields(shape.model, deeper)
        begun = {own.name for own in self.begun(shape.model)}
        others = [own.name for own in shapes_of(shape.model) if own.name not in begun]
        if others:
            also = self.words.say("also_fields", names=self.words.listed(others))
            inner.append(f"{deeper}# {also}")
        if shape.form is Form.ITEMS:
            inner = _as_item(inner, indent)
        return [*lines, *inner]

    def _plain(self, model: type[Model], shape: Shape) -> str:
        if shape.form is Form.DATE:
            return self.start.today.isoformat()
        if shape.refers is None:
            return _number_or_text(value_for(model, shape))
        found = self.start.target(shape.refers)
        if found is None:
            raise NothingToName(shape.refers.kinds or (self.kind,))
        return f"[{found}]" if shape.form is Form.REFERENCES else found


def _as_item(lines: list[str], indent: str) -> list[str]:
    """Fields as the one item of a list; comments above the first field stand above the item."""
    first = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
    column = len(indent) + len(_ITEM)
    item = f"{indent}{_ITEM}{lines[first][column:]}"
    return [*lines[:first], item, *lines[first + 1 :]]


def _number_or_text(value: str) -> str:
    bare = value.replace(".", "", 1).isdigit() or value[:1] == "[" or value in ("true", "false")
    return value if bare or value[:1].isdigit() else as_scalar(value)


def _commented(indent: str, line: str, hint: str) -> list[str]:
    """A line with what its field is for behind it, or above it where that would be too long."""
    if not hint:
        return [indent + line]
    whole = f"{indent}{line}  # {hint}"
    return [whole] if width_of(whole) <= WIDTH else [*_comment(indent, hint), indent + line]


def _comment(indent: str, text: str, hanging: str = "") -> list[str]:
    start = f"{indent}# "
    return wrapped(text, WIDTH, start, start + hanging)


def _folded(indent: str, name: str, text: str) -> list[str]:
    line = f"{indent}{name}: {as_scalar(text)}"
    if len(line) <= WIDTH:
        return [line]
    inner = f"{indent}  "
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=inner,
        subsequent_indent=inner,
        break_on_hyphens=False,
        break_long_words=False,  # the break would come back as a space
    )
    return [f"{indent}{name}: >-", *lines]
