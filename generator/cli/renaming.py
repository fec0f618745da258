"""`playbook rename`."""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.author.asking import move_of
from generator.author.models import WAIVERS, is_outside
from generator.author.moving import Move, Rewritten
from generator.author.renaming import Plan, changes, plan
from generator.author.shelf import Shelf, read_shelf
from generator.build.workers import shared_out
from generator.cli import terminal
from generator.cli.wording import seen
from generator.edit import change_together


def move(
    old: str, new: str, no_alias: bool, dry_run: bool, waivers: Sequence[Path], content: Path
) -> None:
    """The command `rename`."""
    asked = [_outside(content, path) for path in waivers]
    shelf = _open(content, asked)
    library = shelf.checked.library
    if library is None:
        terminal.print_problems(shelf.checked.problems, err=True)
        _refuse("the settings or the people cannot be read")
        return
    languages = tuple(edition.code for edition in library.editions)
    words = (_below(content, old), _below(content, new))
    move = move_of(shelf, *words, languages, alias=not no_alias)
    if isinstance(move, str):
        _refuse(move)
        return
    made = plan(shelf, move)
    _refuse_unsound(move, made)
    for line in _told(shelf, made, dry_run):
        click.echo(seen(line))
    if not dry_run:
        _carry_out(shelf, move, made)
    for line in _afterwards(shelf, move, made):
        click.echo(seen(line))


def _outside(content: Path, waivers: Path) -> str:
    """The path of a file of waivers, as seen from the content folder."""
    path = Path(os.path.relpath(os.path.abspath(waivers), os.path.abspath(content))).as_posix()
    if not is_outside(path):
        shown = terminal.shown_path(waivers)
        raise click.BadParameter(f"{shown} lies in the content", param_hint="--waivers")
    return path


def _open(content: Path, waivers: Sequence[str]) -> Shelf:
    if not content.is_dir():
        raise click.BadParameter(
            f"there is no folder {terminal.shown_path(content)}", param_hint="--content"
        )
    beside = [WAIVERS] if (content / WAIVERS).is_file() else []
    shelf = read_shelf(
        content,
        terminal.shown_path(content),
        lambda work, paths: shared_out(work, paths, terminal.cores(), lambda _: None),
        list(dict.fromkeys((*beside, *waivers))),
    )
    for path in {*beside, *waivers} - {*shelf.waivers}:
        _refuse(f"{_shown(shelf, path)}: the waivers cannot be read; mend the file first")
    return shelf


def _shown(shelf: Shelf, path: str) -> str:
    """A path as seen from the content folder, as the user knows it."""
    return posixpath.normpath(f"{shelf.shown}/{path}")


def _below(content: Path, word: str) -> str:
    """A word as a path below the content folder, if it is a path into it; else as it is."""
    place = Path(os.path.relpath(os.path.abspath(word), os.path.abspath(content))).as_posix()
    if place.startswith("..") or place == ".":
        return word
    folder = word.endswith("/") or Path(word).is_dir()
    return f"{place}/" if folder else place


def _refuse(*faults: str) -> None:
    for fault in faults:
        click.echo(seen(fault), err=True)
    click.echo("Nothing was renamed.", err=True)
    raise SystemExit(1)


def _refuse_unsound(move: Move, made: Plan) -> None:
    if made.problems:
        terminal.print_problems(made.problems, err=True)
        _refuse(f"As {move.new} the playbook would have these problems.")
    if made.faults:
        _refuse(*made.faults)


def _told(shelf: Shelf, made: Plan, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Nothing is changed; without --dry-run this would be:"
    for path, file in made.files.items():
        where = "" if path == file.path else f" -> {shelf.shown}/{file.path}"
        counts = ", ".join(_counted(file))
        yield f"{_shown(shelf, path)}{where}{f': {counts}' if counts else ''}"


def _counted(file: Rewritten) -> Iterator[str]:
    for count, word in (
        (file.references, "reference"),
        (file.links, "link"),
        (file.digests, "digest"),
    ):
        if count:
            yield f"{count} {word}{'' if count == 1 else 's'}"


def _carry_out(shelf: Shelf, move: Move, made: Plan) -> None:
    try:
        change_together(changes(shelf, made))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _refuse(f"{where}{error.strerror or error}")
    for path in move.paths:
        _remove_if_empty(shelf.folder, Path(path).parent)


def _remove_if_empty(content: Path, folder: Path) -> None:
    """Removes folders below that of a kind in which nothing is left."""
    while len(folder.parts) > 1:
        with contextlib.suppress(OSError):
            (content / folder).rmdir()
        folder = folder.parent


def _afterwards(shelf: Shelf, move: Move, made: Plan) -> Iterator[str]:
    """What is left to say once it is done."""
    if move.alias:
        yield f"Readers of {move.old} are sent on to {move.new}."
    for path in shelf.unreadable:
        yield f"Not looked at, because it cannot be read: {shelf.shown}/{path}"
    for path in _other_waivers(shelf, move.old):
        yield f"Not changed, but it names {move.old}; give it with --waivers: {path}"
    if made.unrecorded and any((at / ".git").exists() for at in shelf.folder.absolute().parents):
        yield (
            f"Reviews without a digest, in {len(made.unrecorded)} of these files, are held against "
            "the history. Commit this by itself, and name the commit in .git-blame-ignore-revs."
        )


def _other_waivers(shelf: Shelf, identity: str) -> Iterator[str]:
    """Files near the content that look like waivers of the entry and were not given: `playbook
    stale` can be told to take waivers from any file, so there is no list of them."""
    parent = shelf.folder.absolute().parent
    known = {os.path.abspath(shelf.folder / path) for path in shelf.waivers}
    entry = re.compile(
        rf"\bentry:[ \t]*['\"]?{re.escape(identity)}['\"]?[ \t]*(?:[,}}#]|$)", re.MULTILINE
    )
    for path in sorted((*parent.glob("*.y*ml"), *parent.glob("*/*.y*ml"))):
        if os.path.abspath(path) in known or shelf.folder.absolute() in path.parents:
            continue
        with contextlib.suppress(OSError, UnicodeDecodeError):
            text = path.read_text("utf-8")
            if re.search("^waivers:", text, re.MULTILINE) and entry.search(text):
                yield terminal.shown_path(path)
