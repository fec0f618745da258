"""Verdicts on entries, joined with what git knows of them.

Takes a content folder, what was read from it, and a day. Gives verdicts with their places in files,
the trend of the last weeks, the verdicts where a branch began, and waivers laid over any of them.
Must not know what becomes of verdicts: no page, no output, nothing that one build leaves for the
next.
"""
