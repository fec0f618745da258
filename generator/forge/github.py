"""Comments and issues on GitHub, by its REST API in the version of 2022-11-28."""

from __future__ import annotations

import functools
import urllib.parse
from collections.abc import Mapping
from typing import Any

from generator.forge.calls import Calls, Patience, Refusal, Why
from generator.forge.posts import Post


def github_calls(
    address: str, token: str, patience: Patience, proxies: Mapping[str, str] | None = None
) -> Calls:
    """Calls that carry a token of GitHub."""
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Calls(address, headers, patience, proxies)


class GitHub:
    """A repository, `owner/name`, one of its pull requests, and the label of our issues."""

    limit = 65_000
    """GitHub takes 65,536 characters."""

    def __init__(self, calls: Calls, repository: str, pull: int = 0, label: str = "") -> None:
        self._calls = calls
        self._at = f"/repos/{urllib.parse.quote(repository)}"
        self._pull = pull
        self._label = label

    def pause(self) -> bool:
        """Gives it a moment; False if there was no more time to wait."""
        return self._calls.wait(2)

    def comments(self) -> list[Post]:
        """All comments on the pull request."""
        me = self._me
        path = f"{self._at}/issues/{self._pull}/comments"
        return [_post(item, item.get("id"), me) for item in self._calls.items(path)]

    def add_comment(self, text: str) -> None:
        """Writes a new one."""
        self._calls.send("POST", f"{self._at}/issues/{self._pull}/comments", {"body": text})

    def change_comment(self, post: Post, text: str) -> None:
        """Replaces the text of one."""
        self._calls.send("PATCH", f"{self._at}/issues/comments/{post.number}", {"body": text})

    def remove_comment(self, post: Post) -> None:
        """Takes one away."""
        self._calls.send("DELETE", f"{self._at}/issues/comments/{post.number}")

    def issues(self) -> list[Post]:
        """All that have the label, closed ones too; pull requests are left out."""
        me = self._me
        query = [("labels", self._label), ("state", "all"), ("direction", "asc")]
        found = self._calls.items(f"{self._at}/issues", query)
        return [_post(item, item.get("number"), me) for item in found if "pull_request" not in item]

    def add_issue(self, title: str, text: str) -> None:
        """Opens a new one. Without its label it would not be found again, and GitHub leaves labels
        out without a word, so a second call sets it."""
        wanted = {"title": title, "body": text, "labels": [self._label]}
        made = self._calls.send("POST", f"{self._at}/issues", wanted).record
        labels = [label.get("name") for label in made.get("labels") or () if label]
        if self._label not in labels:
            path = f"{self._at}/issues/{made.get('number')}/labels"
            self._calls.send("POST", path, {"labels": [self._label]})

    def change_issue(self, post: Post, title: str, text: str, opened: bool) -> None:
        """Replaces title, text and state of one."""
        state = {"state": "open"} if opened else {"state": "closed", "state_reason": "completed"}
        changed = {"title": title, "body": text, **state}
        self._calls.send("PATCH", f"{self._at}/issues/{post.number}", changed)

    @functools.cached_property
    def _me(self) -> int | None:
        """The account of the token; None for a token of a workflow or an app, which may not ask."""
        try:
            me = self._calls.send("GET", "/user").record.get("id")
        except Refusal as refusal:
            if refusal.why in (Why.FORBIDDEN, Why.MISSING):
                return None
            raise
        return me if isinstance(me, int) else None


def _post(item: Mapping[str, Any], number: Any, me: int | None) -> Post:
    author = item.get("user") or {}  # null for an account that is gone
    return Post(
        number=number if isinstance(number, int) else 0,
        text=str(item.get("body") or ""),
        mine=author.get("type") == "Bot" if me is None else author.get("id") == me,
        url=str(item.get("html_url") or ""),
        title=str(item.get("title") or ""),
        open=item.get("state", "open") == "open",
    )
