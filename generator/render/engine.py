"""Jinja2, quicker for templates that always escape and functions that never take the context.

A page calls macros and functions a few hundred times, and at each call Jinja2 finds out anew what
is always the same here: that escaping is on, that what macros give is markup, that no function
wants to be handed the context. What templates mean does not change.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, runtime
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.render.kept import Parts


class Context(runtime.Context):
    """Hands itself to no function."""

    def call(
        self,
        function: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """The result of `function`."""
        return function(*arguments, **named)


class Macro(runtime.Macro):
    """Takes a short way where it is called with nothing but arguments in their order."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        more = self.catch_kwargs or self.catch_varargs or self.caller
        self._most = -1 if more else self._argument_count
        self._absent = (missing,) * self._argument_count

    def __call__(self, *arguments: Any, **named: Any) -> str:
        given = len(arguments)
        if named or given > self._most:
            return super().__call__(*arguments, **named)
        return markup(self._func(*arguments, *self._absent[given:]))


class _Template(Template):
    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja2's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The template, its code bound to the functions of this module."""
        template = super().from_code(environment, code, globals, uptodate)
        names = template.root_render_func.__globals__
        names.update(Macro=Macro, escape=_escaped, markup_join=_joined)
        return template


class HtmlEnvironment(Environment):
    """An environment whose templates always escape."""

    context_class = Context
    template_class = _Template

    def __init__(self, place: Callable[[], object], **options: Any) -> None:
        """`place` gives what links of the page at hand depend on."""
        super().__init__(autoescape=True, **options)
        self._place = place
        self._parts = Parts()

    def kept(self, part: str, values: tuple[object, ...], make: Callable[[], str]) -> str:
        """A part of the templates that is made of `values` and of the place of the page."""
        return self._parts.of((part, self._place()), values, make)

    def make_globals(self, more: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain mapping, where Jinja2 chains two: every import of every page looks at it."""
        return {**self.globals, **(more or {})}


@functools.lru_cache(maxsize=16384)
def escaped(text: str) -> Markup:
    """`text` as markup; kept, because pages show the same words over and over."""
    return escape(text)


def markup(text: str) -> Markup:
    """As `Markup(text)`, which asks each time what kind of text it is."""
    return str.__new__(Markup, text)


def _escaped(value: Any) -> Any:
    """What a template puts out where `value` stands."""
    kind = type(value)
    if kind is Markup:
        return value
    if kind is str:
        return escaped(value)
    return str(value) if kind is int or kind is float else escape(value)


def _joined(values: Iterable[Any]) -> str:
    """The values joined by `~`."""
    texts = tuple(values)
    for text in texts:
        if type(text) is not str:
            return runtime.markup_join(texts)
    return "".join(texts)
