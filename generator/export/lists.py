"""Pages that lead to entries: the top of a language, a list of each kind, owners, freshness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.export.desk import Desk
from generator.export.front import front_matter
from generator.export.layout import FRESHNESS, PEOPLE
from generator.link.page import language_name
from generator.markdown.dialect import blocks, bullets, escape, table
from generator.model import Entry, Kind
from generator.model.people import Group, Person
from generator.staleness import tally

_GROUPS = {"tool": "system", "knowledge": "tier", "metric": "metric_type"}
"""Where the words for the groups of a kind stand."""


def _page(desk: Desk, title: str, description: str, pieces: Iterable[str]) -> str:
    front = front_matter(desk, {"title": title, "description": description})
    return blocks((front, desk.heading(1, escape(title)), *pieces)) + "\n"


def home(desk: Desk) -> str:
    """The top of a language."""
    settings = desk.volume.edition.settings
    return _page(desk, settings.title, settings.description.body.plain, _home(desk))


def _home(desk: Desk) -> Iterator[str]:
    volume, settings = desk.volume, desk.volume.edition.settings
    yield desk.prose(settings.description)
    others = [
        desk.to(volume.layout.at(edition.code, "index.md"), language_name(edition.tag))
        for edition in volume.others
    ]
    if others:
        yield f"{desk.say('nav.languages')}{volume.strings.say('export.fact')}" + (
            desk.say_between(others))  # fmt: skip
    if settings.home.needs:
        yield desk.part("needs", "home.needs")
        for need in settings.home.needs:
            yield desk.heading(3, escape(need.title))
            yield desk.prose(need.text) if need.text else ""
            yield bullets(map(desk.link, need.links))
    yield desk.part("sections", "nav.sections")
    yield bullets(
        f"{desk.to(volume.layout.section(volume.code, kind.folder), volume.plural(kind))} · "
        f"{desk.say('count.entries', count=len(entries))}<br>{desk.say(f'about.{kind.name}')}"
        for kind in volume.library.kinds
        if (entries := volume.by_kind.get(kind.name, ()))
    )
    yield bullets(
        desk.to(volume.layout.at(volume.code, name), volume.strings.say(key))
        for name, key in ((FRESHNESS, "freshness.title"), (PEOPLE, "people.title"))
    )


def section(desk: Desk, kind: Kind) -> str:
    """All entries of a kind."""
    strings = desk.volume.strings
    about = strings.say(f"about.{kind.name}")
    return _page(desk, desk.volume.plural(kind), about, _section(desk, kind, about))


def _section(desk: Desk, kind: Kind, about: str) -> Iterator[str]:
    entries = desk.volume.by_kind[kind.name]
    yield escape(about)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.data.group, []).append(entry)
    words = _GROUPS.get(kind.name)
    for group, members in groups.items():
        if words and group:
            yield desk.part(group, f"{words}.{group}")
        yield _table(desk, members)
    yield _as_of(desk)


def _table(desk: Desk, entries: Iterable[Entry]) -> str:
    keys = ("freshness.entry", "export.summary", "freshness.state", "freshness.owner")
    return table(
        [desk.say(key) for key in keys],
        (
            (desk.link(e.id), desk.line(e.data.summary), desk.state(e.id), desk.owner(e.data.owner))
            for e in entries
        ),
    )


def _as_of(desk: Desk) -> str:
    return desk.say("as_of.list", date=desk.volume.strings.date(desk.volume.judge.today))


def people(desk: Desk) -> str:
    """Everybody who owns something, with what they own."""
    strings = desk.volume.strings
    title, text = strings.say("people.title"), strings.say("people.text")
    return _page(desk, title, text, _people(desk, text))


def _people(desk: Desk, text: str) -> Iterator[str]:
    edition = desk.volume.edition
    groups = edition.people.groups
    yield escape(text)
    for key, owners in (("people.people", edition.people.people), ("people.groups", groups)):
        if owners:
            yield desk.heading(2, desk.say(key))
        for owner in owners:
            yield desk.heading(3, escape(owner.name), owner.id)
            yield bullets(_about(desk, owner, groups))
            owned = desk.volume.owned.get(owner.id, ())
            yield bullets(desk.link(entry.id) for entry in owned) or desk.say("people.nothing")


def _about(desk: Desk, owner: Person | Group, groups: Iterable[Group]) -> Iterator[str]:
    between = desk.volume.strings.say("export.fact")
    if isinstance(owner, Group):
        members = desk.say_between(map(desk.owner, owner.members))
        yield f"{desk.say('people.members')}{between}{members}"
        return
    if owner.title:
        yield desk.words(owner.title)
    if owner.email:
        address = f"mailto:{quote(owner.email, safe='@+')}"
        yield f"{desk.say('people.email')}{between}[{escape(owner.email)}]({address})"
    within = [desk.owner(group.id) for group in groups if owner.id in group.members]
    if within:
        yield f"{desk.say('people.member_of')}{between}{desk.say_between(within)}"


def freshness(desk: Desk) -> str:
    """How much is reviewed in time, and what to review next."""
    strings = desk.volume.strings
    title, text = strings.say("freshness.title"), strings.say("freshness.text")
    return _page(desk, title, text, _freshness(desk, text))


def _freshness(desk: Desk, text: str) -> Iterator[str]:
    volume = desk.volume
    items = [item for name, item in volume.items.items() if name in volume.entries]
    total = tally(items)
    yield escape(text)
    yield desk.say("home.in_time", complete=total.complete, checked=total.checked)
    late = [item for item in items if item.state.checked and not item.state.complete]
    late.sort(key=lambda item: item.urgency)
    if not late:
        yield desk.say("freshness.shown_clear")
    else:
        yield desk.part("list", "freshness.list")
        keys = ("entry", "state", "due", "owner")
        yield table(
            [desk.say(f"freshness.{key}") for key in keys],
            (
                (
                    desk.link(item.id),
                    desk.state(item.id),
                    desk.date(item.verdict.due) if item.verdict.due else "",
                    desk.owner(item.owner),
                )
                for item in late
            ),
        )
    yield _as_of(desk)


def moved(desk: Desk, entry: Entry) -> str:
    """What stands at a former address of an entry."""
    title = desk.volume.strings.say("redirect.title")
    front = front_matter(desk, {"title": title, "search": {"exclude": True}})
    text = f"{desk.say('redirect.text')} {desk.link(entry.id)}"
    return blocks((front, desk.heading(1, escape(title)), text)) + "\n"
