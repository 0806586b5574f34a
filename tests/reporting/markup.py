"""Reads pages back, for tests."""

import re
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]


def read(page: str) -> Element:
    """The page's elements."""
    found: Element = tinyhtml5.parse(page, namespace_html_elements=False)
    return found


def text(element: Element | None) -> str:
    """All text within."""
    assert element is not None
    return "".join(element.itertext())


def squeezed(said: str) -> str:
    """Without any space."""
    return re.sub(r"\s+", "", said)
