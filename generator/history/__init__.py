"""What git knows of a folder: who changed which file when, and what it said before. Its module
`branch`, which is loaded where it is needed, commits to a branch that holds what is published.

The only home of git. Takes a folder, gives commits, trees and bytes; knows nothing of playbooks.
"""

from generator.history.blobs import Blobs
from generator.history.git import GitFailed
from generator.history.lines import Log, Step
from generator.history.log import Commit, Edit, Version
from generator.history.opening import FETCH_ALL, Unknown, history_of, lock_file, open_repository
from generator.history.repository import Repository
from generator.history.state import state_of

__all__ = [
    "FETCH_ALL", "Blobs", "Commit", "Edit", "GitFailed", "Log", "Repository", "Step", "Unknown",
    "Version", "history_of", "lock_file", "open_repository", "state_of",
]  # fmt: skip
