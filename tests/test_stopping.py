"""A command that is told to end does so at once and leaves nothing behind, at whatever moment."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import TODAY, Folder, small_playbook
from tests.served import PATIENCE, Saved, Served, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

MANY = 220
"""Pages enough that two processes share the work."""
BUILD = ("build", "--today", TODAY, "--no-history", "--no-cache")
FAULTS = ("Traceback", "ignored", "Error")
"""What is in the output of nobody who ends as told."""

SENT_AT = textwrap.dedent(
    """
    import os, sys

    number, moment, place = int(sys.argv.pop(1)), sys.argv.pop(1), sys.argv.pop(1)

    def heard(event, details):
        global moment
        if event == moment and place in str(details[0]):
            moment = ""
            os.kill(os.getpid(), number)

    end = os._exit

    def at_last(status):
        if moment == "end":
            os.kill(os.getpid(), number)
        end(status)

    os._exit = at_last
    sys.addaudithook(heard)

    from generator.__main__ import run

    def dropping(tag, name, value):
        try:
            heard("dropped", [""])
        except BaseException:
            pass
        heard("called back", [""])
        return value

    if moment in ("called back", "dropped"):
        from generator.markdown import sanitise

        sanitise._keep = dropping
    run()
    """
)
"""Runs the command, and sends it a signal just before it does something to a place."""


class Running:
    """A command in a process, and a group of processes, of its own."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    @property
    def workers(self) -> list[int]:
        """The processes that it has started and that run."""
        number = self.process.pid
        try:
            listed = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
        except OSError:
            return []
        return [int(each) for each in listed.split()]

    def loses_one(self, number: int) -> bool:
        """Sends a signal to one of them, which may just have ended by itself; whether the command
        has ended of that."""
        with contextlib.suppress(ProcessLookupError):
            for each in self.workers[:1]:
                os.kill(each, number)
        return self.process.poll() is not None

    def said_until(self, line: str) -> str:
        """Waits for a line on standard error."""
        assert self.process.stderr is not None
        read = ""
        for each in self.process.stderr:
            read += each
            if line in each:
                return read
        raise AssertionError(f"never said {line}: {read}")

    def ends(self) -> tuple[int, str]:
        """What it ends with, and all that it and its workers still said. They have ended as well:
        nobody holds the streams any more."""
        said, told = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said + told


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A small playbook with its site."""
    made = small_playbook(tmp_path_factory.mktemp("stopped"))
    made.page("raw", "Raw", '<span title="kept">Text.</span>')
    assert made.build("--no-history").returncode == 0
    return made


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A playbook on which several processes work."""
    made = small_playbook(tmp_path_factory.mktemp("shared"))
    for number in range(MANY):
        made.page(f"page-{number:03}")
    return made


def left_behind(folder: Folder) -> list[str]:
    """What a build makes beside its output, apart from the file that is its lock."""
    return [each.name for each in folder.root.glob(".site.*") if each.name != ".site.lock"]


@pytest.mark.parametrize("module", ["click", "generator.model", "generator.render"])
def test_while_python_loads_the_command_ctrl_c_ends_it(tmp_path, module):
    command = Running(tmp_path, "-X", "importtime", "-m", "generator", "build")
    command.said_until(f" {module}\n")
    os.kill(command.process.pid, signal.SIGINT)
    code, said = command.ends()
    assert code == -signal.SIGINT
    assert not [fault for fault in FAULTS if fault in said]


