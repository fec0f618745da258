"""The plugin `playbook` of MkDocs: the entries as pages of the host.

Takes the host's settings, gives it Markdown files, a section of the navigation and problems in its
log. Pages are never written to disk, and the host checks the links between them and its own. The
only home of MkDocs, and, as the plugin has no command line, of the clock for it.
"""

from __future__ import annotations

import datetime
import logging
import os
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown import Extension, Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    ListIndentProcessor,
    OListProcessor,
    UListProcessor,
)
from mkdocs.config import Config
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from generator import packaged_templates
from generator.build import Content
from generator.build.exporting import Export, export, folders_of
from generator.export import Chapter, Layout, Leaf
from generator.guest.outside import in_docs, unanswered
from generator.markdown import Dialect
from generator.model import Library
from generator.problems import Problem, Severity
from generator.report import problems_as_text

log = get_plugin_logger("playbook")

_LISTS: dict[str, tuple[type[BlockProcessor], int]] = {
    "indent": (ListIndentProcessor, 90),
    "olist": (OListProcessor, 40),
    "ulist": (UListProcessor, 30),
}
"""What Python-Markdown reads lists by, with its priorities."""
_LEVELS = {
    Severity.ERROR: logging.ERROR,
    Severity.WARNING: logging.WARNING,
    Severity.NOTE: logging.INFO,
}


class PlaybookConfig(Config):  # type: ignore[no-untyped-call]
    """What stands under `playbook` in mkdocs.yml."""

    content = option.Type(str, default="content")
    """The folder with playbook.yml, relative to mkdocs.yml."""
    mount = option.Type(str, default="playbook/{language}")
    """Where its pages lie among those of the host; a language that is alone gets no folder."""
    languages = option.ListOfItems(option.Type(str), default=[])
    """Codes of the languages to show; all without any."""
    today = option.Optional(option.Type((str, datetime.date)))
    """The day that it is, such as 2026-11-23; by default the clock's."""
    history = option.Type(bool, default=True)
    """Whether to ask git what changed after reviews."""


class PlaybookPlugin(BasePlugin[PlaybookConfig]):  # type: ignore[no-untyped-call]
    """Mounts a playbook. A host calls these events in a fixed order, for each build anew."""

    def __init__(self) -> None:
        self._markup = _OurMarkup()
        self._mounted: dict[str, str] = {}
        """Our pages, each with the address at which its source is edited."""
        self._chapters: tuple[Chapter, ...] = ()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Lets our pages use what they need, without a change for the host's."""
        _day(self.config.today)
        config.markdown_extensions.append(self._markup)  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds all pages. Where the host has a page of its own, that one stays."""
        self._mounted, self._chapters = {}, ()
        folder = _beside(config, self.config.content)
        made = export(self._export(config, folder))
        for problem in unanswered(made, folder, _shown(config, folder), Path(config.docs_dir)):
            log.log(_LEVELS[problem.severity], "%s", _as_text(problem))
        for file in [file for file in files if _lies_in(file.abs_src_path, folder)]:
            files.remove(file)
        if made.library and made.manuscript:
            self._chapters = made.manuscript.chapters
            for leaf in made.manuscript.leaves:
                if _add(files, _page_file(leaf, config)):
                    self._mounted[leaf.path] = _edit_address(made.library, leaf.source)
            for path, source in made.manuscript.assets.items():
                _add(files, File.generated(config, path, abs_src_path=str(folder / source)))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Puts the playbook where the host's navigation names its first page, else at the end."""
        for chapter in self._chapters:
            first = files.get_file_from_path(chapter.path)
            given = first.page.title if first and first.page else None
            section = _section(replace(chapter, title=given or chapter.title), files)
            if section and not _replaced(nav.items, chapter.path, section):
                nav.items.append(section)
        _joined(nav)
        for path, address in self._mounted.items():
            file = files.get_file_from_path(path)
            if file and file.page:
                file.page.edit_url = address or None
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Tells the extension whose page is read next."""
        self._markup.ours = page.file.src_uri in self._mounted

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> None:
        """Builds anew when the playbook changes."""
        folder = _beside(config, self.config.content)
        for watched in (folder, folder.parent / "templates"):
            if watched.is_dir():
                server.watch(str(watched))

    def _export(self, config: MkDocsConfig, folder: Path) -> Export:
        return Export(
            content=Content(folder, _shown(config, folder)),
            templates=(folder.parent / "templates", packaged_templates()),
            today=lambda zone: _day(self.config.today) or _clock(zone),
            layout=lambda library: self._layout(library, config, folder),
            history=self.config.history,
        )

    def _layout(self, library: Library, config: MkDocsConfig, folder: Path) -> Layout:
        folders = folders_of(library, self.config.languages, self.config.mount)
        top = self.config.mount.replace("{language}", "")
        return Layout(
            folders=folders,
            files="/".join([*filter(None, top.split("/")), "files"]),
            dialect=Dialect.MKDOCS,
            url=lambda path: File(path, None, "", config.use_directory_urls).url,
            outside=lambda path: in_docs(folder / path, Path(config.docs_dir)),
        )


class _OurMarkup(Extension):
    """Attribute lists, admonitions and lists as Python-Markdown reads them, on our pages alone:
    MkDocs makes a reader for each page."""

    def __init__(self) -> None:
        super().__init__()
        self.ours = False
        self._reader: Markdown | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self._reader = md if self.ours else None
        if not self.ours:
            return
        md.registerExtension(self)
        if "attr_list" not in md.treeprocessors:
            md.registerExtensions(["attr_list"], {})
        if "admonition" not in md.parser.blockprocessors:
            md.registerExtensions(["admonition"], {})

    def reset(self) -> None:
        """Comes when all extensions are there, and takes back what they did to lists: that of
        Backstage wants other indents than everybody else."""
        if self._reader:
            parser = self._reader.parser
            for name, (processor, priority) in _LISTS.items():
                parser.blockprocessors.register(processor(parser), name, priority)


def _day(value: object) -> datetime.date | None:
    """The day that the settings name. Raises PluginError for what is none."""
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise PluginError(f'playbook: today: "{value}" is no date, write 2026-11-23') from None


def _clock(zone: str) -> datetime.date:
    return datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date()


def _home(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml."""
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml")).parent


