"""Data files: JSON, feeds and maps, style sheets, and the files of the search."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from generator.problems import Problem
from generator.problems.publishing import INVALID_DATA, MISSING_FILE
from generator.verify.inventory import MENDED_BY, Inventory
from generator.verify.links import Links, in_style_sheet
from generator.verify.pages import Reference

VARIANTS = "variants"
"""The file of traditional characters, a text."""


def data_problems(inventory: Inventory, links: Links) -> Iterator[Problem]:
    """What is wrong with files that are no pages."""
    for name in inventory.named:
        raw = inventory.read(name)
        if raw is None:
            continue
        if name.endswith(".json"):
            yield from _json(inventory, name, raw)
        elif name.endswith(".css"):
            for reference, line in in_style_sheet(raw.decode("utf-8", "replace")):
                yield from links.of_data(name, reference, line)
        elif name.endswith((".xml", ".svg", ".atom")):
            yield from _xml(inventory, links, name, raw)
    for site in inventory.sites:
        yield from _search(inventory, site)


def _json(inventory: Inventory, name: str, raw: bytes) -> Iterator[Problem]:
    try:
        json.loads(raw)
    except json.JSONDecodeError as error:
        place = inventory.place(name, error.lineno, error.colno)
        yield INVALID_DATA.at(place, "this is no JSON", MENDED_BY)
    except (UnicodeDecodeError, RecursionError):
        yield INVALID_DATA.at(inventory.place(name), "this is no JSON", MENDED_BY)


def _xml(inventory: Inventory, links: Links, name: str, raw: bytes) -> Iterator[Problem]:
    found: list[tuple[Reference, int]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    open_texts: list[list[str]] = []

    def began(tag: str, attributes: dict[str, str]) -> None:
        open_texts.append([])
        if tag.rpartition(" ")[2] == "link" and "href" in attributes:
            found.append((Reference(attributes["href"], "tell"), parser.CurrentLineNumber))

    def ended(tag: str) -> None:
        text = "".join(open_texts.pop()).strip()
        if tag.rpartition(" ")[2] == "loc":
            found.append((Reference(text, "tell"), parser.CurrentLineNumber))

    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = lambda text: open_texts[-1].append(text)
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        place = inventory.place(name, error.lineno, error.offset + 1)
        yield INVALID_DATA.at(place, f"this is no XML: {what}", MENDED_BY)
        return
    for reference, line in found:
        yield from links.of_data(name, reference, line)


def _search(inventory: Inventory, site: str) -> Iterator[Problem]:
    """Every file of the search can be read, and every shard that a manifest counts on is there."""
    below = f"{site}search/"
    for name in inventory.named:
        if not (name.startswith(below) and name.endswith(".js")):
            continue
        key = name.removeprefix(below).removesuffix(".js")
        value = _put(inventory.read(name), key)
        if value is None:
            if name in inventory.present:
                what = "this is no file of the search"
                yield INVALID_DATA.at(inventory.place(name), what, MENDED_BY)
        else:
            for other in _asked_for(key, value):
                if f"{below}{other}.js" not in inventory.named:
                    what = f"it counts on {other}.js, which is not published"
                    yield MISSING_FILE.at(inventory.place(name), what, MENDED_BY)


def _put(raw: bytes | None, key: str) -> Any:
    """What a file hands to `pbSearch.put` under its own name."""
    text = (raw or b"").decode("utf-8", "replace")
    found = re.fullmatch(r"pbSearch\.put\((\"[^\"]*\"),(.*)\);?\s*", text, re.DOTALL)
    try:
        value = json.loads(found[2]) if found and json.loads(found[1]) == key else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, str if key == VARIANTS else dict) else None


def _asked_for(key: str, value: Any) -> Iterator[str]:
    """The files that the search asks for because of what a file says."""
    if key == VARIANTS:
        return
    if "/" not in key:  # a manifest
        yield VARIANTS
        if value.get("others"):
            yield f"titles/{key}"
        shards = str(value.get("shards") or "")
        yield from (f"terms/{n}" for n in range(len(shards.split("\n")) if shards else 0))
        yield from (f"letters/{ord(letter):x}" for letter in str(value.get("letters") or ""))
        blocks = math.ceil(int(value.get("count") or 0) / int(value.get("block") or 1))
        yield from (f"documents/{n}" for n in range(blocks))
        yield f"facets/{key}"
    elif key.startswith("terms/") and "\t~" in str(value.get("terms")):
        yield key.replace("terms/", "tails/")
