"""Text that came from strangers, made safe to look at: nothing in it can hide, reorder or command other text."""

import unicodedata

_HIDING = ("Cc", "Cf", "Co", "Cs")  # control (a terminal's commands among them), formatting (direction), private use, surrogates


def plain(text: str) -> str:
    """The text, with each character that is not seen for what it is shown as its code, ⟨202E⟩; line ends and tabs stay."""
    hiding = {ord(character) for character in set(text) - {"\n", "\t"} if unicodedata.category(character) in _HIDING}
    return text.translate({code: f"⟨{code:04X}⟩" for code in hiding}) if hiding else text
