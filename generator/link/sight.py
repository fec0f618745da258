"""Who shows whom: the entries whose own pages show something of others, by outlines alone.

It follows `entry_context`: what a page shows of other entries is listed there. Those that it shows
whole are not of concern here (`Page.shows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from generator.link.edition import MAX_NEIGHBOURS, Shelf


def showing(shelves: Iterable[Shelf], ids: Iterable[str]) -> Set[str]:
    """The ids of all entries, these included, whose pages may show what one of these looks like:
    its title, its summary, whether its translation is behind, what its parts are called."""
    wanted = tuple(ids)
    return {found for shelf in shelves for each in wanted for found in _around(shelf, each)}


def _around(shelf: Shelf, identity: str) -> Iterator[str]:
    outline = shelf.library.outlines[identity]
    yield identity
    yield from shelf.users.get(identity, ())
    yield from outline.targets
    led = map(shelf.library.ids_by_path.get, outline.leads.get(shelf.code, ()))
    yield from filter(None, led)
    at = shelf.positions.get(identity)
    if at is not None:
        section = shelf.by_kind[outline.kind]
        yield from section[max(0, at - MAX_NEIGHBOURS) : at + MAX_NEIGHBOURS + 1]
