"""Many values of one dataclass by key, as columns: a pickle takes and gives these several times as
fast as objects, each of which it has to be told how to make."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns: keys, and the values of each field."""

    keys: tuple[str, ...]
    columns: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Table:
        """Values of one dataclass, which has two fields or more."""
        if not values:
            return cls((), ())
        names = [field.name for field in dataclasses.fields(next(iter(values.values())))]
        rows = map(operator.attrgetter(*names), values.values())
        return cls(tuple(values), tuple(zip(*rows, strict=True)))

    def read(self, kind: type[T], **others: Callable[[str], Any]) -> dict[str, T]:
        """The values. `others` give what stands in columns in place of what was kept, by key.
        Raises ValueError or TypeError where they are not of this kind."""
        if not self.keys:
            return {}
        names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
        columns = dict(zip(names, self.columns, strict=True))
        columns |= {name: tuple(map(give, self.keys)) for name, give in others.items()}
        return dict(zip(self.keys, map(kind, *columns.values()), strict=True))
