"""Former addresses: each may lead to one entry only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.problems import Problem
from generator.problems.links import ADDRESS_TAKEN
from generator.validate.drafts import Draft
from generator.validate.examined import Examined

_OF_EVERY_SITE = ("find", "freshness", "changes")
"""Pages at the top of each edition, beside its home page."""


def check_addresses(
    found: Mapping[str, Examined],
    drafts: Mapping[str, Draft],
    tags: Iterable[str],
    owners: Iterable[str],
) -> Iterator[Problem]:
    """Aliases that belong to a page, or to two entries, letter case apart. Each of the `tags` and
    `owners` has a page."""
    taken = {identity.casefold(): identity for identity in found}
    taken |= dict.fromkeys(_OF_EVERY_SITE, "a page of every site")
    taken |= {f"tags/{name}": f'the page of the tag "{name}"' for name in tags}
    taken |= {f"people/{name}": f'the page of "{name}"' for name in owners}
    for identity, each in found.items():
        for index, alias in _aliases(each, drafts):
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


def _aliases(each: Examined, drafts: Mapping[str, Draft]) -> Iterator[tuple[int, str]]:
    """The former addresses that an entry lists, with their positions; of one that had to be mended
    those that stand in its file."""
    if each.outline:
        yield from enumerate(each.outline.aliases)
        return
    draft = drafts[each.id] if each.rejected else None
    if draft and draft.source and draft.mended and draft.mended.entry:
        written = draft.source.data.get("aliases")
        for index, alias in enumerate(draft.mended.entry.data.aliases):
            if isinstance(written, list) and written[index : index + 1] == [alias]:
                yield index, alias
