"""The kinds of content: what a new one needs, and what the schemas say."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator import packaged_templates
from generator.build import Content, Request, build
from generator.model import KINDS, Kind
from generator.model import Content as Fields
from generator.model.fields import Prose
from generator.model.schema import schemas
from generator.model.shape import Form, shapes_of
from generator.read import source_of
from generator.validate import check_fields


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `on` is a word, and a day stays text."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if not tag.endswith(":timestamp") and (not tag.endswith(":bool") or first in "tTfF")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


ROOT = Path(__file__).parent.parent


class Story(Fields):
    """A kind that the playbook does not have."""

    moral: Prose


def test_a_new_kind_is_a_model_a_template_and_a_line(folder):
    (folder.root / "templates" / "kinds").mkdir(parents=True)
    template = folder.root / "templates" / "kinds" / "story.html"
    template.write_text(
        '{% extends "base.html" %}{% block main %}<h1>{{ entry.title | words }}</h1>'
        "{{ entry.data.moral | prose }}{% endblock %}",
        encoding="utf-8",
    )
    folder.write(
        "stories/fox.yml",
        "title: Fox\nsummary: A fox.\nowner: ann\nmoral: See [one](../pages/one.md).\n",
    )
    folder.write(
        "stories/fox.zh.yml", "title: 狐狸\nsummary: 一只狐狸。\nmoral: 见[一](../pages/one.md)。\n"
    )
    kinds = (*KINDS, Kind("story", "stories", Story))
    outcome = build(
        Request(
            Content(folder.content, "content", kinds),
            folder.site,
            (folder.root / "templates", packaged_templates()),
            lambda zone: datetime.date(2026, 11, 23),
        )
    )
    assert outcome.written, outcome.problems
    files = folder.files()
    assert (
        '<p>See <a href="../pages/one.html">one</a>.</p>' in files["en/stories/fox.html"].decode()
    )
    assert "狐狸" in files["zh/stories/fox.html"].decode()
    assert "fox.html" in files["en/stories/index.html"].decode()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_has_its_parts(kind):
    assert (packaged_templates() / "kinds" / f"{kind.name}.html").is_file()
    assert kind.model.__doc__
    for shape in shapes_of(kind.model):
        if shape.form in (Form.ITEMS, Form.MODEL):
            assert shape.model is not None
            assert shape.model.__doc__, shape.model


def test_the_schemas_in_the_repository_are_current():
    for name, schema in schemas(KINDS).items():
        kept = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        assert kept == json.loads(json.dumps(schema)), (
            f"run `playbook schema --output schemas`: {name}"
        )
    assert len(list((ROOT / "schemas").iterdir())) == len(schemas(KINDS))


def shipped() -> list[Path]:
    return sorted(p for p in (ROOT / "content").rglob("*.*") if p.suffix in (".yml", ".md"))


@pytest.mark.parametrize("path", shipped(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_shipped_files_name_their_schema_and_fit_it(path):
    text = path.read_text(encoding="utf-8")
    front = text.split("---\n")[1] if path.suffix == ".md" else text
    first = front.split("\n", 1)[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema_path = (path.parent / first.partition("=")[2]).resolve()
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps(yaml.load(front, Loader=_Core)))  # noqa: S506
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(data))
    assert not errors, [f"{'.'.join(map(str, e.path))}: {e.message}" for e in errors]


def _both(path: str, old: str, new: str) -> tuple[bool, bool]:
    """Whether a shipped file with a change is accepted by validation and by an editor."""
    kind = next(kind for kind in KINDS if path.startswith(kind.folder))
    text = (ROOT / "content" / path).read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    source, _ = source_of("content", path, text.encode())
    assert source is not None
    accepted = not check_fields(kind.model, source.data, source, "en")[1]
    schema = json.loads((ROOT / "schemas" / f"{kind.name}.json").read_text(encoding="utf-8"))
    front = text.split("---\n")[1] if path.endswith(".md") else text
    data = json.loads(json.dumps(yaml.load(front, Loader=_Core)))  # noqa: S506
    return accepted, jsonschema.Draft202012Validator(schema).is_valid(data)


_SOP, _STAGE, _CASE = "sops/six-step.md", "roadmap/newcomer.yml", "cases/automation-firm.md"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (_SOP, "title: ", "title: 2026 #"),
        (_SOP, "title: ", "title: true #"),
        (_SOP, "  - id: ", "  - id: 1 #"),
        (_STAGE, "hours: ", 'hours: "24" #'),
        (_STAGE, "hours: ", "hours: 1_000 #"),
        ("toolkits/visit-checklist.yml", "must: true", "must: yes"),
    ],
)
def test_an_editor_accepts_what_validation_accepts(path, old, new):
    assert _both(path, old, new) == (True, True)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (_SOP, "owner: ", "ownr: "),
        (_SOP, "time_box: ", "time_box: 5 #"),
        (_SOP, "time_box: ", "time_box: soon #"),
        (_SOP, "summary: ", "tier:\nsummary: "),
        (_STAGE, "hours: ", "hours: many #"),
        (_CASE, "before: 67", "before: many # 67"),
        (_CASE, "before: 67", "before: 5 apples # 67"),
        ("toolkits/visit-checklist.yml", "must: true", "must: perhaps"),
    ],
)
def test_an_editor_refuses_typical_mistakes(path, old, new):
    assert _both(path, old, new) == (False, False)
