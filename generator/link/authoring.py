"""How the site is shown to those who write it: with drafts, and with links that open an editor.

A published site knows neither: it has no drafts, and its links lead to the forge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from generator.model import Edition, Entry

PATH, LINE = "{path}", "{line}"

Find = Callable[[str, str], int | None]
"""The line at which a change begins, given a path in the content folder and the name of a part of
the file or ""; None where there is no such file."""


def _nowhere(_path: str, _part: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Authoring:
    """What the pages show beyond the published playbook. By default nothing."""

    drafts: bool = False
    """Whether drafts have pages."""
    editor: str = ""
    """The address that opens `{path}` at `{line}`; "" where links lead to the forge."""
    folder: str = ""
    """The content folder: an absolute path with slashes."""
    find: Find = _nowhere

    def shows(self, status: str) -> bool:
        """Whether an entry with this status has a page."""
        return self.drafts or status != "draft"

    def edit_entry(self, edition: Edition, entry: Entry) -> str:
        """Where the texts of an entry are changed; "" if that is not known."""
        if self.editor:
            return self._open(entry.text_path, "")
        repository = edition.settings.repository
        return repository.edit.replace(PATH, entry.text_path) if repository else ""

    def edit_document(self, edition: Edition, name: str, part: str = "") -> str:
        """Where a part of playbook.yml or people.yml is changed, in the language of the edition;
        "" in a published site, whose readers have nothing to change there."""
        if not self.editor:
            return ""
        stems = (f"{name}.{edition.code}", name)
        paths = (f"{stem}{suffix}" for stem in stems for suffix in (".yml", ".yaml"))
        return next(filter(None, (self._open(path, part) for path in paths)), "")

    def _open(self, path: str, part: str) -> str:
        line = self.find(path, part)
        return editor_url(self.editor, f"{self.folder}/{path}", line) if line else ""


PUBLISHED = Authoring()


def editor_url(template: str, path: str, line: int) -> str:
    """The address that opens the file with the absolute `path`. Where the template itself has a
    slash before it, as in `vscode://file/{path}`, that of the path is left out."""
    written = quote(path, safe="/:")
    if "/" + PATH in template:
        written = written.removeprefix("/")
    return template.replace(PATH, written).replace(LINE, str(line))
