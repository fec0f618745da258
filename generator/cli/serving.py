"""`playbook serve`."""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from socket import gethostname, socket
from typing import TYPE_CHECKING

import click

from generator import packaged_templates
from generator.build import Request, words_for
from generator.cli import terminal
from generator.cli.stopping import Stopped
from generator.history import lock_file

if TYPE_CHECKING:
    from generator.cli.workshop import Workshop

PORT = 8000
HOST = "127.0.0.1"
EDITOR = "vscode://file/{path}:{line}"
CHECKOUT = 10.0
"""Seconds after which git's lock is taken for one that it left behind."""


class Editor(click.ParamType[str]):
    """An address that opens a file in an editor."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", value)
        if not scheme or scheme[1] in ("javascript", "data", "vbscript") or "{path}" not in value:
            self.fail(f'"{value}" is no address with {{path}} in it, such as {EDITOR}', param, ctx)
        return value


@click.command()
@terminal.content_option
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
              help="If it is taken, the next free one is used.")  # fmt: skip
@click.option("--host", help="Where to listen; by default on this machine alone.")
@click.option("--open", "opened", is_flag=True, help="Open a browser.")
@terminal.today_option
@click.option("--poll", is_flag=True, help="Look for changes, where the system does not tell.")
@click.option("--editor", type=Editor(), default=EDITOR, show_default=True,
              envvar="PLAYBOOK_EDITOR", show_envvar=True,
              help='Where "Edit" leads: an address with {path} and {line}.')  # fmt: skip
@click.option("--no-history", is_flag=True, help="Do not ask git what changed after reviews.")
def serve(
    content: Path,
    port: int,
    host: str | None,
    opened: bool,
    today: datetime.date | None,
    poll: bool,
    editor: str,
    no_history: bool,
) -> None:
    """Serves the playbook while you write it, drafts included: pages change as you save."""
    from generator.cli.workshop import Workshop

    with contextlib.ExitStack() as kept:
        place = _Place(kept.enter_context(_listen(host or HOST, port)), host, port)
        kept.callback(_say_stopped)
        folder = kept.enter_context(
            tempfile.TemporaryDirectory(prefix="playbook-", ignore_cleanup_errors=True)
        )
        request = Request(
            content=terminal.content_at(content),
            output=Path(folder) / "site",
            templates=terminal.template_folders(content),
            today=terminal.clock(today),
            history=not no_history,
            jobs=terminal.cores(),
            drafts=True,
            editor=editor,
            address=place.address,
        )
        workshop = Workshop(request)
        kept.callback(workshop.close)
        number = _run(workshop, place, poll, opened)
    raise Stopped(number)


def _say_stopped() -> None:
    with contextlib.suppress(OSError):  # the terminal may be closed
        click.echo("Stopped.")


def _listen(host: str, port: int) -> socket:
    from generator import server

    try:
        return server.listen(host, port)
    except server.NoPort as error:
        click.echo(f"Not served: {error}.", err=True)
        raise SystemExit(2) from None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the site is served."""

    listening: socket
    host: str | None
    """What was asked for; None for this machine alone."""
    wanted: int
    """The port that was asked for; 0 for any."""

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    @property
    def address(self) -> str:
        from generator import server

        return server.address_of(self.host or HOST, self.port)

    @property
    def network_address(self) -> str | None:
        """Where others in the network find it, for who asked for that."""
        from generator import server

        found = server.network_address(self.host) if self.host else None
        return server.address_of(found, self.port) if found else None

    @property
    def open_to_network(self) -> bool:
        from generator import server

        return self.host is not None and not server.is_loopback(self.host)

    @property
    def names(self) -> frozenset[str]:
        """The names that it answers to, besides those of this machine alone."""
        own = gethostname().lower()
        names = {own, f"{own}.local"} if self.open_to_network else set()
        return frozenset(names | ({self.host.lower()} if self.host else set()))


def _run(workshop: Workshop, place: _Place, poll: bool, opened: bool) -> int:
    """Serves; gives the signal that ended it."""
    from generator import server

    content, templates = workshop.request.content, workshop.request.templates
    began = time.time()
    first = workshop.build()  # before there are threads: it may fork
    watch = server.Watch([content.folder, *templates], began, poll, _busy(content.folder))
    serving = server.Serving(
        first=first,
        rebuild=workshop.rebuild,
        watch=watch,
        live_file=_live_file(templates),
        names=place.names,
        open_to_network=place.open_to_network,
        policy=_policy(templates),
    )

    def ready() -> None:
        _announce(place, content.shown, watch.why_polling)
        if opened:
            address = f"{place.address}/"
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()

    return server.serve(serving, place.listening, ready)


def _announce(place: _Place, content: str, why_polling: str) -> None:
    if place.wanted not in (0, place.port):
        click.echo(f"Port {place.wanted} is taken.")
    click.echo(f"Serving {content} at {place.address}/ (Ctrl-C ends it)")
    if place.network_address:
        click.echo(f"In the network, for phones: {place.network_address}/")
    if why_polling:
        click.echo(f"Looking for changes twice a second: {why_polling}.")


def _busy(folder: Path) -> Callable[[], bool]:
    """Whether git is about to change more files."""
    lock = lock_file(folder)

    def busy() -> bool:
        with contextlib.suppress(OSError):
            return lock is not None and time.time() - lock.stat().st_mtime < CHECKOUT
        return False

    return busy


def _policy(folders: tuple[Path, ...]) -> str:
    """The policy that pages carry, for everything that is served."""
    for folder in (*folders, packaged_templates()):
        with contextlib.suppress(OSError):
            text = (folder / "parts" / "policy.html").read_text(encoding="utf-8")
            if found := re.search(r'content="([^"{}]+)"', text):
                return f"{found[1]}; frame-ancestors 'none'"
    raise AssertionError("the packaged templates have a policy")


def _live_file(folders: tuple[Path, ...]) -> Callable[[str], bytes | None]:
    """The files of `static/live/`; all scripts in one, with their words before them."""

    def read(name: str) -> bytes | None:
        if name == "live.js":
            return _script(folders)
        if name not in ("live.css", "waiting.html", "icon.svg"):
            return None
        room = "static" if name == "icon.svg" else "static/live"
        paths = (folder / room / name for folder in folders)
        return next((path.read_bytes() for path in paths if path.is_file()), None)

    return read


def _script(folders: tuple[Path, ...]) -> bytes:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in (folder / "static" / "live").glob("*.js"):
            found.setdefault(path.name, path)
    words = json.dumps(words_for("live", folders), ensure_ascii=False)
    scripts = (found[name].read_bytes() for name in sorted(found))
    return b"".join([f"window.pbLive = {{ words: {words} }};\n".encode(), *scripts])
