"""Serves a playbook while it is written: watches, rebuilds, tells the browser.

Is handed a function that builds and gives a `Rebuilt`, and folders to watch; knows nothing of
playbooks. The only home of Starlette, uvicorn and watchdog, which only `playbook serve` loads.
"""

from generator.server.guard import Guarded
from generator.server.rebuilt import Pages, Rebuilt
from generator.server.running import Serving, serve
from generator.server.sockets import NoPort, address_of, is_loopback, listen, network_address
from generator.server.watch import Watch

__all__ = [
    "Guarded", "NoPort", "Pages", "Rebuilt", "Serving", "Watch", "address_of",
    "is_loopback", "listen", "network_address", "serve",
]  # fmt: skip
