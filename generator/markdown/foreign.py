"""What other programs wrote, Markdown or HTML, as HTML whose tags are balanced.

Takes text that may be anything, gives HTML that is read as browsers would read it (html5ever, by
nh3), without scripts, style sheets and what else could act. It keeps more than a page may hold,
such as styles that tell bold text and `data:` addresses: it is made to be read, never to be shown.
"""

from __future__ import annotations

import functools
import re

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.markdown.sanitise import TAGS

_ACTIVE = {
    "script", "style", "title", "iframe", "object", "embed", "applet", "noscript", "template",
    "textarea", "select", "canvas", "audio", "video", "svg", "math",
}  # fmt: skip
"""Elements that go with all that is in them."""
_MORE_TAGS = {"font", "center", "strike", "tt", "big", "article", "main", "header", "footer",
              "nav", "aside"}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "class", "style"},
    "a": {"href", "name"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "li": {"value", "data-checked"},
    "input": {"type", "checked"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "data", "file", "held"})
_SCHEME = re.compile(r"""href\s*=\s*["']?\s*([a-z][a-z0-9+.-]{1,30}):""", re.IGNORECASE)
_MOST_SCHEMES = 20
"""Other schemes in a text, kept so that links with them can be reported and not just vanish."""
DEEPEST = 3_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_UNCLOSED = {"p", "li", "td", "th", "tr", "dt", "dd", "thead", "tbody", "option", "br", "img", "hr",
             "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed"}  # fmt: skip
_STARS = re.compile(r"(?<!\*)\*\*(?!\*)")
_EMPTY_BOLD = re.compile(r"^[ \t]*(?:[-*+] )?\*{4}[ \t]*$", re.MULTILINE)
"""What exports write for an empty bold paragraph, and what CommonMark takes for a line."""
HAIR_SPACE = "\u200a"
"""Put beside `**` where CommonMark would not see that it ends; whoever reads the HTML drops it."""


class TooDeep(Exception):
    """Elements lie inside one another by the thousand, which takes browsers' parsers very long."""


def html_of_markdown(text: str) -> str:
    """HTML of GitHub's Markdown with footnotes, raw HTML in it included. Raises TooDeep."""
    plain = _EMPTY_BOLD.sub("", text)
    return well_formed(_parser().render(_with_chinese_emphasis(plain)))


def well_formed(html: str) -> str:
    """`html` with balanced tags, without scripts and style sheets. Raises TooDeep."""
    if _depth(html) > DEEPEST:
        raise TooDeep
    found = {each.lower() for each in _SCHEME.findall(html)}
    return _cleaner(_SCHEMES | frozenset(sorted(found)[:_MOST_SCHEMES])).clean(html)


def _depth(html: str) -> int:
    """How deep elements lie inside one another, where their tags are closed."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag.group(2).lower() not in _UNCLOSED:
            depth += -1 if tag.group(1) else 1
            deepest = max(deepest, depth)
    return deepest


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True})
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser)
    front_matter_plugin(parser)
    tasklists_plugin(parser, enabled=True)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # reported when imported
    return parser


@functools.lru_cache(maxsize=16)
def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=(TAGS | _MORE_TAGS) - _ACTIVE,
        clean_content_tags=_ACTIVE,
        attributes=_ATTRIBUTES,
        url_schemes=set(schemes),
        link_rel=None,
    )


def _with_chinese_emphasis(text: str) -> str:
    """`**重点：**下文` is bold to all but CommonMark, which wants a space behind punctuation."""
    return "\n".join(map(_spaced, text.split("\n"))) if "**" in text else text


def _spaced(line: str) -> str:
    pieces = _STARS.split(line)
    if len(pieces) % 2 == 0 or "`" in line or "\\*" in line:
        return line
    for bold in range(1, len(pieces), 2):
        before, inside, after = pieces[bold - 1 : bold + 2]
        if _is_letter(before[-1:]) and _is_sign(inside[:1]):
            pieces[bold - 1] += HAIR_SPACE
        if _is_sign(inside[-1:]) and _is_letter(after[:1]):
            pieces[bold + 1] = HAIR_SPACE + after
    return "**".join(pieces)


def _is_letter(sign: str) -> bool:
    return sign.isalnum()


def _is_sign(sign: str) -> bool:
    return bool(sign) and not sign.isalnum() and not sign.isspace()
