"""Notes on merge requests and issues on GitLab, by its REST API, version 4."""

from __future__ import annotations

import functools
import urllib.parse
from collections.abc import Mapping
from typing import Any

from generator.forge.calls import Calls, Patience, Refusal, Why
from generator.forge.posts import Post


def gitlab_calls(
    address: str, token: str, patience: Patience, proxies: Mapping[str, str] | None = None
) -> Calls:
    """Calls that carry an access token of GitLab; the token of a job may not post."""
    return Calls(address, {"PRIVATE-TOKEN": token}, patience, proxies)


class GitLab:
    """A project by its number or path, one of its merge requests, and the label of our issues."""

    limit = 900_000
    """GitLab takes 1,000,000 characters."""

    def __init__(self, calls: Calls, project: str, merge: int = 0, label: str = "") -> None:
        self._calls = calls
        self._at = f"/projects/{urllib.parse.quote(project, safe='')}"
        self._notes = f"{self._at}/merge_requests/{merge}/notes"
        self._label = label

    def pause(self) -> bool:
        """Gives it a moment; False if there was no more time to wait."""
        return self._calls.wait(2)

    def comments(self) -> list[Post]:
        """All notes on the merge request that people or tokens wrote."""
        me = self._me
        query = [("order_by", "created_at"), ("sort", "asc")]
        found = self._calls.items(self._notes, query)
        return [_post(item, item.get("id"), me) for item in found if not item.get("system")]

    def add_comment(self, text: str) -> None:
        """Writes a new one."""
        self._calls.send("POST", self._notes, {"body": text})

    def change_comment(self, post: Post, text: str) -> None:
        """Replaces the text of one."""
        self._calls.send("PUT", f"{self._notes}/{post.number}", {"body": text})

    def remove_comment(self, post: Post) -> None:
        """Takes one away."""
        self._calls.send("DELETE", f"{self._notes}/{post.number}")

    def issues(self) -> list[Post]:
        """All that have the label, closed ones too."""
        me = self._me
        query = [("labels", self._label), ("state", "all"), ("scope", "all"), ("sort", "asc")]
        found = self._calls.items(f"{self._at}/issues", query)
        return [_post(item, item.get("iid"), me) for item in found]

    def add_issue(self, title: str, text: str) -> None:
        """Opens a new one."""
        wanted = {"title": title, "description": text, "labels": self._label}
        self._calls.send("POST", f"{self._at}/issues", wanted)

    def change_issue(self, post: Post, title: str, text: str, opened: bool) -> None:
        """Replaces title, text and state of one."""
        changed = {"title": title, "description": text}
        if opened != post.open:
            changed["state_event"] = "reopen" if opened else "close"
        self._calls.send("PUT", f"{self._at}/issues/{post.number}", changed)

    @functools.cached_property
    def _me(self) -> int:
        """The account of the token."""
        me = self._calls.send("GET", "/user").record.get("id")
        if not isinstance(me, int):
            raise Refusal(Why.REJECTED, "it does not say whose the token is")
        return me


def _post(item: Mapping[str, Any], number: Any, me: int | None) -> Post:
    author = item.get("author") or {}
    return Post(
        number=number if isinstance(number, int) else 0,
        text=str(item.get("body") or item.get("description") or ""),
        mine=me is not None and author.get("id") == me,
        url=str(item.get("web_url") or ""),
        title=str(item.get("title") or ""),
        open=item.get("state", "opened") == "opened",
    )
