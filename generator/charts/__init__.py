"""The geometry of charts: plain labels and numbers in, shapes and lines of text out.

Draws nothing itself: `templates/macros/charts.html` makes SVG of what these functions return.
Knows neither content nor pages nor words of any language. Sizes are in CSS pixels; font sizes are
part of the geometry, because boxes are as large as their text needs.
"""

from generator.charts.bars import bars
from generator.charts.flowchart import flowchart
from generator.charts.radar import radar
from generator.charts.timeline import timeline
from generator.charts.trend import trend

__all__ = ["bars", "flowchart", "radar", "timeline", "trend"]