def _beside(config: MkDocsConfig, name: str) -> Path:
    return Path(os.path.normpath(_home(config) / name))


def _shown(config: MkDocsConfig, folder: Path) -> str:
    """The content folder as problems name it."""
    try:
        return folder.relative_to(_home(config)).as_posix()
    except ValueError:
        return folder.as_posix()


def _lies_in(path: str | None, folder: Path) -> bool:
    return path is not None and Path(path).is_relative_to(folder)


def _as_text(problem: Problem) -> str:
    return problems_as_text([problem], lambda _: "", lambda text, _: text).strip()


def _edit_address(library: Library, source: str) -> str:
    """Where an entry's source is edited; the host knows nothing of it."""
    repository = library.source.settings.repository
    return repository.edit.replace("{path}", source) if repository and source else ""


def _page_file(leaf: Leaf, config: MkDocsConfig) -> File:
    """Our pages get their place in the navigation from us, so the host need not miss them there."""
    return File.generated(
        config, leaf.path, content=leaf.make(), inclusion=InclusionLevel.NOT_IN_NAV
    )


def _add(files: Files, file: File) -> bool:
    if files.get_file_from_path(file.src_uri) is not None:
        log.info("%s is the host's own", file.src_uri)
        return False
    files.append(file)
    return True


def _section(chapter: Chapter, files: Files) -> Section | None:
    """A chapter of the navigation, its own page first."""
    children = [page for line in (chapter, *chapter.below) for page in _lines(line, chapter, files)]
    return Section(chapter.title, children) if children else None


def _lines(line: Chapter, chapter: Chapter, files: Files) -> Iterator[StructureItem]:
    if line is not chapter and line.below:
        if section := _section(line, files):
            yield section
        return
    file = files.get_file_from_path(line.path)
    if file and file.page:
        file.page.title = line.title
        yield file.page


def _replaced(items: list[StructureItem], path: str, section: Section) -> bool:
    """Puts the section in the place of its first page."""
    for position, item in enumerate(items):
        if isinstance(item, Page) and item.file.src_uri == path:
            items[position] = section
            return True
        if isinstance(item, Section) and _replaced(item.children, path, section):
            return True
    return False


def _joined(nav: Navigation) -> None:
    """Tells all pages their neighbours and their sections, as MkDocs does before plugins come."""
    nav.pages = list(_pages(nav.items))
    for page, before, after in zip(
        nav.pages, [None, *nav.pages[:-1]], [*nav.pages[1:], None], strict=True
    ):
        page.previous_page, page.next_page = before, after


def _pages(items: Sequence[StructureItem], parent: Section | None = None) -> Iterator[Page]:
    for item in items:
        item.parent = parent
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children, item)
