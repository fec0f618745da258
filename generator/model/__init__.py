"""The kinds of content, the settings, and the library that validation makes of them."""

from generator.model.entry import TIERS, Content, Entry
from generator.model.holidays import Holidays
from generator.model.kinds import KINDS, Kind
from generator.model.library import Asset, Edition, Library
from generator.model.outline import Outline
from generator.model.people import People
from generator.model.settings import Settings

__all__ = [
    "KINDS", "TIERS", "Asset", "Content", "Edition", "Entry", "Holidays", "Kind", "Library",
    "Outline", "People", "Settings",
]  # fmt: skip
