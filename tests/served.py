"""`playbook serve`, run for real: its process, what it prints, and what it answers."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import TODAY, Folder

PATIENCE = 40.0
"""Seconds after which a test gives up; nothing here takes long on a machine that is at rest."""


def until(holds: Callable[[], Any]) -> Any:
    """Waits until `holds` gives something, and gives it on."""
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "this never came to hold"
        time.sleep(0.02)
    return found


class Saved(Folder):
    """A playbook whose files are replaced whole, so that no build finds half of one."""

    def write(self, path: str, text: str | bytes) -> Path:
        """Writes a file below `content/`."""
        target = self.content / path
        return super().write(str(Path(path).with_name(".saving")), text).replace(target)


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Served:
    """A server in a process of its own, which ends with the `with`."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "generator", "serve", "--today", TODAY, *options]
        if "--port" not in options:
            command += ["--port", "0"]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    @property
    def address(self) -> str:
        """Where it serves, with a slash at the end."""

        def found() -> str | None:
            assert self.process.poll() is None, self.said
            line = next((line for line in self.lines if line.startswith("Serving ")), "")
            return line.split(" at ")[1].split(" ")[0] if line else None

        return str(until(found))

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def said(self) -> str:
        """All that it has printed."""
        return "\n".join(self.lines)

    def builds(self) -> list[str]:
        """What it said of each build."""
        return [line for line in self.lines if line.startswith(("Built: ", "Not built: "))]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer for a path, which is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            found = connection.getresponse()
            return Answer(found.status, found.headers, found.read())
        finally:
            connection.close()

    def page(self, url: str) -> str:
        """The text of a page, "" where there is none."""
        answer = self.ask("/" + url)
        return answer.text if answer.status == 200 else ""

    def follow(self, url: str) -> Events:
        """The events of a page, from now on."""
        return Events(self.port, url)

    def interrupt(self) -> int:
        """Presses Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


class Events:
    """An open stream of events."""

    def __init__(self, port: int, url: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"/-/live/events?page=/{url}")
        self._answer = self._connection.getresponse()
        assert self._answer.headers["Content-Type"].startswith("text/event-stream")

    def __enter__(self) -> Events:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def next(self) -> dict[str, Any]:
        """The state in the next event."""
        while line := self._answer.readline():
            if line.startswith(b"data: "):
                state: dict[str, Any] = json.loads(line[6:])
                return state
        raise AssertionError("the stream has ended")
