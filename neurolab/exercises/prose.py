"""Markdown with mathematics as HTML with MathML, which browsers and screen readers know."""

import re
from functools import lru_cache
from typing import Any

import mistune
from latex2mathml.converter import convert
from mistune.plugins.math import math


def _inline(renderer: Any, text: str) -> str:
    return convert(text)


def _block(renderer: Any, text: str) -> str:
    return f"<p>{convert(text, display='block')}</p>\n"


def _mathematics(markdown: Any) -> None:
    math(markdown)
    markdown.renderer.register("inline_math", _inline)
    markdown.renderer.register("block_math", _block)


_plugins: list[Any] = [_mathematics, "table"]
_to_html = mistune.create_markdown(escape=True, plugins=_plugins)


@lru_cache(maxsize=256)
def prose_html(text: str) -> str:
    """Convert a text in markdown to HTML.

    ``$…$`` and ``$$…$$`` are mathematics in LaTeX; HTML in the text is escaped.

    Examples
    --------
    >>> prose_html("A *leaky* neuron.")
    '<p>A <em>leaky</em> neuron.</p>'
    """
    return str(_to_html(text)).strip()


def line_html(text: str) -> str:
    """Convert a text of one paragraph to HTML without the paragraph around it.

    Examples
    --------
    >>> line_html("A *leaky* neuron.")
    'A <em>leaky</em> neuron.'
    """
    return prose_html(text).removeprefix("<p>").removesuffix("</p>")


def plain(text: str) -> str:
    """Remove the marks of markdown, for places that show only text.

    Examples
    --------
    >>> plain("`Va` is $2$ mV")
    'Va is 2 mV'
    """
    return re.sub(r"[$`*\\{}]", "", text)
