"""The texts that are posted: the hidden first line by which they are found again, and their length.

Content of a playbook stands in these texts, and anybody may have proposed it. Nothing in it may
look like a hidden line of ours or like a command to the forge.
"""

from __future__ import annotations

import re

MARKER = "<!-- playbook:freshness -->"
"""The first line of the comment on a change."""

CUT = "\n\n_The rest did not fit in here. The job that posted this has the whole report._\n"

LONGEST_TITLE = 200
"""Characters; GitHub takes 256, GitLab 255."""

_OWNERS_LINE = re.compile(r"<!-- playbook:freshness:owner:([a-z0-9]+(?:-[a-z0-9]+)*) -->")
_OWN_LINE = re.compile(r"<!-- playbook:[a-z0-9:-]+ -->")
_OWNER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_COMMAND = re.compile(r"^([ \t>]*)/(?=[A-Za-z])", re.MULTILINE)
_SECTION = re.compile(r"^#{1,6} ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def owner_marker(owner: str) -> str:
    """The first line of an owner's issue. Raises ValueError for what is no id."""
    if not _OWNER.fullmatch(owner):
        raise ValueError(f"no id: {owner!r}")
    return f"<!-- playbook:freshness:owner:{owner} -->"


def owner_of(text: str) -> str:
    """The owner whose report or issue a text is, by its first line; empty for any other text."""
    line = _OWNERS_LINE.fullmatch(text.partition("\n")[0].rstrip())
    return line[1] if line else ""


def body_of(text: str) -> str:
    """A report without its hidden first line, safe to be posted; empty if it says nothing.

    Later lines cannot pass for a hidden line of ours, and lines that begin with a slash are no
    commands: GitLab obeys `/close` and the like wherever they are posted.
    """
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    first, _, rest = plain.partition("\n")
    body = rest if _OWN_LINE.fullmatch(first.strip()) else plain
    body = body.replace("<!-- playbook:", "&lt;!-- playbook:")
    return _COMMAND.sub(r"\1\\/", body).strip()


def posted(marker: str, body: str) -> str:
    """What is posted: the hidden line, then the body."""
    return f"{marker}\n{body}\n"


def begins_with(text: str, marker: str) -> bool:
    """Whether `marker` is the whole first line of a text that a forge holds."""
    return text.replace("\r\n", "\n").partition("\n")[0].rstrip() == marker


def same(one: str, other: str) -> bool:
    """Whether two texts are equal but for line ends and space around them, which forges change."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def cut(text: str, limit: int) -> str:
    """The text if it has at most `limit` characters, else what comes before a section in it, with
    a note that there was more."""
    if len(text) <= limit:
        return text
    room = text[: limit - len(CUT) - len("</details>\n") * 4]
    starts = [match.start() for match in _SECTION.finditer(room)]
    line = room.rfind("\n") + 1
    kept = room[: starts[-1] if len(starts) > 1 else line or len(room)]
    fence = "\n```" if len(re.findall(r"^```", kept, re.MULTILINE)) % 2 else ""
    unclosed = kept.count("<details") - kept.count("</details>")
    return kept.rstrip() + fence + "\n</details>" * min(max(unclosed, 0), 4) + CUT


def report_of(text: str, otherwise: str) -> tuple[str, str]:
    """The title and the body of a report: its first heading if it opens with one, else a title
    that is given."""
    body = body_of(text)
    first, _, rest = body.partition("\n")
    heading = re.fullmatch(r"#{1,2} +(.+?)(?: +#+)?", first.rstrip())
    if not heading:
        return otherwise, body
    title = _ESCAPED.sub(r"\1", heading[1])
    return cleaned(title, LONGEST_TITLE) or otherwise, rest.strip()


def cleaned(text: str, limit: int = 300) -> str:
    """A foreign text on one line, without control characters and not too long."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
