"""Two states of the same data, compared field by field along the shape of its model.

Works on plain data as snapshots hold it. Items are matched by their ids, and where an id is new,
by what the item is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.changes.change import Act, Change, Nature, Place
from generator.changes.side import Data, Side
from generator.changes.texts import TextChange, compare_texts
from generator.model.entry import Content
from generator.model.fields import Model
from generator.model.review import Claim, Review
from generator.model.shape import Form, Shape, shapes_of

_NUMBERED = ("Step",)
"""Models whose items people know by their position."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares data of both sides."""

    old: Side
    new: Side

    def texts(self, old: Any, new: Any) -> tuple[str, str]:
        """A text of both sides in the language that is read. Where one alone is translated, both
        in the source language: that a text is translated now is no change of what it says."""
        source = bool(old and new) and (self.old.language in old) != (self.new.language in new)
        return self.old.text(old, source), self.new.text(new, source)

    def model(
        self, model: type[Model], old: Data, new: Data, at: tuple[Place, ...] = ()
    ) -> Iterator[Change]:
        """What changed in the fields of a model."""
        if old == new:
            return
        for shape in shapes_of(model):
            before, after = old.get(shape.name), new.get(shape.name)
            if before == after or _means_the_same(model, shape, before, after):
                continue
            if model is Claim and shape.name == "checked":
                place = (*at, Place("claim", shape.name))
                yield Change(Act.CHANGED, Nature.REVIEW, place, before, after)
            else:
                yield from self._field(model, shape, before, after, at)
        yield from self._unknown(model, old, new, at)

    def _field(
        self, model: type[Model], shape: Shape, before: Any, after: Any, at: tuple[Place, ...]
    ) -> Iterator[Change]:
        place = (*at, Place(model.__name__.lower(), shape.name))
        match shape.form:
            case Form.WORDS | Form.PROSE:
                yield from self._text(shape, before, after, place, model)
            case Form.TEXTS:
                yield from self._texts(before or {}, after or {}, place)
            case Form.ITEMS:
                assert shape.model is not None
                yield from self._items(shape.model, before or [], after or [], place)
            case Form.REFERENCES:
                yield from _members(self.old.refers(before or []), after or [], place, shape.form)
            case Form.REFERENCE:
                if self.old.refers(before) != after:
                    yield from _plain(before, after, place, shape.form)
            case Form.MODEL if shape.model is Review:
                yield Change(Act.CHANGED, Nature.REVIEW, place, before, after)
            case Form.MODEL if before and after:
                assert shape.model is not None
                yield from self.model(shape.model, before, after, place)
            case _:
                yield from _plain(before, after, place, shape.form)

    def _unknown(
        self, model: type[Model], old: Data, new: Data, at: tuple[Place, ...]
    ) -> Iterator[Change]:
        """Fields that this generator does not know: whether they changed, it can tell."""
        known = {shape.name for shape in shapes_of(model)}
        for name in sorted((old.keys() | new.keys()) - known):
            if (before := old.get(name)) != (after := new.get(name)):
                yield from self._unknown_field((*at, Place("", name)), before, after)

    def _unknown_field(self, place: tuple[Place, ...], before: Any, after: Any) -> Iterator[Change]:
        old, new = self.old.unknown_text(before), self.new.unknown_text(after)
        if not (old and new):
            yield from _plain(old or _simple(before), new or _simple(after), place, Form.PLAIN)
        elif change := compare_texts(old, new):
            yield _rewritten(change, place, old, new, Form.PROSE)

    def _text(
        self, shape: Shape, old: Any, new: Any, place: tuple[Place, ...], model: type[Model]
    ) -> Iterator[Change]:
        before, after = self.texts(old, new)
        if not (before and after):
            yield from _plain(before or None, after or None, place, shape.form)
        elif shape.name == "title" and issubclass(model, Content):
            if before != after:
                yield Change(Act.RENAMED, Nature.FACT, place, before, after, shape.form)
        elif change := compare_texts(before, after):
            yield _rewritten(change, place, before, after, shape.form)

    def _texts(self, old: Data, new: Data, place: tuple[Place, ...]) -> Iterator[Change]:
        both = {key: self.texts(old.get(key), new.get(key)) for key in {**old, **new}}
        before = {key: both[key][0] for key in old}
        after = {key: both[key][1] for key in new}
        former = _rekeyed(before, after)
        for key, text in after.items():
            here = _keyed(place, key)
            known = former.get(key, key)
            if known not in before:
                yield Change(Act.ADDED, Nature.FACT, here, None, text, Form.PROSE)
            elif change := compare_texts(before[known], text):
                yield _rewritten(change, here, before[known], text, Form.PROSE)
        kept = {*after, *former.values()}
        for key, text in before.items():
            if key not in kept:
                yield Change(Act.REMOVED, Nature.FACT, _keyed(place, key), text, None, Form.PROSE)
        yield from _reordered([*before], [former.get(key, key) for key in after], place)

    def _items(
        self, model: type[Model], old: list[Data], new: list[Data], place: tuple[Place, ...]
    ) -> Iterator[Change]:
        before, after = _by_key(old), _by_key(new)
        former = self._matched(before, after)
        numbered = model.__name__ in _NUMBERED
        for number, (key, item) in enumerate(after.items(), 1):
            title = self.new.title_of(item)
            here = _keyed(place, key, number if numbered else 0, title)
            known = former.get(key, key)
            if known not in before:
                yield Change(Act.ADDED, Nature.FACT, here, None, title)
            else:
                yield from self.model(
                    model, {**before[known], "id": key}, {**item, "id": key}, here
                )
        kept = {*after, *former.values()}
        for number, (key, item) in enumerate(before.items(), 1):
            if key not in kept:
                title = self.old.title_of(item)
                here = _keyed(place, key, number if numbered else 0, title)
                yield Change(Act.REMOVED, Nature.FACT, here, title)
        yield from _reordered([*before], [former.get(key, key) for key in after], place)

    def _matched(self, before: Data, after: Data) -> dict[str, str]:
        """Items under a new id, with the id that an item of the same name had."""
        gone = {self.old.title_of(item): key for key, item in before.items() if key not in after}
        found = {}
        for key, item in after.items():
            if key not in before and (known := gone.pop(self.new.title_of(item), None)):
                found[key] = known
        return found


