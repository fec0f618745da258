"""From the path that a browser asks for to the address of a file, and to the kind of file."""

from __future__ import annotations

import mimetypes

INDEX = "index.html"
_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
_OTHERS = mimetypes.MimeTypes()
"""What Python itself knows; what a machine registers for its programs is not asked."""


def url_of(path: str) -> str | None:
    """The address, relative to the root of the site, that the decoded `path` of a request means.
    None for one that no file has: those that climb, hidden ones, and those with characters that
    some system takes for something else."""
    parts = path.removeprefix("/").split("/")
    if not parts[-1]:
        parts[-1] = INDEX
    sound = all(part and not part.startswith(".") and part.isprintable() for part in parts)
    return "/".join(parts) if sound and not {"\\", ":"}.intersection(path) else None


def type_of(url: str) -> str:
    """The media type of a file by the end of its name, with the character set of texts."""
    dot = url.rfind(".", url.rfind("/") + 1)
    suffix = url[dot:].lower() if dot >= 0 else ""
    found = _TYPES.get(suffix) or _OTHERS.types_map[True].get(suffix)
    if not found:
        return "application/octet-stream"
    textual = found.startswith("text/") or suffix in (".json", ".xml", ".svg")
    return f"{found}; charset=utf-8" if textual else found
