"""What is released: versions, their names and order, aliases, and what a published tree holds.

Pure data: takes and gives values and bytes, touches no disk and no repository.

    <tree>/<version>/…      a release, never changed
    <tree>/<alias>/…        pages that lead to a version, and its data files under a stable address
    <tree>/preview/<name>/… what is proposed; in no list
    <tree>/versions.json    the list, as mike and Material's picker read it; versions.js the same
    <tree>/index.html       leads to the default version in the reader's language
"""

from generator.versions.change import NOTHING, Change, Difference, Stand, difference
from generator.versions.listing import Refused, Version, Versions, as_json, read_versions
from generator.versions.naming import name_fault, newest_first
from generator.versions.release import Built, Language, Release, built_files, read_built
from generator.versions.tree import (
    CNAME,
    MANIFEST,
    PREVIEWS,
    RELEASE,
    SITE_MANIFEST,
    VERSIONS,
    VERSIONS_SCRIPT,
    manifest_text,
    names_in,
    previews_in,
)

__all__ = [
    "CNAME", "MANIFEST", "NOTHING", "PREVIEWS", "RELEASE", "SITE_MANIFEST", "VERSIONS",
    "VERSIONS_SCRIPT", "Built", "Change", "Difference", "Language", "Refused", "Release", "Stand",
    "Version", "Versions",
    "as_json", "built_files", "difference", "manifest_text", "name_fault", "names_in",
    "newest_first", "previews_in", "read_built", "read_versions",
]  # fmt: skip
