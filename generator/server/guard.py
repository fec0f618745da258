"""What holds for every request and every answer: who is spoken to, how, and under what policy.

A page on some other site can make its own name lead to this machine (DNS rebinding) and then read
everything here. It cannot change the Host header, which still says that other name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Guarded:
    """An application behind the guard."""

    app: ASGIApp
    names: frozenset[str]
    """The host names, without ports, that this server answers to, besides `LOOPBACK`."""
    open_to_network: bool
    """Whether it also answers to the address of this machine that a request came in at."""
    policy: str
    """The Content-Security-Policy."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, _with(self._headers, send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if _name_in(Headers(scope=scope).get("host", "")) not in self._names(scope):
            said = "This server does not answer to that name. See `playbook serve --host`.\n"
            return PlainTextResponse(said, 403)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Pages can only be read.\n", 405, {"Allow": "GET, HEAD"})
        return None

    def _names(self, scope: Scope) -> Iterable[str]:
        here = scope.get("server")
        reached = {here[0].lower()} if self.open_to_network and here else set()
        return LOOPBACK | self.names | reached

    @property
    def _headers(self) -> Mapping[str, str]:
        return {
            "Cache-Control": "no-store",
            "Content-Security-Policy": self.policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }


def _with(headers: Mapping[str, str], send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sent


def _name_in(host: str) -> str:
    """The name in a Host header: without port, brackets and final dot, in small letters."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()
