"""The list of versions, and what may be done with it. Every change gives a new list.

The file is mike's: `[{"version", "title", "aliases", "properties"}]`, the newest first. Of the
properties `hidden` is mike's and Material's (we set it for what is retired); `date`, `default` and
`notes` are ours, and what others put there stays. https://github.com/jimporter/mike
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.versions.naming import name_fault, newest_first

_OURS = ("date", "default", "hidden", "notes")


class Refused(Exception):
    """What is asked for cannot be done: why, and what to do instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Version:
    """A released version."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    date: str = ""
    """The day of the release, such as 2026-11-23."""
    notes: str = ""
    """What its makers say about it, in Markdown."""
    retired: bool = False
    """Whether it is still reachable but no longer offered."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Properties that others wrote."""


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions, the newest first."""

    listed: tuple[Version, ...] = ()
    default: str = ""
    """The version that readers come to, by its name or by an alias that moves on; "" if there is
    no version."""

    def named(self, name: str) -> Version | None:
        """The version that is called so, or that the alias leads to, in any size of letters."""
        wanted = name.casefold()
        for version in self.listed:
            if wanted in (version.name.casefold(), *map(str.casefold, version.aliases)):
                return version
        return None

    @property
    def current(self) -> Version | None:
        """The default version."""
        return self.named(self.default) if self.default else None

    def get(self, name: str) -> Version:
        """As `named`. Raises Refused for a version that does not exist."""
        found = self.named(name)
        if found is None:
            known = ", ".join(version.name for version in self.listed) or "none"
            raise Refused(f'there is no version "{name}"', f"versions: {known}")
        return found

    def released(self, version: Version, again: bool = False) -> Versions:
        """The list with `version` in it; its aliases move to it. `again`: it may take the place of
        one of the same name, whose aliases it keeps. Raises Refused."""
        checked(version.name, "version")
        former = next((v for v in self.listed if _same(v.name, version.name)), None)
        holder = self.named(version.name)
        if holder and former is None:
            raise Refused(
                f'"{version.name}" is an alias of version {holder.name}', "choose another name"
            )
        if former and not again:
            raise Refused(
                f"version {former.name} is released already",
                "release under a new name, or put it in its place with --replace",
            )
        if former:
            title = former.title if version.title == version.name else version.title
            version = replace(
                version,
                name=former.name,
                title=title,
                aliases=former.aliases,
                notes=version.notes or former.notes,
                more=former.more,
            )
        others = [v for v in self.listed if v is not former]
        listed = self._with((*others, version))
        return replace(listed, default=listed.default or version.name)

    def aliased(self, name: str, aliases: Iterable[str]) -> Versions:
        """The list in which `aliases` lead to the version, wherever they led before."""
        target = self.get(name)
        wanted = list(dict.fromkeys(aliases))
        for alias in wanted:
            checked(alias, "alias")
            if any(_same(alias, version.name) for version in self.listed):
                raise Refused(f'"{alias}" is a version, and so no alias', "choose another alias")
        if target.retired and self.default.casefold() in {alias.casefold() for alias in wanted}:
            raise Refused(
                f"version {target.name} is retired, and {self.default} is the default",
                "offer it again with `retire --undo`, or choose another default",
            )
        taken = {alias.casefold() for alias in wanted}
        listed = []
        for version in self.listed:
            kept = [alias for alias in version.aliases if alias.casefold() not in taken]
            more = wanted if version is target else []
            listed.append(replace(version, aliases=tuple(sorted([*kept, *more]))))
        return self._with(listed)

    def unaliased(self, aliases: Iterable[str]) -> Versions:
        """The list without these aliases. Raises Refused for one that is none, or the default."""
        gone = {alias.casefold() for alias in aliases}
        known = {alias.casefold() for version in self.listed for alias in version.aliases}
        for alias in sorted(gone - known):
            raise Refused(f'there is no alias "{alias}"')
        if self.default.casefold() in gone:
            raise Refused(
                f'"{self.default}" is the default', "choose another with set-default first"
            )
        kept = (
            replace(v, aliases=tuple(a for a in v.aliases if a.casefold() not in gone))
            for v in self.listed
        )
        return self._with(kept)

    def with_default(self, name: str) -> Versions:
        """The list with another default: a version, or an alias that may move on later."""
        target = self.get(name)
        if target.retired:
            raise Refused(f"version {target.name} is retired", "choose one that is offered")
        spelled = next(n for n in (target.name, *target.aliases) if _same(n, name))
        return replace(self, default=spelled)

    def retired(self, name: str, back: bool = False) -> Versions:
        """The list in which a version is offered no more, or again with `back`."""
        target = self.get(name)
        if not back and target is self.current:
            raise Refused(
                f"version {target.name} is the default", "choose another with set-default first"
            )
        changed = replace(target, retired=not back)
        return self._with(changed if each is target else each for each in self.listed)

    def without(self, name: str, heir: str = "") -> Versions:
        """The list without a version; its aliases, and the default, go to the version `heir`."""
        target = next((v for v in self.listed if _same(v.name, name)), None)
        if target is None:
            led = self.get(name)
            raise Refused(f'"{name}" is an alias of version {led.name}', "name the version itself")
        led_by = target.aliases or ((self.default,) if target is self.current else ())
        if heir and self.get(heir) is target:
            raise Refused("a version cannot be its own heir", "name another version")
        if led_by and not heir and len(self.listed) > 1:
            raise Refused(
                f"{', '.join(led_by)} would lead nowhere",
                "say with --aliases-to which version takes over",
            )
        listed = self.aliased(heir, target.aliases) if heir else self
        default = listed.default
        if heir and _same(default, target.name):
            default = self.get(heir).name
        rest = [v for v in listed.listed if v.name != target.name]
        return replace(self._with(rest), default=default if rest else "")

    def _with(self, versions: Iterable[Version]) -> Versions:
        named = {version.name: version for version in versions}
        return replace(self, listed=tuple(named[name] for name in newest_first(named)))


def checked(name: str, what: str) -> None:
    """Raises Refused for what cannot be a name."""
    fault = name_fault(name)
    if fault:
        shown = "".join(c if c.isprintable() else "\ufffd" for c in name)[:80]
        raise Refused(f'"{shown}" is no name for a {what}', fault)


def read_versions(raw: bytes | None) -> Versions:
    """The list that is in versions.json; none where there is no file. Raises Refused."""
    if raw is None:
        return Versions()
    try:
        entries = json.loads(raw)
        if not isinstance(entries, list):
            raise TypeError
        found = [_version(entry) for entry in entries]
        defaults = [entry.get("properties", {}).get("default", "") for entry in entries]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(
            "versions.json is not a list of versions",
            'it holds [{"version": "…", "title": "…", "aliases": []}]; take it from a backup',
        ) from None
    names = [name.casefold() for v in found for name in (v.name, *v.aliases)]
    for name in names:
        checked(name, "version")
        if names.count(name) > 1:
            raise Refused(f'versions.json names "{name}" twice', "take it from a backup")
    listed = Versions()._with(found)
    default = next(filter(None, defaults), "") or (listed.listed[0].name if found else "")
    return replace(listed, default=default if listed.named(default) else listed.listed[0].name)


def _version(entry: Mapping[str, Any]) -> Version:
    properties = entry.get("properties") or {}
    aliases = entry.get("aliases", [])
    texts = (entry.get("title", ""), properties.get("date", ""), properties.get("notes", ""))
    names = (entry["version"], *texts, *aliases)
    if not all(isinstance(name, str) for name in names):
        raise TypeError
    return Version(
        name=entry["version"],
        title=entry.get("title") or entry["version"],
        aliases=tuple(sorted(aliases)),
        date=properties.get("date", ""),
        notes=properties.get("notes", ""),
        retired=bool(properties.get("hidden")),
        more={key: value for key, value in properties.items() if key not in _OURS},
    )


def as_json(versions: Versions) -> str:
    """The content of versions.json."""
    return json.dumps(
        [_entry(version, versions) for version in versions.listed], ensure_ascii=False, indent=2
    )


def _entry(version: Version, versions: Versions) -> dict[str, Any]:
    properties: dict[str, Any] = dict(version.more)
    if version.date:
        properties["date"] = version.date
    if version is versions.current:
        properties["default"] = versions.default
    if version.notes:
        properties["notes"] = version.notes
    if version.retired:
        properties["hidden"] = True
    entry = {"version": version.name, "title": version.title, "aliases": list(version.aliases)}
    return {**entry, "properties": properties} if properties else entry


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
