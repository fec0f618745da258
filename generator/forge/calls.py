"""Calls to the REST API of a forge: JSON over https, with patience, and never to another host.

Takes an address, headers that carry the token, a way to sleep and a clock. Gives answers, or raises
`Refusal`, which the functions that post turn into values. What a server says is cleaned before it
is passed on; the token is in no text.
"""

from __future__ import annotations

import email.utils
import enum
import http.client
import ipaddress
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.forge.texts import cleaned

PAGES = 100
"""Pages of a list that are read at most; a page has 100 items."""
LARGEST = 32 * 1024 * 1024
"""Bytes of an answer."""
REDIRECTS = 3

_NEXT = re.compile(r"<([^>]*)>\s*;[^,<]*\brel=\"?next\b")


class Why(enum.Enum):
    """Why a forge did not do what it was asked."""

    FORBIDDEN = "forbidden"
    BAD_TOKEN = "bad token"  # noqa: S105 - no password
    MISSING = "missing"
    TOO_LONG = "too long"
    REJECTED = "rejected"
    UNSURE = "unsure"
    """Something was to be created, and whether it was is not known."""
    AWAY = "away"
    """It cannot be reached, or asks for more patience than there is."""


class Refusal(Exception):
    """The forge did not do what it was asked."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why = why
        self.text = text


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a forge may take."""

    sleep: Callable[[float], None]
    """Waits this many seconds."""
    clock: Callable[[], float]
    """The time in seconds since 1970, in which forges say when they answer again."""
    tries: int = 4
    """Of one call."""
    longest: float = 180
    """Seconds to wait in all."""
    timeout: float = 30
    """Seconds for a connection to say anything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 if nothing did, with the cause as the text."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""

    @property
    def data(self) -> Any:
        """The JSON in it; None where there is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    @property
    def record(self) -> dict[str, Any]:
        """The JSON object in it; empty where there is none."""
        data = self.data
        return data if isinstance(data, dict) else {}

    @property
    def message(self) -> str:
        """What the server says about it, for people."""
        if not self.status:
            return cleaned(self.text)
        record = self.record
        said = [record.get(name) for name in ("message", "error", "errors")]
        words = (one if isinstance(one, str) else json.dumps(one) for one in said if one)
        return cleaned(" ".join(words))

    @property
    def limited(self) -> bool:
        """Whether it says that there were too many calls; GitHub says that with 403, too."""
        return self.status == 429 or (
            self.status == 403
            and (
                "retry-after" in self.headers
                or self.headers.get("x-ratelimit-remaining") == "0"
                or "rate limit" in self.message.lower()
            )
        )