@pytest.mark.parametrize(
    ("number", "moment", "place", "told"),
    [
        (signal.SIGINT, "import", "filelock", "as it was"),
        (signal.SIGINT, "os.mkdir", ".site.new", "as it was"),
        (signal.SIGHUP, "open", "pages/two.html", "as it was"),
        (signal.SIGTERM, "called back", "", "as it was"),
        (signal.SIGINT, "dropped", "", "as it was"),
        (signal.SIGTERM, "ctypes.dlsym", "", "as it was"),
        (signal.SIGINT, "shutil.rmtree", ".site.new", "the new one"),
        (signal.SIGTERM, "end", "", None),
    ],
)
def test_a_signal_ends_a_build_at_any_moment(built, number, moment, place, told):
    """Exceptions of what is called back are dropped by Python, so the signal might get lost there;
    and some libraries drop them without a word."""
    former = built.files()
    title = f"Changed {moment}"
    built.page("one", title)
    command = Running(built.root, "-c", SENT_AT, str(number), moment, place, *BUILD, "--jobs", "1")
    code, said = command.ends()
    assert code == -number
    assert not [fault for fault in FAULTS if fault in said]
    assert left_behind(built) == []
    FileLock(built.root / ".site.lock").acquire(timeout=0).lock.release()
    if told:
        assert said.endswith(f"Stopped. The output is {told}.\n")
    if told == "as it was":
        assert built.files() == former
    else:
        assert title.encode() in built.files()["en/pages/one.html"]


def test_a_signal_that_is_to_be_ignored_is(built):
    command = f"trap '' HUP INT; exec {sys.executable} \"$@\""
    arguments = ["-c", SENT_AT, str(int(signal.SIGHUP)), "open", ".site.lock", *BUILD]
    ended = subprocess.run(
        ["/bin/sh", "-c", command, "sh", *arguments], cwd=built.root, capture_output=True
    )
    assert ended.returncode == 0


@pytest.mark.parametrize(
    ("number", "whom"),
    [
        (signal.SIGINT, "all"),
        (signal.SIGTERM, "parent"),
        (signal.SIGTERM, "worker"),
        (signal.SIGKILL, "worker"),
        (signal.SIGKILL, "parent"),
    ],
)
def test_processes_that_share_the_work_end_together(large, number, whom):
    command = Running(large.root, "-m", "generator", *BUILD, "--jobs", "2")
    until(lambda: command.workers)
    if whom == "worker":
        until(lambda: command.loses_one(number))
    else:
        (os.killpg if whom == "all" else os.kill)(command.process.pid, number)
    code, said = command.ends()
    assert not [fault for fault in FAULTS if fault in said]
    if whom == "worker" and number == signal.SIGKILL:
        assert code == 1
        assert "Not finished: a process that shared the work was killed by signal 9." in said
    else:
        assert code == -number
    if number != signal.SIGKILL:
        assert left_behind(large) == []


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where servers make their folders."""
    made = tmp_path / "private"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def stopped(served: Served, number: int, private: Path) -> None:
    """Sends a signal twice, as `timeout` does, and looks at what is left."""
    served.process.send_signal(number)
    served.process.send_signal(number)
    assert served.process.wait(PATIENCE) == -number
    assert list(private.iterdir()) == []


def test_a_server_ends_in_its_first_build(large, private):
    with Served(large.root, "--no-history") as served:
        until(lambda: "Reading: " in served.said)
        stopped(served, signal.SIGHUP, private)
    assert not [fault for fault in FAULTS if fault in served.said]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_ends_in_the_middle_of_a_build_whoever_listens(tmp_path, private, number):
    work = Saved(small_playbook(tmp_path / "work").root)
    with (
        Served(work.root, "--no-history") as served,
        served.follow("en/index.html") as events,
        unread("/-/live/live.js", served.port),
    ):
        assert events.next()["page"]
        for more in range(60):
            work.page(f"more-{more}")
        until(lambda: list(private.glob("*/site.new/en/pages/*.html")))
        stopped(served, number, private)
    assert served.lines[-1] == "Stopped."
    assert not [fault for fault in FAULTS if fault in served.said]


def unread(path: str, port: int) -> socket.socket:
    """Asks for a file again and again, and reads nothing of what comes."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect(("127.0.0.1", port))
    made.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 400)
    return made
