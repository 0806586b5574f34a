"""Secrets that this process has in its hands are told to nobody (保密), also where a platform gives them back in its own words.

What a declaration refers to is kept here when it is read, and a session's token when it is opened. Whatever is then written for people
(reasons, troubles) or published (the view of the evidence) goes through here. A platform that means to publish a secret, which it knows
as well as we do, can write it backwards; what is kept out is what it repeats.
"""

import html
import json
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, quote_plus

WITHHELD = "[withheld]"
_SHORTEST, _LONG = 8, 16  # what is shorter than eight stands in many a text by chance
_WORD = re.compile(rb"%[0-9A-Fa-f]{2}|[A-Za-z0-9_\-]{16,}")  # words as tokens of sessions are made of, also behind what is percent-encoded
_PART = re.compile(r"[A-Za-z0-9_\-]+")
_LAYERS = 2  # as in JSON within JSON
_PLAIN = re.compile(rb"[A-Za-z0-9]*")  # what is written alike in every way
_KNOWN: dict[bytes, tuple[bytes, tuple[bytes, ...]]] = {}  # by secret: a part that each of its forms has, and the forms
_TOKENS: set[bytes] = set()
_WRITTEN: tuple[Callable[[str], str], ...] = (
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    lambda text: quote(text, safe=""),
    quote_plus,
    html.escape,
    lambda text: text.replace("\\", "\\\\"),  # as Python shows a text within a text
)
Veil = Callable[[bytes], bytes]


def keep(secret: str) -> str:
    """The secret, which is told to nobody from now on: neither as it is, nor as JSON, addresses, forms and pages write it."""
    if len(secret) >= _SHORTEST:
        octets = _octets(secret)
        forms = sorted(map(_octets, _forms({secret}, _LAYERS)), key=len, reverse=True)
        _KNOWN[octets] = max(_PLAIN.findall(octets), key=len), tuple(forms)
    return secret


def keep_token(token: str) -> str:
    """The same of a session's token, of which there are many: it is known by the words that it is made of."""
    words = [word for word in _PART.findall(token) if len(word) >= _LONG]
    if words:
        _TOKENS.update(word.encode() for word in words)
    else:
        keep(token)
    return token


def veiled(octets: bytes, veil: Veil = lambda _: WITHHELD.encode()) -> bytes:
    """The octets with ``veil`` in the place of each secret."""
    for secret, (part, forms) in _KNOWN.items():
        if part in octets:  # most texts hold none
            for form in forms:
                octets = octets.replace(form, veil(secret)) if form in octets else octets
    if _TOKENS and not _TOKENS.isdisjoint(_WORD.findall(octets)):  # as above
        octets = _WORD.sub(lambda found: veil(found[0]) if found[0] in _TOKENS else found[0], octets)
    return octets


def stands_in(octets: bytes) -> bool:
    """Whether a secret, or what may be one, stands in these octets; if not, :func:`veiled` leaves every part of them as it is."""
    return any(part in octets for part, _ in _KNOWN.values()) or bool(_TOKENS and not _TOKENS.isdisjoint(_WORD.findall(octets)))


def told(text: str) -> str:
    """A text for people without the secrets in it."""
    return veiled(_octets(text)).decode("utf-8", "surrogatepass") if _KNOWN or _TOKENS else text


def forget() -> None:
    """Know of no secret any more."""
    _KNOWN.clear()
    _TOKENS.clear()


def _forms(written: Iterable[str], layers: int) -> set[str]:
    """A text in each way in which it is written, and each of these in each way again."""
    found = set(written)
    for _ in range(layers):
        found |= {write(form) for form in found for write in _WRITTEN}
    return found


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
