"""Markdown for others: read alike by CommonMark and Python-Markdown, complete, its links sound."""

from __future__ import annotations

import datetime
import functools
import posixpath
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import html5lib
import markdown
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import packaged_templates
from generator.build import Content, load
from generator.build.exporting import Export, export, folders_of
from generator.export import Layout
from generator.markdown import Dialect
from generator.markdown.dialect import escape, paragraph
from generator.markdown.rewrite import Manner, rewrite_document, rewrite_field
from generator.model import KINDS, Kind
from generator.model import Content as Fields
from generator.model.fields import Duration, Model, Prose, RoleRef, Slug, Texts, Words

ROOT = Path(__file__).parent.parent
EVERY_KIND = ROOT / "tests" / "sites" / "every-kind" / "content"
TODAY = "2026-11-23"

# -- Readers ---------------------------------------------------------------------------------

EXTENSIONS = [
    "toc", "tables", "fenced_code", "attr_list", "admonition", "def_list", "footnotes", "abbr",
    "md_in_html", "sane_lists", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.details", "pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.tilde",
    "pymdownx.tabbed", "pymdownx.blocks.admonition", "pymdownx.arithmatex",
]  # fmt: skip
"""What hosts commonly turn on: everything that could find markup where there is none."""


def by_the_book(text: str) -> str:
    """HTML as wikis and forges make it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(reader.render(text))


def by_mkdocs(text: str) -> str:
    """HTML as MkDocs makes it without any extension but its own."""
    return markdown.markdown(text, extensions=["toc", "tables", "fenced_code"])


def by_a_busy_host(text: str) -> str:
    """HTML as MkDocs makes it with many extensions."""
    return markdown.markdown(text, extensions=EXTENSIONS)


def by_our_plugin(text: str) -> str:
    """HTML as the plugin has its pages read."""
    return markdown.markdown(
        text, extensions=["toc", "tables", "fenced_code", "attr_list", "admonition"]
    )


READERS = [by_the_book, by_mkdocs, by_a_busy_host]


def words_of(html: str) -> str:
    """The text of a page, without space, which readers set differently."""
    return re.sub(r"\s+", "", "".join(html5lib.parseFragment(html).itertext()))


def skeleton(html: str) -> tuple[str, Counter[str]]:
    """Words, and how many there are of each element that carries meaning."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    kept = {"ul", "ol", "li", "blockquote", "pre", "table", "tr", "strong", "em", "code", "h2"}
    found = Counter(str(node.tag) for node in tree.iter() if node.tag in kept)
    return words_of(html), found


SIGNS = st.sampled_from([*"\\`*_{}[]()<>#+-.!|~^=$&;:/?\"'%@1aé中 。“”,", "   ", "http://x.y"])
LINES = st.lists(SIGNS, max_size=14).map("".join)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_plain_text_is_read_as_it_stands(text):
    line = paragraph(escape(text))
    wanted = re.sub(r"\s+", "", text)
    for reader in READERS:
        assert words_of(reader(line)) == wanted, (reader.__name__, line)
        assert "<a" not in reader(line)


# -- Texts written anew ----------------------------------------------------------------------

WORDS = st.sampled_from(["word", "词语", "“q”", "a_b"])
MARKED = st.sampled_from(["bold", "重点", "`code`", "“q”"])
SPAN = st.one_of(
    WORDS,
    MARKED.map(lambda text: f"**{text}**"),
    MARKED.map(lambda text: f"*{text}*"),
    st.sampled_from(["`code`", "`a|b`", "`` a`b ``", "[link](x.md#y)", "<kbd>K</kbd>"]),
)
TEXT = st.lists(SPAN, min_size=1, max_size=4).map(" ".join)


def _indented(mark, text):
    return "\n".join((mark if n == 0 else " " * len(mark)) + line for n, line in enumerate(
        text.split("\n")))  # fmt: skip


