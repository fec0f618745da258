"""Former addresses: each may lead to one entry only."""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Problem
from generator.problems.links import ADDRESS_TAKEN
from generator.validate.drafts import Draft


def check_addresses(drafts: list[Draft]) -> Iterator[Problem]:
    """Aliases that belong to a page, or to two entries, letter case apart."""
    taken = {draft.id.casefold(): draft.id for draft in drafts}
    for draft in drafts:
        for index, alias in enumerate(draft.entry.data.aliases if draft.entry else ()):
            address = alias.removesuffix(".html").casefold()
            is_index = address.rpartition("/")[2] == "index"
            holder = "an index page" if is_index else taken.setdefault(address, "")
            if holder:
                assert draft.source is not None
                yield ADDRESS_TAKEN.at(
                    draft.source.locate(("aliases", index)),
                    f'the address "{alias}" belongs to {holder}',
                    "remove the alias",
                )
            else:
                taken[address] = draft.id
