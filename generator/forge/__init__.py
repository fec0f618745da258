"""Posts texts to a forge, GitHub or GitLab: one comment on a change, one issue for each owner.

Takes texts that are ready to be read and an address with a token; gives what became of each. What
is posted is found again by a hidden first line, so that it is updated in place. Knows nothing of
playbooks, and neither environment nor clock: they are handed in.
"""

from generator.forge.calls import Patience, address_fault, token_fault
from generator.forge.comment import put_comment
from generator.forge.github import GitHub, github_calls
from generator.forge.gitlab import GitLab, gitlab_calls
from generator.forge.issues import Report, put_issues
from generator.forge.posts import Outcome, Posting
from generator.forge.texts import MARKER, body_of, cleaned, owner_marker, owner_of, report_of

__all__ = [
    "MARKER", "GitHub", "GitLab", "Outcome", "Patience", "Posting", "Report", "address_fault",
    "body_of", "cleaned", "github_calls", "gitlab_calls", "owner_marker", "owner_of",
    "put_comment", "put_issues", "report_of", "token_fault",
]  # fmt: skip
