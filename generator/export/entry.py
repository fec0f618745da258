"""The page of an entry: its head, its parts, its body, and what it is connected with."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.desk import Desk
from generator.export.front import front_matter, of_entry
from generator.export.kinds import label, parts
from generator.export.layout import relative
from generator.export.trust import claims, trust_note
from generator.markdown.dialect import blocks, bullets, emphasis, escape
from generator.model import Entry
from generator.model.fields import Words

MAX_USES = 40


def entry_page(desk: Desk, entry: Entry) -> str:
    """The page of `entry`, which the desk is for."""
    return blocks((front_matter(desk, of_entry(desk, entry)), *_head(desk, entry), *(
        parts(desk, entry)), desk.body(), *_foot(desk, entry))) + "\n"  # fmt: skip


def _head(desk: Desk, entry: Entry) -> Iterator[str]:
    yield desk.heading(1, escape(entry.title))
    yield emphasis(label(desk, entry))
    yield desk.prose(entry.data.summary)
    if item := desk.item(entry.id):
        yield trust_note(desk, entry, item)
    yield from _language(desk, entry)


def _language(desk: Desk, entry: Entry) -> Iterator[str]:
    """Says that the entry, or a part of it, is not in the language of the page."""
    volume = desk.volume
    title: Words = entry.title
    if not entry.translated:
        name = volume.language_name(title.language)
        said = [desk.say("language_note.untranslated", language=name)]
        yield desk.dialect.note("note", name, " ".join([*said, *_elsewhere(desk, title.language)]))
    elif entry.behind:
        source = volume.library.source.code
        said = [desk.say("language_note.behind"), *_elsewhere(desk, source)]
        yield desk.dialect.note("warning", desk.say("state.behind"), " ".join(said))
    elif entry.incomplete:
        name = volume.language_name(volume.library.source.code)
        yield desk.dialect.note("note", name, desk.say("language_note.incomplete"))


def _elsewhere(desk: Desk, code: str) -> Iterator[str]:
    """The page in another language, where that is exported as well."""
    assert desk.entry is not None
    if code in desk.volume.layout.folders and code != desk.volume.code:
        words = desk.say("language_note.read_in", language=desk.volume.language_name(code))
        path = desk.volume.layout.entry(code, desk.entry.id)
        yield f"[{words}]({relative(path, desk.path)})"


def _foot(desk: Desk, entry: Entry) -> Iterator[str]:
    yield from claims(desk, entry)
    data = entry.data
    if data.editor_note:
        yield desk.part("note", "entry.editor_note")
        yield desk.prose(data.editor_note)
    if data.depends_on:
        yield desk.part("builds-on", "entry.builds_on")
        yield bullets(_with_state(desk, name) for name in data.depends_on)
    if data.related:
        yield desk.part("related", "entry.related")
        yield bullets(_with_state(desk, name) for name in data.related)
    uses = desk.volume.uses.get(entry.id, ())
    if uses:
        yield desk.part("uses", "entry.uses")
        yield bullets(_use(desk, name) for name in uses[:MAX_USES])
        if more := len(uses) - MAX_USES:
            yield desk.say("entry.more_uses", count=more) if more > 0 else ""


def _with_state(desk: Desk, identity: str) -> str:
    return " · ".join(filter(None, (desk.link(identity), desk.state(identity))))


def _use(desk: Desk, identity: str) -> str:
    kind = desk.volume.entries[identity].kind
    return f"{desk.link(identity)} · {desk.say(f'kind.{kind}.one')}"
