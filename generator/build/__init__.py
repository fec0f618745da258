"""The whole way from the content folder to the site, and parts of it for other commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import later

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

__getattr__ = later(
    __name__,
    {
        "freshness": "assess",
        "loading": "Checked Content Progress load",
        "past": "PastOf read_past",
        "session": "Session",
        "site": "Outcome Request build",
        "strings": "words_for",
        "survey": "Question Surveyed judged",
        "waivers": "WaiverFile baseline read_waivers",
    },
)
