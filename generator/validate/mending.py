"""Data that its model refused, made to fit: so that one fault does not hide what else is wrong.

Takes the source of such data, gives the source with a model of what its author meant: names that
are nearly right made right, and stand-ins where nothing is known. None of it may get into a
library; it is only looked through for problems in all that its author did write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model.fields import SLUG, Model
from generator.model.shape import Form, Shape, shapes_of
from generator.problems import Problem
from generator.problems.core import Path
from generator.read import Source
from generator.validate.fields import (
    M,
    choices_of,
    is_short_of_items,
    meant_field,
    model_at,
    problem_of,
)
from generator.validate.nearest import as_slug, nearest
from generator.validate.understood import Understood

_ROUNDS = 60
"""Stand-ins that are tried one inside the other, at most."""
_STAND_INS: tuple[Any, ...] = (
    "x", "1", "2000", "1 day", "2000-01-01", "en", "https://example.com", {}, {"1": "x"}, [{}],
)  # fmt: skip
"""What is tried for a value of which nothing is known, until something fits."""
_HARMLESS = (
    Form.WORDS, Form.PROSE, Form.TEXTS, Form.REFERENCE, Form.REFERENCES, Form.DATE
)  # fmt: skip
"""Values that may be any without a consequence for what else an entry says."""


def mend(model: type[M], source: Source, language: str) -> Understood[M] | None:
    """What a source says whose data do not fit `model`; None where nothing can be made of it."""
    work = _Work(model, _copied(source.data))
    context = {"language": language, "prose": source.prose}
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        named = replace(source, data=work.data, renamed=dict(work.renamed))
        try:
            made = model.model_validate(work.data, context=context)
        except ValidationError as error:
            faults = error.errors()
            problems += [problem_of(model, each, named) for each in work.new(faults)]
            for each in sorted(faults, key=_is_named):
                if not is_short_of_items(each):
                    work.mend(each)
        else:
            whole = frozenset(work.stand_ins)
            return Understood(made, named, whole, False, work.sure, tuple(problems))
    return None


def _copied(value: Any) -> Any:
    """The same without anything in common, as aliases in YAML have it."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


@dataclass(slots=True)
class _Work:
    model: type[Model]
    data: Any
    renamed: dict[Path, str] = field(default_factory=dict)
    stand_ins: set[Path] = field(default_factory=set)
    sure: bool = True
    _tried: Counter[Path] = field(default_factory=Counter)

    def new(self, faults: list[ErrorDetails]) -> Iterator[ErrorDetails]:
        """Faults inside of what went by a wrong name, so that nobody saw them before."""
        for each in faults:
            path = _path(each)
            above = [path[:end] for end in range(1, len(path))]
            inside = any(it in self.renamed for it in above)
            if inside and self.stand_ins.isdisjoint((*above, path)):
                yield each

    def mend(self, fault: ErrorDetails) -> None:
        path, holder = self._place(_path(fault))
        if not path or (fault["type"] == "missing" and path[-1] in holder):
            return
        if fault["type"] == "extra_forbidden" or _is_key(fault):
            self._rename(fault, path, holder)
        elif meant := _meant(fault):
            holder[path[-1]] = meant
        else:
            self._stand_in(fault, path, holder)

    def _place(self, path: Path) -> tuple[Path, Any]:
        """The path of the value at fault, as far as there are lists and mappings, and what holds
        it."""
        holder: Any = self.data
        for end, part in enumerate(path[:-1]):
            inner = _at(holder, part)
            if not isinstance(inner, dict | list):
                return path[: end + 1], holder
            holder = inner
        return path, holder

    def _rename(self, fault: ErrorDetails, path: Path, holder: Any) -> None:
        """Calls a field or a key what it was meant to be called. Without a guess it goes."""
        name, extra = str(path[-1]), fault["type"] == "extra_forbidden"
        if name not in holder:
            return
        meant = meant_field(self.model, path, holder) if extra else _meant(fault)
        if meant and meant not in holder:
            pairs = [(meant if key == name else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(pairs)
            self.renamed[(*path[:-1], meant)] = name
            return
        del holder[name]
        if not extra:
            self.sure &= self._is_harmless(fault, path[:-1])
            self.stand_ins.add(path)

    def _stand_in(self, fault: ErrorDetails, path: Path, holder: Any) -> None:
        """Nothing first: a field that may be left out need not be replaced."""
        first = not self._tried[path]
        if first:
            self.sure &= self._is_harmless(fault, path)
        self.stand_ins.add(path)
        if first and isinstance(holder, dict) and path[-1] in holder and self._shape(path):
            del holder[path[-1]]
        else:
            self._try(fault, path, holder)
        self._tried[path] += 1

    def _try(self, fault: ErrorDetails, path: Path, holder: Any) -> None:
        choices = choices_of(fault)
        stand_in = choices[0] if choices else _STAND_INS[self._tried[path] % len(_STAND_INS)]
        holder[path[-1]] = _copied(stand_in)

    def _is_harmless(self, fault: ErrorDetails, path: Path) -> bool:
        shape = self._shape(path) or self._shape(path[:-1])
        harmless = shape is not None and shape.form in _HARMLESS
        return harmless or fault["type"] == "duration_form"

    def _shape(self, path: Path) -> Shape | None:
        """The field at `path`, or the list that has an item there; None for keys of mappings."""
        names = [part for part in path if isinstance(part, str)]
        owner = model_at(self.model, tuple(names[:-1])) if names else None
        shapes = shapes_of(owner) if owner else ()
        return next((shape for shape in shapes if shape.name == names[-1]), None)


def _path(fault: ErrorDetails) -> Path:
    return tuple(part for part in fault["loc"] if part != "[key]")


def _is_key(fault: ErrorDetails) -> bool:
    return fault["loc"][-1] == "[key]"


def _is_named(fault: ErrorDetails) -> bool:
    """Whether the field at fault is called what it should be; those that are not are mended first,
    because they may be what is missing."""
    return fault["type"] != "extra_forbidden"


def _at(holder: Any, part: str | int) -> Any:
    if isinstance(holder, dict):
        return holder.get(str(part))
    return holder[part] if isinstance(part, int) and part < len(holder) else None


def _meant(fault: ErrorDetails) -> str:
    """The value that a wrong one comes near to, or ""."""
    value, context = fault["input"], fault.get("ctx", {})
    if not isinstance(value, str):
        return ""
    if context.get("pattern") == SLUG:
        slug = as_slug(value)
        return slug if slug != value else ""
    return nearest(value, choices_of(fault))
