"""`Page` to bytes: the only home of Jinja2. Touches no output file.

A `Renderer` is made once for a build from the template folders and the interface words; it gives
the bytes of a page, and the static files under names that hold their digest.
"""

from generator.render.renderer import Renderer, RenderError, StaticFile
from generator.render.sheets import csv_of
from generator.render.strings import Strings

__all__ = ["RenderError", "Renderer", "StaticFile", "Strings", "csv_of"]