def _lists(block):
    tight = st.lists(TEXT, min_size=1, max_size=3)
    loose = st.lists(
        st.lists(block, min_size=1, max_size=2).map("\n\n".join), min_size=2, max_size=2
    )
    return st.one_of(
        tight.map(lambda items: "\n".join(f"- {item}" for item in items)),
        tight.map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
        loose.map(lambda items: "\n\n".join(_indented("- ", f"first\n\n{item}") for item in items)),
        block.map(lambda inner: _indented("> ", inner).replace("\n  ", "\n> ")),
        TEXT.map(lambda text: f"- one\n  - {text}\n- two"),
    )


BLOCK = st.recursive(
    st.one_of(
        TEXT,
        st.sampled_from(["```python\nx = 1\n\n*y*\n```", "| a | b |\n| --- | ---: |\n| `c` | 2 |"]),
    ),
    _lists,
    max_leaves=4,
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=4).map("\n\n".join)


def manner(dialect: Dialect = Dialect.COMMON) -> Manner:
    """Links stay as they are."""
    return Manner(dialect, lambda link: link, lambda link: link)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENT)
def test_a_document_written_anew_says_the_same_to_every_reader(text):
    meant = skeleton(by_the_book(text))
    common = rewrite_document(text, manner())
    for reader in READERS:
        assert skeleton(reader(common)) == meant, (reader.__name__, common)
    own = rewrite_document(text, manner(Dialect.MKDOCS))
    assert skeleton(by_our_plugin(own)) == meant, own


EVERYTHING = """\
{#named}
## Over

Term *one*
:   What it is.

Other
:   First.

    Second.

!!! tip "With \\"quotes\\""
    Inside, [linked](../x.md).

    - a
    - b

- [ ] open
- [x] done, **bold**

Noted[^1]. ~~Gone~~ <abbr title="T">t</abbr> ![A *picture*](p.png "Its title")
<!-- not shown -->

[^1]: The note.

> first

> second

<div onclick="x()"><a href="y.md">raw</a></div>
"""


def test_what_commonmark_has_no_sign_for_is_told_in_its_own_signs():
    common = rewrite_document(EVERYTHING, manner())
    assert '## <a id="named"></a>Over\n' in common
    assert "-   <strong>Term *one*</strong><br>What it is.\n" in common
    assert '> **With "quotes"**\n>\n> Inside, [linked](../x.md).\n' in common
    assert "-   [ ] open\n-   [x] done, **bold**\n" in common
    assert 'Noted<sup><a id="fnref1"></a>[1](#fn1)</sup>. <del>Gone</del>' in common
    assert '1.  <a id="fn1"></a>The note. [↩](#fnref1)' in common
    assert '![A picture](p.png "Its title")' in common
    assert '<div><a href="y.md">raw</a></div>' in common
    assert "not shown" not in common
    for reader in READERS:
        text, found = skeleton(reader(common))
        assert "Inside,linked.ab" in text
        assert found["blockquote"] == 3 or reader is by_the_book


def test_mkdocs_gets_anchors_notes_and_boxes_of_its_own():
    html = by_our_plugin(rewrite_document(EVERYTHING, manner(Dialect.MKDOCS)))
    assert '<h2 id="named">Over</h2>' in html
    assert (
        '<div class="admonition tip">\n<p class="admonition-title">With &quot;quotes&quot;</p>'
        in html
    )
    assert (
        '<li><label><input type="checkbox" checked> done, <strong>bold</strong></label></li>'
        in html
    )


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<script>alert(1)</script> a", "a"),
        ("a <b>b", "a b"),
        ("</div> a", "a"),
        ("<b onclick='x()'>b</b>", "<b>b</b>"),
        ("[x](javascript:alert)", "x"),
    ],
)
def test_nothing_active_comes_through(text, made):
    careful = Manner(Dialect.COMMON, lambda link: "", lambda link: "")
    assert rewrite_field(text, careful) == made


