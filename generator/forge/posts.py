"""What a forge holds, what it can do, and what became of an attempt to post."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from generator.forge.calls import Refusal, Why
from generator.forge.texts import cut

SHORT = 20_000
"""Characters that are tried when a forge finds a text too long after all."""


@dataclass(frozen=True, slots=True)
class Post:
    """A comment or an issue."""

    number: int
    text: str
    mine: bool
    """Whether the token's own account wrote it, as far as that can be known."""
    url: str = ""
    title: str = ""
    open: bool = True


class Forge(Protocol):
    """What is common to all places for texts."""

    @property
    def limit(self) -> int:
        """Characters that a text may have."""

    def pause(self) -> bool:
        """Gives the forge a moment; False if there was no more time to wait."""


class Comments(Forge, Protocol):
    """A change that can be commented on."""

    def comments(self) -> list[Post]:
        """All comments."""

    def add_comment(self, text: str) -> None:
        """Writes a new one."""

    def change_comment(self, post: Post, text: str) -> None:
        """Replaces the text of one."""

    def remove_comment(self, post: Post) -> None:
        """Takes one away."""


class Issues(Forge, Protocol):
    """A project whose issues carry a label of ours."""

    def issues(self) -> list[Post]:
        """All that have the label, closed ones too."""

    def add_issue(self, title: str, text: str) -> None:
        """Opens a new one."""

    def change_issue(self, post: Post, title: str, text: str, opened: bool) -> None:
        """Replaces title, text and state of one."""


class Outcome(enum.StrEnum):
    """What became of a text."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REOPENED = "reopened"
    CLOSED = "closed"
    NOTHING = "nothing"
    FORBIDDEN = "forbidden"
    FAILED = "failed"
    UNSURE = "not known"
    """The forge broke off while it was to create something."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What became of one text, and where it is or why it is nowhere."""

    outcome: Outcome
    url: str = ""
    owner: str = ""
    """Whose issue it is; empty for a comment."""
    why: str = ""


def fitting(text: str, limit: int) -> tuple[str, str]:
    """A text as long as the forge says it may be, and a short one for a forge that thinks again."""
    return cut(text, limit), cut(text, SHORT)


def send_fitting(text: str, limit: int, send: Callable[[str], None]) -> None:
    """Sends the text, and once more cut short if it was too long."""
    whole, short = fitting(text, limit)
    try:
        send(whole)
    except Refusal as refusal:
        if refusal.why is not Why.TOO_LONG or short == whole:
            raise
        send(short)
