"""Footnotes in a tree of HTML: found by the links that lead to them and back again.

Word, Markdown and web pages all write them as two anchors that link to each other; where the text
of a note stands, and in what list, differs. Takes the tree, and takes the notes out of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from generator.importing.document import Block
from generator.importing.flow import blocks_in
from generator.importing.tree import Element

_MOST_ELEMENTS = 60
_HOLDERS = {"li", "p", "div", "dd", "section", "td"}


def take_notes(root: Element) -> Mapping[str, tuple[Block, ...]]:
    """The texts of footnotes by their anchors. In the tree a `note` stands for each reference."""
    parents = {id(child): parent for parent, child in _pairs(root)}
    places = {name: node for _, node in _pairs(root) for name in _names(node)}
    notes: dict[str, tuple[Block, ...]] = {}
    gone: set[int] = set()
    for parent, node in list(_pairs(root)):
        href = node.attributes.get("href", "")
        anchor, target = href[1:], places.get(href[1:])
        if node.tag != "a" or not href.startswith("#") or id(node) in gone:
            continue
        if target is None or _is_large(target):
            continue
        back = {f"#{name}" for name in (*_names(node), *_names(parent))}
        links = [each for each in (target, *target.find("a")) if each.tag == "a"]
        returns = [each for each in links if each.attributes.get("href") in back]
        holder = _holder(target, parents)
        if returns and holder and not _is_large(holder) and not _inside(node, holder, parents):
            gone |= {id(inner) for _, inner in _pairs(holder)}
            for link in returns:
                _remove(link, parents)
            notes[anchor] = blocks_in(holder.children)
            _remove(holder, parents)
            _replace(node, Element("note", {"anchor": anchor}), parents)
        elif anchor in notes:
            _replace(node, Element("note", {"anchor": anchor}), parents)
    if notes:
        _remove_lines(root)
    return notes


def _pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    for child in root.children:
        if isinstance(child, Element):
            yield root, child
            yield from _pairs(child)


def _is_large(node: Element) -> bool:
    """Whether there is more in it than a footnote holds."""
    return len(list(itertools.islice(_pairs(node), _MOST_ELEMENTS))) == _MOST_ELEMENTS


def _names(node: Element) -> list[str]:
    return [n for n in (node.attributes.get("id"), node.attributes.get("name")) if n]


def _holder(node: Element, parents: Mapping[int, Element]) -> Element | None:
    found: Element | None = node
    while found is not None and found.tag not in _HOLDERS:
        found = parents.get(id(found))
    return found


def _inside(node: Element, holder: Element, parents: Mapping[int, Element]) -> bool:
    found: Element | None = node
    while found is not None and found is not holder:
        found = parents.get(id(found))
    return found is holder


def _remove(node: Element, parents: Mapping[int, Element]) -> None:
    parent = parents.get(id(node))
    if parent is not None:
        parent.children[:] = [child for child in parent.children if child is not node]


def _replace(node: Element, other: Element, parents: dict[int, Element]) -> None:
    """Puts `other` where `node` is, and where the raised letters are that hold nothing else."""
    parent = parents[id(node)]
    if parent.tag == "sup" and parent.text == node.text:
        node, parent = parent, parents[id(parent)]
    parent.children[:] = [other if child is node else child for child in parent.children]
    parents[id(other)] = parent


def _remove_lines(root: Element) -> None:
    """Takes out the lines that set footnotes off."""
    for parent, node in list(_pairs(root)):
        if node.tag == "hr" and "footnotes-sep" in node.attributes.get("class", ""):
            parent.children[:] = [child for child in parent.children if child is not node]
