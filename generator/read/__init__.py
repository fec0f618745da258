"""Files to sources: decoded, digested, YAML with positions, Markdown parsed. Knows no kinds.

Takes the content folder, gives a `Tree` of paths and, for each path, a `Source`. Every problem
that a file can have before anybody asks what it means is found here (PB0).
"""

from generator.read.assets import Asset, read_asset
from generator.read.revision import revision_of
from generator.read.source import Source, digest_of, read_source, source_of
from generator.read.tree import Tree, read_tree, split_name

__all__ = [
    "Asset", "Source", "Tree", "digest_of", "read_asset", "read_source", "read_tree", "revision_of",
    "source_of", "split_name",
]  # fmt: skip
