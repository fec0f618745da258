"""The application: pages of the newest build, the script that keeps them new, and its events.

Every event is the whole state that concerns one page, so that whoever missed some, because the
connection was lost or the tab asleep, has caught up with the next.
"""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.server.addresses import INDEX, type_of, url_of
from generator.server.board import Board
from generator.server.rebuilt import Rebuilt

LIVE = "/-/live/"
"""Where the server's own files are; no page of a site has such an address."""
IDLE = 20.0
"""Seconds after which a silent connection is told that the server is still there."""
RETRY = 500
"""Milliseconds after which a browser asks again that lost the connection."""
MISSING = "404.html"
_PICTURE = re.compile(rb'<img\b[^>]*?\ssrc="([^":]+)"')

LiveFile = Callable[[str], bytes | None]
"""A file of the script that keeps pages new, by its name."""


def application(board: Board, live_file: LiveFile) -> Starlette:
    """Serves what hangs on `board`."""
    site = _Site(board, live_file)
    return Starlette(
        routes=[
            Route(LIVE + "events", site.events),
            Route(LIVE + "{name}", site.live),
            Route("/{path:path}", site.page),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Site:
    board: Board
    live_file: LiveFile

    async def live(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _answer(self.live_file(name), name) or Response(status_code=404)

    async def page(self, request: Request) -> Response:
        url = url_of(request.scope["path"])
        rebuilt = self.board.current
        if url and (answer := _answer(rebuilt.pages.read(url), url)):
            return answer
        if url and rebuilt.pages.read(f"{url}/{INDEX}") is not None:
            return RedirectResponse(request.url.path + "/", 307)
        return _answer(rebuilt.pages.read(MISSING), MISSING, 404) or self._waiting()

    def _waiting(self) -> Response:
        """What is there before any build worked: an empty page that waits for the first."""
        page = self.live_file("waiting.html") or b""
        return Response(_with_script(page, ""), 503, media_type="text/html")

    async def events(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        path = request.query_params.get("page", "/")
        return StreamingResponse(self._events(url_of(path)), media_type="text/event-stream")

    async def _events(self, url: str | None) -> AsyncIterator[str]:
        yield f"retry: {RETRY}\n\n"
        told = ""
        async for rebuilt in self.board.follow(IDLE):
            state = _state(rebuilt, url) if rebuilt else ""
            if not state:
                yield ": still here\n\n"
            elif state != told:
                told = state
                yield f"data: {state}\n\n"


def _state(rebuilt: Rebuilt, url: str | None) -> str:
    """What a page has to know: its own version, "" where it is gone, that of its pictures, and all
    problems."""
    content = rebuilt.pages.read(url) if url else None
    pictures = _pictures(content or b"", url or "")
    state = {
        "page": "" if content is None else _version(content),
        "pictures": _version(b"".join(rebuilt.pages.read(each) or b"" for each in pictures)),
        "failed": rebuilt.failed,
        "problems": list(rebuilt.problems),
    }
    return json.dumps(state, ensure_ascii=False)


def _pictures(page: bytes, url: str) -> list[str]:
    """The addresses of the pictures on a page: they keep theirs when they are replaced."""
    found = (html.unescape(each.decode()) for each in _PICTURE.findall(page))
    folder = posixpath.dirname(url)
    return [posixpath.normpath(posixpath.join(folder, unquote(each))) for each in found]


def _answer(content: bytes | None, url: str, status: int = 200) -> Response | None:
    if content is None:
        return None
    media_type = type_of(url)
    if media_type.startswith("text/html"):
        content = _with_script(content, _version(content) if status == 200 else "")
    return Response(content, status, headers={"Content-Type": media_type})


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _with_script(page: bytes, version: str) -> bytes:
    """The page with the script that keeps it new: before all others, to see the page untouched."""
    script = f'<script defer src="{LIVE}live.js" data-version="{version}"></script>'.encode()
    return re.sub(rb"<head[^>]*>", lambda head: head[0] + script, page, count=1)
