"""The whole way from the content folder to the site, and parts of it for other commands.

On top lies the sentence: a site asked for (`site`) and built (`building`), again and again where
somebody writes (`session`), from what was read and checked (`loading`). What it needs on the way
has folders, of which each knows only those after it: `output`, `news`, `memory`, `reviews`. Above
all of it, `releases` puts sites where readers find them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import later

if TYPE_CHECKING:
    from generator.build.languages import faults_of_words
    from generator.build.loading import Content, Progress, load
    from generator.build.reviews.freshness import assess
    from generator.build.reviews.past import PastOf, read_past
    from generator.build.reviews.survey import Question, Surveyed, judged
    from generator.build.reviews.waivers import WaiverFile, baseline, read_waivers
    from generator.build.session import Session
    from generator.build.site import Outcome, Request, build
    from generator.build.strings import words_for
    from generator.validate import Checked

__all__ = [
    "Checked", "Content", "Outcome", "PastOf", "Progress", "Question", "Request", "Session",
    "Surveyed", "WaiverFile", "assess", "baseline", "build", "faults_of_words", "judged", "load",
    "read_past", "read_waivers", "words_for",
]  # fmt: skip

__getattr__ = later(
    __name__,
    {
        "reviews.freshness": "assess",
        "languages": "faults_of_words",
        "loading": "Checked Content Progress load",
        "reviews.past": "PastOf read_past",
        "session": "Session",
        "site": "Outcome Request build",
        "strings": "words_for",
        "reviews.survey": "Question Surveyed judged",
        "reviews.waivers": "WaiverFile baseline read_waivers",
    },
)
