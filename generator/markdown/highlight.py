"""Code to spans with Pygments' short class names; colours are the style sheet's business."""

from __future__ import annotations


def highlight(code: str, language: str, attributes: str) -> str:
    """HTML for `code`, or "" for plain text. Pygments is loaded only where there is code."""
    if not language:
        return ""
    from pygments import highlight as colour
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return ""
    return colour(code, lexer, HtmlFormatter(nowrap=True))
