"""Markdown with mathematics as HTML with MathML, which browsers show and screen readers read without any script."""

import re
from functools import lru_cache

import mistune
from latex2mathml.converter import convert
from mistune.plugins.math import math


def _inline(renderer, text):
    return convert(text)


def _block(renderer, text):
    return f"<p>{convert(text, display='block')}</p>\n"


def _mathematics(markdown):
    math(markdown)
    markdown.renderer.register("inline_math", _inline)
    markdown.renderer.register("block_math", _block)


_to_html = mistune.create_markdown(escape=True, plugins=[_mathematics, "table"])


@lru_cache(maxsize=256)
def prose_html(text):
    """HTML of a text in markdown; ``$…$`` and ``$$…$$`` are mathematics in LaTeX, and HTML in the text is shown as text."""
    return _to_html(text).strip()


def line_html(text):
    """HTML of a text of one paragraph, without the paragraph around it."""
    return prose_html(text).removeprefix("<p>").removesuffix("</p>")


def plain(text):
    """The text without its marks, for places that show nothing but text."""
    return re.sub(r"[$`*\\{}]", "", text)