class Calls:
    """Calls to one API with one token."""

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str],
        patience: Patience,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        self._address = address.rstrip("/")
        self._headers = {"User-Agent": "playbook", "Content-Type": "application/json", **headers}
        self._patience = patience
        self._waited = 0.0
        wanted = {} if _is_here(urllib.parse.urlsplit(address).hostname) else dict(proxies or {})
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler(wanted), _NoRedirects
        )

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """One call, repeated while the forge is busy. A POST that broke off is not repeated, for
        it may have done its work: that is `Why.UNSURE`."""
        for attempt in range(self._patience.tries):
            answer = self._follow(method, path, body)
            if not _passing(answer):
                return _accepted(answer)
            if method == "POST" and not answer.limited:
                raise Refusal(Why.UNSURE, _sentence(answer))
            seconds = _delay(answer, attempt, self._patience.clock())
            if attempt + 1 == self._patience.tries:
                raise Refusal(Why.AWAY, f"{_sentence(answer)}, {attempt + 1} times")
            if not self.wait(seconds):
                raise Refusal(
                    Why.AWAY, f"{_sentence(answer)}; to wait {seconds:.0f} s more is too long"
                )
        raise AssertionError("no try at all")

    def wait(self, seconds: float) -> bool:
        """Waits, or tells that this would be longer than there is patience for."""
        if self._waited + seconds > self._patience.longest:
            return False
        self._waited += seconds
        self._patience.sleep(seconds)
        return True

    def items(self, path: str, query: Sequence[tuple[str, str]] = ()) -> Iterator[dict[str, Any]]:
        """All items of a list, from all its pages."""
        pairs = [*query, ("per_page", "100")]
        for _ in range(PAGES):
            answer = self.send("GET", f"{path}?{urllib.parse.urlencode(pairs)}")
            data = answer.data
            if not isinstance(data, list):
                raise Refusal(Why.REJECTED, "the answer is not the list that was asked for")
            yield from (item for item in data if isinstance(item, dict))
            following = _NEXT.search(answer.headers.get("link", ""))
            if following is None:
                return
            pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(following[1]).query)
        raise Refusal(Why.REJECTED, f"the list has more than {PAGES} pages")

    def _follow(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        """One call; where the API has moved to another place on the same host, there."""
        url = self._address + path
        for _ in range(REDIRECTS):
            answer = self._once(method, url, body)
            target = urllib.parse.urljoin(url, answer.headers.get("location", ""))
            if answer.status not in (301, 302, 307, 308):
                return answer
            if _origin(target) != _origin(self._address):
                raise Refusal(Why.REJECTED, "it sends us to another host, which gets no token")
            url = target
        raise Refusal(Why.REJECTED, "it sends us from place to place")

    def _once(self, method: str, url: str, body: Mapping[str, Any] | None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, dict(self._headers), method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._patience.timeout) as reply:
                return _read(reply.status, reply.headers, reply)
        except urllib.error.HTTPError as error:
            with error:
                return _read(error.code, error.headers, error)
        except TimeoutError:
            return Answer(0, "it took too long to answer")
        except (OSError, http.client.HTTPException, ValueError) as error:
            cause = getattr(error, "reason", error)
            return Answer(0, f"it cannot be reached ({type(cause).__name__})")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leaves it to the caller to go elsewhere, since the token would go along."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _read(status: int, headers: Any, source: Any) -> Answer:
    try:
        raw = source.read(LARGEST)
    except (OSError, http.client.HTTPException):
        return Answer(0, "the answer broke off")
    lowered = {name.lower(): value for name, value in headers.items()}
    return Answer(status, raw.decode("utf-8", "replace"), lowered)


def _passing(answer: Answer) -> bool:
    """Whether the same call may succeed later."""
    return answer.status == 0 or answer.status >= 500 or answer.limited


def _delay(answer: Answer, attempt: int, now: float) -> float:
    """Seconds until it makes sense to ask again. Where GitHub says no time, its manual asks for a
    minute, and for more each time."""
    after = answer.headers.get("retry-after", "")
    if after.strip().isdecimal():
        return float(after)
    if after:
        try:
            return max(email.utils.parsedate_to_datetime(after).timestamp() - now, 1)
        except ValueError:
            pass
    reset = answer.headers.get("x-ratelimit-reset", answer.headers.get("ratelimit-reset", ""))
    if answer.limited and reset.strip().isdecimal():
        return max(float(reset) - now, 0) + 1
    return float((60 if answer.limited else 1) * 2**attempt)


def _accepted(answer: Answer) -> Answer:
    """The answer, if it says yes."""
    if 200 <= answer.status < 300:
        return answer
    long = "too long" in answer.text.lower() and answer.status in (400, 422)
    why = {401: Why.BAD_TOKEN, 403: Why.FORBIDDEN, 404: Why.MISSING, 410: Why.MISSING}
    found = why.get(answer.status, Why.REJECTED)
    raise Refusal(Why.TOO_LONG if long or answer.status == 413 else found, _sentence(answer))


def _sentence(answer: Answer) -> str:
    if not answer.status:
        return answer.message
    return f"{answer.status} {answer.message}".strip()


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urllib.parse.urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    return parts.scheme, parts.hostname, port or {"https": 443, "http": 80}.get(parts.scheme)


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def address_fault(address: str) -> str:
    """What is wrong with the address of an API; empty if nothing is. Tokens travel by https only,
    except on the machine itself."""
    try:
        parts = urllib.parse.urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address"
    if not host or parts.query or parts.fragment or "@" in parts.netloc:
        return "is no address of an API"
    if parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)):
        return ""
    return "must begin with https://"


def token_fault(token: str) -> str:
    """What is wrong with a token; empty if nothing is. The token is not in the text."""
    return "" if re.fullmatch(r"[!-~]+", token) else "has characters that no token has"
