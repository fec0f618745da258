"""An issue for each owner with something to review: opened, kept up to date, closed, reopened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.forge.calls import Refusal, Why
from generator.forge.posts import Issues, Outcome, Post, Posting, fitting, send_fitting
from generator.forge.texts import owner_marker, owner_of, posted, same

DONE = "Nothing of `{owner}` waits for a review. This issue opens again when something does."

TWICE = "There is another issue for `{owner}`, which is kept up to date in the place of this one."

_HOPELESS = (Why.FORBIDDEN, Why.BAD_TOKEN, Why.AWAY, Why.MISSING)
"""What holds for the next issue as well."""

_TO_SEE = (Outcome.CREATED, Outcome.UNSURE)


@dataclass(frozen=True, slots=True)
class Report:
    """What an owner has to review."""

    owner: str
    title: str
    body: str


def put_issues(forge: Issues, reports: Iterable[Report]) -> tuple[Posting, ...]:
    """Brings the issues up to date: one for each report, and none open for any other owner. What
    happened to each comes back in the order of the owners."""
    wanted = {report.owner: report for report in reports}
    postings: list[Posting] = []
    try:
        held = _by_owner(forge.issues())
        for owner in sorted({*wanted, *held}):
            postings += _put(forge, owner, wanted.get(owner), held.get(owner, []))
        if any(posting.outcome in _TO_SEE for posting in postings):
            postings = _look_again(forge, wanted, postings)
    except Refusal as refusal:
        forbidden = refusal.why is Why.FORBIDDEN
        outcome = Outcome.FORBIDDEN if forbidden else Outcome.FAILED
        postings.append(Posting(outcome, why=refusal.text))
    return tuple(postings)


def _by_owner(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """Our issues of each owner; the one that is kept up to date, an open one if there is any and
    the oldest of these, comes first."""
    found: dict[str, list[Post]] = {}
    for post in sorted(posts, key=lambda post: (not post.open, post.number)):
        owner = owner_of(post.text)
        if owner and post.mine:
            found.setdefault(owner, []).append(post)
    return found


def _put(forge: Issues, owner: str, report: Report | None, held: list[Post]) -> Iterator[Posting]:
    """What became of the issue of one owner. Raises what holds for the next owner as well."""
    try:
        for post in held[1:]:
            if post.open:
                _close(forge, post, owner, TWICE)
        posting = _open(forge, report, held) if report else _done(forge, owner, held)
    except Refusal as refusal:
        if refusal.why in _HOPELESS:
            raise
        unsure = refusal.why is Why.UNSURE
        posting = Posting(Outcome.UNSURE if unsure else Outcome.FAILED, why=refusal.text)
    if posting:
        yield replace(posting, owner=owner)


def _open(forge: Issues, report: Report, held: list[Post]) -> Posting:
    text = posted(owner_marker(report.owner), report.body)
    if not held:
        send_fitting(text, forge.limit, lambda wanted: forge.add_issue(report.title, wanted))
        return Posting(Outcome.CREATED)
    post = held[0]
    told = post.title == report.title and any(
        same(post.text, wanted) for wanted in fitting(text, forge.limit)
    )
    if told and post.open:
        return Posting(Outcome.UNCHANGED, post.url)
    send_fitting(
        text,
        forge.limit,
        lambda wanted: forge.change_issue(post, report.title, wanted, opened=True),
    )
    return Posting(Outcome.UPDATED if post.open else Outcome.REOPENED, post.url)


def _done(forge: Issues, owner: str, held: list[Post]) -> Posting | None:
    post = held[0]
    if not post.open:
        return None
    _close(forge, post, owner, DONE)
    return Posting(Outcome.CLOSED, post.url)


def _close(forge: Issues, post: Post, owner: str, words: str) -> None:
    text = posted(owner_marker(owner), words.format(owner=owner))
    forge.change_issue(post, post.title, text, opened=False)


def _look_again(
    forge: Issues, wanted: Mapping[str, Report], postings: list[Posting]
) -> list[Posting]:
    """Finds issues that two runs at once created twice, and closes all but one of each owner; and
    gives those of which it is not known whether they were created a second try."""
    if any(posting.outcome is Outcome.UNSURE for posting in postings):
        forge.pause()
    held = _by_owner(forge.issues())
    seen: list[Posting] = []
    for posting in postings:
        owner = posting.owner
        if posting.outcome is Outcome.CREATED and owner not in held:
            seen.append(posting)  # a list that lags behind does not show what was just created
        elif posting.outcome in _TO_SEE:
            again = _put(forge, owner, wanted.get(owner), held.get(owner, []))
            seen += [_first(posting, second) for second in again]
        else:
            seen.append(posting)
    return seen


def _first(posting: Posting, second: Posting) -> Posting:
    """One outcome out of two tries."""
    if posting.outcome is Outcome.CREATED and second.url:
        return replace(posting, url=second.url)
    return second
