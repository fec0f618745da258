"""Former addresses: each may lead to one entry only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.problems import Problem
from generator.problems.links import ADDRESS_TAKEN
from generator.validate.drafts import Draft
from generator.validate.examined import Examined


def check_addresses(
    found: Mapping[str, Examined], drafts: Mapping[str, Draft]
) -> Iterator[Problem]:
    """Aliases that belong to a page, or to two entries, letter case apart."""
    taken = {identity.casefold(): identity for identity in found}
    for identity, each in found.items():
        for index, alias in enumerate(each.outline.aliases if each.outline else ()):
            address = alias.removesuffix(".html").casefold()
            is_index = address.rpartition("/")[2] == "index"
            holder = "an index page" if is_index else taken.setdefault(address, "")
            if holder:
                source = drafts[identity].source
                assert source is not None
                yield ADDRESS_TAKEN.at(
                    source.locate(("aliases", index)),
                    f'the address "{alias}" belongs to {holder}',
                    "remove the alias",
                )
            else:
                taken[address] = identity
