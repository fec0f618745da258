"""Reports are posted once, kept up to date in place, and never by overwriting somebody else.

The commands run against a small GitHub and GitLab on this machine, over real sockets.
"""

from __future__ import annotations

import contextlib
import email.utils
import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli.posting import post
from generator.forge import (
    MARKER,
    GitHub,
    Outcome,
    Patience,
    Posting,
    Report,
    address_fault,
    body_of,
    github_calls,
    owner_marker,
    put_comment,
    put_issues,
    report_of,
)

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-23"
TOKEN = "ghs_not-a-real-token"  # noqa: S105
BOT, ANN = {"id": 41, "type": "Bot"}, {"id": 7, "type": "User"}
REPORT = f"{MARKER}\n## Knowledge\n\nWorse: `sops/visit`, due since Monday.\n"


@dataclass
class Reply:
    """What the forge says in the place of its own answer."""

    status: int
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Forge:
    """The part of GitHub or GitLab that is used, with everything that it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.bodies: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.faults: list[tuple[str, str, Reply]] = []
        self.me: dict[str, Any] | None = None
        self.longest = 65_536
        self.page = 100
        self.drops_labels = False
        self.before: Callable[[str, str], None] = lambda method, path: None
        self._numbers = iter(range(1000, 9999))
        self._lock = threading.Lock()
        self.address = ""

    def fail(self, method: str, path: str, *replies: Reply) -> None:
        """The next calls to a path that contains `path` get these replies."""
        self.faults += [(method, path, reply) for reply in replies]

    def writes(self) -> list[str]:
        """The calls that change something."""
        return [f"{method} {path}" for method, path in self.calls if method != "GET"]

    def comment(self, text: str, author: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Somebody comments."""
        number = next(self._numbers)
        made = {
            "id": number, "body": text, "user": author, "author": author,
            "html_url": f"https://forge.example.com/comments/{number}", **more,
        }  # fmt: skip
        self.comments.append(made)
        return made

    def issue(self, title: str, text: str, author: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Somebody opens an issue with our label."""
        number = next(self._numbers)
        made = {
            "number": number, "iid": number, "title": title, "body": text, "description": text,
            "user": author, "author": author, "state": self.opened, "labels": [],
            "html_url": f"https://forge.example.com/issues/{number}",
            "web_url": f"https://forge.example.com/issues/{number}", **more,
        }  # fmt: skip
        self.issues.append(made)
        return made

    opened = "open"

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        """What the forge does and says."""
        with self._lock:
            for index, (for_method, part, reply) in enumerate(self.faults):
                if for_method == method and part in path:
                    del self.faults[index]
                    return reply
            return self.routed(method, path, query, body)

    def routed(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        raise NotImplementedError

    def listed(self, path: str, items: list[dict[str, Any]], query: dict[str, str]) -> Reply:
        """One page of a list, with a link to the next."""
        page = int(query.get("page", "1"))
        end = page * self.page
        more = urllib.parse.urlencode({**query, "page": page + 1, "after": "Y3Vy"})
        following = f'<{self.address}{path}?{more}>; rel="next"'
        first = f'<{self.address}{path}?page=1>; rel="first"'
        link = {"Link": f"{first}, {following}"} if end < len(items) else {}
        return Reply(200, items[end - self.page : end], link)

    def too_long(self, text: str) -> bool:
        return len(text) > self.longest


class FakeGitHub(Forge):
    """api.github.com for one repository and the pull request 5."""

    def routed(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        if path == "/user":
            refused = {"message": "Resource not accessible by integration"}
            return Reply(200, self.me) if self.me else Reply(403, refused)
        if self.too_long(body.get("body", "")):
            error = {"message": "Body is too long (maximum is 65536 characters)"}
            return Reply(422, {"message": "Validation Failed", "errors": [error]})
        if path == "/repos/acme/play/issues/5/comments":
            if method == "GET":
                return self.listed(path, self.comments, query)
            return Reply(201, self.comment(crlf(body["body"]), self.me or BOT))
        if path == "/repos/acme/play/issues":
            if method == "GET":
                wanted = [i for i in self.issues if {"name": query["labels"]} in i["labels"]]
                return self.listed(path, wanted, query)
            labels = [] if self.drops_labels else [{"name": name} for name in body["labels"]]
            made = self.issue(body["title"], body["body"], self.me or BOT, labels=labels)
            return Reply(201, made)
        return self.single(method, path, body)

    def single(self, method: str, path: str, body: dict[str, Any]) -> Reply:
        """Something by its number."""
        number = re.fullmatch(r"/repos/acme/play/issues/(comments/)?(\d+)(/labels)?", path)
        held = self.comments if number and number[1] else self.issues
        key = "id" if number and number[1] else "number"
        found = [one for one in held if number and one[key] == int(number[2])]
        if not found or number is None:
            return Reply(404, {"message": "Not Found"})
        if method == "DELETE":
            held.remove(found[0])
            return Reply(204, None)
        if number[3]:
            found[0]["labels"] = [{"name": name} for name in body["labels"]]
            return Reply(200, found[0]["labels"])
        found[0].update(body)
        return Reply(200, found[0])


class FakeGitLab(Forge):
    """gitlab.com's API for the project 12 and its merge request 5."""

    opened = "opened"

    def __init__(self) -> None:
        super().__init__()
        self.me = {"id": 41}
        self.longest = 1_000_000

    def routed(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Reply:
        if path == "/user":
            return Reply(200, self.me)
        if self.too_long(body.get("body", "")):
            return Reply(400, {"message": {"note": ["is too long (maximum is 1000000)"]}})
        if path == "/projects/12/merge_requests/5/notes":
            if method == "GET":
                return self.listed(path, self.comments, query)
            return Reply(201, self.comment(body["body"], {"id": 41}, system=False))
        if path == "/projects/12/issues":
            if method == "GET":
                wanted = [i for i in self.issues if query["labels"] in i["labels"]]
                return self.listed(path, wanted, query)
            labels = [body["labels"]]
            made = self.issue(body["title"], body["description"], {"id": 41}, labels=labels)
            return Reply(201, made)
        return self.single(method, path, body)

    def single(self, method: str, path: str, body: dict[str, Any]) -> Reply:
        """Something by its number."""
        number = int(path.rpartition("/")[2])
        notes = path.startswith("/projects/12/merge_requests/5/notes/")
        held, key = (self.comments, "id") if notes else (self.issues, "iid")
        found = [one for one in held if one[key] == number]
        if not found:
            return Reply(404, {"message": "404 Not found"})
        if method == "DELETE":
            held.remove(found[0])
            return Reply(204, None)
        event = {"close": "closed", "reopen": "opened"}.get(body.pop("state_event", ""))
        found[0].update(body, **({"state": event} if event else {}))
        return Reply(200, found[0])


def crlf(text: str) -> str:
    """As a forge may keep a text."""
    return text.strip().replace("\n", "\r\n")


def serve(forge: Forge, secrets: dict[str, str]) -> Iterator[Any]:
    """The forge on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def handle_call(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(size)
            body = json.loads(raw) if raw else {}
            forge.before(self.command, parts.path)
            forge.calls.append((self.command, parts.path))
            forge.bodies.append(body)
            if any(self.headers.get(name) != value for name, value in secrets.items()):
                reply = Reply(401, {"message": "Bad credentials"})
            else:
                query = dict(urllib.parse.parse_qsl(parts.query))
                reply = forge.answer(self.command, parts.path, query, body)
            self.say(reply)

        def say(self, reply: Reply) -> None:
            if reply.status == 0:  # breaks off
                self.close_connection = True
                return
            text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.status != 204:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(text.encode())

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_call  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield forge
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    yield from serve(FakeGitHub(), {"Authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def gitlab() -> Iterator[FakeGitLab]:
    yield from serve(FakeGitLab(), {"PRIVATE-TOKEN": TOKEN})


@dataclass
class Pipeline:
    """A job's folder and environment, in which the command runs."""

    folder: Path
    environment: dict[str, str | None]

    def comment(self, report: str = REPORT, *options: str, **environment: Any) -> Result:
        """Runs `playbook post comment` on this report."""
        (self.folder / "report.md").write_text(report, encoding="utf-8")
        return self.run("comment", str(self.folder / "report.md"), *options, **environment)

    def issues(self, *options: str, **reports: str) -> Result:
        """Runs `playbook post issues` on these reports, by owner."""
        folder = self.folder / "reports"
        folder.mkdir(exist_ok=True)
        for former in folder.iterdir():
            former.unlink()
        for owner, text in reports.items():
            marker = owner_marker(owner)
            (folder / f"{owner}.md").write_text(f"{marker}\n{text}", encoding="utf-8")
        return self.run("issues", str(folder), *options)

    def run(self, *arguments: str, **environment: str | None) -> Result:
        """Runs `playbook post` in this environment alone."""
        ended = CliRunner().invoke(post, arguments, env={**self.environment, **environment})
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        assert TOKEN not in ended.output
        return ended

    @property
    def summary(self) -> str:
        """What the job's page shows."""
        path = self.folder / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""


NO_PIPELINE = {
    name: None
    for name in os.environ
    if name.startswith(("GITHUB_", "GITLAB_", "CI_")) or name.lower().endswith("_proxy")
}


@pytest.fixture
def on_github(github: FakeGitHub, tmp_path: Path) -> Pipeline:
    """A workflow for the pull request 5."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 5}}), encoding="utf-8")
    environment = {
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "acme/play",
        "GITHUB_API_URL": github.address,
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    return Pipeline(tmp_path, {**NO_PIPELINE, **environment})


@pytest.fixture
def on_gitlab(gitlab: FakeGitLab, tmp_path: Path) -> Pipeline:
    """A pipeline for the merge request 5."""
    environment = {
        "GITLAB_TOKEN": TOKEN,
        "CI_PROJECT_ID": "12",
        "CI_API_V4_URL": gitlab.address,
        "CI_MERGE_REQUEST_IID": "5",
    }
    return Pipeline(tmp_path, {**NO_PIPELINE, **environment})


class Waits:
    """Stands in for the clock: remembers how long it was asked to wait, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def patience(self, **more: Any) -> Patience:
        return Patience(sleep=self.seconds.append, clock=lambda: 1_795_000_000.0, **more)


@pytest.fixture
def waits() -> Waits:
    return Waits()


def wait_for(event: threading.Event) -> None:
    """Holds a call up."""
    event.wait(10)


def posted_to(github: FakeGitHub, waits: Waits, body: str = "News", **more: Any) -> Posting:
    """What becomes of a comment, without waiting for real."""
    calls = github_calls(github.address, TOKEN, waits.patience(**more))
    return put_comment(GitHub(calls, "acme/play", 5), body)


# The comment on a change


def test_the_first_report_becomes_a_comment(github: FakeGitHub, on_github: Pipeline) -> None:
    github.comment("Nice work", ANN)
    ended = on_github.comment()
    assert (ended.exit_code, ended.output) == (
        0,
        "The comment is new. https://forge.example.com/comments/1001\n",
    )
    assert github.comments[1]["body"].replace("\r\n", "\n") == REPORT.strip()
    assert github.writes() == ["POST /repos/acme/play/issues/5/comments"]


def test_an_equal_report_makes_no_call_that_writes(github: FakeGitHub, on_github: Pipeline) -> None:
    on_github.comment()
    github.calls.clear()
    ended = on_github.comment()
    assert ended.exit_code == 0
    assert ended.output.startswith("The comment stays: it says the same.")
    assert github.writes() == []


def test_another_report_is_put_in_place_of_the_former(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    on_github.comment()
    ended = on_github.comment(REPORT.replace("Monday", "Friday"))
    assert ended.output.startswith("The comment was updated.")
    assert ["Friday" in comment["body"] for comment in github.comments] == [True]


@pytest.mark.parametrize("report", ["", "\n", MARKER, MARKER + "\n \n"])
def test_nothing_to_report_posts_nothing(
    github: FakeGitHub, on_github: Pipeline, report: str
) -> None:
    ended = on_github.comment(report)
    assert (ended.exit_code, github.writes(), on_github.summary) == (0, [], "")
    assert ended.output == "There is nothing to report, and no comment.\n"


def test_when_nothing_is_left_the_comment_says_so(github: FakeGitHub, on_github: Pipeline) -> None:
    on_github.comment()
    ended = on_github.comment(MARKER)
    assert ended.output.startswith("The comment was updated.")
    assert github.comments[0]["body"] == (
        f"{MARKER}\nThis change has nothing to report any more.\n"
    )
    github.calls.clear()
    on_github.comment(MARKER)
    assert github.writes() == []


def test_the_comment_is_found_on_later_pages(github: FakeGitHub, on_github: Pipeline) -> None:
    for index in range(7):
        github.comment(f"Remark {index}", ANN)
    on_github.comment()
    github.page = 2
    github.calls.clear()
    ended = on_github.comment(REPORT + "More\n")
    assert ended.output.startswith("The comment was updated.")
    assert [path for _, path in github.calls].count("/repos/acme/play/issues/5/comments") == 4


@pytest.mark.parametrize(
    "text",
    [MARKER + "\nI copied the bot", f"> {MARKER}\n> quoted", f"See\n{MARKER}"],
    ids=["copied whole", "quoted", "further down"],
)
def test_who_quotes_the_hidden_line_is_not_overwritten(
    github: FakeGitHub, on_github: Pipeline, text: str
) -> None:
    github.comment(text, ANN)
    assert on_github.comment().exit_code == 0
    assert github.comments[0]["body"] == text
    assert len(github.comments) == 2


@pytest.mark.parametrize("text", [f"> {MARKER}\n> quoted", f"See\n{MARKER}", f"{MARKER} and more"])
def test_another_robot_that_quotes_the_hidden_line_is_not_overwritten(
    github: FakeGitHub, on_github: Pipeline, text: str
) -> None:
    github.comment(text, {"id": 99, "type": "Bot"})
    assert on_github.comment().output.startswith("The comment is new.")
    assert github.comments[0]["body"] == text


def test_a_token_of_a_person_finds_only_the_comments_of_that_person(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.me = ANN
    github.comment(REPORT, BOT)
    github.comment(REPORT, {"id": 8, "type": "User"})
    github.comment(MARKER + "\nEarlier", ANN)
    on_github.comment()
    assert github.writes() == ["PATCH /repos/acme/play/issues/comments/1002"]


def test_a_comment_of_an_account_that_is_gone_does_no_harm(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.comments.append({"id": 1, "body": None, "user": None})
    assert on_github.comment().output.startswith("The comment is new.")


def test_a_fork_gets_the_report_in_the_summary(github: FakeGitHub, on_github: Pipeline) -> None:
    refused = {"message": "Resource not accessible by integration"}
    github.fail("POST", "/comments", Reply(403, refused))
    ended = on_github.comment()
    assert ended.exit_code == 0
    assert ended.output == (
        "No comment: the token may not write here, like that of a fork "
        "(403 Resource not accessible by integration).\nThe report is in the job summary.\n"
    )
    assert on_github.summary == "## Knowledge\n\nWorse: `sops/visit`, due since Monday.\n"


def test_a_pull_request_that_is_not_there_is_an_error(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    ended = on_github.comment(REPORT, "--pull", "77")
    assert ended.exit_code == 1
    assert "404 Not Found. Either it does not exist, or the token may not see it." in ended.output
    assert on_github.summary


def test_a_wrong_token_is_an_error_that_does_not_show_it(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    ended = on_github.comment(GITHUB_TOKEN="ghs_another")  # noqa: S106
    assert ended.exit_code == 1
    assert "401 Bad credentials. Is the token right, and still valid?" in ended.output
    assert "ghs_another" not in ended.output


def test_a_token_that_a_server_sends_back_is_not_printed(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.fail("GET", "/user", Reply(400, {"message": f"bad header {TOKEN}\n::warning::x"}))
    ended = on_github.comment()
    assert ended.output == (
        "No comment: the forge did not take it: 400 bad header *** ::warning::x.\n"
    )


def test_a_report_that_is_too_long_is_cut_at_a_section(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.longest = 30_000
    sections = "".join(f"## Section {n}\n\n{'word ' * 200}\n" for n in range(50))
    ended = on_github.comment(f"{MARKER}\n{sections}")
    assert ended.output.startswith("The comment is new.")
    body = github.comments[0]["body"].replace("\r\n", "\n")
    assert len(body) <= 20_000
    kept, _, note = body.rpartition("\n\n")
    assert note.startswith("_The rest did not fit in here.")
    assert kept.endswith("word")
    assert len(kept) > 15_000
    github.calls.clear()
    on_github.comment(f"{MARKER}\n{sections}")
    assert github.writes() == []


def test_a_report_that_is_too_long_even_when_cut_is_an_error(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.longest = 10
    ended = on_github.comment(f"{MARKER}\n## A\n\n{'word ' * 9000}")
    assert ended.exit_code == 1
    assert "422 Validation Failed" in ended.output
    assert "Body is too long" in ended.output
    assert len(github.writes()) == 2


def test_two_runs_at_once_leave_one_comment(github: FakeGitHub, waits: Waits) -> None:
    together = threading.Barrier(2)
    first = {"POST": 2}

    def meet(method: str, path: str) -> None:
        if method == "POST" and path.endswith("/comments") and first["POST"]:
            first["POST"] -= 1
            together.wait(10)  # by now both have looked and seen no comment

    github.before = meet
    bodies = ("One", "Two")
    threads = [threading.Thread(target=posted_to, args=(github, waits, body)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert github.writes().count("POST /repos/acme/play/issues/5/comments") == 2
    texts = [comment["body"].replace("\r\n", "\n").strip() for comment in github.comments]
    assert texts in ([f"{MARKER}\nOne"], [f"{MARKER}\nTwo"])


def test_doubles_of_former_runs_are_taken_away(github: FakeGitHub, on_github: Pipeline) -> None:
    for _ in range(3):
        github.comment(REPORT, BOT)
    github.comment(MARKER + "\nby a person", ANN)
    on_github.comment()
    assert [comment["id"] for comment in github.comments] == [1000, 1003]


# Patience


def test_it_waits_as_long_as_it_is_told(github: FakeGitHub, waits: Waits) -> None:
    github.fail("POST", "/comments", Reply(429, {}, {"Retry-After": "7"}))
    assert posted_to(github, waits).outcome is Outcome.CREATED
    assert waits.seconds == [7]


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (Reply(403, {"message": "You have exceeded a secondary rate limit"}), 60),
        (Reply(403, {}, {"Retry-After": "12"}), 12),
        (
            Reply(403, {}, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795000030"}),
            31,
        ),
        (Reply(429, {}, {"RateLimit-Reset": "1795000005"}), 6),
        (Reply(429, {}, {"Retry-After": email.utils.formatdate(1_795_000_020)}), 20),
        (Reply(429, {}, {"Retry-After": "soon"}), 60),
    ],
)
def test_all_ways_to_say_later_are_understood(
    github: FakeGitHub, waits: Waits, reply: Reply, seconds: float
) -> None:
    github.fail("GET", "/comments", reply)
    assert posted_to(github, waits).outcome is Outcome.CREATED
    assert waits.seconds == [seconds]


def test_it_does_not_wait_for_an_hour(github: FakeGitHub, waits: Waits) -> None:
    github.fail("GET", "/comments", Reply(429, {"message": "Slow down"}, {"Retry-After": "3600"}))
    posting = posted_to(github, waits)
    assert posting.outcome is Outcome.FAILED
    assert posting.why == "429 Slow down; to wait 3600 s more is too long"
    assert waits.seconds == []


def test_a_server_that_fails_for_a_moment_is_asked_again(github: FakeGitHub, waits: Waits) -> None:
    github.fail("GET", "/comments", Reply(500), Reply(502, "<html>"), Reply(0))
    assert posted_to(github, waits).outcome is Outcome.CREATED
    assert waits.seconds == [1, 2, 4]


def test_a_server_that_keeps_failing_is_left_alone(github: FakeGitHub, waits: Waits) -> None:
    github.fail("GET", "/comments", *[Reply(503, {"message": "Down"})] * 9)
    assert posted_to(github, waits).why == "503 Down, 4 times"
    assert len(github.calls) == 1 + 4


def test_a_creation_that_broke_off_is_not_repeated_blindly(
    github: FakeGitHub, waits: Waits
) -> None:
    """The comment came to be, and only the answer was lost."""

    def create(method: str, path: str) -> None:
        if method == "POST":
            github.comment(f"{MARKER}\nNews", BOT)
            github.before = lambda method, path: None

    github.before = create
    github.fail("POST", "/comments", Reply(502))
    assert posted_to(github, waits).outcome is Outcome.UNCHANGED
    assert len(github.comments) == 1


def test_a_creation_that_failed_is_tried_again(github: FakeGitHub, waits: Waits) -> None:
    github.fail("POST", "/comments", Reply(500), Reply(0))
    assert posted_to(github, waits).outcome is Outcome.CREATED
    assert len(github.comments) == 1


def test_a_server_that_says_nothing_is_given_up(github: FakeGitHub, waits: Waits) -> None:
    hangs = threading.Event()
    github.before = lambda method, path: wait_for(hangs)
    posting = posted_to(github, waits, timeout=0.05, tries=2)
    hangs.set()
    assert (posting.outcome, posting.why) == (
        Outcome.FAILED,
        "it took too long to answer, 2 times",
    )


def test_no_server_at_all(github: FakeGitHub, waits: Waits) -> None:
    calls = github_calls("http://127.0.0.1:9", TOKEN, waits.patience(tries=1))
    posting = put_comment(GitHub(calls, "acme/play", 5), "News")
    assert posting.why == "it cannot be reached (ConnectionRefusedError), 1 times"


# Trust


def test_the_token_does_not_follow_to_another_host(
    github: FakeGitHub, gitlab: FakeGitLab, on_github: Pipeline
) -> None:
    elsewhere = Reply(307, {}, {"Location": gitlab.address + "/repos/acme/play/issues/5/comments"})
    github.fail("GET", "/comments", elsewhere)
    ended = on_github.comment()
    assert ended.exit_code == 1
    assert "it sends us to another host, which gets no token" in ended.output
    assert gitlab.calls == []


def test_a_repository_that_moved_is_followed(github: FakeGitHub, on_github: Pipeline) -> None:
    here = Reply(301, {}, {"Location": github.address + "/repos/acme/play/issues/5/comments"})
    github.fail("GET", "/old/issues", here)
    github.fail("POST", "/old/issues", Reply(307, {}, here.headers))
    github.fail("GET", "/old/issues", here)
    ended = on_github.comment(GITHUB_REPOSITORY="acme/old")
    assert ended.output.startswith("The comment is new.")


def test_redirects_end(github: FakeGitHub, on_github: Pipeline) -> None:
    github.fail("GET", "/user", *[Reply(302, {}, {"Location": "/user"})] * 9)
    assert "it sends us from place to place" in on_github.comment().output


def test_a_page_of_another_host_is_not_asked_for(
    github: FakeGitHub, gitlab: FakeGitLab, on_github: Pipeline
) -> None:
    """Only the query of the link to the next page counts."""
    link = {"Link": f'<{gitlab.address}/elsewhere?page=2>; rel="next"'}
    github.fail("GET", "/comments", Reply(200, [], link))
    assert on_github.comment().exit_code == 0
    assert gitlab.calls == []


def test_pages_without_end_end(github: FakeGitHub, on_github: Pipeline) -> None:
    link = {"Link": '</comments?page=2>; rel="next"'}
    github.fail("GET", "/comments", *[Reply(200, [], link)] * 200)
    assert "the list has more than 100 pages" in on_github.comment().output
    assert github.writes() == []


@pytest.mark.parametrize("body", ["{}", "<html>", "", "[" * 100_000, "null"])
def test_an_answer_that_is_no_list_is_no_reason_to_post(
    github: FakeGitHub, on_github: Pipeline, body: str
) -> None:
    github.fail("GET", "/comments", Reply(200, body))
    ended = on_github.comment()
    assert ended.exit_code == 1
    assert "the answer is not the list that was asked for" in ended.output
    assert github.writes() == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://api.github.com", ""),
        ("https://git.example.com:8443/api/v3", ""),
        ("http://127.0.0.1:99", ""),
        ("http://[::1]:99", ""),
        ("http://localhost", ""),
        ("http://git.example.com", "must begin with https://"),
        ("http://127.0.0.1.example.com", "must begin with https://"),
        ("ftp://git.example.com", "must begin with https://"),
        ("https://user@git.example.com", "is no address of an API"),
        ("https://git.example.com?x=", "is no address of an API"),
        ("git.example.com", "is no address of an API"),
        ("https://[", "is no address"),
        ("https://git.example.com:port", "is no address"),
    ],
)
def test_tokens_travel_by_https_only(address: str, fault: str) -> None:
    assert address_fault(address) == fault


def test_content_cannot_pass_for_a_hidden_line_or_a_command() -> None:
    hostile = (
        f"{owner_marker('ann')}\r\n# Title\n{MARKER}\n/close\n> /assign @all\n"
        "see a/b\n| /x |\n\x1b[31m\u202ered\x00\n"
    )
    assert body_of(hostile) == (
        "# Title\n&lt;!-- playbook:freshness -->\n\\/close\n> \\/assign @all\n"
        "see a/b\n| /x |\n[31mred"
    )


def test_a_title_is_plain_text() -> None:
    marker = owner_marker("ann")
    text = f"{marker}\n# Ann\\_B: \\`3\\` entries \\| now\u2028\x07\n\nBody\n"
    assert report_of(text, "Else") == ("Ann_B: `3` entries | now", "Body")
    assert report_of(f"{marker}\nBody\n# Late", "Else") == ("Else", "Body\n# Late")
    assert len(report_of(f"{marker}\n# {'很' * 500}", "Else")[0]) == 200


# What the environment says


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"GITHUB_TOKEN": None}, "GITHUB_TOKEN is not set: without a token nothing can be posted"),
        ({"GITHUB_TOKEN": "a b"}, "GITHUB_TOKEN has characters that no token has"),
        ({"GITHUB_TOKEN": "a\r\nX: y"}, "GITHUB_TOKEN has characters that no token has"),
        ({"GITHUB_REPOSITORY": "acme"}, "GITHUB_REPOSITORY is not what it should be: acme"),
        ({"GITHUB_REPOSITORY": "a/../b"}, "GITHUB_REPOSITORY is not what it should be: a/../b"),
        ({"GITHUB_REPOSITORY": None}, "This runs in no pipeline of GitHub or GitLab"),
        ({"GITHUB_API_URL": "http://forge.example.com"}, "GITHUB_API_URL must begin with https"),
        ({"GITHUB_EVENT_PATH": None}, "This workflow runs for no pull request"),
        ({"GITHUB_EVENT_PATH": "/nowhere"}, "This workflow runs for no pull request"),
    ],
)
def test_what_is_missing_is_named(
    github: FakeGitHub, on_github: Pipeline, environment: dict[str, Any], message: str
) -> None:
    ended = on_github.comment(**environment)
    assert ended.exit_code == 2
    assert message in ended.output.replace("\n", " ")
    assert github.calls == []


@pytest.mark.parametrize("event", ["", "[]", "{}", '{"pull_request": {"number": "5; x"}}', "\xff"])
def test_an_event_without_a_pull_request_is_a_wrong_call(
    on_github: Pipeline, event: str, tmp_path: Path
) -> None:
    (tmp_path / "event.json").write_bytes(event.encode("latin-1"))
    assert on_github.comment().exit_code == 2


def test_a_missing_report_is_a_wrong_call(on_github: Pipeline, github: FakeGitHub) -> None:
    assert on_github.run("comment", "nowhere.md").exit_code == 2
    assert on_github.run("issues", "nowhere").exit_code == 2
    assert github.calls == []


# Issues of owners


def test_each_owner_gets_an_issue(github: FakeGitHub, on_github: Pipeline) -> None:
    ended = on_github.issues(ann="# Ann: 2 entries\n\n- one\n- two\n", bo="- three\n")
    assert ended.exit_code == 0
    assert ended.output == (
        "ann: created https://forge.example.com/issues/1000\n"
        "bo: created https://forge.example.com/issues/1001\n"
    )
    ann, bo = github.issues
    assert (ann["title"], ann["body"]) == (
        "Ann: 2 entries",
        "<!-- playbook:freshness:owner:ann -->\n- one\n- two\n",
    )
    assert bo["title"] == "Knowledge to review: bo"
    assert ann["labels"] == [{"name": "playbook-freshness"}]


def test_equal_issues_make_no_call_that_writes(github: FakeGitHub, on_github: Pipeline) -> None:
    on_github.issues(ann="- one\n")
    github.calls.clear()
    assert on_github.issues(ann="- one\n").output.startswith("ann: unchanged")
    assert github.writes() == []


def test_an_issue_is_closed_and_opened_again(github: FakeGitHub, on_github: Pipeline) -> None:
    on_github.issues(ann="- one\n", bo="- two\n")
    assert "ann: closed" in on_github.issues(bo="- two\n").output
    assert [issue["state"] for issue in github.issues] == ["closed", "open"]
    assert "Nothing of `ann` waits for a review." in github.issues[0]["body"]

    github.calls.clear()
    assert "ann" not in on_github.issues(bo="- two\n").output
    assert github.writes() == []

    assert "ann: reopened" in on_github.issues(ann="- one\n", bo="- two\n").output
    assert len(github.issues) == 2
    assert github.issues[0]["state"] == "open"
    assert "- one" in github.issues[0]["body"]


def test_no_reports_and_no_issues(on_github: Pipeline) -> None:
    ended = on_github.issues()
    assert (ended.exit_code, ended.output) == (
        0,
        "Nothing waits for a review, and no issue is open.\n",
    )


def test_issues_of_others_and_pull_requests_stay(github: FakeGitHub, on_github: Pipeline) -> None:
    labels = [{"name": "playbook-freshness"}]
    text = owner_marker("ann") + "\nMine"
    github.issue("Copied", text, ANN, labels=labels)
    github.issue("A change", text, BOT, labels=labels, pull_request={})
    github.issue("Of the bot, but not ours", "Hello", BOT, labels=labels)
    github.issue("Without the label", text, BOT)
    assert "ann: created" in on_github.issues(ann="- one\n").output
    assert github.writes() == ["POST /repos/acme/play/issues"]


def test_a_label_that_was_left_out_is_set(github: FakeGitHub, on_github: Pipeline) -> None:
    github.drops_labels = True
    on_github.issues(ann="- one\n")
    on_github.issues(ann="- one\n")
    assert len(github.issues) == 1


def test_issues_on_later_pages_are_found(github: FakeGitHub, on_github: Pipeline) -> None:
    on_github.issues(ann="- one\n", bo="- one\n", cy="- one\n")
    github.page = 1
    github.calls.clear()
    assert on_github.issues(ann="- one\n", bo="- one\n", cy="- two\n").exit_code == 0
    assert len(github.issues) == 3
    assert github.writes() == ["PATCH /repos/acme/play/issues/1002"]


def test_two_runs_at_once_leave_one_open_issue(github: FakeGitHub, waits: Waits) -> None:
    together = threading.Barrier(2)
    left = [2, 2]

    def meet(method: str, path: str) -> None:
        for index, (for_method, part) in enumerate((("GET", "/issues"), ("POST", "/issues"))):
            if method == for_method and path.endswith(part) and left[index]:
                left[index] -= 1
                together.wait(10)

    def run() -> None:
        calls = github_calls(github.address, TOKEN, waits.patience())
        put_issues(GitHub(calls, "acme/play", label="due"), [Report("ann", "Ann", "- one")])

    github.before = meet
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run()
    assert [issue["state"] for issue in github.issues] == ["open", "closed"]
    assert "There is another issue for `ann`" in github.issues[1]["body"]


def test_a_token_that_may_not_write_issues_is_an_error(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    github.fail("POST", "/issues", Reply(403, {"message": "Resource not accessible"}))
    ended = on_github.issues(ann="- one\n", bo="- two\n")
    assert ended.exit_code == 1
    assert ended.output == (
        "issues: forbidden, the token may not write here (403 Resource not accessible).\n"
    )


def test_one_issue_that_is_refused_does_not_stop_the_others(
    github: FakeGitHub, on_github: Pipeline
) -> None:
    refused = Reply(422, {"message": "Validation Failed"})
    github.fail("POST", "/issues", refused)
    github.issue("Bo", owner_marker("bo"), BOT, labels=[{"name": "playbook-freshness"}])
    github.fail("PATCH", "/issues/1000", refused)
    ended = on_github.issues(ann="- one\n", bo="- two\n", cy="- three\n")
    assert ended.exit_code == 1
    lines = [line.partition(" https")[0] for line in ended.output.splitlines()]
    assert sorted(lines) == [
        "ann: failed, the forge did not take it: 422 Validation Failed.",
        "bo: failed, the forge did not take it: 422 Validation Failed.",
        "cy: created",
    ]


def test_an_issue_whose_creation_broke_off_is_looked_for(github: FakeGitHub, waits: Waits) -> None:
    github.fail("POST", "/issues", Reply(502))
    calls = github_calls(github.address, TOKEN, waits.patience())
    postings = put_issues(GitHub(calls, "acme/play", label="due"), [Report("ann", "Ann", "x")])
    assert [posting.outcome for posting in postings] == [Outcome.CREATED]
    assert len(github.issues) == 1


def test_a_folder_of_other_texts_is_refused(
    github: FakeGitHub, on_github: Pipeline, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "page.md").write_text("# A page\n", encoding="utf-8")
    ended = on_github.run("issues", str(tmp_path / "content"))
    assert ended.exit_code == 2
    assert "is no report of an owner" in ended.output
    assert github.calls == []


def test_a_report_under_another_name_is_refused(
    github: FakeGitHub, on_github: Pipeline, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "bo.md").write_text(owner_marker("ann") + "\n- one\n", encoding="utf-8")
    assert on_github.run("issues", str(folder)).exit_code == 2
    assert github.calls == []


@pytest.mark.parametrize("label", ["", "a,b", " ", "x" * 51])
def test_a_label_is_one_label(on_github: Pipeline, label: str) -> None:
    assert on_github.issues("--label", label, ann="- one\n").exit_code == 2


# GitLab


def test_a_note_is_created_updated_and_left_alone(gitlab: FakeGitLab, on_gitlab: Pipeline) -> None:
    gitlab.comment(REPORT, {"id": 7}, system=False)
    gitlab.comment(REPORT, {"id": 41}, system=True)
    assert on_gitlab.comment().output == "The comment is new.\n"
    assert on_gitlab.comment().output == "The comment stays: it says the same.\n"
    assert on_gitlab.comment(REPORT + "More\n").output == "The comment was updated.\n"
    assert on_gitlab.comment(MARKER).output == "The comment was updated.\n"
    notes = "/projects/12/merge_requests/5/notes"
    assert gitlab.writes() == [f"POST {notes}", f"PUT {notes}/1002", f"PUT {notes}/1002"]
    assert [note["body"] for note in gitlab.comments[:2]] == [REPORT, REPORT]


def test_notes_on_later_pages_are_found(gitlab: FakeGitLab, on_gitlab: Pipeline) -> None:
    for index in range(5):
        gitlab.comment(f"Remark {index}", {"id": 7})
    gitlab.page = 2
    on_gitlab.comment()
    assert on_gitlab.comment().output == "The comment stays: it says the same.\n"


def test_a_merge_request_from_a_fork_belongs_to_another_project(
    gitlab: FakeGitLab, on_gitlab: Pipeline
) -> None:
    ended = on_gitlab.comment(CI_PROJECT_ID="99", CI_MERGE_REQUEST_PROJECT_ID="12")
    assert ended.output == "The comment is new.\n"


def test_a_gitlab_token_without_rights_leaves_the_report_in_its_file(
    gitlab: FakeGitLab, on_gitlab: Pipeline
) -> None:
    gitlab.fail("POST", "/notes", Reply(403, {"error": "insufficient_scope"}))
    ended = on_gitlab.comment()
    assert ended.exit_code == 0
    assert "(403 insufficient_scope)" in ended.output
    assert f"The report is in {on_gitlab.folder / 'report.md'}." in ended.output


def test_a_gitlab_pipeline_without_a_token_says_which_is_missing(on_gitlab: Pipeline) -> None:
    ended = on_gitlab.comment(GITLAB_TOKEN=None)
    assert ended.exit_code == 2
    assert "GITLAB_TOKEN is not set" in ended.output


def test_a_gitlab_pipeline_of_no_merge_request_asks_for_its_number(
    gitlab: FakeGitLab, on_gitlab: Pipeline
) -> None:
    assert on_gitlab.comment(CI_MERGE_REQUEST_IID=None).exit_code == 2
    assert on_gitlab.comment(REPORT, "--pull", "5", CI_MERGE_REQUEST_IID=None).exit_code == 0


def test_a_note_that_is_too_long_is_cut(gitlab: FakeGitLab, on_gitlab: Pipeline) -> None:
    gitlab.longest = 25_000
    ended = on_gitlab.comment(MARKER + "\n" + "## A\n\nword\n\n" * 4000)
    assert ended.output == "The comment is new.\n"
    assert len(gitlab.comments[0]["body"]) <= 20_000


def test_issues_on_gitlab_open_close_and_open_again(
    gitlab: FakeGitLab, on_gitlab: Pipeline
) -> None:
    assert "ann: created" in on_gitlab.issues(ann="# Ann\n\n- one\n").output
    assert "ann: unchanged" in on_gitlab.issues(ann="# Ann\n\n- one\n").output
    assert "ann: updated" in on_gitlab.issues(ann="# Ann\n\n- two\n").output
    assert "ann: closed" in on_gitlab.issues().output
    assert gitlab.issues[0]["state"] == "closed"
    assert "ann: reopened" in on_gitlab.issues(ann="# Ann\n\n- two\n").output
    assert [(i["state"], i["title"]) for i in gitlab.issues] == [("opened", "Ann")]
    assert gitlab.issues[0]["labels"] == ["playbook-freshness"]


# The steps of the workflows, run by a shell


class Checkout:
    """A playbook in git whose branch `main` is also `origin/main`, and a shell in it."""

    def __init__(self, pipeline: Pipeline, playbook: Any) -> None:
        self.pipeline = pipeline
        self.playbook = playbook
        self.tools = pipeline.folder / "tools"
        self.tools.mkdir()
        command = self.tools / "playbook"
        command.write_text(
            f'#!/bin/sh\n[ "$1" = stale ] && shift && set -- stale --today {TODAY} "$@"\n'
            f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n',
            encoding="utf-8",
        )
        command.chmod(0o755)
        self.git("init", "-q", "-b", "main")
        self.commit("The playbook")
        self.git("update-ref", "refs/remotes/origin/main", "main")

    def git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *arguments],  # noqa: S607
            cwd=self.playbook.root, check=True, capture_output=True,
        )  # fmt: skip

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def run(self, workflow: str, *names: str) -> list[subprocess.CompletedProcess[str]]:
        """Runs steps of a workflow by their names, each in a shell of its own as GitHub does."""
        path = ROOT / ".github" / "workflows" / f"{workflow}.yml"
        [job] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        temporary = self.pipeline.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        environment = {
            **{name: value for name, value in os.environ.items() if name not in NO_PIPELINE},
            **{name: value for name, value in self.pipeline.environment.items() if value},
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(temporary),
            "BASE": "origin/main",
        }
        return [
            subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],  # noqa: S607
                cwd=self.playbook.root, env=environment, capture_output=True, text=True,
                encoding="utf-8", check=False,
            )
            for name in names
            for step in job["steps"]
            if step.get("name") == name
        ]  # fmt: skip


@pytest.fixture
def checkout(on_github: Pipeline, folder: Any) -> Checkout:
    return Checkout(on_github, folder)


def test_a_change_that_makes_an_entry_stale_gets_a_comment(
    github: FakeGitHub, checkout: Checkout
) -> None:
    """And the next push, which reviews it, updates the comment in place."""
    checkout.playbook.page("three", "Three")
    stale = checkout.playbook.content / "pages" / "three.md"
    fresh = stale.read_text(encoding="utf-8")
    stale.write_text(fresh.replace("2026-11-20", "2025-01-06"), encoding="utf-8")
    checkout.commit("A third page")
    freshness, comment = checkout.run("pull-request", "Freshness", "Comment")
    assert freshness.returncode == 1, freshness.stderr
    assert "::error " in freshness.stdout
    assert comment.returncode == 0, comment.stderr
    [posted_once] = github.comments
    assert posted_once["body"].startswith(f"{MARKER}\r\n")
    assert "pages/three" in posted_once["body"]
    assert "pages/three" in checkout.pipeline.summary

    stale.write_text(fresh, encoding="utf-8")
    checkout.commit("Reviewed")
    freshness, comment = checkout.run("pull-request", "Freshness", "Comment")
    assert (freshness.returncode, comment.returncode) == (0, 0), freshness.stdout
    assert len(github.comments) == 1
    assert comment.stdout.startswith("The comment was updated.")


def test_a_change_of_other_files_gets_no_comment(github: FakeGitHub, checkout: Checkout) -> None:
    (checkout.playbook.root / "notes.txt").write_text("Not of the playbook", encoding="utf-8")
    checkout.commit("Notes")
    freshness, comment = checkout.run("pull-request", "Freshness", "Comment")
    assert (freshness.returncode, comment.returncode) == (0, 0), freshness.stderr
    assert comment.stdout == "There is nothing to report, and no comment.\n"
    assert github.writes() == []


def test_owners_get_their_issue_every_week(github: FakeGitHub, checkout: Checkout) -> None:
    stale = checkout.playbook.content / "pages" / "two.md"
    fresh = stale.read_text(encoding="utf-8")
    stale.write_text(fresh.replace("2026-11-20", "2025-01-06"), encoding="utf-8")
    checkout.commit("Two is old")
    for ended in checkout.run("freshness", "Summary", "Reports", "Issues"):
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [(issue["title"], issue["state"]) for issue in github.issues] == [
        ("Knowledge to review: ann", "open")
    ]
    assert "pages/two" in github.issues[0]["body"]
    assert "pages/two" in checkout.pipeline.summary

    stale.write_text(fresh, encoding="utf-8")
    checkout.commit("Reviewed")
    for ended in checkout.run("freshness", "Summary", "Reports", "Issues"):
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [issue["state"] for issue in github.issues] == ["closed"]
