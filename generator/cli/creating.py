"""`playbook new`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from generator.author.naming import free_id, name_of
from generator.author.overlaying import translation_file
from generator.author.placing import (
    id_in,
    in_the_way,
    name_problem,
    path_of,
    schema_seen_from,
    taken_ids,
    translated_path,
)
from generator.author.referring import named_by
from generator.author.starting import NothingToName, Start, starting_file
from generator.build import Checked, load
from generator.cli import terminal
from generator.cli.asking import ask, owner_of
from generator.cli.wording import seen
from generator.edit import create_file
from generator.model import KINDS, Kind, Library
from generator.read import Source, read_tree
from generator.validate import did_you_mean


@dataclass(frozen=True)
class Playbook:
    """A playbook to which something is added."""

    folder: Path
    checked: Checked
    library: Library
    paths: tuple[str, ...]
    """The text files below the content folder."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(edition.code for edition in self.library.editions)

    def shown(self, path: str) -> str:
        """A path below the content folder as the user knows it."""
        return terminal.shown_path(self.folder / path)


def begin(
    kind_name: str | None,
    title: str | None,
    lang: str | None,
    owner: str | None,
    name: str | None,
    content: Path,
    today: datetime.date | None,
) -> None:
    """The command `new`."""
    kind = _kind(kind_name)
    playbook = _open(content)
    code = _language(playbook, lang)
    title = _title(title)
    if code != playbook.languages[0]:
        _translate(playbook, kind, title, code, owner, name)
        return
    owner = owner_of(playbook.library, owner)
    identity = _identity(playbook, kind, title, name)
    path = path_of(kind, identity)
    day = terminal.clock(today)(playbook.library.source.settings.time_zone)
    start = Start(
        language=code,
        today=day,
        target=lambda refers: named_by(playbook.library, refers, owner),
        given={"title": title, "owner": owner},
        schema=schema_seen_from(path, kind.name),
    )
    _write(playbook, path, _started(kind, start))
    click.echo(f"Made {seen(playbook.shown(path))}, a draft: it is not in the site yet.")
    click.echo(
        "Write over what is marked TODO, then set `status: published` and run `playbook check`."
    )
    _mention_schemas(playbook, kind.name)


def _started(kind: Kind, start: Start) -> str:
    try:
        return starting_file(kind, start)
    except NothingToName as lack:
        _refuse(
            f"an entry of kind {kind.name} has to name one of kind {lack}, and there is none yet; "
            f'make it first: playbook new {lack.kinds[0]} "…"'
        )


def _open(content: Path) -> Playbook:
    checked = load(terminal.content_at(content), terminal.cores())
    if checked.library is None:
        terminal.print_problems(checked.problems, err=True)
        _refuse("the settings or the people cannot be read")
    paths = tuple(read_tree(content, terminal.shown_path(content)).texts)
    return Playbook(content, checked, checked.library, paths)


def _refuse(fault: str) -> NoReturn:
    click.echo(seen(fault), err=True)
    raise SystemExit(1)


def _kind(name: str | None) -> Kind:
    names = [kind.name for kind in KINDS]
    listed = ", ".join(names)
    if name is None:
        name = ask(f"Kind ({listed})", f"say which KIND of entry: {listed}")
    found = next((kind for kind in KINDS if name.strip("/") in (kind.name, kind.folder)), None)
    if found is None:
        hint = did_you_mean(name, names) or f"kinds: {listed}"
        raise click.BadParameter(f'there is no kind "{name}". {hint}', param_hint="KIND")
    return found


def _language(playbook: Playbook, code: str | None) -> str:
    if code is None:
        return playbook.languages[0]
    if code not in playbook.languages:
        listed = ", ".join(playbook.languages)
        hint = did_you_mean(code, playbook.languages) or f"languages: {listed}"
        raise click.BadParameter(
            f'"{code}" is no language of this playbook. {hint}', param_hint="--lang"
        )
    return code


def _title(title: str | None) -> str:
    if title is None:
        title = ask("Title", "say what the entry is called: TITLE")
    line = " ".join(title.split())
    if not line or not line.isprintable():
        raise click.BadParameter("it is empty, or holds what cannot be seen", param_hint="TITLE")
    return line


def _identity(playbook: Playbook, kind: Kind, title: str, name: str | None) -> str:
    """The id: what --id says, or what the title spells; on a terminal another one is asked for."""
    entries = playbook.library.source.entries.values()
    taken = taken_ids(playbook.paths, entries)
    spelled = name.strip("/") if name is not None else name_of(title)
    while True:
        if not spelled:
            spelled = ask("Name in the address (a-z, 0-9, -)", _UNSPELLED)
        wanted = id_in(kind, spelled)
        free = free_id(wanted, taken)
        fault = name_problem(path_of(kind, free), KINDS, playbook.languages)
        if fault is not None:
            raise click.BadParameter(f"{fault.message}; {fault.hint}", param_hint="--id")
        if free == wanted:
            return wanted
        proposed = free.removeprefix(f"{kind.folder}/")
        reason = in_the_way(wanted, playbook.paths, entries, playbook.shown)
        message = f"{reason}; for another entry: --id {proposed}"
        if not sys.stdin.isatty():
            _refuse(message)
        click.echo(seen(message))
        spelled = ask("Name in the address", "", default=proposed).strip("/")


_UNSPELLED = "the title spells no address; give a name of a-z, 0-9 and hyphens with --id"


def _translate(
    playbook: Playbook, kind: Kind, title: str, code: str, owner: str | None, name: str | None
) -> None:
    if owner is not None or name is not None:
        raise click.UsageError("a translation takes owner and address from its source")
    source = _source(playbook, kind, title, code)
    digest = playbook.checked.digests.get(source.path)
    if digest is None:
        terminal.print_problems(
            [it for it in playbook.checked.problems if it.location.path == source.place], err=True
        )
        _refuse(f"{source.place} has errors; mend them first")
    path = translated_path(source.path, code)
    schema = schema_seen_from(path, f"{kind.name}.translation")
    _write(playbook, path, translation_file(kind.model, source, digest, code, schema))
    click.echo(
        f"Made {seen(playbook.shown(path))}: readers get the source until its texts are there."
    )
    _mention_schemas(playbook, kind.name)


def _source(playbook: Playbook, kind: Kind, title: str, code: str) -> Source:
    """The source of the entry that is to be translated, by its title, id, name or file."""
    entries = [e for e in playbook.library.source.entries.values() if e.kind == kind.name]
    for entry in entries:
        named = {entry.id, entry.id.removeprefix(f"{kind.folder}/"), entry.path,
                 playbook.shown(entry.path)}  # fmt: skip
        if title in named or title.casefold() == entry.title.casefold():
            return playbook.checked.sources[entry.id]
    names: Iterable[str] = [name for e in entries for name in (e.title, e.id)]
    hint = did_you_mean(title, names) or (
        f"a new entry is written in the source language first, without --lang {code}"
    )
    _refuse(f'there is no {kind.name} "{title}" to translate into {code}. {hint}')


def _write(playbook: Playbook, path: str, text: str) -> None:
    try:
        create_file(playbook.folder / path, text.encode("utf-8"))
    except FileExistsError:
        _refuse(f"{playbook.shown(path)} exists already; nothing was written")
    except OSError as error:
        terminal.cannot_write(playbook.folder / path, error)


def _mention_schemas(playbook: Playbook, name: str) -> None:
    folder = playbook.folder.absolute().parent / "schemas"
    if not (folder / f"{name}.json").is_file():
        shown = terminal.shown_path(folder)
        click.echo(f"For help in the editor: playbook schema --output {shown}")
