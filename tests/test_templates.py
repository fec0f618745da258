"""Templates: one a kind, using its declared context and no more; words in all languages."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, meta, nodes

from generator import packaged_templates
from generator.link import contexts
from generator.model import KINDS
from generator.render.kept import Kept
from generator.render.strings import keys_of

ROOT = Path(__file__).parent.parent
TEMPLATES = packaged_templates()
CONTEXTS = {
    **{f"kinds/{kind.name}.html": contexts.EntryContext for kind in KINDS},
    "pages/home.html": contexts.HomeContext,
    "pages/section.html": contexts.ListContext,
    "pages/tag.html": contexts.ListContext,
    "pages/person.html": contexts.ListContext,
    "pages/tags.html": contexts.TagsContext,
    "pages/people.html": contexts.PeopleContext,
    "pages/freshness.html": contexts.FreshnessContext,
    "pages/find.html": contexts.FindContext,
    "pages/changes.html": contexts.ChangesContext,
    "pages/changes.xml": contexts.FeedContext,
    "pages/not-found.html": contexts.NotFoundContext,
    "pages/redirect.html": contexts.RedirectContext,
    "pages/root.html": contexts.RootContext,
    "pages/sitemap.xml": contexts.SitemapContext,
    "pages/tree.html": contexts.TreeContext,
    "pages/alias.html": contexts.AliasContext,
}
GLOBALS = {"t", "t_in", "href", "asset", "flowchart", "radar", "bars", "timeline", "trend"}
GLOBALS |= {"range", "dict", "namespace", "lipsum", "cycler", "joiner"}


def environment() -> Environment:
    loader = FileSystemLoader(str(TEMPLATES))
    return Environment(loader=loader, autoescape=True, extensions=[Kept])


def parse(name: str) -> nodes.Template:
    env = environment()
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    for filter_name in re.findall(r"\|\s*(\w+)", source):
        env.filters.setdefault(filter_name, str)
    return env.parse(source)


def closure(name: str, seen: set[str]) -> set[str]:
    """The template and all that it extends or includes, which share its context."""
    if name not in seen:
        seen.add(name)
        tree = parse(name)
        named = [node.template for node in tree.find_all(nodes.Extends)]
        named += [node.template for node in tree.find_all(nodes.Include)]
        for template in named:
            assert isinstance(template, nodes.Const), f"{name}: names of templates are literal"
            closure(template.value, seen)
    return seen


def set_by(name: str) -> set[str]:
    """The names that a template sets or imports, which those that it extends and includes see."""
    tree = parse(name)
    own = {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {str(imported.target) for imported in tree.find_all(nodes.Import)}
    targets = [assignment.target for assignment in tree.find_all(nodes.Assign)]
    targets += [assignment.target for assignment in tree.find_all(nodes.AssignBlock)]
    for target in targets:
        own.add(getattr(target, "name", ""))
        own |= {name.name for name in target.find_all(nodes.Name)}
    return own


def undeclared(name: str) -> set[str]:
    """What a template, with all that it extends and includes, takes from its context."""
    parts = closure(name, set())
    taken = set().union(*(meta.find_undeclared_variables(parse(part)) for part in parts))
    return taken - set().union(*map(set_by, parts)) - GLOBALS


def test_every_page_has_a_template_and_every_template_a_page():
    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for folder in ("kinds", "pages")
        for path in (TEMPLATES / folder).iterdir()
    }
    assert pages == set(CONTEXTS)


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_a_template_uses_its_declared_context_and_nothing_else(name):
    declared = {field.name for field in dataclasses.fields(CONTEXTS[name])}
    assert not undeclared(name) - declared


def test_macros_take_what_they_show_as_arguments():
    for path in sorted((TEMPLATES / "macros").glob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        assert not undeclared(name), name


def words(code: str) -> dict[str, object]:
    text = (TEMPLATES / "strings" / f"{code}.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def test_all_languages_have_the_same_words():
    assert set(keys_of(words("en"))) == set(keys_of(words("zh")))


def test_words_have_the_same_places_to_fill_in():
    def places(mapping: dict[str, object], key: str) -> set[str]:
        value: object = mapping
        for part in key.split("."):
            assert isinstance(value, dict)
            value = value[part]
        return set(re.findall(r"\{(\w+)\}", str(value))) - {"count"}

    english, chinese = words("en"), words("zh")
    for key in keys_of(english):
        assert places(english, key) == places(chinese, key), key


def test_every_word_that_a_template_asks_for_exists_and_none_is_left_over():
    known = set(keys_of(words("en")))
    asked: set[str] = set()
    prefixes: set[str] = set()
    for path in TEMPLATES.rglob("*.*ml"):
        if path.suffix == ".yml":
            continue
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bt\(\s*\"([\w.-]+)\"\s*[,)]", text))
        prefixes |= set(re.findall(r"\bt\(\s*\"([\w.-]+\.)\"\s*~", text))
    for path in (TEMPLATES / "static").glob("search*/*.js"):
        text = path.read_text(encoding="utf-8")
        said = " ".join(re.findall(r"\b(?:say|phrase)\(([^,)]*)", text))
        asked |= {f"search.ui.{key}" for key in re.findall(r'"([\w.]+)"', said)}
        asked |= {f"search.ui.{key}" for key in re.findall(r'"([\w.]+)"', text)} & known
        prefixes |= {f"search.ui.{key}" for key in re.findall(r"`([\w.]+[._])\$", said)}
    for path in (TEMPLATES.parent / "generator" / "export").rglob("*.py"):
        named = re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
        asked |= {key for key in named if not key.endswith(".md")}
    for path in (ROOT / "generator").rglob("*.py"):  # changes are put into words before pages are
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'"(changes\.[\w.]+)"', text)) - {"changes.json"}
        prefixes |= set(re.findall(r"f[\"'](changes\.[\w.]+\.)\{", text))
    root = ROOT / "generator/build/releases/treeroot.py"  # says all languages
    text = root.read_text(encoding="utf-8")
    asked |= set(re.findall(r'"((?:version|missing)\.\w+)"', text))
    script = (TEMPLATES / "static" / "news.js").read_text(encoding="utf-8")
    said = " ".join(re.findall(r"\bsay\(([^)]*)", script))
    asked |= {f"changes.ui.{key}" for key in re.findall(r'"(\w+)"', said)}
    asked |= {f"changes.ui.{key}" for key in re.findall(r'"(\w+)"', script)} & known
    for path in (TEMPLATES / "static" / "live").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        asked |= {f"live.{key}" for key in re.findall(r'\b(?:say|tell)\("(\w+)"', text)}
        asked |= {f"live.{key}" for key in re.findall(r'"(\w+)"', text)} & known
        prefixes |= {f"live.{key}" for key in re.findall(r"\bsay\(`(\w+\.)\$", text)}
    assert asked <= known, asked - known
    spoken = {"date_format"} | {key for key in known if key.startswith("unit.")}
    left = {k for k in known - asked - spoken if not any(k.startswith(p) for p in prefixes)}
    assert not left


def test_templates_hold_no_inline_style_or_script():
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_style_sheets_and_scripts_load_nothing_from_elsewhere():
    for path in (TEMPLATES / "static").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/)", text), path
        assert not re.search(r"\beval\(|innerHTML|document\.write|new Function", text), path


def test_a_playbooks_own_templates_and_words_come_first(folder):
    own = folder.root / "templates"
    (own / "strings").mkdir(parents=True)
    (own / "strings" / "en.yml").write_text("date_format: yyyy/MM/dd\n", encoding="utf-8")
    (own / "kinds").mkdir()
    Path(own / "kinds" / "page.html").write_text(
        "<p>{{ entry.data.title | words }} {{ entry.data.reviewed.on.day | date }}</p>",
        encoding="utf-8",
    )
    assert folder.build().returncode == 0
    page = folder.files()["en/pages/two.html"].decode()
    assert page == '<p>Two <time datetime="2026-11-20">2026/11/20</time></p>'


def test_a_broken_template_is_a_problem_with_a_place(folder):
    own = folder.root / "templates" / "kinds"
    own.mkdir(parents=True)
    (own / "page.html").write_text("<p>\n{{ entry.nothing }}\n</p>", encoding="utf-8")
    result = folder.build()
    assert result.returncode == 1
    assert "kinds/page.html:2:1: PB603" in result.stdout
    assert "Traceback" not in result.stderr
    (own / "page.html").write_text("<p>\n{% if %}\n</p>", encoding="utf-8")
    assert "kinds/page.html:2:1: PB603" in folder.build().stdout


def test_compiled_templates_are_kept_for_the_package_alone(folder, monkeypatch):
    kept = folder.root / "kept"
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(kept))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    own = folder.root / "templates" / "kinds"
    own.mkdir(parents=True)
    (own / "page.html").write_text("<p>{{ entry.title|words }}</p>", encoding="utf-8")
    assert folder.start("build").returncode == 0
    first = folder.files()
    names = {path.name.split(".")[0] for path in kept.rglob("templates/*.pyc")}
    assert {"base", "pages-home", "macros-frame"} <= names
    assert "kinds-page" not in names
    for path in kept.rglob("templates/*.pyc"):
        path.write_bytes(b"not what was written")
    assert folder.start("build").returncode == 0
    assert folder.files() == first


def test_a_literal_is_formatted_for_each_language(folder):
    own = folder.root / "templates" / "kinds"
    own.mkdir(parents=True)
    (own / "page.html").write_text(
        "{{ 1234|number }} {{ 'zh'|tag_of }} {{ '<b>' ~ 1 }}", encoding="utf-8"
    )
    settings = folder.content / "playbook.yml"
    text = settings.read_text(encoding="utf-8").replace("{code: zh, tag: zh-Hans}", "{code: de}")
    settings.write_text(text, encoding="utf-8")
    (folder.content / "pages" / "one.zh.md").unlink()
    strings = folder.root / "templates" / "strings"
    strings.mkdir()
    words = (TEMPLATES / "strings" / "en.yml").read_text(encoding="utf-8")
    (strings / "de.yml").write_text(words, encoding="utf-8")
    assert folder.build().returncode == 0
    files = folder.files()
    assert files["en/pages/two.html"] == b"1,234 zh &lt;b&gt;1"
    assert files["de/pages/two.html"] == b"1.234 zh &lt;b&gt;1"


def test_a_title_breaks_after_its_colon_first_and_at_no_hyphen(folder):
    titles = {
        "firm": "A firm: to <b> & on: so",
        "time": "At 9:30",
        "risk": "The risk-control & tea",
        "six": "Six - one: a six-step-way, so",
    }
    for name, title in titles.items():
        text = f"---\ntitle: '{title}'\nsummary: A page.\nowner: ann\n---\n"
        folder.write(f"pages/{name}.md", text)
    assert folder.build().returncode == 0
    files = folder.files()
    phrase = '<h1>A firm: <span class="phrase">to &lt;b&gt; &amp; on: so</span></h1>'
    assert phrase in files["en/pages/firm.html"].decode()
    assert "<h1>At 9:30</h1>" in files["en/pages/time.html"].decode()
    whole = '<h1>The <span class="phrase">risk-control</span> &amp; tea</h1>'
    assert whole in files["en/pages/risk.html"].decode()
    nested = '<span class="phrase">a <span class="phrase">six-step-way,</span> so</span></h1>'
    assert f"<h1>Six - one: {nested}" in files["en/pages/six.html"].decode()