def _rewritten(
    change: TextChange, place: tuple[Place, ...], before: str, after: str, form: Form
) -> Change:
    act = Act.REORDERED if change.nature is Nature.ORDER else Act.TEXT
    return Change(act, change.nature, place, before, after, form, change.pieces)


def _means_the_same(model: type[Model], shape: Shape, before: Any, after: Any) -> bool:
    """Whether one side leaves out what the other says: the value that a field has by default."""
    if before is not None and after is not None:
        return False
    default = model.model_fields[shape.attribute].default
    return isinstance(default, str | int | float) and default in (before, after)


def _keyed(
    place: tuple[Place, ...], key: str, number: int = 0, title: str = ""
) -> tuple[Place, ...]:
    *outer, last = place
    return (*outer, Place(last.model, last.field, key, number, title))


def _by_key(items: list[Data]) -> dict[str, Data]:
    """Items by id; one without is known by what it says, and by its position where that fails."""
    found: dict[str, Data] = {}
    for index, item in enumerate(items):
        key = str(item.get("id") or item.get("code") or f"#{index + 1}")
        found[key if key not in found else f"{key}#{index + 1}"] = item
    return found


def _rekeyed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Texts under a new key, with the key that the same text had."""
    gone = {text: key for key, text in before.items() if key not in after}
    return {
        key: gone.pop(text) for key, text in after.items() if key not in before and text in gone
    }


def _plain(before: Any, after: Any, place: tuple[Place, ...], form: Form) -> Iterator[Change]:
    """Structure: numbers, dates, references, choices."""
    shapes = {type(side) for side in (before, after) if side is not None}
    if shapes == {dict}:
        for key in dict.fromkeys([*(before or {}), *(after or {})]):
            old, new = ((side or {}).get(key) for side in (before, after))
            if old != new:
                yield from _plain(_simple(old), _simple(new), _keyed(place, str(key)), form)
    elif shapes == {list}:
        yield from _members(before or [], after or [], place, form)
    elif before is None:
        yield Change(Act.ADDED, Nature.FACT, place, None, _simple(after), form)
    elif after is None:
        yield Change(Act.REMOVED, Nature.FACT, place, _simple(before), None, form)
    else:
        yield Change(Act.CHANGED, Nature.FACT, place, _simple(before), _simple(after), form)


def _simple(value: Any) -> Any:
    """A value that can stand in a line; what lies deeper is told as a whole."""
    if isinstance(value, dict | list):
        return str(value)
    return value


def _members(
    before: list[Any], after: list[Any], place: tuple[Place, ...], form: Form
) -> Iterator[Change]:
    """What a list of names or numbers gained and lost."""
    old, new = [*map(_simple, before)], [*map(_simple, after)]
    if len(old) == len(new) == 1:
        yield Change(Act.CHANGED, Nature.FACT, place, old[0], new[0], form)
        return
    for value in new:
        if value not in old:
            yield Change(Act.ADDED, Nature.FACT, place, None, value, form)
    for value in old:
        if value not in new:
            yield Change(Act.REMOVED, Nature.FACT, place, value, None, form)
    yield from _reordered(old, new, place)


def _reordered(old: list[Any], new: list[Any], place: tuple[Place, ...]) -> Iterator[Change]:
    if [each for each in old if each in new] != [each for each in new if each in old]:
        yield Change(Act.REORDERED, Nature.ORDER, place)
