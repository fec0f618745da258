"""One comment on a change, kept up to date.

Looks, acts, and looks again: a comment that was created by two runs at once, or by a call that
broke off, is found by the second look, and only the oldest stays.
"""

from __future__ import annotations

from generator.forge.calls import Refusal, Why
from generator.forge.posts import Comments, Outcome, Post, Posting, fitting, send_fitting
from generator.forge.texts import MARKER, begins_with, posted, same

LOOKS = 4
"""Times that the comments are read at most."""

GONE = "This change has nothing to report any more."


def put_comment(forge: Comments, body: str) -> Posting:
    """Brings the comment on a change up to date. With an empty body, nothing is posted, and an
    earlier comment is changed to say that there is nothing any more."""
    try:
        return _put(forge, body)
    except Refusal as refusal:
        forbidden = refusal.why is Why.FORBIDDEN
        return Posting(Outcome.FORBIDDEN if forbidden else Outcome.FAILED, why=refusal.text)


def _put(forge: Comments, body: str) -> Posting:
    text = posted(MARKER, body or GONE)
    created = False
    for look in range(LOOKS):
        mine = _mine(forge)
        if mine:
            changed = _change(forge, mine, text)
            return Posting(Outcome.CREATED if created else changed, mine[0].url)
        if created or not body:  # a list that lags behind does not show what was just created
            break
        created = _create(forge, text, last=look == LOOKS - 1)
    return Posting(Outcome.CREATED if created else Outcome.NOTHING)


def _mine(forge: Comments) -> list[Post]:
    """Our comments, the oldest first. What somebody else wrote is theirs, whatever it says."""
    found = [post for post in forge.comments() if post.mine and begins_with(post.text, MARKER)]
    return sorted(found, key=lambda post: post.number)


def _create(forge: Comments, text: str, last: bool) -> bool:
    """Whether a comment was created; if that is not known, it is time for another look."""
    try:
        send_fitting(text, forge.limit, forge.add_comment)
    except Refusal as refusal:
        if last or refusal.why is not Why.UNSURE or not forge.pause():
            raise
        return False
    return True


def _change(forge: Comments, mine: list[Post], text: str) -> Outcome:
    """Takes all comments away but the oldest, and gives that one the text."""
    kept, *others = mine
    for post in others:
        _remove(forge, post)
    if any(same(kept.text, wanted) for wanted in fitting(text, forge.limit)):
        return Outcome.UNCHANGED
    send_fitting(text, forge.limit, lambda wanted: forge.change_comment(kept, wanted))
    return Outcome.UPDATED


def _remove(forge: Comments, post: Post) -> None:
    try:
        forge.remove_comment(post)
    except Refusal as refusal:
        if refusal.why is not Why.MISSING:  # another run was faster
            raise
