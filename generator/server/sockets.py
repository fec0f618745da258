"""The port that the server listens on, and under which addresses it is reached."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket

TRIES = 20
"""How many ports are tried, one after the other."""
_ELSEWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737); nothing is sent there."""


class NoPort(Exception):
    """The server cannot listen; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Listens on `port` of `host`, or on the next one that is free. Raises NoPort."""
    for number in [port] if port == 0 else range(port, min(port + TRIES, 65536)):
        try:
            return _listen(host, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoPort(f"cannot listen on {host}, port {number}: {error.strerror}") from None
    raise NoPort(f"the ports {port} to {number} of {host} are all taken; choose one with --port")


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # a port that was in use a moment ago; Windows means something else
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address_of(host: str, port: int) -> str:
    """The address of the server for a browser on this machine, without a slash at the end."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  # compared, not bound
        host = "127.0.0.1" if host != "::" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def network_address(host: str) -> str | None:
    """By what address others in the network reach the server; None if that is not known."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104  # compared, not bound
        return None if is_loopback(host) else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if is_loopback(found) else found
