"""`playbook release`, `playbook versions` and `playbook version`."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import terminal
from generator.cli.places import place_at, place_options

if TYPE_CHECKING:
    from generator.build.releases.places import Place
    from generator.build.releases.releasing import Released
    from generator.versions import Versions

LARGEST_NOTES = 64 * 1024
"""Bytes of notes; they stand in a list that every page loads."""


@click.command()
@click.argument("version", required=False)
@place_options
@click.option("--title", default="", help="What readers see; by default the version itself.")
@click.option("--alias", "aliases", multiple=True, help="A name that leads here from now on.")
@click.option("--default", "default", is_flag=True, help="Readers come to this version.")
@click.option(
    "--notes",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with a few words on the version, in Markdown.",
)
@click.option("--replace", is_flag=True, help="Take the place of a version of the same name.")
@click.option("--preview", help="Build a preview of this name: beside the versions, in no list.")
@click.option("--cname", default="", help="Write a file CNAME with this host name.")
@terminal.content_option
@terminal.today_option
@click.option("--no-history", is_flag=True, help="Do not ask git what changed after reviews.")
@click.option("--no-cache", is_flag=True, help="Build everything anew; leave .cache/ alone.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use; by default all cores.")
def release(
    version: str | None,
    to: Path | None,
    branch: str | None,
    push: bool,
    remote: str | None,
    title: str,
    aliases: tuple[str, ...],
    default: bool,
    notes: Path | None,
    replace: bool,
    preview: str | None,
    cname: str,
    content: Path,
    today: datetime.date | None,
    no_history: bool,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """Builds VERSION and puts it into a tree of versions, where it is never changed again. With an
    error anywhere the tree stays as it was."""
    from generator.build import Request
    from generator.build.releases.releasing import Order
    from generator.build.releases.releasing import release as release_to

    if (version is None) == (preview is None):
        raise click.UsageError("Name either a VERSION or a --preview.")
    if preview is not None and (aliases or default or notes):
        raise click.UsageError("A preview has no --alias, --default or --notes.")
    began, progress = time.monotonic(), terminal.progress()
    place = place_at(to, branch, push, remote)
    request = Request(
        content=terminal.content_at(content),
        output=Path(),
        templates=terminal.template_folders(content),
        today=terminal.clock(today),
        history=not no_history,
        jobs=jobs or terminal.cores(),
        cache=None if no_cache else terminal.cache_folder(content),
    )
    order = Order(
        name=version or preview or "",
        title=title,
        aliases=aliases,
        notes=_notes_in(notes),
        again=replace,
        default=default,
        preview=preview is not None,
        cname=_host(cname),
    )
    with terminal.stoppable("The tree", to, progress):
        done = release_to(request, order, place, progress)
    _tell(done, place.shown, time.monotonic() - began)


def _tell(done: Released, tree: str, seconds: float) -> None:
    """Says what came of a release; ends the command with 1 where nothing did."""
    terminal.print_problems(done.problems)
    problems = terminal.summary(done.problems)
    if not done.folder:
        click.echo(f"Not released: {problems}. {tree} is as it was.")
        raise SystemExit(1)
    made = terminal.counts_of(done.outcome)
    click.echo(f"Released {done.folder} to {tree}: {made}, {problems}, {seconds:.1f} s")


def _notes_in(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        raw = file.read_bytes()
        if len(raw) > LARGEST_NOTES:
            raise click.BadParameter(f"{file} has more than {LARGEST_NOTES // 1024} KiB")
        return raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise click.BadParameter(f"{file} is not UTF-8 text", param_hint="--notes") from None
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}", param_hint="--notes") from None


def _host(name: str) -> str:
    if name and not all(part and part.replace("-", "").isalnum() for part in name.split(".")):
        raise click.BadParameter(
            f'"{name}" is no host name, such as playbook.example.com', param_hint="--cname"
        )
    return name


@click.command()
@click.option("--to", type=click.Path(path_type=Path), help="The folder of the tree.")
@click.option("--branch", help="The branch of this repository that holds the tree.")
@click.option("--remote", help="Look at the branch there as well, and take the newer one.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def versions(to: Path | None, branch: str | None, remote: str | None, form: str) -> None:
    """Lists the versions of a tree, the newest first."""
    from generator.build.releases.releasing import listed
    from generator.versions import as_json

    found = listed(place_at(to, branch, push=remote is not None, remote=remote))
    if found.problems:
        terminal.print_problems(found.problems, err=form == "json")
        raise SystemExit(1)
    if form == "json":
        click.echo(as_json(found.versions))
        return
    for line in _lines(found.versions):
        click.echo(line)
    for preview in found.previews:
        click.echo(f"preview/{preview}")
    if not found.versions.listed and not found.previews:
        click.echo("Nothing is released yet.")


def _lines(versions: Versions) -> list[str]:
    width = max((len(version.name) for version in versions.listed), default=0)
    lines = []
    for version in versions.listed:
        marks = [f"“{version.title}”"] if version.title != version.name else []
        marks += [f"[{alias}]" for alias in version.aliases]
        marks += ["default"] if version is versions.current else []
        marks += ["retired"] if version.retired else []
        line = f"{version.name:<{width}}  {version.date:<10} {' '.join(marks)}"
        lines.append(line.rstrip())
    return lines


@click.group()
def version() -> None:
    """Looks after the versions of a tree: which one readers come to, by which names, which ones are
    offered."""


@version.command("set-default")
@click.argument("name", metavar="VERSION_OR_ALIAS")
@place_options
def set_default(name: str, **where: Any) -> None:
    """Chooses the version that readers come to. An alias goes on to lead to later versions."""
    place = place_at(**where)
    _altered(place, lambda listed: listed.with_default(name), f"Make {name} the default")


@version.command()
@click.argument("name", metavar="VERSION")
@click.argument("aliases", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Take these aliases away from the version.")
@place_options
def alias(name: str, aliases: tuple[str, ...], remove: bool, **where: Any) -> None:
    """Makes ALIASES lead to a version, wherever they led before."""
    place = place_at(**where)
    names = ", ".join(aliases)
    if remove:
        _altered(place, lambda listed: listed.unaliased(aliases), f"Remove {names} from {name}")
    else:
        _altered(place, lambda listed: listed.aliased(name, aliases), f"Let {names} be {name}")


@version.command()
@click.argument("name", metavar="VERSION")
@click.option("--undo", is_flag=True, help="Offer it again.")
@place_options
def retire(name: str, undo: bool, **where: Any) -> None:
    """Offers a version no more. It stays where it is, says that it is retired, and stands in the
    list of all versions."""
    place = place_at(**where)
    message = f"Offer {name} again" if undo else f"Retire {name}"
    _altered(place, lambda listed: listed.retired(name, back=undo), message)


@version.command()
@click.argument("name", metavar="VERSION")
@click.option("--preview", is_flag=True, help="It is a preview that goes.")
@click.option("--aliases-to", "heir", default="", help="The version that takes over its aliases.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@place_options
def delete(name: str, preview: bool, heir: str, yes: bool, **where: Any) -> None:
    """Deletes a version for good, with all links to it. `retire` keeps it."""
    place = place_at(**where)
    what = f"preview {name}" if preview else f"version {name}"
    if not yes:
        click.confirm(f"Delete {what} from {place.shown} for good?", abort=True)
    if preview:
        _altered(place, lambda listed: listed, f"Delete {what}", f"preview/{name}")
    else:
        _altered(place, lambda listed: listed.without(name, heir), f"Delete {what}", name)


def _altered(place: Place, edit: Any, message: str, going: str = "") -> None:
    from generator.build.releases.releasing import alter

    templates = terminal.template_folders(terminal.home() / "content")
    done = alter(place, templates, edit, message, going)
    if done.problems:
        terminal.print_problems(done.problems)
        click.echo(f"Nothing was changed. {place.shown} is as it was.")
        raise SystemExit(1)
    click.echo(f"{message}: done in {place.shown}." if done.made else "Nothing to do.")
