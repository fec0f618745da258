"""A published tree, gone through as a browser would, without one.

Takes a folder, gives problems. Believes nothing but the manifests: every file that they name has to
be there with its digest, every page has to be valid, and whatever a page, a style sheet, a feed or
the search refers to has to be in the tree.
"""

from generator.verify.inventory import Inventory
from generator.verify.walk import Verified, is_published, verify

__all__ = ["Inventory", "Verified", "is_published", "verify"]