# -- The command -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory, playbook) -> Path:
    """Every kind in two languages, exported."""
    root: Path = tmp_path_factory.mktemp("export")
    shutil.copytree(EVERY_KIND, root / "content")
    ended = playbook(
        "export", "--markdown", "out", "--under", "handbook", "--today", TODAY, cwd=root
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Exported to out: 18 entries, 66 pages, 2 languages" in ended.stdout
    return root / "out"


def links_in(text: str) -> list[str]:
    """Where links and images lead."""
    tree = html5lib.parseFragment(by_the_book(text), namespaceHTMLElements=False)
    found = (node.get("href") or node.get("src") for node in tree.iter())
    return [unquote(link) for link in found if link]


@functools.cache
def anchors_in(path: Path) -> set[str]:
    """The places that links to a page may name."""
    return set(re.findall(r'<a id="([^"]+)"></a>', path.read_text(encoding="utf-8")))


def test_every_link_leads_to_a_file_and_a_place_in_it(exported):
    pages = sorted(exported.rglob("*.md"))
    seen = 0
    for page in pages:
        text = page.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        for link in links_in(text):
            path, _, anchor = link.partition("#")
            if link.startswith(("https:", "mailto:")):
                continue
            target = Path(posixpath.normpath(page.parent / path)) if path else page
            assert target.is_file(), (page, link)
            assert not anchor or anchor in anchors_in(target), (page, link)
            seen += 1
    assert seen > 300


def test_the_anchors_are_those_of_the_site(exported):
    library = load(Content(EVERY_KIND, "content")).library
    assert library is not None
    for edition in library.editions:
        for entry in edition.entries.values():
            if entry.data.status != "draft":
                path = exported / edition.code / f"{entry.id}.md"
                assert entry.anchors <= anchors_in(path), path


def test_front_matter_tells_programs_what_the_page_is(exported):
    text = (exported / "zh" / "sops" / "visit.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["id"] == "sops/visit"
    assert (front["kind"], front["as_of"]) == ("sop", TODAY)
    assert front["title"] in text.split("---\n", 2)[2]
    assert {"description", "owner", "state", "tags"} <= front.keys()


def test_the_navigation_names_every_page_but_those_that_moved(exported):
    nav = yaml.safe_load((exported / "nav.yml").read_text(encoding="utf-8"))["nav"]
    text = (exported / "SUMMARY.md").read_text(encoding="utf-8")
    listed = sorted(re.findall(r"\]\((.+)\)", text))
    assert sorted(f"handbook/{path}" for path in listed) == sorted(_paths(nav))
    pages = {path.relative_to(exported).as_posix() for path in exported.rglob("*.md")}
    assert pages - set(listed) == {"SUMMARY.md", "en/sops/old-visit.md", "zh/sops/old-visit.md"}


def _paths(nav):
    if isinstance(nav, str):
        return [nav]
    return [
        path for item in (nav.values() if isinstance(nav, dict) else nav) for path in _paths(item)
    ]


def test_pages_read_well(exported, update):
    kept = ROOT / "tests" / "exports"
    for name in ("en/sops/visit.md", "zh/toolkits/sheet.md"):
        expected = kept / name.replace("/", "-")
        text = (exported / name).read_text(encoding="utf-8")
        if update:
            expected.write_text(text, encoding="utf-8")
        assert text == expected.read_text(encoding="utf-8")


def test_that_something_changed_after_the_review_is_said_once(tmp_path, playbook):
    shutil.copytree(ROOT / "tests" / "sites" / "every-state" / "content", tmp_path / "content")
    ended = playbook("export", "--markdown", "out", "--no-history", "--today", TODAY, cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for name, after, more in (
        ("changed", "changed after the review", "Nobody has confirmed what is new in it."),
        ("dependent", "changed after the review", "(fresh.md)\n>\n> Check whether it still fits."),
        ("overdue", "are over", "Ask the owner"),
    ):
        text = (tmp_path / "out/en/pages" / f"{name}.md").read_text(encoding="utf-8")
        assert text.count(after) == 1, text
        assert text.count(more) == 1, text
    chinese = (tmp_path / "out/zh/pages/changed.md").read_text(encoding="utf-8")
    assert chinese.count("复核之后，内容有改动") == 1


def test_exporting_again_changes_nothing_and_prunes_what_is_gone(folder):
    def export(*more):
        return folder.run("export", "--markdown", "site", "--today", TODAY, *more)

    assert export().returncode == 0
    first = folder.files()
    (folder.site / "mine.txt").write_text("keep", encoding="utf-8")
    assert export().returncode == 0
    assert folder.files() == {**first, "mine.txt": b"keep"}
    (folder.content / "pages" / "two.md").unlink()
    folder.page("one", "One")
    assert export("--language", "en").returncode == 0
    names = set(folder.files())
    assert {"mine.txt", "pages/one.md", "index.md"} <= names
    assert not {"pages/two.md", "en/pages/one.md", "zh/pages/one.md"} & names


def test_an_error_or_a_foreign_folder_leaves_everything_as_it_was(folder):
    folder.page("one", "One", "[broken](three.md)")
    ended = folder.run("export", "--markdown", "out", "--today", TODAY)
    assert (ended.returncode, (folder.root / "out").exists()) == (1, False)
    assert "content/pages/one.md:10:10: PB303" in ended.stdout
    assert "Not exported: 1 error" in ended.stdout
    folder.page("one", "One")
    (folder.root / "out").mkdir()
    (folder.root / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    ended = folder.run("export", "--markdown", "out", "--today", TODAY)
    assert ended.returncode == 1
    assert "PB603" in ended.stdout or "no build wrote: mine.txt" in ended.stdout
    assert [path.name for path in (folder.root / "out").iterdir()] == ["mine.txt"]


def test_a_language_that_the_playbook_lacks_is_a_wrong_call(folder):
    ended = folder.run("export", "--markdown", "out", "--language", "de")
    assert ended.returncode == 2
    assert 'the playbook has no language "de"; it has en, zh' in ended.stderr


FAULTY = sorted(path / "content" for path in (ROOT / "tests" / "rules").glob("PB[1-5]*"))


def test_whatever_is_wrong_a_host_gets_the_pages_that_can_be_made(tmp_path):
    """A host that does not build strictly goes on with the entries that are left."""
    base = ROOT / "tests" / "rules" / "base" / "content"
    pages = 0
    for number, content in enumerate(FAULTY):
        root = tmp_path / str(number)
        shutil.copytree(base, root)
        if content.is_dir():
            shutil.copytree(content, root, dirs_exist_ok=True)
        made = export(requested(Content(root, "content"), Dialect.MKDOCS)).manuscript
        if made:
            assert all(leaf.make() for leaf in made.leaves)
            pages += len(made.leaves)
    assert pages > 1000


def requested(content: Content, dialect: Dialect) -> Export:
    """All languages, in folders of their own."""
    return Export(
        content,
        (packaged_templates(),),
        lambda zone: datetime.date.fromisoformat(TODAY),
        lambda library: Layout(folders_of(library, ()), dialect=dialect),
        history=False,
    )


class Scene(Model):
    """A part of a story."""

    id: Slug
    title: Words
    told: Prose
    lasts: Duration | None = None


class Story(Fields):
    """A kind that the playbook does not have."""

    moral: Prose
    year: int
    hero: RoleRef | None = None
    scenes: tuple[Scene, ...] = ()
    signs: Texts = {}  # noqa: RUF012  # a field of a model

    def anchors(self):
        return (f"scene-{scene.id}" for scene in self.scenes)


def test_a_kind_that_nobody_wrote_a_page_for_is_shown_field_by_field(folder):
    folder.write(
        "stories/fox.yml",
        "title: Fox\nsummary: A fox.\nowner: ann\nmoral: See [one](../pages/one.md).\nyear: 1668\n"
        "scenes:\n  - {id: vine, title: The vine, told: '*High*', lasts: 2 days}\n"
        "signs: {sour: They are sour.}\n",
    )
    kinds = (*KINDS, Kind("story", "stories", Story))
    content = Content(folder.content, "content", kinds)
    made = export(requested(content, Dialect.COMMON)).manuscript
    assert made is not None
    leaf = next(leaf for leaf in made.leaves if leaf.path == "en/stories/fox.md")
    assert (
        leaf.make()
        .decode()
        .endswith(
            "## Moral\n\nSee [one](../pages/one.md).\n\n## Year\n\n1668\n\n## Scenes\n\n"
            '### <a id="scene-vine"></a>The vine\n\n#### Told\n\n*High*\n\n#### Lasts\n\n2 days\n\n'
            "## Signs\n\n-   They are sour.\n"
        )
    )
