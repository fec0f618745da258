"""The whole way from the content folder to the site, and parts of it for other commands.

What is named here is loaded when it is asked for: most commands need little of it, and to load all
takes longer than many of them run.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.build.freshness import assess
    from generator.build.loading import Content, Progress, load
    from generator.build.past import PastOf, read_past
    from generator.build.session import Session
    from generator.build.site import Outcome, Request, build
    from generator.build.strings import words_for
    from generator.build.survey import Question, Surveyed, judged
    from generator.build.waivers import WaiverFile, baseline, read_waivers
    from generator.validate import Checked

__all__ = [
    "Checked", "Content", "Outcome", "PastOf", "Progress", "Question", "Request", "Session",
    "Surveyed", "WaiverFile", "assess", "baseline", "build", "judged", "load", "read_past",
    "read_waivers", "words_for",
]  # fmt: skip

_NAMES = {
    "build.freshness": "assess",
    "build.loading": "Content Progress load",
    "build.past": "PastOf read_past",
    "build.session": "Session",
    "build.site": "Outcome Request build",
    "build.strings": "words_for",
    "build.survey": "Question Surveyed judged",
    "build.waivers": "WaiverFile baseline read_waivers",
    "validate": "Checked",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"generator.{_HOMES[name]}"), name)
