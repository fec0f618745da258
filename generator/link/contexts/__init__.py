"""What templates get: one typed context for each, built from the page's declared inputs alone.

Addresses in here are relative to the root of the site, such as `en/sops/six-step.html`; the
renderer makes them relative to the page. Interface words are not in here: they are the
templates' own.
"""

from generator.link.contexts.entries import (
    EntryContext,
    FindContext,
    HomeContext,
    ListContext,
    PeopleContext,
    TagsContext,
    TierSummary,
)
from generator.link.contexts.news import ChangesContext, FeedContext, FeedEntry, NewsItem, NewsRound
from generator.link.contexts.parts import (
    Alternate,
    Card,
    Fill,
    Frame,
    Owner,
    Part,
    Section,
    Site,
    Tag,
    Use,
)
from generator.link.contexts.trust import Day, FreshnessContext
from generator.link.contexts.ways import (
    AliasContext,
    NotFoundContext,
    RedirectContext,
    RootContext,
    SheetContext,
    SitemapContext,
    TreeContext,
    TreePart,
    TreeVersion,
)

__all__ = [
    "AliasContext", "Alternate", "Card", "ChangesContext", "Day", "EntryContext", "FeedContext",
    "FeedEntry", "Fill", "FindContext", "Frame", "FreshnessContext", "HomeContext",
    "ListContext", "NewsItem", "NewsRound", "NotFoundContext", "Owner", "Part", "PeopleContext",
    "RedirectContext", "RootContext", "Section", "SheetContext", "Site", "SitemapContext",
    "Tag", "TagsContext", "TierSummary", "TreeContext", "TreePart", "TreeVersion", "Use",
]  # fmt: skip
