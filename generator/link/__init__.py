"""Resolves references and translations, and lists the pages of the site.

Takes the validated library and today, gives pages: an address, a template and the typed context
that the template gets. Knows no HTML and no interface words.
"""

from generator.link.authoring import Authoring, editor_url
from generator.link.page import Page
from generator.link.pages import Linked, link, pages_showing
from generator.link.sight import showing

__all__ = ["Authoring", "Linked", "Page", "editor_url", "link", "pages_showing", "showing"]
