"""Text that came from strangers, made safe to look at: nothing in it can hide, reorder or command other text."""

import unicodedata

_HIDING = ("Cc", "Cf", "Co", "Cs")  # control (a terminal's commands among them), formatting (direction), private use, surrogates


def plain(text: str) -> str:
    """The text, with each character that is not seen for what it is shown as its code, ⟨202E⟩; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in _HIDING:
        return character
    return f"⟨{ord(character):04X}⟩"
