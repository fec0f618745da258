"""The playbook as Markdown for other generators of sites, and for wikis.

Takes the validated library with its verdicts and interface words, gives pages, a navigation and
the places of files. Reads no file and writes none; what hosts there are it does not know.
"""

from generator.export.layout import Layout, relative
from generator.export.manuscript import Chapter, Leaf, Manuscript, manuscript
from generator.export.navigation import nav_as_list, nav_as_yaml

__all__ = [
    "Chapter", "Layout", "Leaf", "Manuscript", "manuscript", "nav_as_list", "nav_as_yaml",
    "relative",
]  # fmt: skip
