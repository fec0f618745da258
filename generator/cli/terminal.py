"""What the commands share: options, where a playbook is, colours, and how problems are printed."""

from __future__ import annotations

import contextlib
import datetime
import gc
import os
import sys
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator import packaged_templates
from generator.build.loading import Content, Progress
from generator.cli.progress import ProgressBar, ProgressLines, progress
from generator.cli.stopping import Stopped
from generator.problems import Location, Problem, Severity
from generator.report import problems_as_text, summary_of

if TYPE_CHECKING:
    from generator.build import Outcome

F = TypeVar("F", bound=Callable[..., Any])

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan", "bold": True},
    "place": {"dim": True},
    "caret": {"fg": "red", "bold": True},
    "hint": {"fg": "green"},
    "title": {"bold": True},
}

_WITH_LINES = (".md", ".yml", ".yaml", ".html")
"""Files of which lines are shown."""


def content_option(command: F) -> F:
    """`--content`, the folder that everything is read from."""
    return click.option(
        "--content",
        "content",
        type=click.Path(path_type=Path),
        default=lambda: home() / "content",
        help="The folder with playbook.yml.  [default: content]",
    )(command)


def home() -> Path:
    """The folder of the playbook: the working folder or the nearest one above it that has
    content/playbook.yml, as git finds its repository; the working folder where none has."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / "content" / "playbook.yml"):  # noqa: PTH113  # never raises
            return Path(os.path.relpath(folder))
    return Path()


class Day(click.ParamType[datetime.date]):
    """A calendar day on the command line."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is no date; write it like 2026-11-23', param, ctx)


def today_option(command: F) -> F:
    """`--today`, which stands in for the clock."""
    return click.option(
        "--today",
        type=Day(),
        help="The day that it is; by default the clock's, in the playbook's time zone.",
    )(command)


def clock(today: datetime.date | None) -> Callable[[str], datetime.date]:
    """The day in a time zone: the one that was given, or the clock's."""
    return lambda zone: today or datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date()


def content_at(folder: Path) -> Content:
    """The content folder, under the name by which the user knows it."""
    return Content(folder, shown_path(folder))


def shown_path(path: Path) -> str:
    """A path as problems show it: relative to the working folder where it lies inside."""
    absolute = Path(os.path.abspath(path))
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def template_folders(content: Path) -> tuple[Path, ...]:
    """The place of the playbook's own templates, which need not exist, then the package's."""
    own = Path(os.path.abspath(content)).parent / "templates"
    return tuple(Path(shown_path(folder)) for folder in dict.fromkeys((own, packaged_templates())))


def cache_folder(content: Path) -> Path:
    """Where builds leave what the next one can start from: beside the content."""
    return Path(shown_path(Path(os.path.abspath(content)).parent / ".cache"))


def collect_seldom() -> None:
    """Content is made once and kept, so looking for garbage among it is time lost; the collector
    still runs, but only after many more allocations than by default."""
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


def cores() -> int:
    """How many processes may work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def print_problems(problems: Sequence[Problem], err: bool = False) -> None:
    """Prints problems to standard output, or to standard error; in colour on a terminal."""
    shown = sys.stderr if err else sys.stdout
    # Elsewhere they lose their colours again, which takes its time where they are thousands.
    styled = style if shown.isatty() else lambda text, _: text
    click.echo(problems_as_text(problems, source_lines(), styled), nl=False, err=err)


def source_lines() -> Callable[[Location], str]:
    """Gives the line at a place, fit to be shown. Every file is read once."""
    texts: dict[str, bytes] = {}
    return lambda place: _line(place, texts)


def style(text: str, name: str) -> str:
    """`text` in one of the styles that reports use; plain where it is not printed to a terminal."""
    return click.style(text, **_STYLES[name])


def _line(place: Location, files: dict[str, bytes]) -> str:
    text = files.get(place.path)
    if text is None:
        text = files[place.path] = _text_of(place.path)
    lines = text.split(b"\n", place.line)  # those behind are not needed
    raw = lines[place.line - 1] if place.line <= len(lines) else b""
    line = raw.decode("utf-8-sig", "replace")
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)


def _text_of(path: str) -> bytes:
    """A file with its lines as the reader counts them; empty for one of which none are shown."""
    if not (path.endswith(_WITH_LINES) and os.path.isfile(path)):  # noqa: PTH113
        return b""
    try:
        with open(path, "rb", 0) as file:  # noqa: PTH123  # a path object takes as long as reading
            raw = file.read(2 * 1024 * 1024)
    except OSError:  # which is what the problem is about, or the file has gone since
        return b""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw


def make_folder(path: Path) -> None:
    """Makes a folder for reports; ends the command with 2 where that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cannot_write(path, error)


def cannot_write(path: Path, error: OSError) -> NoReturn:
    """Ends the command with 2, because `path` cannot be written."""
    click.echo(f"{shown_path(path)}: cannot write: {error.strerror}", err=True)
    raise SystemExit(2) from None


def write_text(path: Path, text: str) -> None:
    """Writes a report; ends the command with 2 where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # such as /dev/stderr
            path.write_text(text, encoding="utf-8", newline="")
            return
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(path)
    except OSError as error:
        cannot_write(path, error)


def fails(problems: Sequence[Problem], strict: bool) -> bool:
    """Whether the command has to end with 1."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in grave for problem in problems)


def summary(problems: Sequence[Problem]) -> str:
    """The line that closes a report."""
    return summary_of(problems)


def outcome_line(outcome: Outcome, output: Path, done: str, undone: str, seconds: float) -> str:
    """The line that closes a build. `done` and `undone` are what was done to the output."""
    problems, shown = summary(outcome.problems), shown_path(output)
    if not outcome.written:
        return f"{undone}: {problems}. {shown} is as it was."
    return f"{done} {shown}: {counts_of(outcome)}, {problems}, {seconds:.1f} s"


def counts_of(outcome: Outcome) -> str:
    """What a build made, in figures."""
    made = {"entry": outcome.entries, "page": outcome.pages, "language": outcome.languages}
    plurals = {"entry": "entries", "page": "pages", "language": "languages"}
    return ", ".join(f"{n} {name if n == 1 else plurals[name]}" for name, n in made.items())


@contextlib.contextmanager
def stoppable(what: str, folder: Path | None, bar: ProgressBar | ProgressLines) -> Iterator[None]:
    """Work on `folder` that Ctrl-C may cut off, after which `what` it is called is as it was, or
    new where its last step was done already. Takes the bar off the screen."""
    before = _identity(folder)
    try:
        yield
    except Stopped:
        state = "as it was" if _identity(folder) == before else "the new one"
        with contextlib.suppress(OSError):  # the terminal may be closed
            bar.close()
            click.echo(f"Stopped. {what} is {state}." if folder else "Stopped.", err=True)
        raise
    bar.close()


def _identity(folder: Path | None) -> tuple[int, int] | None:
    """What is another for a folder that took the place of a former one."""
    with contextlib.suppress(OSError):
        if folder:
            found = folder.stat()
            return (found.st_dev, found.st_ino)
    return None


__all__ = [
    "Progress", "cannot_write", "clock", "content_at", "content_option", "cores", "counts_of",
    "fails", "home", "make_folder", "outcome_line", "print_problems", "progress", "shown_path",
    "source_lines", "stoppable", "style", "summary", "template_folders", "today_option",
    "write_text",
]  # fmt: skip
